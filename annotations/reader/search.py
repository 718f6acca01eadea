"""The one search box: works, texts, notes and terms, each hit saying where and how it matched."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from archive.search.engine import Hit, search
from archive.search.snippets import ATTACHED, BEGUN, EXACT, FOLDED
from archive.search.tokens import MAX_WORDS

KIND_LABELS = {
    "work": _("Works"), "passage": _("Passages"), "annotation": _("Notes"), "term": _("Terms"),
    "image": _("Images"), "video": _("Videos and recordings"), "collection": _("Collections"),
}  # fmt: skip
#: What one result is.
KIND_NAMES = {
    "work": pgettext_lazy("result", "Work"), "passage": pgettext_lazy("result", "Passage"),
    "annotation": pgettext_lazy("result", "Note"), "term": pgettext_lazy("result", "Term"),
    "image": pgettext_lazy("result", "Image"), "video": pgettext_lazy("result", "Video"),
    "collection": pgettext_lazy("result", "Collection"),
}  # fmt: skip
KIND_ICONS = {
    "work": "text", "passage": "quote", "annotation": "note", "term": "tag", "image": "image", "video": "video",
    "collection": "collection",
}  # fmt: skip
#: How words matched, nearest first; an exact match needs no example.
WAYS = {
    EXACT: _("Letter for letter"),
    FOLDED: _("In another spelling:"),
    ATTACHED: _("With a prefix or an ending:"),
    BEGUN: _("Begins so:"),
}


def search_page(request: HttpRequest) -> HttpResponse:
    """Show what the viewer may see of what matches; an empty query shows the box and how to ask."""
    query = request.GET.get("q", "").replace("\x00", "").strip()
    kind = request.GET.get("kind", "")
    page = int(number) if (number := request.GET.get("page", "1")).isdecimal() and len(number) < 6 else 1
    viewer = request.viewer
    kind, after = kind if kind in KIND_LABELS else "", request.GET.get("after", "")
    results = search(query, viewer, kind=kind, page=page, language=get_language() or "", after=after)
    context = {
        "query": query,
        "site_query": query,
        "results": results,
        "hits": [_shown(hit) for hit in results.hits],
        "kind": kind,
        "after": after,
        "kinds": [
            (name, label, results.counts[name], name in results.uncounted)
            for name, label in KIND_LABELS.items()
            if results.counts.get(name)
        ],
        "max_words": MAX_WORDS,
    }
    return render(request, "annotations/search/page.html", context)


def _shown(hit: Hit) -> dict[str, Any]:
    extra = hit.extra
    kind, icon = KIND_NAMES[hit.kind], KIND_ICONS[hit.kind]
    if extra.get("is_recording"):
        kind, icon = pgettext_lazy("result", "Recording"), "audio"
    return {
        "hit": hit, "pieces": pieces(hit.snippet, hit.spans), "kind": kind, "icon": icon,
        "sort": extra.get("category_label") or extra.get("kind_label") or "",
        "category": extra.get("category") or extra.get("kind") or "",
        "label": pieces(hit.label, hit.label_spans),
        "passage": pieces(hit.passage.text, hit.passage.spans) if hit.passage else [],
        "named": pieces(hit.named.text, hit.named.spans) if hit.named else [],
        "ways": told_ways(hit.ways),
    }  # fmt: skip


def told_ways(met: dict[str, list[str]]) -> list[tuple[Any, list[str]]]:
    """Return how words matched, nearest first, with examples of what is not letter for letter."""
    return [(label, [] if way == EXACT else met[way]) for way, label in WAYS.items() if way in met]


def pieces(text: str, spans: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Cut a snippet into (words, whether they matched), for the template to mark."""
    cut, at = [], 0
    for start, end in spans:
        cut += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [piece for piece in [*cut, (text[at:], False)] if piece[0]]
