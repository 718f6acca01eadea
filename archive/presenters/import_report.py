"""An import's report as the desk shows it: what was found, its place, its words, what can be done."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from archive.models import ImportProblem, TextDraft
from archive.presenters import import_words
from archive.text import report as text_report
from archive.text.types import ParsedText

#: Code points shown on each side of a place, and most of the place itself.
AROUND, LONGEST = 60, 180
ORDER = list(import_words.PROBLEM_KINDS)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words around a place, in three parts; the line ends between blocks are shown as signs."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Item:
    """One problem as a row of the report."""

    row: ImportProblem
    title: str
    text: str
    excerpt: Excerpt
    #: Index of its block, and its number for people.
    block: int
    apply: str
    needs_address: bool
    #: What was typed for it and not used yet.
    address: str = ""

    @property
    def number(self) -> int:
        """The block's number for people."""
        return self.block + 1

    @property
    def status(self) -> str:
        """The word for its state."""
        return str(import_words.PROBLEM_STATES[self.row.state])


@dataclass(slots=True)
class Group:
    """All problems of one kind, of which `items` are shown."""

    kind: str
    title: str
    icon: str
    open: int
    total: int
    items: list[Item] = field(default_factory=list)
    #: Open ones that can be applied without asking.
    ready: bool = False

    @property
    def hidden(self) -> int:
        """How many are not shown here."""
        return self.total - len(self.items)


def groups(
    draft: TextDraft, rows: Iterable[ImportProblem], counts: Mapping[tuple[str, str], int]
) -> list[Group]:
    """Return the report's groups; `counts` are numbers of problems by kind and state."""
    found: dict[str, Group] = {}
    for kind in ORDER:
        total = sum(number for (each, _state), number in counts.items() if each == kind)
        if total:
            found[kind] = Group(
                kind, str(import_words.PROBLEM_KINDS[kind]), import_words.PROBLEM_ICONS[kind],
                counts.get((kind, "open"), 0), total,
            )  # fmt: skip
    starts = [block["start"] for block in draft.blocks]
    for row in rows:
        group = found[row.kind]
        group.items.append(item(draft, row, starts))
        group.ready |= row.state == "open" and bool(row.proposal.get("op")) and not row.proposal.get("needs")
    return [group for group in found.values() if group.items]


def item(draft: TextDraft, row: ImportProblem, starts: Sequence[int], *, address: str = "") -> Item:
    """Return one problem with its words."""
    return Item(
        row=row,
        title=_title(row),
        text=import_words.proposal_words(row.proposal),
        excerpt=excerpt(draft.content, row.start, row.end),
        block=max(0, bisect_right(starts, row.start) - 1),
        apply=str(import_words.APPLY.get(row.proposal.get("op", ""), "")),
        needs_address="href" in row.proposal.get("needs", ()),
        address=address,
    )


def _title(row: ImportProblem) -> str:
    more = import_words.UNSUPPORTED.get(row.params.get("reason", "")) if row.kind == "unsupported" else None
    title = str(more or import_words.PROBLEM_TITLES[row.kind])
    left = row.params.get("text") or row.params.get("count")
    return f"{title}: {str(left)[:AROUND]}" if more and left else title


def excerpt(content: str, start: int, end: int) -> Excerpt:
    """Return the words around a place."""
    marked = content[start:end]
    if len(marked) > LONGEST:
        marked = f"{marked[: LONGEST // 2]} … {marked[-LONGEST // 2 :]}"
    before, after = content[max(0, start - AROUND) : start], content[end : end + AROUND]
    if start > AROUND:
        before = f"… {before.split(maxsplit=1)[-1] if ' ' in before.strip() else before}"
    if end + AROUND < len(content):
        after = f"{after.rsplit(maxsplit=1)[0] if ' ' in after.strip() else after} …"
    return Excerpt(_shown(before), _shown(marked, before), _shown(after, marked))


def _shown(text: str, before: str = "") -> str:
    return carried(text.replace("\n", " ⏎ "), before)


def _torn_word(content: str, start: int, end: int) -> tuple[str, str]:
    """Return the word in which a mark was put back on its letter: as it came, the mark apart, and as it is now."""
    head = re.search(r"\S*\Z", content[max(0, start - AROUND) : start])
    tail = re.match(r"\S*", content[end : end + AROUND])
    before, after = (head[0] if head else ""), (tail[0] if tail else "")
    letters = "".join(each for each in content[start:end] if not unicodedata.combining(each))
    marks = "".join(each for each in content[start:end] if unicodedata.combining(each))
    return carried(f"{before}{letters} {marks} {after}".strip()), f"{before}{content[start:end]}{after}"


