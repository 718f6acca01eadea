"""Finding notes: by page, group, person, tag and words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.access.notes import shown_to, with_status
from annotations.access.places import anchors_in
from annotations.api.hypothesis.base import Client
from annotations.api.hypothesis.pages import Shown, home, shown_at, with_wording
from annotations.api.hypothesis.shapes import notes_json
from annotations.enums import AnnotationStatus, Visibility
from annotations.models import Anchor, Annotation, AnnotationVersion, Term
from annotations.models.read_tags import tags_read_as
from annotations.presenters.client_site import WORLD, public_id_of
from annotations.presenters.client_words import free_tag
from archive.access import Viewer, visible_to
from archive.errors import Invalid
from archive.models import Text
from archive.text.folding import fold_key
from archive.text.numbers import whole_number

Rows = QuerySet[Annotation]
MOST, USUAL = 200, 20
#: Addresses of pages in one question.
MOST_PAGES = 10
#: What can be sorted by, with the client's name for it.
_KEYS = {"created": "created_at", "updated": "said_at"}


class Search(Client):
    """`/api/hypothesis/search`."""

    def get(self, request: Request) -> Response:
        """List notes; `rows` may be a few more than were asked for, since the client goes on after a moment in time."""
        asked = request.query_params
        if asked.getlist("references"):  # Replies are in the talk, which it does not know.
            return Response({"total": 0, "rows": [], "replies": []})
        pages = self._pages([*asked.getlist("uri"), *asked.getlist("url")])
        rows = self._rows(pages)
        ids = self._slice(rows)
        if pages is None:
            pages = self._homes(ids)
        found = notes_json(self.viewer, ids, pages, request)
        return Response({"total": rows.count(), "rows": found, "replies": []})

    def _pages(self, uris: Sequence[str]) -> dict[str, Shown] | None:
        """Return what is on the asked pages by text; None when no page was asked for."""
        if not any(uris):
            return None
        found: dict[str, Shown] = {}
        for uri in uris[:MOST_PAGES]:
            shown = shown_at(uri, self.viewer, self.request)
            if shown is not None:
                found.setdefault(shown.text.public_id, shown)
        return found

    def _homes(self, ids: Sequence[int]) -> dict[str, Shown]:
        named = Annotation.objects.filter(pk__in=ids).order_by().values("text")
        texts = visible_to(Text, self.viewer).filter(pk__in=named)
        return {one.public_id: home(one, self.request) for one in with_wording(texts)}

    def _rows(self, pages: dict[str, Shown] | None) -> Rows:
        rows = with_status(shown_to(self.viewer), self.viewer).exclude(told_status=AnnotationStatus.WITHDRAWN)
        texts = visible_to(Text, self.viewer).filter(current_revision__isnull=False)
        rows = rows.filter(text__in=texts.order_by().values("pk"))
        if pages is not None:
            on = Q(pk__in=[])
            for shown in pages.values():
                on |= _on(shown)
            rows = rows.filter(on)
        said = AnnotationVersion.objects.filter(pk=OuterRef("shown_id")).values("created_at")[:1]
        rows = rows.annotate(said_at=Subquery(said))
        for name, narrow in _FILTERS.items():
            for value in self.request.query_params.getlist(name):
                if value:
                    rows = rows.filter(narrow(value, self.viewer))
        return rows

    def _slice(self, rows: Rows) -> list[int]:
        """Return the keys of the asked page, with all that are of the last one's moment."""
        asked = self.request.query_params
        key = _KEYS.get(asked.get("sort", "updated"))
        if key is None:
            raise Invalid("choice_unknown", field="sort")
        descends = asked.get("order", "desc") != "asc"
        after = asked.get("search_after", "")
        if after:
            rows = rows.filter(**{f"{key}__{'lt' if descends else 'gt'}": _moment(after)})
        start = whole_number(asked.get("offset", "0")) or 0
        limit = whole_number(asked.get("limit", str(USUAL)))
        if limit is None:
            raise Invalid("number_required", field="limit")
        order = (f"-{key}", "-pk") if descends else (key, "pk")
        found = list(rows.order_by(*order).values_list("pk", key)[start : start + min(limit, MOST)])
        if found and len(found) == min(limit, MOST):
            same = rows.filter(**{key: found[-1][1]}).order_by(*order).values_list("pk", flat=True)
            return list(dict.fromkeys([*(pk for pk, _at in found), *same[:MOST]]))
        return [pk for pk, _at in found]


def _on(shown: Shown) -> Q:
    """Return the condition of being on what a page shows: any note of the text when it shows all of it."""
    own = Q(text=shown.text.pk)
    if shown.is_whole:
        return own
    anchors = anchors_in(shown.revision.pk, shown.first, shown.last)
    return own & Q(shown_id__in=_versions(anchors.filter(start__gte=shown.first, end__lte=shown.last)))


def _versions(anchors: QuerySet[Anchor]) -> QuerySet[Any]:
    versions = AnnotationVersion.objects.filter(locus__in=anchors.order_by().values("locus_id"))
    return versions.order_by().values("pk")


def _moment(value: str) -> datetime:
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        raise Invalid("choice_unknown", field="search_after") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _group(value: str, viewer: Viewer) -> Q:
    if value == WORLD:
        return ~Q(visibility=Visibility.GROUP)
    return Q(visibility=Visibility.GROUP, group__public_id=value)


def _user(value: str, viewer: Viewer) -> Q:
    return Q(author__public_id=public_id_of(value)[:16], credited="")


def _tag(value: str, viewer: Viewer) -> Q:
    """Return the condition of bearing a tag: a term of that name, or the words themselves."""
    terms = visible_to(Term, viewer).filter(names__folded=fold_key(value).strip()).order_by().values("pk")
    free = AnnotationVersion.objects.filter(body__contains=f"#{free_tag(value)}").order_by().values("pk")
    named = tags_read_as(terms).order_by().values("version_id")
    return Q(shown_id__in=named) | Q(shown_id__in=free)


def _text(value: str, viewer: Viewer) -> Q:
    return Q(shown_id__in=AnnotationVersion.objects.filter(body__icontains=value).order_by().values("pk"))


def _quote(value: str, viewer: Viewer) -> Q:
    texts = visible_to(Text, viewer).order_by().values("pk")
    at = Anchor.objects.filter(exact__icontains=value, revision=F("locus__text__current_revision"))
    return Q(shown_id__in=_versions(at.filter(locus__text__in=texts)))


def _any(value: str, viewer: Viewer) -> Q:
    return _text(value, viewer) | _quote(value, viewer) | _tag(value, viewer)


_FILTERS: dict[str, Callable[[str, Viewer], Q]] = {
    "group": _group, "user": _user, "tag": _tag, "tags": _tag, "text": _text, "quote": _quote, "any": _any,
}  # fmt: skip
