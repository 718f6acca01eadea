"""The page on which a text is annotated; without a script it still lists the notes and takes new ones."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.access.arrivals import arrival_places, arrivals_between
from annotations.access.narrowed import narrowed_of
from annotations.access.note_facts import NoteFacts, notes_between, read_notes
from annotations.access.texts import revision_of
from annotations.actions.write_annotation import write_annotation
from annotations.forms.note import NoteForm
from annotations.models import Annotation
from annotations.presenters.annotation import arrival_json, note_json
from annotations.presenters.beside import beside_of
from annotations.presenters.carried import Doubtful, describe_doubtful, doubtful_notes
from annotations.presenters.finding import Found, occurrences
from annotations.presenters.labels import CATEGORIES, OUTCOME_STATUSES, OUTCOMES, STATUSES
from annotations.presenters.spans import span_rows, with_arrivals
from annotations.presenters.text_page import article_of, counts_by_block
from annotations.values import TextPlace
from annotations.views.bootstrap import common_bootstrap
from annotations.views.narrowing import narrowed_address, narrowing
from annotations.views.picking import is_picking, picked
from annotations.views.requests import Request
from archive.access import may
from archive.errors import HashiyaError
from archive.models import Text, TextRevision
from archive.presenters.article import Marked
from archive.presenters.messages import sentence
from archive.presenters.parts import choice_label, numbers
from archive.text.numbers import whole_number
from archive.text.sections import Section, sections

#: Notes listed beside the text when no script fetches them.
LISTED = 60
#: Texts beside this one that an address may name; the page shows fewer.
MOST_ASKED = 12


@login_required
def workbench(request: Request, public_id: str) -> HttpResponseBase:
    """Show a text with its notes, ready to be annotated; take a note that quotes its words."""
    revision = revision_of(request.viewer, public_id)
    revision.refresh_from_db(fields=["content", "blocks", "marks"])
    found: list[Found] = []
    form = NoteForm(
        request.POST or None, initial={"language": get_language(), "key": secrets.token_urlsafe(16)}
    )
    picks = is_picking(request, form)
    if request.method == "POST" and form.is_valid():
        found = _occurrences(revision, form)
        if picks and len(found) == 1 and picked(request, form, _place(revision, found[0])):
            return redirect("basket")
        found = [] if picks and len(found) == 1 else found
        if len(found) == 1 and (written := _write(request, revision, form, found[0])):
            return redirect(f"{reverse('workbench', args=[public_id])}?note={written}#note-{written}")
    return render(
        request, "annotations/workbench/page.html", _page(request, revision) | {"form": form, "found": found}
    )


def _occurrences(revision: TextRevision, form: NoteForm) -> list[Found]:
    found = occurrences(revision.content, form.cleaned_data["words"])
    if not found:
        form.add_error("words", sentence("quote_not_found"))
    chosen = [one for one in found if one.name == form.cleaned_data["place"]]
    return chosen or found


def _place(revision: TextRevision, found: Found) -> TextPlace:
    return TextPlace(revision.text.public_id, revision.number, found.start, found.end, found.exact)


def _write(request: Request, revision: TextRevision, form: NoteForm, place: Found) -> str:
    try:
        written = write_annotation(
            place=_place(revision, place), note=form.note(),
            idempotency_key=form.cleaned_data["key"], by=request.user,
        )  # fmt: skip
    except HashiyaError as error:
        form.add_error(None, sentence(error.code, error.params))
        return ""
    messages.success(request, _("Your note is kept as a draft. Hand it in when it is ready."))
    return written.annotation.public_id


def _page(request: Request, revision: TextRevision) -> dict[str, Any]:
    parts = sections(revision.content, revision.blocks)
    narrowed = narrowed_of(request.GET)
    of = {"text_id": revision.text_id, "revision_id": revision.pk}
    rows, carrying = span_rows(request.viewer, **of, narrowed=narrowed)
    arrivals = [] if narrowed else arrival_places(request.viewer, **of)
    marked = with_arrivals(rows, arrivals)
    chosen = _chosen(request, revision)
    number = _section(request, parts, chosen)
    section = parts[number]
    start, end = _stretch(request, revision, section)
    notes = _listed(request, revision, (start, end), chosen)
    arriving = arrivals_between(request.viewer, arrivals, revision_id=revision.pk, start=start, end=end)
    return {
        "text": revision.text, "work": revision.text.work, "part": _part(revision.text), "revision": revision, "section": section,
        "number": number + 1, "sections": list(enumerate(parts, start=1)) if len(parts) > 1 else [],
        "length": section.end - section.start, "carrying": carrying, "total": len(rows) + carrying,
        "notes": [note_json(note) | {"facts": note} for note in notes], "chosen": chosen,
        "arrivals": [arrival_json(one) for one in arriving[:LISTED]],
        **narrowing(request, revision.text, keeps=("section", "beside")),
        "placing": _placing(request, revision),
        "is_unknown": bool(request.GET.get("note")) and chosen is None,
        "categories": CATEGORIES, "statuses": STATUSES, "outcomes": OUTCOMES, "outcome_statuses": OUTCOME_STATUSES,
        "is_writer": may(request.viewer, "add", Annotation),
        "article": article_of(
            revision, request.viewer, section=section, count_href="?block={}#notes",
            counts=counts_by_block(revision.blocks, ((row[0], -row[1]) for row in marked)),
            marked=_marked(request, marked, chosen), annotating=True,
        ),
        "bootstrap": _bootstrap(request, revision),
        "beside": beside_of(
            request.viewer, revision, section, request.GET.getlist("beside")[:MOST_ASKED],
            request.GET.get("find", "").replace("\x00", "").strip()[:80],
        ),
    }  # fmt: skip


def _part(text: Text) -> str:
    """Return what the text is called among those of its work, "" when it is the only one and has no title."""
    texts = list(Text.objects.filter(work=text.work_id).order_by("order", "pk"))
    return choice_label(text, numbers(texts).get(text.pk)) if len(texts) > 1 or text.title else ""


def _placing(request: Request, revision: TextRevision) -> Doubtful | None:
    """Return the note whose place is to be selected here, when it has none and the viewer may put it back."""
    asked = request.GET.get("place", "")
    notes = doubtful_notes(request.viewer, revision).filter(public_id=asked) if asked else []
    return next(iter(describe_doubtful(notes, revision)), None)


def _chosen(request: Request, revision: TextRevision) -> NoteFacts | None:
    """Return the note that the address names, when it is on this text."""
    public_id = request.GET.get("note", "")
    keys = Annotation.objects.filter(public_id=public_id, text_id=revision.text_id).values_list(
        "pk", flat=True
    )
    found = read_notes(request.viewer, list(keys), revision_id=revision.pk) if public_id else []
    return found[0] if found else None


def _section(request: Request, parts: tuple[Section, ...], chosen: NoteFacts | None) -> int:
    """Return the index of the section that holds what the address names."""
    place: int | None = chosen.sits.start if chosen and chosen.sits else None
    if place is None:
        place = whole_number(request.GET.get("at", "").partition("-")[0])
    block = whole_number(request.GET.get("block", ""))
    for index, part in enumerate(parts):
        if place is not None and part.start <= place < max(part.end, part.start + 1):
            return index
        if place is None and block is not None and part.first < block <= part.last:
            return index
    asked = whole_number(request.GET.get("section", "")) or 1
    return min(asked, len(parts)) - 1


def _stretch(request: Request, revision: TextRevision, section: Section) -> tuple[int, int]:
    """Return what is listed for readers without a script: the block that was asked for, or the section."""
    block = whole_number(request.GET.get("block", ""))
    if block and block <= len(revision.blocks):
        return revision.blocks[block - 1]["start"], revision.blocks[block - 1]["end"]
    return section.start, section.end


def _listed(
    request: Request, revision: TextRevision, stretch: tuple[int, int], chosen: NoteFacts | None
) -> list[NoteFacts]:
    """Return the notes of a stretch, after the one that the address names."""
    start, end = stretch
    page = notes_between(
        request.viewer, text_id=revision.text_id, revision_id=revision.pk, start=start, end=end, limit=LISTED,
        narrowed=narrowed_of(request.GET),
    )  # fmt: skip
    notes = [note for note in page.notes if chosen is None or note.pk != chosen.pk]
    return [*([chosen] if chosen else []), *notes]


def _marked(
    request: Request, rows: list[tuple[int, int, str, int]], chosen: NoteFacts | None
) -> list[Marked]:
    categories = list(CATEGORIES)
    found = []
    if request.GET.get("marked"):
        found = [
            Marked(
                start, -minus_end, {"data-note": note, "data-category": categories[category]}, f"mark-{note}"
            )
            for start, minus_end, note, category in rows
        ]
    if chosen and chosen.sits and chosen.sits.start is not None and chosen.sits.end is not None:
        attrs = {"data-note": chosen.id, "data-category": chosen.category, "aria-current": "true"}
        found.append(Marked(chosen.sits.start, chosen.sits.end, attrs, anchor="passage"))
    return found


def _bootstrap(request: Request, revision: TextRevision) -> dict[str, Any]:
    """Return what the script is told of this text."""
    return common_bootstrap(request) | {
        "text": revision.text.public_id, "revision": revision.number, "length": revision.length,
        "language": revision.language,
        "spans_url": reverse("text_spans", args=[revision.text.public_id]),
        "annotations_url": reverse("text_notes", args=[revision.text.public_id]),
        # Those that the page was asked for; handing in asks for all.
        "notes_url": narrowed_address(request, "text_notes", revision.text.public_id),
        "others_url": f"{reverse('others')}?text={revision.text.public_id}",
    }  # fmt: skip
