"""An admin page that shows what its reader may see, and never changes it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from archive.access import visible_to
from archive.admin.office import back_office


class ReadOnlyAdmin(admin.ModelAdmin):
    """Lists and shows rows; what changes them is an action behind a desk."""

    list_per_page = 50
    show_full_result_count = False
    #: Whether the rows are the site's own records, which no rule of access speaks of.
    is_record = False
    #: Columns that are not shown: what proves who somebody is.
    kept: tuple[str, ...] = ("password", "token_sha256")
    #: What is shown besides columns: names of methods.
    told: tuple[str, ...] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return what the reader may see: an administrator reads nobody's private notes or drafts."""
        rows = super().get_queryset(request)
        return rows if self.is_record else visible_to(rows, request.user)

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Narrow a list by what is shown only: else a hidden column could be guessed letter by letter."""
        column = lookup.partition("__")[0]
        return column in {*self.fields, "pk"} and super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False


def register(
    model: type[models.Model], *, page: type[ReadOnlyAdmin] = ReadOnlyAdmin, is_record: bool = False
) -> None:
    """Show a model in the back office; secrets and long texts are left out of the lists."""
    shown = [field for field in model._meta.concrete_fields if field.name not in page.kept]
    short = [field.name for field in shown if not isinstance(field, models.TextField | models.JSONField)]
    members = {
        "list_display": [*short[:7], *page.told],
        "fields": [*(field.name for field in shown), *page.told],
        "readonly_fields": page.told,
        "is_record": is_record,
    }
    back_office.register(model, type(f"{model.__name__}Admin", (page,), members))