#: What carries a mark that has lost its letter.
CIRCLE = "\N{DOTTED CIRCLE}"


def carried(text: str, before: str = "") -> str:
    """Return words in which a mark without a letter, at the beginning or after a space or sign, sits on a circle.

    Such a mark would join whatever stands before it on the page, a quotation mark or another word. `before` is what
    stands before these words.
    """
    shown, last = [], before[-1:] or " "
    for character in text:
        if unicodedata.combining(character) and not (last.isalnum() or unicodedata.combining(last)):
            shown.append(CIRCLE)
        shown.append(character)
        last = character
    return "".join(shown)


def summary(parsed: ParsedText, counts: Mapping[tuple[str, str], int]) -> list[dict[str, Any]]:
    """Return the numbers at the head of the report."""
    found = text_report.report(parsed)
    questioned = counts.get(("heading_level", "open"), 0)
    spellings = len({video["spelling"] for video in found["videos"]})

    def of(kind: str, label: Any, tone: str = "warning") -> dict[str, Any]:
        total = sum(number for (each, _state), number in counts.items() if each == kind)
        left = counts.get((kind, "open"), 0)
        detail = "" if left == total else _("%(n)s open") % {"n": left} if left else _("all decided")
        return _stat(total, label, detail, tone=tone if left else "", kind=kind)

    stats = [
        _stat(len(found["headings"]), ngettext_lazy("heading", "headings", "n"),
        _("%(n)s questioned") % {"n": questioned} if questioned else ""),
        _stat(len(found["notes"]), ngettext_lazy("footnote", "footnotes", "n"), kind="notes"),
        of("missing_figure", ngettext_lazy("missing figure", "missing figures", "n")),
        _stat(
            len(found["videos"]), ngettext_lazy("video", "videos", "n"),
            _("in %(n)s spellings") % {"n": spellings} if spellings > 1 else ""
        ),
        of("dead_link", ngettext_lazy("dead link", "dead links", "n")),
        of("stray_backslash", ngettext_lazy("stray backslash", "stray backslashes", "n")),
        _stat(len(found["torn_marks"]), ngettext_lazy("torn mark", "torn marks", "n"), _torn(found["torn_marks"])),
        of("suspected_cut", ngettext_lazy("suspected cut", "suspected cuts", "n")),
        of("divided_word", ngettext_lazy("divided word", "divided words", "n")),
        of("broken_encoding", ngettext_lazy("broken letter", "broken letters", "n"), "danger"),
        of("control_character", ngettext_lazy("invisible character", "invisible characters", "n")),
        of("unsupported", _("not understood"), "danger"),
    ]  # fmt: skip
    always = {"heading_level", "missing_figure", "dead_link", "suspected_cut", ""}
    return [stat for stat in stats if stat["value"] or stat["kind"] in always]


def _torn(marks: Sequence[Mapping[str, Any]]) -> str:
    repaired = sum(1 for mark in marks if mark["repaired"])
    return _("%(n)s repaired") % {"n": repaired} if repaired else ""


def _stat(value: int, label: Any, detail: str = "", *, tone: str = "", kind: str = "") -> dict[str, Any]:
    return {
        "value": value,
        "label": label % {"n": value},
        "detail": detail,
        "tone": tone if value else "",
        "kind": kind,
    }


def found_lists(parsed: ParsedText) -> dict[str, list[dict[str, Any]]]:
    """Return headings, notes, videos and repairs, each with its block's index."""
    found = text_report.report(parsed)
    starts = [block.start for block in parsed.blocks]
    lists = {name: found[name] for name in ("headings", "notes", "videos", "repairs")}
    for entries in lists.values():
        for entry in entries:
            entry["block"] = max(0, bisect_right(starts, entry["start"]) - 1)
            entry["number"] = entry["block"] + 1
    for repair in lists["repairs"]:
        repair["words"] = str(import_words.REPAIRS.get(repair["kind"], repair["kind"]))
        if repair["kind"] == "torn_mark" and repair["end"]:
            repair["before"], repair["after"] = _torn_word(parsed.content, repair["start"], repair["end"])
        else:
            repair["before"], repair["after"] = carried(repair["before"]), carried(repair["after"])
    return lists
