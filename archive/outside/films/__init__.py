"""What to ask a provider about a film, and what its answer says."""

from archive.outside.films.asking import question_of
from archive.outside.films.finding import Finding
from archive.outside.films.judging import judge

__all__ = ["Finding", "judge", "question_of"]
