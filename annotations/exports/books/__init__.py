"""A release as a book in each of the forms in which books are kept: all are written from the same tree."""
