"""What the archive does when it hears a signal: queue work, nothing else."""
