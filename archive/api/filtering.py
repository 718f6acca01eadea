"""Filters of lists by another row."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from archive.access import visible_to


@extend_schema_field(OpenApiTypes.STR)
class RefFilter(filters.CharFilter):
    """Rows that lead to another one, by its public id; one that the asker may not see finds nothing."""

    def __init__(self, model: type[Model], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.to_model = model

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Return the rows that lead there; all of them when nothing is named."""
        if not value:
            return qs
        named = visible_to(self.to_model, self.parent.request.user).filter(public_id=value)
        return qs.filter(**{f"{self.field_name}__in": named})
