"""The description of an item as one JSON value: what history, bulk changes and tables keep of it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from archive.models import Collection, Image, Video, Work
from archive.models.described import DescribedModel

BILINGUAL = ("title", "description", "rights_holder", "provenance", "content_warning")
SHARED = frozenset(
    [f"{name}_{language}" for name in BILINGUAL for language in ("ar", "en")]
    + [
        "creators",
        "date_edtf",
        "places",
        "details",
        "rights_uri",
        "identifiers",
        "access",
        "embargo_until",
        "groups",
        "readers",
    ]
)
#: What may be set on each kind of item beside the shared fields.
FIELDS: dict[type[DescribedModel], frozenset[str]] = {
    Work: SHARED | {"kind", "language", "collection", "cover", "warnings"},
    Collection: SHARED | {"parent", "order"},
    Image: SHARED | {"collection", "alternative_ar", "alternative_en", "warnings"},
    Video: SHARED | {"collection", "duration", "warnings"},
}
#: Kinds of items by their names.
KINDS: dict[str, type[DescribedModel]] = {str(model._meta.model_name): model for model in FIELDS}
#: Not kept: rows that can never be erased name no account.
UNKEPT = frozenset({"readers"})
#: Fields that name one other row.
REFERENCES = frozenset({"collection", "parent", "cover"})


def stored(item: DescribedModel) -> dict[str, Any]:
    """Return all that an item's description says, other rows by their public ids; not which accounts it names."""
    return {name: as_json(name, _of(item, name)) for name in sorted(FIELDS[type(item)] - UNKEPT)}


def _of(item: DescribedModel, name: str) -> Any:
    return item.groups.all() if name == "groups" else getattr(item, name)


def as_json(name: str, value: Any) -> Any:
    """Return one value of a description as JSON."""
    if name == "groups":
        return sorted(group.public_id for group in value)
    if value is None:
        # Words that nobody has written in a language are no other words than empty ones.
        return "" if name.endswith(("_ar", "_en")) else None
    if name in REFERENCES:
        return value.public_id
    return value.astimezone(UTC).isoformat() if name == "embargo_until" else value
