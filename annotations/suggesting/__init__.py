"""What a text itself suggests to annotate: dates and known names. Pure: no database, nothing is written."""
