"""Files of notes in words: what each note says, where it would stand, and why one cannot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from annotations.access.contents import content_of
from annotations.access.readings import current_of
from annotations.anchoring.regions import extent
from annotations.enums import ArrivalHow, ArrivalOutcome
from annotations.models import NoteImport, NoteImportRow, Term
from annotations.presenters.clock import seconds_words
from archive.access import Viewer, visible_to
from archive.models import Image, Text, Video
from archive.presenters.messages import sentence

#: Why a note is none, wherever it would stand.
NO_NOTES = ("body_too_long", "tags_too_many", "highlight_only")
#: Code points shown on each side of a place.
AROUND = 60
OUTCOMES: Mapping[str, str | Promise] = {
    ArrivalOutcome.READY: pgettext_lazy("a note of a file", "will be brought in"),
    ArrivalOutcome.ASK: pgettext_lazy("a note of a file", "its place is to be chosen"),
    ArrivalOutcome.HERE: pgettext_lazy("a note of a file", "is here already"),
    ArrivalOutcome.OUT: pgettext_lazy("a note of a file", "is left out"),
    ArrivalOutcome.MADE: pgettext_lazy("a note of a file", "brought in"),
    ArrivalOutcome.WAITS: pgettext_lazy("a note of a file", "brought in, its place is to be checked"),
    ArrivalOutcome.UNDONE: pgettext_lazy("a note of a file", "taken back"),
    ArrivalOutcome.KEPT: pgettext_lazy("a note of a file", "not taken back"),
}
LOOKS: Mapping[str, str] = {
    ArrivalOutcome.READY: "submitted", ArrivalOutcome.ASK: "uncertain", ArrivalOutcome.HERE: "draft", ArrivalOutcome.OUT: "returned",
    ArrivalOutcome.MADE: "accepted", ArrivalOutcome.WAITS: "uncertain", ArrivalOutcome.UNDONE: "returned", ArrivalOutcome.KEPT: "draft",
}  # fmt: skip
HOWS: Mapping[str, str | Promise] = {
    ArrivalHow.EXACT: _("Its words stand at its offsets."),
    ArrivalHow.FOUND: _("Found by its words."),
    ArrivalHow.SEVERAL: _("Its words stand in several places."),
    ArrivalHow.UNCERTAIN: _("There is only a guess."),
    ArrivalHow.CHOSEN: _("You chose its place."),
    ArrivalHow.MEDIA: _("On a part of a picture or a film."),
    ArrivalHow.ELSEWHERE: _("On another site: a private note of yours."),
    ArrivalHow.NONE: "",
}
#: What of a note, or of a file, is told and not taken in.
LEFT_OUT: Mapping[str, str | Promise] = {
    "reply": _("It answers another note; here it stands by itself."),
    "replies_kept": _("Answers to it stand at the end of its words."),
    "body": _("A part of what it says has neither words nor an address."),
    "more_bodies": _("It has more parts than are read."),
    "verification": _("It was not verified there."),
    "anchor_kind": _("Its place is told in a way that means nothing here; only its words were looked for."),
    "offset_no_number": _("Its offsets are no numbers; only its words were looked for."),
    "in_pieces": _("It stood on several pieces; here it is on the first."),
    "tag_unknown": _("The file does not say what its tag is called."),
    "tei_part": _("A part of it has no place in a note."),
    "not_a_note": _("Something among the notes is no note."),
    "page_elsewhere": _("The file says that further notes are in another file. Bring that in too."),
}


class Passage(NamedTuple):
    """A place in a text with what stands around it; `value` is what a form sends for it."""

    value: str
    before: str
    words: str
    after: str
    percent: int = 0


class ShownRow(NamedTuple):
    """A note of a file as its page shows it."""

    row: NoteImportRow
    outcome: str | Promise
    look: str
    how: str | Promise
    problem: str
    passage: Passage | None
    choices: Sequence[Passage]
    #: The language and direction of the text it is on; empty for what is on none, or what may not be seen.
    language: str
    direction: str
    #: The picture, film or address that it is on, and which part.
    on: str
    part: str
    #: (name as the file has it, the term it means)
    tags: Sequence[tuple[str, Term | None]]
    #: What of it is told and not taken in.
    notices: Sequence[str | Promise]
    may_choose: bool


def shown_rows(step: NoteImport, rows: Iterable[NoteImportRow], who: Viewer) -> list[ShownRow]:
    """Return notes with their places in context, as far as the viewer sees what they are on."""
    listed = list(rows)
    contents = _contents({row.text for row in listed if row.text}, who)
    terms = {
        term.public_id: term
        for term in visible_to(Term, who).filter(
            public_id__in={one for row in listed for one in row.terms if one}
        )
    }
    titles = _titles(listed, who)
    open_ = step.state == "previewed"
    return [_shown(row, contents, terms, titles, open_=open_) for row in listed]


def _contents(texts: set[str], who: Viewer) -> dict[str, tuple[str, str, str]]:
    """Return content, language and direction of the texts that the viewer may read."""
    facts = {
        row["public_id"]: row
        for row in Text.objects.filter(public_id__in=texts).values("public_id", "current_revision__language", "current_revision__direction")
    }  # fmt: skip
    found = {}
    for text in texts:
        current = current_of(text, who)
        if current is not None:
            content = content_of(current.revision_id, current.sha256)
            row = facts[text]
            found[text] = (content, row["current_revision__language"], row["current_revision__direction"])
    return found


def _titles(rows: Sequence[NoteImportRow], who: Viewer) -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for kind, model in (("image", Image), ("video", Video)):
        ids = {row.on[kind] for row in rows if kind in row.on}
        if ids:
            for item in visible_to(model, who).filter(public_id__in=ids):
                found[kind, item.public_id] = str(item)
    return found


def _shown(
    row: NoteImportRow, contents: Mapping[str, tuple[str, str, str]], terms: Mapping[str, Term],
    titles: Mapping[tuple[str, str], str], *, open_: bool,
) -> ShownRow:  # fmt: skip
    content, language, direction = contents.get(row.text, ("", "", ""))
    spans = [] if not content else [(start, end, score) for start, end, score in row.candidates]
    passage = (
        _passage(content, row.start, row.end)
        if content and row.start is not None and row.end is not None
        else None
    )
    on, part = _on(row, titles)
    tags = [
        (tag["name"] or tag["address"], terms.get(term))
        for tag, term in zip(
            row.told.get("tags", []), row.terms or [""] * len(row.told.get("tags", [])), strict=False
        )
    ]
    return ShownRow(
        row, OUTCOMES[row.outcome], LOOKS[row.outcome], HOWS[row.how], problem_words(row), passage,
        [_passage(content, int(start), int(end), score) for start, end, score in spans], language, direction, on, part, tags,
        [LEFT_OUT[code] for code in dict.fromkeys(row.told.get("left_out", [])) if code in LEFT_OUT],
        open_ and bool(row.text) and row.outcome != ArrivalOutcome.HERE and row.problem.get("code") not in NO_NOTES,
    )  # fmt: skip


def _passage(content: str, start: int, end: int, score: float = 0.0) -> Passage:
    return Passage(
        f"{start}-{end}",
        content[max(0, start - AROUND) : start],
        content[start:end],
        content[end : end + AROUND],
        round(score * 100),
    )


def _on(row: NoteImportRow, titles: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    if "image" in row.on:
        left, top, right, bottom = extent(row.on["shape"], row.on["points"])
        return titles.get(("image", row.on["image"]), ""), f"{left:g}, {top:g} – {right:g}, {bottom:g}"
    if "video" in row.on:
        return titles.get(("video", row.on["video"]), ""), seconds_words(row.on["start"], row.on["end"])
    if "target" in row.on:
        target = row.on["target"]
        return str(target.get("source", "") if isinstance(target, dict) else target), ""
    return "", ""


def problem_words(row: NoteImportRow) -> str:
    """Return why a note is left out, or why its place is in doubt."""
    code = row.problem.get("code", "")
    return (
        sentence(f"arrival_{code}" if f"arrival_{code}" in CODES else code, row.problem.get("params", {}))
        if code
        else ""
    )


def left_out_words(step: NoteImport) -> list[tuple[str | Promise, int]]:
    """Return what of the file is told and not taken in, with how often."""
    return [(LEFT_OUT[code], count) for code, count in step.asked.get("left_out", []) if code in LEFT_OUT]


#: Why a note cannot be placed, or is in doubt.
CODES: Mapping[str, str | Promise] = {
    "arrival_no_place": _("The file says neither words nor a place for it."),
    "arrival_no_target": _("The file does not say what it is on."),
    "arrival_no_words": _("Its place has no words."),
    "arrival_past_end": _("Its place lies past the end of the text."),
    "arrival_place_too_long": _("Its passage is longer than a note's may be."),
    "arrival_quote_missing": _("Its words do not stand in the text."),
    "arrival_words_differ": _("Its words do not stand in the text like this; these are the likest."),
    "arrival_short_quote": _("One short word, and nothing says that it is this one."),
    "arrival_other_context": _("Its words stand here, but other words stand around them."),
    "arrival_several_places": _("Its words stand in several places, and nothing says which."),
    "arrival_offset_only": _(
        "The file has a number for its place and no words: nothing proves that it counts this text."
    ),
    "arrival_range_by_ends": _(
        "The file tells the first words of its passage and the words after it, not what lies between."
    ),
    "arrival_other_text": _("It is on another text of this archive. Bring it in there, or from your notes."),
    "arrival_other_source": _("It is on something else than this text."),
    "arrival_no_text": _(
        "It does not say on which text of this archive it is. Bring the file in from the text's workbench."
    ),
    "arrival_not_here": _("What it is on is not here, or not for you to see."),
    "arrival_part_unknown": _("The part of the picture or the film that it is on could not be read."),
    "arrival_pointer_unknown": _("It points at something that is not in the file."),
    "arrival_reply": _("It answers a note that is not in the file, or the file does not say which."),
    "arrival_reply_kept": _("It is an answer; it stands at the end of the note that it answers."),
    "arrival_page_note": _("It is on the page as a whole, not on words of it."),
    "arrival_highlight_only": _("It is a highlight without words or tags; a note says something."),
    "arrival_body_too_long": _(
        "It is longer than a note may be (%(limit_length)s letters). Cut it in two in the file."
    ),
    "arrival_tags_too_many": _("It has more tags than a note may have (%(limit_count)s)."),
    "arrival_brought_in_before": _("You brought it in before."),
    "arrival_own_note": _("It is your own note, and stands here."),
    "arrival_twice_in_file": _("It stands in the file before."),
    "arrival_left_by_you": _("You left it out."),
    "arrival_touched_since": _("You have changed it, placed it or handed it in since."),
}
