"""What can go wrong with annotations, beyond the archive's errors."""

from archive.errors import Conflict, HashiyaError


class QuoteMismatch(Conflict):
    """`content[start:end]` is not the quoted text: the page shows another revision, or was rewritten."""


class PreflightFailed(HashiyaError):
    """An edition cannot be sealed yet; `params["problems"]` lists why."""
