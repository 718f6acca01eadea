"""pandoc's syntax tree, whatever format it came from, as blocks and marks."""
