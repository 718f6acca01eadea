"""What can go wrong with annotations, beyond the archive's errors."""

from archive.errors import Conflict, HashiyaError


class QuoteMismatch(Conflict):
    """`content[start:end]` is not the quoted text: the page shows another revision, or was rewritten."""


class Gone(HashiyaError):
    """It was here, and whoever asks knows that it was taken back."""

    status = 410


class PreflightFailed(HashiyaError):
    """An edition cannot be sealed yet; `params["problems"]` lists why."""
