"""Notes between two systems: each format read into the same records, without Django, and without asking anybody anything."""
