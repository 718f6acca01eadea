"""Backup sets: what they hold, how they are written, read and verified."""
