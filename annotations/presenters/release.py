"""The reading page of a release, as values for its template."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.presenters.issue import Issue
from annotations.presenters.note_cards import Cards
from annotations.presenters.register import (
    TermGroup,
    block_url,
    figure_lines,
    reference_lines,
    term_groups,
    video_lines,
)
from annotations.presenters.release_media import beside, media_of
from annotations.presenters.since import Since, Told, told
from annotations.presenters.since_text import change_edges
from annotations.presenters.snapshot import in_number_order
from annotations.presenters.words import Said, said
from archive.presenters.article import Extras, Marked, render_article
from archive.presenters.markup import render_markdown
from archive.text.sections import Section, whole

#: More notes than this are not written into the page: its script asks for those on the screen, and without it
#: the counts lead to the list of notes.
INLINE_NOTES = 400


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of a release a reader asked for."""

    #: Number of the section, from one; 0 when the address does not say.
    section: int = 0
    whole: bool = False
    #: The note to show marked.
    note: str = ""
    #: The passage to show marked.
    at: tuple[int, int] | None = None
    #: Whether to show every note as a real mark.
    marked: bool = False
    #: Number of an earlier release: what changed since it is shown; and of the change to go to. 0: none.
    since: int = 0
    change: int = 0
    #: Public id of a release to be read beside it.
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """What the template shows."""

    article: SafeString
    section: Section
    #: From one; 0 when the whole text is shown.
    number: int
    notes: SafeString
    is_inline: bool
    count: int
    toc: list[dict[str, Any]]
    sections: list[dict[str, Any]]
    introduction: SafeString
    title: Said
    groups: tuple[TermGroup, ...]
    references: tuple[Any, ...]
    figures: list[dict[str, Any]]
    videos: list[dict[str, Any]]
    #: Pictures and films with notes that do not stand in the text.
    beside: list[SafeString]
    query: str = field(default="")
    #: Whether the address names a note that the release does not have.
    is_unknown: bool = False
    #: What changed since the earlier release that was asked for.
    told: Told | None = None


def release_page(issue: Issue, asked: Asked, since: Since | None = None) -> Page:
    """Return the page for what was asked; an address that names nothing shows the beginning.

    `since` is what changed since the release that was asked for, where that may be read.
    """
    book, text = issue.book, issue.snapshot.text
    number = _section_number(issue, asked, since)
    section = book.sections[number - 1] if number else whole(text.content, text.blocks)
    entries = book.between(section.start, section.end + 1)
    inline = len(entries) <= INLINE_NOTES
    cards = Cards(issue, since)
    changes = told(since, number) if since else None
    small = len(book.entries) <= INLINE_NOTES
    introduction = said(issue.snapshot.introduction)
    return Page(
        article=_article(issue, section, asked, inline, changes),
        section=section, number=number, is_inline=inline, count=len(entries),
        notes=cards.all(in_number_order(issue.snapshot, entries), part=number) if inline else SafeString(""),
        toc=_contents(issue, number, since), sections=_sections(issue, number, since), title=said(issue.snapshot.title),
        introduction=_prose(introduction) if number in (0, 1) else SafeString(""),
        groups=term_groups(issue, few=None if small else 0),
        references=reference_lines(issue, cards) if small else (),
        figures=figure_lines(issue, number), videos=video_lines(issue, number),
        beside=beside(issue, current=asked.note, inline=inline) if section.end >= text.length else [],
        told=changes, query=_query(asked, number, since), is_unknown=bool(asked.note) and asked.note not in book.by_id,
    )  # fmt: skip


def _section_number(issue: Issue, asked: Asked, since: Since | None) -> int:
    book = issue.book
    if asked.whole or len(book.sections) == 1:
        return 0
    entry = book.by_id.get(asked.note)
    if entry:
        return book.section_of(entry.start) + 1
    if asked.at:
        return book.section_of(asked.at[0]) + 1
    changed = since.offset_of(asked.change) if since else None
    if changed is not None:
        return book.section_of(changed) + 1
    return asked.section if 1 <= asked.section <= len(book.sections) else 1


def _query(asked: Asked, number: int, since: Since | None) -> str:
    """Return what keeps the reader in the shown part, and with what changed, when another view of it is asked for."""
    part = "whole=1&" if asked.whole else f"section={number}&" if number > 1 else ""
    return part + _since(since)


def _since(since: Since | None) -> str:
    return f"since={since.number}&" if since else ""


def _prose(words: Said) -> SafeString:
    if not words:
        return SafeString("")
    html = render_markdown(words.text)
    return format_html(
        '<div class="prose" lang="{}" dir="{}">{}</div>', words.language, words.direction, html
    )


def _article(issue: Issue, section: Section, asked: Asked, inline: bool, changes: Told | None) -> SafeString:
    text = issue.snapshot.text
    extras = Extras(
        **media_of(issue, current=asked.note, inline=inline),
        counts=issue.book.counts,
        count_href="#notes-b{}" if inline else f"{issue.base}notes/?block={{}}",
        count_label=_("Notes on this passage: %(count)s"),
        marked=_marked(issue, section, asked),
        edges=change_edges(changes, section) if changes else (),
        has_parts=bool(issue.snapshot.parts),
    )
    return render_article(
        content=text.content, blocks=text.blocks, marks=text.marks, extras=extras,
        first=section.first, last=section.last,
    )  # fmt: skip


def _marked(issue: Issue, section: Section, asked: Asked) -> list[Marked]:
    found = []
    if asked.marked:
        found += [
            Marked(e.start, e.end, {"data-note": e.id, "data-category": e.category}, anchor=f"mark-{e.id}")
            for e in issue.book.between(section.start, section.end + 1)
            if e.end > e.start
        ]
    entry = issue.book.by_id.get(asked.note)
    if entry and entry.end > entry.start:
        attrs = {"data-note": entry.id, "data-category": entry.category, "aria-current": "true"}
        found.append(Marked(entry.start, entry.end, attrs, anchor="passage"))
    if asked.at and 0 <= asked.at[0] < asked.at[1] <= issue.snapshot.text.length:
        start, end = asked.at
        found.append(Marked(start, end, {"aria-current": "true"}, anchor=f"at-{start}-{end}"))
    return found


def _contents(issue: Issue, number: int, since: Since | None) -> list[dict[str, Any]]:
    text = issue.snapshot.text
    found = []
    for index, block in enumerate(text.blocks):
        if block["kind"] != "heading":
            continue
        label = text.content[block["start"] : block["end"]]
        found.append(
            {
                "label": label, "level": block.get("level") or 2,
                "url": block_url(issue, index, number, _since(since)),
            }
        )  # fmt: skip
    return found


def _sections(issue: Issue, number: int, since: Since | None) -> list[dict[str, Any]]:
    if len(issue.book.sections) == 1:
        return []
    return [
        {
            "number": index, "title": section.title or _("Part %(number)s") % {"number": index},
            "url": f"{issue.base}?{_since(since)}section={index}", "current": index == number,
        }
        for index, section in enumerate(issue.book.sections, start=1)
    ]  # fmt: skip
