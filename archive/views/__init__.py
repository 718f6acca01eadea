"""Pages: HTTP in, an action or a presenter, HTML out."""
