"""Where things stand on a line of time and on a map of the world: numbers in, numbers out."""
