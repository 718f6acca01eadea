"""Leave the notices that are due by the day: whoever runs this, the scheduler or a command, leaves each once."""

from archive import kinds


def remind() -> int:
    """Return how many were left."""
    return sum(leave() for leave in kinds.reminders)
