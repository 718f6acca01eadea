"""TEI P5 as the tree that the mapping reads."""
