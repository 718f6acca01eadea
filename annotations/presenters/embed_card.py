"""A release, note, passage, work, picture or film as a small card that other sites may show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from annotations.editions.values import Note
from annotations.presenters.covers import cover_elsewhere
from annotations.presenters.issue import Issue
from annotations.presenters.pointed import Pointed
from annotations.presenters.release_context import license_of
from annotations.presenters.release_facts import names_in
from annotations.presenters.site_cards import Card, cards_of, copy_url
from annotations.presenters.words import Said, said
from archive.access import ANYBODY
from archive.enums import ImageState
from archive.models import Derivative, Image
from archive.presenters.markup import plain_excerpt, render_markdown

#: Code points of a passage on a card.
QUOTED = 600
#: Width and height of the frame, in CSS pixels, by what it shows.
SIZES = {
    "release": (600, 260), "note": (600, 380), "passage": (600, 300), "work": (600, 280), "quote": (600, 300),
    "image": (600, 520), "video": (600, 240),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EmbedCard:
    """What a card says."""

    kicker: str
    title: Said
    #: Of what the title is, for notes and passages; empty otherwise.
    source: str
    url: str
    quote: Said
    body: SafeString
    body_language: str
    people: tuple[str, ...]
    text: Said
    picture: str
    picture_size: tuple[int, int]
    alternative: Said
    #: Why there is no picture, in words.
    warning: str
    license: str
    #: Whether the picture is the cover of an edition, which stands beside the words and not above them.
    is_cover: bool = False


def card_of(pointed: Pointed) -> EmbedCard:
    """Return the card."""
    return _of_release(pointed, pointed.issue) if pointed.issue else _of_item(pointed)


def _of_release(pointed: Pointed, issue: Issue) -> EmbedCard:
    snapshot, note = issue.snapshot, pointed.note
    number = _("Release %(number)s") % {"number": snapshot.number}
    count = ngettext("%(count)s note", "%(count)s notes", len(snapshot.notes)) % {
        "count": len(snapshot.notes)
    }
    kicker = {
        "note": _("Note %(number)s") % {"number": note.number if note else ""}, "passage": _("Passage"),
    }.get(pointed.kind, number)  # fmt: skip
    return EmbedCard(
        kicker=kicker, title=pointed.title, source=number if pointed.kind != "release" else "",
        url=f"{settings.PUBLIC_URL}{pointed.path}", quote=_shortened(pointed.words),
        body=render_markdown(note.body) if note and note.body else SafeString(""),
        body_language=note.language if note else "", people=_people(pointed, issue),
        text=Said(count, said({}).language) if pointed.kind == "release" else Said("", ""),
        **_cover(pointed, issue), warning=_warned(issue, note),
        license=license_of(snapshot.license)["label"] if snapshot.license else "",
    )  # fmt: skip


def _cover(pointed: Pointed, issue: Issue) -> dict[str, Any]:
    """Return the cover, on the card of a release as a whole."""
    cover = cover_elsewhere(issue) if pointed.kind == "release" else None
    if cover is None:
        return {"picture": "", "picture_size": (0, 0), "alternative": Said("", "")}
    return {
        "picture": cover.src,
        "picture_size": (cover.width, cover.height),
        "alternative": cover.alternative,
        "is_cover": True,
    }


def _people(pointed: Pointed, issue: Issue) -> tuple[str, ...]:
    if pointed.note:
        return (issue.book.called(pointed.note.author),)
    snapshot = issue.snapshot
    named = snapshot.work.creators if pointed.kind == "passage" else snapshot.credits
    return names_in(named, pointed.title.language)[:4]


def _warned(issue: Issue, note: Note | None) -> str:
    own = issue.warned_of("work", issue.snapshot.work.id)
    return issue.warned_of(*note.place.member) or own if note and note.place else own


def _shortened(words: Said) -> Said:
    if len(words.text) <= QUOTED:
        return words
    return Said(f"{words.text[:QUOTED].rsplit(' ', 1)[0]}…", words.language)


def _of_item(pointed: Pointed) -> EmbedCard:
    row = pointed.row
    card = cards_of([row], ANYBODY)[0]
    picture, size = _picture(row, card)
    return EmbedCard(
        kicker=card.label if pointed.kind != "quote" else _("Passage"), title=card.title, source="",
        url=f"{settings.PUBLIC_URL}{pointed.path}", quote=_shortened(pointed.words), body=SafeString(""),
        body_language="", people=names_in(row.creators, card.title.language)[:4],
        text=Said(plain_excerpt(card.text, length=200), card.text_language) if pointed.kind != "quote" else Said("", ""),
        picture=picture, picture_size=size, alternative=Said(card.alternative, card.title.language),
        warning=card.warning, license=license_of(row.rights_uri)["label"] if row.rights_uri else "",
    )  # fmt: skip


def _picture(row: Any, card: Card) -> tuple[str, tuple[int, int]]:
    """Return a copy of a picture that needs no warning; on other sites nothing could cover it first."""
    if not isinstance(row, Image) or card.warning or row.state != ImageState.READY:
        return (card.thumb if not card.warning else ""), (0, 0)
    copies = Derivative.objects.filter(image=row, pixels=row.pixels, page=1).exclude(name="thumb")
    copy = copies.filter(width__lte=1000).order_by("-width").first()
    return (copy_url(row, copy.name), (copy.width, copy.height)) if copy else ("", (0, 0))


def frame_of(pointed: Pointed, *, most: tuple[int, int] = (0, 0)) -> tuple[str, int, int]:
    """Return the HTML by which another site shows the card, with its width and height; `most` limits them, 0 does not."""
    width, height = (
        min(own, limit) if limit else own for own, limit in zip(SIZES[pointed.kind], most, strict=True)
    )
    html = format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" frameborder="0" '
        'sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>',
        f"{settings.PUBLIC_URL}{pointed.beside('embed')}", width, height, pointed.label.text,
    )  # fmt: skip
    return html + "", width, height  # Plain words again: it is shown as code.
