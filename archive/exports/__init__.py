"""What leaves the archive as a package: gathered for one viewer, written as a stream."""
