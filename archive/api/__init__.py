"""The machine's door to the archive: the same actions as the pages."""
