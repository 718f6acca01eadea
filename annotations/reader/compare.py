"""What changed from one public release to another, on a page and as a file."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from annotations.editions.compare import Comparison
from annotations.editions.reading import public_releases
from annotations.presenters.comparing import changes_csv, changes_json, comparison_of
from annotations.presenters.issue import Issue
from annotations.presenters.placed import label_of
from annotations.presenters.released import issue_of
from annotations.presenters.since import Since, markable
from annotations.presenters.words import said
from archive.views.shared import shared

FORMS = {"csv": (changes_csv, "text/csv; charset=utf-8"), "json": (changes_json, "application/json")}


@shared
def compare_releases(request: HttpRequest, slug: str, number: int, other: int) -> HttpResponse:
    """Show the differences from the earlier of two releases to the later one, or send them (`?as=csv`, `?as=json`)."""
    rows = {
        row.number: row for row in public_releases().filter(edition__slug=slug, number__in=[number, other])
    }
    if len(rows) != 2:
        raise Http404
    old, new = rows[min(rows)], rows[max(rows)]
    before, after = issue_of(old), issue_of(new)
    found = comparison_of(before, after)
    if (form := request.GET.get("as")) in FORMS:
        return _file(str(form), found, before, after)
    context = {
        "old": old, "new": new, "comparison": found, "title": said(found.new.title),
        "change_note": said(found.new.change_note), "text": found.new.text,
        "places": _places(Since(before, after)),
        "added": [(note, label_of(after, note)) for note in found.added],
        "removed": [(note, label_of(before, note)) for note in found.removed],
        "changed": [(one, two, label_of(after, two)) for one, two in found.changed],
        "shown_otherwise": [(two, label_of(after, two)) for _one, two in found.shown_otherwise],
    }  # fmt: skip
    return render(request, "annotations/reader/compare.html", context)


def _places(since: Since) -> list[dict[str, Any]]:
    """Return the changed places of the text, each with where it is read in the one release and in the other."""
    numbers = since.wordings.first_of_run
    return [
        {
            "pieces": run.pieces, "url": since.change_url(number),
            "was_url": since.before.passage_url(*markable(run.before, since.before.snapshot.text.content)),
        }
        for run, number in zip(since.wordings.runs, numbers, strict=True)
    ]  # fmt: skip


def _file(form: str, found: Comparison, before: Issue, after: Issue) -> HttpResponse:
    write, media_type = FORMS[form]
    answer = HttpResponse(write(found, before, after), content_type=media_type)
    name = f"changes-{before.snapshot.number}-{after.snapshot.number}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
