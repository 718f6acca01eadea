"""The page at the address of something that was taken down."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from archive.access.tombstones import Stone
from archive.presenters import desk_words
from archive.views.shared import shared


@shared
def tombstone(request: HttpRequest, stone: Stone) -> HttpResponse:
    """Answer 410 with why and when, and whom to ask; to everybody alike, and nothing else."""
    context = {
        "takedown": stone.takedown, "titled": stone.titled, "reason": desk_words.TAKEDOWN_REASONS[stone.takedown.reason],
    }  # fmt: skip
    return render(request, "archive/site/tombstone.html", context, status=410)
