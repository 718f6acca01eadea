"""Names that stay: `/ark:/NAAN/name` leads to the page, `?info` tells of it in plain text."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language_from_request, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from annotations.citing import ark
from annotations.editions.reading import public_releases, releases, stone_of_release, tombstones
from annotations.presenters.citation import Citation, part_words
from annotations.presenters.cited_things import cite_pointed
from annotations.presenters.pointed import at_name
from annotations.presenters.words import said_of
from annotations.reader.releases import gone
from archive.access import ANYBODY
from archive.access.tombstones import stone_at
from archive.models import Image, Video, Work
from archive.views.errors import error_page
from archive.views.tombstones import tombstone

_MODELS: dict[str, Any] = {"work": Work, "image": Image, "video": Video}


@require_safe
def resolve(request: HttpRequest, name: str) -> HttpResponseBase:
    """Lead to what a name means, or tell of it (`?`, `??` and `?info`); what was taken back leaves its tombstone."""
    request.viewer = ANYBODY
    with override(get_language_from_request(request)):
        try:
            meant = ark.read(f"ark:{name}", settings.ARK_NAAN)
        except ark.Mistyped:
            return error_page(
                request, 404, _("This identifier is mistyped"),
                _("Its last sign does not fit the others, so at least one of them is wrong. Compare it with where you found it."),
            )  # fmt: skip
        if meant is None:
            raise Http404
        pointed = at_name(meant)
        if pointed is None:
            return _gone(request, meant)
        if asks_for_facts(request):
            return _facts(_told(cite_pointed(pointed)))
        return redirect(pointed.path)


def asks_for_facts(request: HttpRequest) -> bool:
    """Whether an address ends with an inflection; a bare question mark is seen where the server passes it on."""
    asked = request.META.get("QUERY_STRING", "")
    written = str(request.META.get("RAW_URI") or request.META.get("REQUEST_URI") or "")
    return asked in ("info", "?", "info=") or (not asked and written.endswith("?"))


def _told(c: Citation) -> list[tuple[str, str]]:
    title = ", ".join(
        filter(None, (part_words(c), c.title, f"release {c.number}" if c.is_of_release else ""))
    )
    when = f"{c.published_at:%Y%m%d}" if c.published_at else c.date
    who = "; ".join(_plain(name) for name in c.credited or c.editors or c.annotators)
    facts = [
        ("who", who or "(:unav)"),
        ("what", _plain(title)),
        ("when", _plain(when) or "(:unav)"),
        ("where", c.url),
    ]
    # An address without a number of the site's own is no promise.
    promise = (
        "(:unkn) trial identifier, no promise" if c.ark_is_test else "(:permanent) the release never changes"
    )
    if not c.is_of_release and not c.ark_is_test:
        promise = (
            "(:permanent) the identifier is never given to another thing; what it names may be corrected"
        )
    return [*facts, ("how", promise), ("rights", c.license), ("ark", c.ark)]


def _plain(value: str) -> str:
    """Return words without what separates them in a record."""
    return " ".join(value.replace("|", " ").replace(";", ",").split())


def _facts(told: list[tuple[str, str]], status: int = 200) -> HttpResponse:
    lines = ["erc:", *(f"{name}: {value}" for name, value in told if value), ""]
    return HttpResponse("\n".join(lines), status=status, content_type="text/plain; charset=utf-8")


def _gone(request: HttpRequest, meant: ark.Name) -> HttpResponseBase:
    """Answer a name of what was public once and is no more; 404 for what never was, or is not told of."""
    if meant.kind in ("edition", "release"):
        return _gone_release(request, meant)
    model = _MODELS.get(meant.kind)
    stone = stone_at(model, "public_id", meant.public_id) if model else None
    if stone is None:
        raise Http404
    if asks_for_facts(request):
        titled = said_of(stone.titled, "title").text if stone.titled else ""
        return _facts(_of_the_gone(titled, f"{stone.since:%Y%m%d}", "taken down"), 410)
    return tombstone(request, stone)


def _gone_release(request: HttpRequest, meant: ark.Name) -> HttpResponseBase:
    key = "edition__public_id" if meant.kind == "edition" else "public_id"
    if public_releases().filter(**{key: meant.public_id}).exists():
        raise Http404  # It is there, and the note or passage in it is not.
    # One that waits was never there: of an edition the newest that was out is meant.
    row = releases().filter(**{key: meant.public_id}, is_out=True).first()
    if row is None:
        raise Http404
    slug, number = row.edition.slug, row.number
    withdrawn = tombstones().filter(**{key: meant.public_id}).first()
    if asks_for_facts(request) and withdrawn:
        return _facts(_of_the_gone("", f"{withdrawn.withdrawn_at:%Y%m%d}", "withdrawn"), 410)
    if asks_for_facts(request) and stone_of_release(slug, number):
        return _facts(_of_the_gone("", "", "taken down"), 410)
    return gone(request, slug, withdrawn.number if withdrawn else number)


def _of_the_gone(title: str, when: str, how: str) -> list[tuple[str, str]]:
    return [("who", "(:unav)"), ("what", _plain(title) or "(:unav)"), ("when", "(:unav)"), ("where", "(:unav)"),
            ("how", f"(:gone) {how} {when}".strip())]  # fmt: skip
