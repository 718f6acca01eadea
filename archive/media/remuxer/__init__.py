"""Puts the sound of an untrusted recording into a fresh container, as it is and without a word: a program for a limited process.

It also tells what the file says of itself. It knows PyAV (FFmpeg), and of the rest of the house only how words become
fields; `archive.media.clean_sound` runs it.
"""
