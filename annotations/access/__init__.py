"""Who may do what to notes, terms and editions."""
