"""What the three workbenches tell their page of the notes that are shown: which were asked for, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from annotations.access.narrowed import narrowed_of
from annotations.views.requests import Request
from archive.models import Image, Text, Video

FORMS = ("csv", "jsonld")


def narrowing(request: Request, item: Text | Image | Video, *, keeps: Iterable[str]) -> dict[str, Any]:
    """Return what `_narrow.html` shows; `keeps` names what else of the address the form carries on."""
    name = f"{item._meta.model_name}_notes_file"
    return {
        "narrowed": narrowed_of(request.GET),
        "kept": [(one, value) for one in keeps for value in request.GET.getlist(one)],
        "files": {form: narrowed_address(request, name, item.public_id, form) for form in FORMS},
    }


def narrowed_address(request: Request, name: str, *args: str) -> str:
    """Return the address of this name that asks for the same notes as the page does."""
    return reverse(name, args=args, query=narrowed_of(request.GET).asked or None)
