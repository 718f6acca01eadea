"""A text and its translation beside each other, a page of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from annotations.presenters.described import described
from annotations.presenters.text_page import extras_of
from annotations.reader.either import either
from archive.access import Viewer, visible_to
from archive.models import Alignment, Text, TextRevision, Work
from archive.presenters.article import Extras, render_article
from archive.presenters.languages import language_label
from archive.presenters.pairs import cut, numbered, readable
from archive.presenters.parts import numbers, part_label
from archive.text.numbers import whole_number


@either(Work)
def side_by_side(request: HttpRequest, row: Work) -> HttpResponse:
    """Show the translation that the address names beside its original; like nothing when there is no such pair."""
    viewer = request.viewer
    alignment = _alignment(request.GET.get("text", ""), row, viewer)
    original, translation = alignment.original, alignment.translation
    rows = alignment.pairs
    pages = cut(rows, original, translation)
    page = Paginator(pages, 1).get_page(whole_number(request.GET.get("page", "")) or 1)
    first, last = page.object_list[0]
    shown = numbered(rows)[first:last]
    texts = list(visible_to(Text, viewer).filter(work=row).order_by("order", "pk"))
    places = numbers(texts)
    left, right = (
        Column.of(revision, viewer, ident=ident) for revision, ident in ((original, "b"), (translation, "t"))
    )
    context = {
        **described(row, viewer), "page_obj": page, "text": translation.text, "first": first + 1,
        "columns": [_head(revision, places) for revision in (original, translation)],
        "rows": [
            {"number": one["index"] + 1, "to_check": one["row"].to_check, "cells": [left.cell(one["left"]), right.cell(one["right"])]}
            for one in shown
        ],
        "is_older": any(revision.pk != revision.text.current_revision_id for revision in (original, translation)),
    }  # fmt: skip
    return render(request, "annotations/public/side_by_side.html", context)


def _alignment(text: str, work: Work, viewer: Viewer) -> Alignment:
    """Return the pairing of a translation that this viewer may read: the newest that was approved."""
    pair = visible_to(Text, viewer).filter(public_id=text[:16], work=work).first()
    found = (
        readable([pair], viewer).select_related("original__text", "translation__text").first()
        if pair
        else None
    )
    if found is None:
        raise Http404
    return found


def _head(revision: TextRevision, places: Mapping[int, int]) -> dict[str, Any]:
    text = revision.text
    return {
        "id": text.public_id, "label": part_label(text, places.get(text.pk)), "translator": text.translator,
        "language_label": language_label(text.language), "language": revision.language,
        "direction": revision.direction,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One of the two texts, ready to be cut into cells."""

    revision: TextRevision
    extras: Extras

    @classmethod
    def of(cls, revision: TextRevision, viewer: Viewer, *, ident: str) -> Column:
        """Return the column of a wording; its pictures and films are looked up once for all cells."""
        return cls(revision, extras_of(revision, viewer, ident=ident))

    def cell(self, span: tuple[int, int]) -> dict[str, Any]:
        """Return the blocks from and to as markup, in their own language and direction."""
        return {
            "words": self._words(*span), "language": self.revision.language,
            "direction": self.revision.direction,
        }  # fmt: skip

    def _words(self, first: int, last: int) -> SafeString | str:
        if first == last:
            return ""
        blocks = self.revision.blocks
        start, end = blocks[first]["start"], blocks[last - 1]["end"]
        return render_article(
            content=self.revision.content, blocks=blocks, marks=list(_within(self.revision.marks, start, end)),
            extras=self.extras, first=first, last=last,
        )  # fmt: skip


def _within(marks: Iterable[Mapping[str, Any]], start: int, end: int) -> Iterable[Mapping[str, Any]]:
    return (mark for mark in marks if mark["start"] < end and mark["end"] > start)
