"""Which text, and which part of it, a page shows: the client knows pages by their addresses alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, parse_qsl, urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import get_language_from_path, override

from annotations.editions.reading import public_releases
from annotations.presenters.client_site import site_of
from annotations.presenters.release_context import asked_of
from annotations.presenters.work_part import passage_of, section_number
from archive.access import ANYBODY, Viewer, visible_to
from archive.access.sections import closes_some_of, in_part
from archive.models import Text, TextRevision, Work
from archive.text.sections import sections, whole

#: Longer addresses are none of ours.
LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A text on a page."""

    #: The address as the client said it: its notes must say the same.
    uri: str
    text: Text
    revision: TextRevision
    #: The part that the page shows, in code points.
    first: int
    last: int
    #: Whether it shows all of the text.
    is_whole: bool
    #: Whether the page's own text begins with that of the text, so that its positions are those of the text.
    begins: bool = False

    @property
    def is_current(self) -> bool:
        """Whether this is today's wording."""
        return self.revision.pk == self.text.current_revision_id


def shown_at(uri: str, viewer: Viewer, request: HttpRequest) -> Shown | None:
    """Return what the page at an address shows of a text that the viewer may read whole; None for all else."""
    named = _split(uri) if len(uri) <= LONGEST and uri.isprintable() else None
    if named is None or f"{named.scheme}://{named.netloc}" not in (settings.PUBLIC_URL, site_of(request)):
        return None
    try:
        with override(get_language_from_path(named.path) or settings.LANGUAGE_CODE):
            match = resolve(named.path)
    except Resolver404:
        return None
    find = _PAGES.get(match.url_name or "")
    return find(uri, match.kwargs, dict(parse_qsl(named.query)), viewer) if find else None


def _split(uri: str) -> SplitResult | None:
    try:
        return urlsplit(uri)
    except ValueError:
        return None


def _of_text(uri: str, names: Mapping[str, Any], query: Mapping[str, str], viewer: Viewer) -> Shown | None:
    revision = current(viewer, public_id=names["public_id"])
    if revision is None:
        return None
    return Shown(uri, revision.text, revision, 0, revision.length, is_whole=True, begins=True)


def _of_work(uri: str, names: Mapping[str, Any], query: Mapping[str, str], viewer: Viewer) -> Shown | None:
    work = visible_to(Work, viewer).filter(slug=names["slug"]).first()
    if work is None:
        return None
    is_public = visible_to(Work, ANYBODY).filter(pk=work.pk).exists() and not closes_some_of(work.pk, ANYBODY)
    texts = in_part(
        Text.objects.filter(work=work, current_revision__isnull=False), ANYBODY if is_public else viewer
    )
    ids = list(texts.order_by("order", "pk").values_list("public_id", flat=True))
    ident = query["text"] if query.get("text") in ids else next(iter(ids), "")
    revision = current(viewer, public_id=ident) if ident else None
    return _part(uri, revision, query) if revision else None


def _of_release(uri: str, names: Mapping[str, Any], query: Mapping[str, str], viewer: Viewer) -> Shown | None:
    rows = public_releases().filter(edition__slug=names["slug"], number=names["number"])
    # The client knows one text a page: not the page of an edition of several parts.
    release = rows.filter(parts=None).select_related("revision__text__work").first()
    if release is None or not visible_to(Text, viewer).filter(pk=release.revision.text_id).exists():
        return None
    return _part(uri, release.revision, query)


def _part(uri: str, revision: TextRevision, query: Mapping[str, str]) -> Shown:
    asked, parts = asked_of(query), sections(revision.content, revision.blocks)
    number = section_number(parts, asked, passage_of(query, revision, asked.at))
    section = parts[number - 1] if number else whole(revision.content, revision.blocks)
    return Shown(uri, revision.text, revision, section.start, section.end, is_whole=not number)


_PAGES = {"hypothesis_text": _of_text, "work": _of_work, "release": _of_release}


def current(viewer: Viewer, **named: Any) -> TextRevision | None:
    """Return the current wording of a text that the viewer may read whole, with its text and work."""
    text = with_wording(visible_to(Text, viewer).filter(**named)).first()
    return wording(text) if text else None


def with_wording(texts: QuerySet[Text]) -> QuerySet[Text]:
    """Return those of these texts that have words, with all that a page of them is made of."""
    return texts.filter(current_revision__isnull=False).select_related("work", "current_revision")


def wording(text: Text) -> TextRevision:
    """Return the current wording of one of `with_wording`."""
    revision = text.current_revision
    assert revision is not None
    revision.text = text
    return revision


def home(text: Text, request: HttpRequest) -> Shown:
    """Return the page of a text (one of `with_wording`) on which the client works."""
    uri = f"{site_of(request)}{reverse('hypothesis_text', args=[text.public_id])}"
    revision = wording(text)
    return Shown(uri, text, revision, 0, revision.length, is_whole=True, begins=True)
