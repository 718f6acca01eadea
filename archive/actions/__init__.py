"""The only writers of the archive: one verb, one file, one function; `by` is the acting user, last."""
