"""The one way out to other sites: off unless a setting allows it, and never to an address that is not public."""

from archive.outside.errors import OutsideError
from archive.outside.fetching import Answer, Question, fetch, is_allowed

__all__ = ["Answer", "OutsideError", "Question", "fetch", "is_allowed"]
