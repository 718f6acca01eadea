"""Which notes a list shows; what may not be seen filters nothing in and nothing out."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import F, Min, Q, QuerySet
from rest_framework.request import Request

from annotations.access.places import anchors_in
from annotations.access.uses import branch_of
from annotations.api.one_of import one_of
from annotations.enums import AnnotationStatus, Category, Visibility
from annotations.models import Annotation, AnnotationVersion, Term
from annotations.models.read_tags import tags_read_as
from archive.access import visible_to
from archive.api.schema import number_parameter, text_parameter
from archive.errors import Invalid
from archive.models import Image, Text, TextRevision, Video

Rows = QuerySet[Annotation]

PARAMETERS = [
    text_parameter("text", "Public id of a text."),
    text_parameter("image", "Public id of an image."),
    text_parameter("video", "Public id of a video."),
    number_parameter("from", "With `text`: first code point of a stretch of its current wording."),
    number_parameter("to", "With `text`: one past its last code point."),
    text_parameter("author", "Public id of a person, or `me`."),
    text_parameter("status", "Where the note stands.", enum=[status.value for status in AnnotationStatus]),
    text_parameter("category", "What the note is about.", enum=[category.value for category in Category]),
    text_parameter("visibility", "Who may see it.", enum=[visibility.value for visibility in Visibility]),
    text_parameter("tag", "Public id of a term on it."),
    text_parameter("narrower", "With `tag`: also the terms that are narrower than it.", enum=["1"]),
    text_parameter("language", "Language of its words."),
]


def filtered(rows: Rows, request: Request) -> Rows:
    """Return the notes that the address asks for.

    Raises Invalid for a value that no note can have.
    """
    asked = {name: value for name, value in request.query_params.items() if value}
    for name, narrow in _FILTERS.items():
        if name in asked:
            rows = narrow(rows, asked[name], request)
    if "from" in asked or "to" in asked:
        return _stretch(rows, asked, request)
    return rows.order_by("-pk")


def _text(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(text__in=visible_to(Text, request.user).filter(public_id=value))


def _image(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(image__in=visible_to(Image, request.user).filter(public_id=value))


def _video(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(video__in=visible_to(Video, request.user).filter(public_id=value))


def _author(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(author=request.user.pk) if value == "me" else rows.filter(author__public_id=value)


def _status(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(told_status=one_of(AnnotationStatus, value, "status"))


def _visibility(rows: Rows, value: str, request: Request) -> Rows:
    return rows.filter(visibility=one_of(Visibility, value, "visibility"))


def _category(rows: Rows, value: str, request: Request) -> Rows:
    return _saying(rows, AnnotationVersion.objects.filter(category=one_of(Category, value, "category")))


def _language(rows: Rows, value: str, request: Request) -> Rows:
    return _saying(rows, AnnotationVersion.objects.filter(language=value))


def _tag(rows: Rows, value: str, request: Request) -> Rows:
    found = visible_to(Term, request.user).filter(public_id=value).values_list("merged_into", "pk").first()
    terms = {found[0] or found[1]} if found else set()
    if request.query_params.get("narrower") == "1":
        terms = branch_of(request.user, terms)
    return rows.filter(shown_id__in=tags_read_as(terms).order_by().values("version_id"))


def _saying(rows: Rows, versions: QuerySet[AnnotationVersion]) -> Rows:
    return rows.filter(shown_id__in=versions.values("pk"))


def _stretch(rows: Rows, asked: dict[str, str], request: Request) -> Rows:
    """Return the notes that touch a stretch of a text, in the order of their places."""
    revision = (
        visible_to(TextRevision, request.user)
        .filter(text__public_id=asked.get("text", ""), text__current_revision=F("pk")).only("pk", "length").first()
    )  # fmt: skip
    if "text" not in asked:
        raise Invalid("required", field="text")
    if revision is None:
        return rows.none()
    start, end = _number(asked, "from", 0), _number(asked, "to", revision.length)
    anchors = anchors_in(revision.pk, start, end)
    rows = _saying(rows, AnnotationVersion.objects.filter(locus__in=anchors.values("locus_id")))
    here = Q(versions=F("shown_id"), versions__locus__anchors__revision=revision.pk)
    return rows.annotate(at=Min("versions__locus__anchors__start", filter=here)).order_by("at", "pk")


def _number(asked: dict[str, str], name: str, default: int) -> int:
    value = asked.get(name, str(default))
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise Invalid("number_required", field=name)
    return int(value)


_FILTERS: dict[str, Callable[[Rows, str, Request], Rows]] = {
    "text": _text, "image": _image, "video": _video, "author": _author, "status": _status,
    "visibility": _visibility, "category": _category, "language": _language, "tag": _tag,
}  # fmt: skip
