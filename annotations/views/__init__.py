"""The desks of annotation: HTTP in, an action or a presenter, HTML out."""
