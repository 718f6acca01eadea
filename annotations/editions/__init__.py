"""Editions as values: what would be released, what stops it, the frozen snapshot, how two of them differ."""
