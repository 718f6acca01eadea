"""Finding: queries over the search table; read only."""
