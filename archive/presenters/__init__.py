"""Values or rows to one format each."""
