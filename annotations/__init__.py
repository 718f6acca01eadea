"""From a locus to a released edition."""
