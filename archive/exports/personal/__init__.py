"""Everything that the site keeps about one person, for that person."""
