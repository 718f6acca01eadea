"""The vocabulary as others write it: SKOS in Turtle and JSON-LD, and tables. Values in, values out; no database."""
