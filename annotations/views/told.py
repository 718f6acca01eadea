"""What several pages tell of a step that was undone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import ngettext


def tell_kept(request: HttpRequest, count: int) -> None:
    """Say how many notes of an undone step stay as they are, if any."""
    if count:
        words = ngettext(
            "%(n)s note was changed or handed in since, and stays.",
            "%(n)s notes were changed or handed in since, and stay.", count,
        )  # fmt: skip
        messages.info(request, words % {"n": count})
