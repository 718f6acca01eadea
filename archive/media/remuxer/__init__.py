"""Puts the sound of an untrusted recording into a fresh container, as it is and without a word: a program for a limited process.

It knows PyAV (FFmpeg) and nothing of the rest of the house; `archive.media.clean_sound` runs it.
"""
