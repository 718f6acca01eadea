"""Notes in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from annotations.access.notes import shown_to, with_status
from annotations.models import Annotation
from archive.admin.readonly import ReadOnlyAdmin


class NoteAdmin(ReadOnlyAdmin):
    """A note as its reader may know it: what its author is writing anew stands as it was accepted."""

    kept = (*ReadOnlyAdmin.kept, "status", "newest_version", "updated_at")
    told = ("stands",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the visible notes with their status as the reader may know it."""
        return with_status(shown_to(request.user, super().get_queryset(request)), request.user)

    @admin.display(description=_("State"))
    def stands(self, note: Annotation) -> str:
        """Where it stands."""
        return str(note.told_status)
