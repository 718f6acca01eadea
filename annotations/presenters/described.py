"""What the page of a catalogue item says of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from annotations.presenters.release_context import credits_of, license_of
from annotations.presenters.site_cards import title_of
from annotations.presenters.standing import standing_of
from annotations.presenters.words import said_of
from archive.access import ANYBODY, visible_to
from archive.models import Collection
from archive.presenters.collection_tree import tree_for
from archive.presenters.details import details_in_words
from archive.presenters.markup import plain_excerpt, render_markdown
from archive.presenters.veils import warned_of
from archive.text.details import places_of, said


def described(row: Any, who: object) -> dict[str, Any]:
    """Return the template's context for a work, image, video or collection."""
    description = said_of(row, "description")
    provenance = said_of(row, "provenance")
    return {
        "item": row, "title": title_of(row, standing_of([row], who)), "description": description,
        "description_html": render_markdown(description.text) if description else "",
        "excerpt": plain_excerpt(description.text) if description else "",
        "provenance": provenance, "provenance_html": render_markdown(provenance.text) if provenance else "",
        "creators": credits_of(
            [c for c in row.creators if isinstance(c, dict)],
            linked=who is ANYBODY and not isinstance(row, Collection),
        ),
        "places": places_of(row, (get_language() or "")[:2]), "details": details_in_words(row.details),
        "rights": license_of(row.rights_uri) if row.rights_uri else None,
        "rights_holder": said_of(row, "rights_holder"), "warning": said_of(row, "content_warning"),
        "warned": warned_of(getattr(row, "warnings", ())),
        **_place(row, who), "address": f"{settings.PUBLIC_URL}{row.get_absolute_url()}",
    }  # fmt: skip


def _place(row: Any, who: object) -> dict[str, Any]:
    """Return the collection that a thing stands in, and the path to it, as far as `who` may see them."""
    number = getattr(row, "collection_id", None) or getattr(row, "parent_id", None)
    keys = tree_for(who).path(number) if number else []
    rows = visible_to(Collection, who).in_bulk(keys)
    path = [{"title": title_of(rows[pk]), "url": rows[pk].get_absolute_url()} for pk in keys if pk in rows]
    return {"shelf": path[-1] if path else None, "path": path}


def schema_of(row: Any, kind: str, **more: Any) -> dict[str, Any]:
    """Return the schema.org description of a thing."""
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": kind, "name": title_of(row).text,
        "url": f"{settings.PUBLIC_URL}{row.get_absolute_url()}", "description": said_of(row, "description").text,
        "license": row.rights_uri, "temporalCoverage": row.date_edtf,
        "spatialCoverage": [{"@type": "Place", "name": name} for name, _role in places_of(row)],
        "keywords": said(row, "subject"),
        "publisher": [{"@type": "Organization", "name": name} for name in said(row, "publisher")],
        "creator": [{"@type": "Person", "name": c["name"]} for c in row.creators if c.get("name")],
        **more,
    }  # fmt: skip
    return {key: value for key, value in data.items() if value}
