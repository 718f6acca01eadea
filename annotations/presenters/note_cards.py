"""Notes of a release as cards: strings joined, never a template a note, since there may be ten thousand."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any
from urllib.parse import quote

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.editions.values import Note, Place, Reference
from annotations.enums import Category, LocusKind
from annotations.presenters.cited import cited, cited_url
from annotations.presenters.clock import seconds_words
from annotations.presenters.issue import Issue
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.placed import gap_words, label_of, place_html, quotation
from annotations.presenters.since import Since
from annotations.presenters.since_cards import gone_cards, told_of
from annotations.presenters.snapshot import Arrival, Entry
from annotations.presenters.words import said
from archive.presenters.languages import direction_of
from archive.presenters.markup import render_markdown


class Cards:
    """Writes the cards of one issue in one language; words that repeat are looked up once."""

    def __init__(self, issue: Issue, since: Since | None = None) -> None:
        self.issue, self.since = issue, since
        icons = static("hashiya/icons.svg")
        self._icon = (
            f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{icons}#{{}}"></use></svg>'
        )
        self._badges = {code: self._badge(code, str(label)) for code, label in CATEGORIES.items()}
        self._permalink = escape(_("Link to this note"))
        self._to_passage = escape(_("Show the passage"))
        # A preview is nobody's to cite or to report.
        self._cite, self._report = _("Cite this note"), _("Report this note")
        is_public = issue.published_at is not None and not issue.is_preview
        self._doors = reverse("report") if is_public else ""
        names = [issue.snapshot.slug, issue.snapshot.number]
        self._cite_url = reverse("cite_release", args=names) if is_public else ""
        text = issue.snapshot.text
        self._quote = f'lang="{escape(text.language)}" dir="{escape(text.direction)}"'
        self._tags: dict[str, str] = {}

    def all(self, entries: Iterable[Entry], *, part: int = 0) -> SafeString:
        """Return the cards of these entries; the first of each block bears the block's anchor.

        Where what changed is told, those that were left out of the `part` of the text follow them.
        """
        parts, blocks = [], set()
        for entry in entries:
            block = self.issue.book.block_of(entry.start)
            anchor = f'<span id="notes-b{block + 1}"></span>' if block not in blocks else ""
            blocks.add(block)
            parts.append(self.card(entry, anchor))
        if self.since:
            parts.append(gone_cards(self.since, self.since.gone_in(part)))
        return format_html_join("\n", "{}", ((SafeString(part),) for part in parts))

    def _badge(self, code: str, label: str) -> str:
        icon = self._icon.format(code)
        return f'<span class="badge" data-category="{code}">{icon}{escape(label)}</span>'

    def card(self, entry: Entry, anchor: str = "") -> str:
        """Return the card of one entry."""
        if entry.id in self.issue.hidden:
            return self._gap(entry, anchor)
        inner = self._note(entry) if isinstance(entry, Note) else self._arrival(entry)
        inner = self._changed(entry) + inner
        ident, category = entry.id, entry.category
        return (
            f'<article class="note" id="note-{ident}" data-note="{ident}" data-category="{category}">'
            f'<div class="note__head">{anchor}{self._head(entry)}</div>{self._where(entry)}{inner}</article>'
        )

    def _changed(self, entry: Entry) -> str:
        """Return what tells how a note changed since the release that is compared with."""
        return told_of(self.since, entry) if self.since and isinstance(entry, Note) else ""

    def _gap(self, entry: Entry, anchor: str) -> str:
        """Return the card of a note that may not be read now: its number, and why."""
        assert isinstance(entry, Note)
        return (
            f'<article class="note note--gap" id="note-{entry.id}" data-note="{entry.id}"><div class="note__head">{anchor}'
            f'<span class="numeric small muted">{entry.number}</span></div>'
            f'<p class="small muted">{escape(gap_words(entry))}</p></article>'
        )

    def _where(self, entry: Entry) -> str:
        """Return the words that an entry is on, or the part of a picture or a film."""
        if isinstance(entry, Note) and entry.place:
            return place_html(self.issue, entry)
        return (
            f'<blockquote class="note__quote" {self._quote}><a href="{escape(self.issue.entry_url(entry))}" '
            f'title="{self._to_passage}">{escape(entry.exact, quote=False)}</a></blockquote>'
        )

    def _head(self, entry: Entry) -> str:
        number = f'<span class="numeric small muted">{entry.number}</span>' if isinstance(entry, Note) else ""
        url, label, icon = escape(self.issue.note_url(entry.id)), self._permalink, self._icon.format("link")
        return (
            f'{number}{self._badges[entry.category]}<span class="note__actions">'
            f'<a class="button button--quiet button--icon button--small" href="{url}" aria-label="{label}" '
            f'title="{label}">{icon}</a>{self._acts(entry)}</span>'
        )

    def _acts(self, entry: Entry) -> str:
        """Return the links by which a note is cited and reported."""
        return "".join(
            f'<a class="button button--quiet button--icon button--small" href="{escape(url)}" rel="nofollow" '
            f'aria-label="{escape(label)}" title="{escape(label)}">{self._icon.format(icon)}</a>'
            for url, label, icon in self._doors_of(entry)
        )

    def _doors_of(self, entry: Entry) -> list[tuple[str, str, str]]:
        """Return address, label and icon of where a released note is cited, and where it is reported."""
        if not self._doors or not isinstance(entry, Note):
            return []
        about = quote(f"{self.issue.permalink}annotations/{entry.id}", safe="")
        return [
            (f"{self._cite_url}?note={entry.id}", self._cite, "quote"),
            (f"{self._doors}?about={about}", self._report, "flag"),
        ]

    def _note(self, note: Note) -> str:
        body = f'<div class="note__body" lang="{escape(note.language)}" dir="{direction_of(note.language)}">'
        body = f"{body}{render_markdown(note.body)}</div>" if note.body else ""
        lines = [self._line(end) for end in self.ends(note)]
        tags = "".join(self._tag(tag) for tag in note.tags)
        return (
            body
            + "".join(lines)
            + (f'<ul class="tag-list">{tags}</ul>' if tags else "")
            + f'<div class="note__foot"><bdi>{escape(self.issue.book.called(note.author))}</bdi></div>'
        )

    def _arrival(self, arrival: Arrival) -> str:
        return self._line(self._inward(arrival.source, arrival.reference))

    def _tag(self, ident: str) -> str:
        if ident not in self._tags:
            term = self.issue.book.terms[ident]
            label = said(term.label)
            url = escape(reverse("term", args=[term.slug]))
            self._tags[ident] = (
                f'<li><a class="tag" href="{url}" data-category="{term.kind}">'
                f'<bdi lang="{label.language}">{escape(label.text)}</bdi></a></li>'
            )
        return self._tags[ident]

    def ends(self, note: Note) -> list[dict[str, Any]]:
        """Return the references of a note from both ends: those that it makes, and those that point at it."""
        out = [self._outward(reference) for reference in note.references]
        return out + [self._inward(*pair) for pair in self.issue.book.incoming.get(note.id, ())]

    def _outward(self, reference: Reference) -> dict[str, Any]:
        if reference.target is None:
            label, url = cited(reference.citation or {}), cited_url(reference.citation or {})
        elif not self.issue.shown.has_place(reference.target):
            label, url = _("a place that is not public now"), ""
        else:
            place = reference.target
            label = self._label(place)
            url = self.issue.place_url(place)
        return self._end(reference, label, url, "out", reference.note)

    def _label(self, place: Place) -> str:
        if self.issue.book.is_here(place):
            return quotation(place.exact)
        note = self.issue.book.notes.get(place.note)
        return str(label_of(self.issue, note)) if note and note.place else place_label(place)

    def _inward(self, note: Note, reference: Reference) -> dict[str, Any]:
        url = self.issue.note_url(note.id) if self.issue.shows(note) else ""
        return self._end(reference, str(label_of(self.issue, note)), url, "in", reference.note if url else "")

    def _end(self, reference: Reference, label: str, url: str, direction: str, note: str) -> dict[str, Any]:
        return {
            "id": reference.id, "relation": reference.relation,
            "relation_label": self.issue.book.relation_label(reference, inward=direction == "in"),
            "target_label": label, "target_url": url, "direction": direction, "note": note,
            "note_language": reference.note_language,
        }  # fmt: skip

    def _line(self, end: dict[str, Any]) -> str:
        label = f'<bdi dir="auto">{escape(end["target_label"])}</bdi>'
        target = f'<a href="{escape(end["target_url"])}">{label}</a>' if end["target_url"] else label
        remark = (
            f'<span class="muted" {_language(end["note_language"])}>{escape(end["note"])}</span>'
            if end["note"]
            else ""
        )
        return (
            f'<p class="xref"><span class="xref__relation">{self._icon.format("link")} '
            f"{escape(end['relation_label'])}</span>{target}{remark}</p>"
        )

    def json(self, entry: Entry) -> dict[str, Any]:
        """Return an entry as the reader's script reads it (`frontend/src/textlayer/notes.ts`)."""
        note = entry if isinstance(entry, Note) else None
        if note and note.id in self.issue.hidden:
            return self._gap_json(note)
        book, acts, changed = self.issue.book, self._acts(entry), self._changed(entry)
        ends = self.ends(note) if note else [self._inward(entry.source, entry.reference)]
        return {
            "id": entry.id, "url": self.issue.note_url(entry.id), "number": note.number if note else 0,
            "version": note.version_number if note else 0, "version_id": note.version if note else "",
            "start": entry.start, "end": entry.end, "exact": entry.exact,
            "body_html": render_markdown(note.body) if note and note.body else "", "body_source": "",
            "language": note.language if note else "", "category": entry.category, "status": "accepted",
            "visibility": "open", "author": {"name": book.called(note.author) if note else ""},
            "tags": [self._tag_json(tag) for tag in (note.tags if note else ())], "references": ends,
            "updated": "", "actions": [],
            **({"acts_html": acts} if acts else {}),
            **({"change_html": changed} if changed else {}),
            **({"place_html": place_html(self.issue, note)} if note and note.place else {}),
        }  # fmt: skip

    def _gap_json(self, note: Note) -> dict[str, Any]:
        """Return what is told of a note that may not be read now: its number, and why."""
        return {
            "id": note.id, "url": self.issue.note_url(note.id), "number": note.number, "version": 0, "version_id": "",
            "start": note.start, "end": note.end, "exact": "", "body_html": "", "body_source": "", "language": "",
            "category": Category.NOTE, "status": "accepted", "visibility": "open", "author": {"name": ""}, "tags": [],
            "references": [], "updated": "", "actions": [],
            "place_html": f'<p class="small muted">{escape(gap_words(note))}</p>',
        }  # fmt: skip

    def _tag_json(self, ident: str) -> dict[str, str]:
        term = self.issue.book.terms[ident]
        url = reverse("term", args=[term.slug])
        return {"id": ident, "label": said(term.label).text, "kind": term.kind, "url": url}


def _language(code: str) -> str:
    """Return the attributes of words in a language that somebody said, or did not say."""
    return f'lang="{escape(code)}" dir="{direction_of(code)}"' if code else 'dir="auto"'


def place_label(place: Place) -> str:
    """Return the name of a place: the thing, and the words or seconds of it that are meant."""
    title = said(place.label).text
    if place.exact:
        return f"{title}: \u2068{quotation(place.exact)}\u2069" if title else quotation(place.exact)
    if place.kind == LocusKind.TIME and place.start_time is not None:
        return f"{title} ({seconds_words(place.start_time, place.end_time)})"
    return title
