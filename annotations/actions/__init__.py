"""The only writers of annotations: one verb, one file, one function; `by` is the acting user, last."""
