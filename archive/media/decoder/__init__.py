"""Decodes one untrusted picture and writes fresh copies of its pixels: a program for a limited process.

It knows Pillow and nothing of the rest of the house; `archive.media.derivatives` runs it.
"""
