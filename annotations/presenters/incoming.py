"""The workbench's JSON as the values that actions take; whatever is wrong names its field."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from annotations.enums import Category, TermKind, Visibility
from annotations.values import (
    Citation,
    Kept,
    NoteInput,
    NoteTarget,
    Place,
    ReferenceInput,
    RegionPlace,
    TermInput,
    TextPlace,
    TimePlace,
    WholePlace,
)
from archive.errors import Invalid

Json = Mapping[str, Any]
Code = TypeVar("Code", bound=StrEnum)


def text_place(data: Json, *, text: str) -> TextPlace:
    """Return the place that `revision`, `start`, `end` and `exact` name in a text (public id).

    Raises Invalid.
    """
    return TextPlace(
        text=text, revision=_whole(data, "revision"), start=_whole(data, "start"), end=_whole(data, "end"),
        exact=_words(data, "exact"),
    )  # fmt: skip


def region_place(data: Json, *, image: str, field: str = "place") -> RegionPlace:
    """Return the place that `region` (`{"shape", "points", "page"}`) names in an image (public id).

    Raises Invalid.
    """
    value = data.get("region")
    given = value if isinstance(value, dict) else {}
    shape, points, page = given.get("shape"), given.get("points"), given.get("page", 1)
    if not isinstance(shape, str) or not isinstance(points, list) or not all(map(_is_point, points)):
        raise Invalid("bad_region", field=field)
    if not isinstance(page, int) or isinstance(page, bool):
        raise Invalid("bad_region", field=field)
    return RegionPlace(image, shape, tuple((float(x), float(y)) for x, y in points), page)


def time_place(data: Json, *, video: str, field: str = "place") -> TimePlace:
    """Return the place that `start` and `end` (seconds) name in a video (public id).

    Raises Invalid.
    """
    start, end = data.get("start"), data.get("end")
    if not _is_number(start) or not _is_number(end):
        raise Invalid("number_required", field=field)
    return TimePlace(video, float(str(start)), float(str(end)))


def _is_point(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(_is_number, value))


def _is_number(value: Any) -> bool:
    """Whether it is a number that a place can have: a whole one of any length would be more than a float holds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e12


def note_input(data: Json, *, before: NoteInput | None = None) -> NoteInput:
    """Return what a note says; what `data` leaves out is as in `before`, or as usual.

    Raises Invalid.
    """
    base = before or NoteInput()
    return NoteInput(
        body=_words(data, "body", base.body),
        language=_words(data, "language", base.language),
        category=_code(Category, data, "category", base.category),
        tags=tuple(_list(data, "tags", str)) if "tags" in data else base.tags,
        references=(
            tuple(reference(one) for one in _list(data, "references", dict))
            if "references" in data
            else base.references
        ),
        visibility=_code(Visibility, data, "visibility", base.visibility),
        group=_words(data, "group", base.group) if _said(data, "group") else _group_of(data, base),
    )


def _group_of(data: Json, base: NoteInput) -> str:
    """Return the group when none is named: the one before, as long as it is still a group's note."""
    return base.group if data.get("visibility", base.visibility) == Visibility.GROUP else ""


def reference(data: Json) -> ReferenceInput | Kept:
    """Return a reference: `{"relation", "target", "note"}`; a target `{"reference": id}` keeps it as it was.

    Raises Invalid.
    """
    target = data.get("target")
    if not isinstance(target, dict):
        raise Invalid("required", field="references")
    if _said(target, "reference"):
        return Kept(_words(target, "reference"))
    return ReferenceInput(
        relation=_words(data, "relation"),
        target=target_of(target),
        note=_words(data, "note", ""),
        is_inverse=data.get("inverse") is True,
        note_language=_words(data, "note_language", ""),
    )


def target_of(data: Json) -> Place | NoteTarget | Citation:
    """Return what `annotation`, `text`, `image`, `video` or `work` names, or a source outside.

    Raises Invalid.
    """
    if _said(data, "annotation"):
        return NoteTarget(_words(data, "annotation"))
    if _said(data, "text"):
        return text_place(data, text=_words(data, "text"))
    if _said(data, "image"):
        return region_place(data, image=_words(data, "image"), field="references")
    if _said(data, "video"):
        return time_place(data, video=_words(data, "video"), field="references")
    if _said(data, "work"):
        return WholePlace(_words(data, "work"))
    csl = data.get("csl")
    if csl is not None and not isinstance(csl, dict):
        raise Invalid("citation_unreadable", field="references")
    return Citation(
        url=_words(data, "url", ""), title=_words(data, "title", ""), pages=_words(data, "pages", ""), csl=csl
    )


def _said(data: Json, name: str) -> bool:
    return data.get(name) not in (None, "")


def taken_from(data: Json) -> str:
    """Return the decision (public id) whose suggested wording is taken; empty when the change says what is new itself.

    Raises Invalid when it does both.
    """
    if "take" not in data:
        return ""
    if len(data) > 1:
        raise Invalid("take_alone", field="take")
    if not _said(data, "take"):
        raise Invalid("required", field="take")
    return _words(data, "take")


def _words(data: Json, name: str, default: str | None = None) -> str:
    value = data.get(name)
    if value is None:
        value = default
    if not isinstance(value, str):
        raise Invalid("required", field=name)
    return value


def _whole(data: Json, name: str) -> int:
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid("number_required", field=name)
    return value


def _list(data: Json, name: str, kind: type) -> list[Any]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise Invalid("list_required", field=name)
    return value


def _code(codes: type[Code], data: Json, name: str, default: Code | None) -> Code:
    value = data.get(name, default)
    try:
        return codes(value)
    except ValueError:
        raise Invalid("choice_unknown", field=name, value=str(value)[:40]) from None


def term_input(data: Json) -> TermInput:
    """Return a proposed term: `kind`, and `label` in `language`, or `label_ar` and `label_en`.

    Raises Invalid.
    """
    labels = {name: _words(data, name, "") for name in ("label_ar", "label_en")}
    if _said(data, "label"):
        language = "en" if _words(data, "language", "ar").startswith("en") else "ar"
        labels[f"label_{language}"] = _words(data, "label")
    return TermInput(
        kind=_code(TermKind, data, "kind", TermKind.CONCEPT),
        description_ar=_words(data, "description_ar", ""), description_en=_words(data, "description_en", ""),
        **labels,
    )  # fmt: skip
