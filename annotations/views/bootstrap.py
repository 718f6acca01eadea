"""What the script of every workbench is told: addresses, words, and what this person may do."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from annotations.access.relations import offered_relations
from annotations.enums import Visibility
from annotations.models import Annotation, NamedRelation, Submission, Term
from annotations.presenters.labels import CATEGORIES, VISIBILITIES, choices, relation_label
from annotations.presenters.words import said_of
from annotations.views.requests import Request
from archive.access import may
from archive.models import Group
from archive.presenters.languages import NAMES, language_label

_RIGHTS = (("annotate", Annotation), ("submit", Submission), ("create_term", Term))


def common_bootstrap(request: Request) -> dict[str, Any]:
    """Return what does not depend on what is annotated."""
    groups = Group.objects.filter(pk__in=request.viewer.group_ids)
    codes = [Visibility.OPEN, Visibility.PRIVATE, *([Visibility.GROUP] if request.viewer.group_ids else [])]
    return {
        "drafts_url": reverse("note_drafts"), "terms_url": reverse("find_terms"),
        "preview_url": reverse("note_preview"), "submissions_url": reverse("submissions"),
        "my_notes_url": reverse("my_notes"), "search_url": reverse("search"),
        "find_url": reverse("find_places"), "citation_url": reverse("read_citation"),
        "basket_url": reverse("picked_places"), "basket_page": reverse("basket"),
        "actions": [name for name, model in _RIGHTS if may(request.viewer, "add", model)],
        "viewer": {"name": str(request.user)},
        "groups": [[group.public_id, group.name] for group in groups],
        "categories": [[code, str(words)] for code, words in choices(CATEGORIES)],
        "relations": [_relation(row) for row in offered_relations(request.viewer)],
        "visibilities": [[str(code), str(VISIBILITIES[code])] for code in codes],
        "languages": [[code, language_label(code)] for code in NAMES],
    }  # fmt: skip


def _relation(row: NamedRelation) -> dict[str, Any]:
    """Return a relation as the composer offers it, by its name in either direction."""
    return {
        "code": row.code, "name": relation_label(row.words),
        "inverse": relation_label(row.words, backwards=True), "symmetric": row.is_symmetric,
        "description": said_of(row, "description").text,
    }  # fmt: skip
