"""Values of a text and pure functions over them; offsets are code points."""
