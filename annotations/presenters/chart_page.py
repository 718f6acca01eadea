"""What the pages with a line of time or a map are given: of an edition, of the whole archive, of a text at the desk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from annotations.enums import TermKind
from annotations.presenters.charted import Charted, charted_in_issue
from annotations.presenters.issue import Issue
from annotations.presenters.labels import TERM_KINDS
from annotations.presenters.paging import page_of
from annotations.presenters.place_chart import place_chart, view_at
from annotations.presenters.register import KINDS
from annotations.presenters.term_page import passages_in_issue
from annotations.presenters.time_chart import time_chart
from annotations.presenters.words import said

TIMELINE, MAP = "timeline", "map"
#: Passages of a chosen term on a page.
PASSAGES = 20


def chart_context(request: HttpRequest, which: str, terms: Sequence[Charted]) -> dict[str, Any]:
    """Return the template's context; `chosen` is the term whose passages are to be shown, None when there is none.

    `which` is TIMELINE or MAP. What an address says and nobody understands counts as nothing said.
    """
    asked = request.GET
    able = [term for term in terms if _is_able(term, which)]
    counts = {kind.value: sum(term.kind == kind for term in able) for kind in TermKind}
    kind = asked.get("kind", "")
    kept = [term for term in able if term.kind == kind] if counts.get(kind) else able
    page = asked.get("page", "")
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 9 else 1
    context: dict[str, Any] = {
        "which": which, "kind": kind if kept is not able else "", "total": len(able),
        "kinds": [(code, label, counts[str(code)]) for code, label in KINDS if counts[str(code)]], "term_kinds": TERM_KINDS,
        "chosen": next((term for term in able if term.key == asked.get("term")), None),
    }  # fmt: skip
    if which == TIMELINE:
        chart: Any = time_chart(kept, value=asked.get("in", ""), number=number)
    else:
        view = view_at(asked.get("at", ""), asked.get("z", ""))
        chart = place_chart(kept, view=view, number=number, with_tiles=asked.get("tiles") == "1")
    return context | {"chart": chart, "page_obj": chart.page}


def issue_chart_context(request: HttpRequest, which: str, issue: Issue) -> dict[str, Any]:
    """Return the context of such a page of a release, or of what is to be one, from its snapshot alone."""
    context = chart_context(request, which, charted_in_issue(issue))
    if context["chosen"]:
        found = passages_in_issue(issue, context["chosen"].id)
        context["passages"] = page_of(request, found, PASSAGES, name="more")
    snapshot = issue.snapshot
    return context | {
        "head": head_of(which), "issue": issue, "subject": said(snapshot.title),
        "warned": issue.warned_of("work", snapshot.work.id), "warning": said(snapshot.work.content_warning),
    }  # fmt: skip


def head_of(which: str) -> str:
    """Return what such a page is called."""
    return _("Timeline") if which == TIMELINE else _("Map")


def _is_able(term: Charted, which: str) -> bool:
    """Whether a term belongs on such a page, drawn or told why it is not."""
    if which == TIMELINE:
        return bool(term.date.strip())
    return term.latitude is not None or term.kind == TermKind.PLACE
