"""The machine's door to annotation: the same actions as the pages."""
