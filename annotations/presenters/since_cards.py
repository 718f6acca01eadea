"""What changed since an earlier release, told at the cards of the notes."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.utils.translation import gettext as _

from annotations.editions.values import Note
from annotations.presenters.placed import label_of
from annotations.presenters.since import Since
from archive.presenters.differences import Part, shortened, words_diff
from archive.presenters.languages import direction_of
from archive.presenters.markup import render_markdown

#: Code points of a note that is compared word by word; of longer ones what was and what is are told as they are.
LONGEST = 20_000
_TAGS = {"ins": "ins", "del": "del"}


def told_of(since: Since, note: Note) -> str:
    """Return the markup that tells how a note changed; nothing of one that did not."""
    kind, old = since.kinds.get(note.id, ("", None))
    number = {"number": since.number}
    if kind == "added":
        return _badge("added", _("New since release %(number)s") % number)
    if old is None:
        return ""
    if kind == "moved":
        label = label_of(since.before, old)
        words = f'<bdi lang="{escape(label.language)}">{escape(label.text)}</bdi>'
        return _fold(_("On other words than in release %(number)s") % number, f"<p>{words}</p>")
    if kind == "kept_otherwise":
        return _badge(
            "changed", _("Its picture or film is kept in other bytes than in release %(number)s") % number
        )
    return _fold(_("Changed since release %(number)s") % number, _difference(old, note))


def _badge(tone: str, words: str) -> str:
    return f'<p class="note__change"><span class="change-tag change-tag--{tone}">{escape(words)}</span></p>'


def _fold(title: str, inner: str) -> str:
    summary = f'<summary><span class="change-tag change-tag--changed">{escape(title)}</span></summary>'
    return f'<details class="note__change">{summary}{inner}</details>'


def _difference(old: Note, new: Note) -> str:
    """Return what a note said and says, word by word; in words where its body is the same."""
    if old.body == new.body:
        return f"<p>{escape(_('Its tags, its references or its category changed.'))}</p>"
    if max(len(old.body), len(new.body)) > LONGEST:
        parts = [Part("del", old.body[:LONGEST]), Part("ins", new.body[:LONGEST])]
    else:
        parts = shortened(words_diff(old.body, new.body))
    return f'<div class="diff diff--small" lang="{escape(new.language)}" dir="auto">{"".join(map(_part, parts))}</div>'


def _part(part: Part) -> str:
    if part.kind == "cut":
        return " … "
    tag = _TAGS.get(part.kind)
    words = escape(part.text, quote=False)
    return f"<{tag}>{words}</{tag}>" if tag else words


def gone_cards(since: Since, gone: Iterable[tuple[int, Note]]) -> str:
    """Return the cards of notes that were left out, each with the place where it would be."""
    return "".join(_gone_card(since, at, note) for at, note in gone)


def _gone_card(since: Since, at: int, note: Note) -> str:
    number = {"number": since.number}
    label = label_of(since.before, note)
    badge = _badge("gone", _("Left out since release %(number)s") % number)
    body = (
        f'<div class="note__body" lang="{escape(note.language)}" dir="{direction_of(note.language)}">'
        f"{render_markdown(note.body)}</div>"
        if note.body
        else ""
    )
    link = escape(since.before.note_url(note.id))
    return (
        f'<article class="note note--gone" id="gone-{note.id}" data-at="{at}"><div class="note__head">{badge}</div>'
        f'<p class="small"><a href="{link}" lang="{escape(label.language)}" dir="{label.direction}">{escape(label.text)}</a></p>'
        f"{body}</article>"
    )
