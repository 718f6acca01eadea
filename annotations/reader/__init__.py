"""What the public reads of an edition: HTTP in, a snapshot and a presenter, HTML or JSON out."""
