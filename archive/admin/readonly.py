"""An admin page that shows what its reader may see, and never changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.access import visible_to
from archive.admin.office import back_office


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Lists and shows rows; what changes them is an action behind a desk."""

    list_per_page = 50
    show_full_result_count = False
    #: Whether the rows are the site's own records, which no rule of access speaks of.
    is_record = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the reader may see: an administrator reads nobody's private notes or drafts."""
        rows = super().get_queryset(request)
        return rows if self.is_record else visible_to(rows, request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def register(model: type[models.Model], *, is_record: bool = False) -> None:
    """Show a model in the back office; secrets and long texts are left out of the lists."""
    names = [
        field.name for field in model._meta.concrete_fields
        if not isinstance(field, models.TextField | models.JSONField) and field.name not in _SECRET
    ][:7]  # fmt: skip
    fields = [field.name for field in model._meta.concrete_fields if field.name not in _SECRET]
    members = {"list_display": names, "fields": fields, "is_record": is_record}
    back_office.register(model, type(f"{model.__name__}Admin", (ReadOnlyAdmin,), members))


_SECRET = ("password", "token_sha256")
