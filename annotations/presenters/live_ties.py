"""References as they stand now, for people who work here."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from annotations.access.neighborhood import TieFacts
from annotations.access.references import End
from annotations.presenters.annotation import end_url, quotation
from annotations.presenters.cited import cited
from annotations.presenters.clock import seconds_words
from annotations.presenters.labels import relation_label
from annotations.presenters.neighborhood import Node, Tie
from archive.models import Image, Video, Work


def live_ties(facts: Iterable[TieFacts], *, by_item: bool) -> list[Tie]:
    """Return the references as a table and a drawing show them; `by_item` draws all places of one thing as one node."""
    return [_tie(one, by_item) for one in facts]


def _tie(one: TieFacts, by_item: bool) -> Tie:
    here, there = (one.target, one.source) if one.inward else (one.source, one.target)
    return Tie(
        one.id, one.relation, relation_label(one.words, backwards=one.is_backwards), "in" if one.inward else "out",
        node_of(here, by_item=by_item), node_of(there, by_item=by_item), one.note, one.note_language, one.words,
        one.is_backwards,
    )  # fmt: skip


def node_of(end: End, *, by_item: bool = False) -> Node:
    """Return an end as a node."""
    url = end_url(end)
    if end.citation is not None:
        label = cited(end.citation)
        return Node("outside", f"outside:{label}", label, url=url, iri=url)
    item = end.title
    assert isinstance(item, Work | Image | Video)
    thing = f"{item._meta.model_name}:{item.pk}"
    if by_item:
        kind = "passage" if isinstance(item, Work) and (end.text or end.note) else str(item._meta.model_name)
        ident = item.slug if isinstance(item, Work) else item.public_id
        return Node(kind, thing, str(item), url=reverse(f"{item._meta.model_name}_references", args=[ident]))
    words = quotation(end.sits) or seconds_words(end.start_time, end.end_time) or ""
    if end.note:
        iri = f"{settings.PUBLIC_URL}/annotations/{end.note}"
        url = url if end.text else reverse("note_page", args=[end.note])
        return Node("note", f"note:{end.note}", str(item), words, url, iri)
    kind = {"work": "passage" if end.text else "work"}.get(
        str(item._meta.model_name), str(item._meta.model_name)
    )
    return Node(kind, f"{thing}:{end.locus}", str(item), words, url)
