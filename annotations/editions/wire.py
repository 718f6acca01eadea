"""A snapshot's keys and values as JSON has them, there and back."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any

from annotations.editions.parts import PartFacts
from annotations.editions.values import (
    Approval,
    FigureFacts,
    FilmFacts,
    Json,
    MediaPlace,
    Note,
    Person,
    PictureFacts,
    PictureFile,
    Place,
    Reference,
    Snapshot,
    TermFacts,
    TextFacts,
    VideoFacts,
    WorkFacts,
)
from annotations.values import RelationWords

_ROWS: dict[str, Callable[..., Any]] = {
    "authors": Person, "reviewers": Person, "terms": TermFacts, "videos": VideoFacts
}  # fmt: skip


def snapshot_from_json(data: Json) -> Snapshot:
    """Return the value that `snapshot_to_json` made `data` of."""
    values = dict(data)
    values["work"] = WorkFacts(**_tuples(data["work"]))
    values["text"] = TextFacts(**_tuples(data["text"]))
    for name, kind in _ROWS.items():
        values[name] = tuple(kind(**_tuples(row)) for row in data[name])
    values["notes"] = tuple(_note(row) for row in data["notes"])
    values["figures"] = tuple(_figure(row) for row in data["figures"])
    values["credits"] = tuple(data["credits"])
    values["pictures"] = tuple(_picture(row) for row in data.get("pictures", ()))
    values["films"] = tuple(FilmFacts(**row) for row in data.get("films", ()))
    if data.get("cover"):
        values["cover"] = _picture(data["cover"])
    values["relations"] = tuple(RelationWords(**row) for row in data.get("relations", ()))
    values["parts"] = tuple(PartFacts(**row) for row in data.get("parts", ()))
    return Snapshot(**values)


def _tuples(row: Json) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}


def _note(row: Json) -> Note:
    values = dict(row)
    values["tags"] = tuple(row["tags"])
    values["references"] = tuple(_reference(item) for item in row["references"])
    values["approvals"] = tuple(Approval(**item) for item in row["approvals"])
    if row.get("place"):
        values["place"] = MediaPlace(**{**row["place"], "member": tuple(row["place"]["member"])})
    return Note(**values)


def _reference(row: Json) -> Reference:
    target = Place(**_tuples(row["target"])) if row["target"] else None
    return Reference(**{**row, "target": target})


def _figure(row: Json) -> FigureFacts:
    return FigureFacts(**{**row, "image": _picture(row["image"]) if row["image"] else None})


def _picture(row: Json) -> PictureFacts:
    files = tuple(PictureFile(**file) for file in row["files"])
    return PictureFacts(**{**_tuples(row), "files": files})


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    """Return the keys of a snapshot.

    Those that came after the first releases were sealed are left out where they say nothing, so that what was sealed
    before them keeps its bytes and its hash.
    """
    data = _keys(snapshot)
    _leave_out(data, relations=(), pictures=(), films=(), cover=None, order="place", parts=())
    for figure in data["figures"]:
        _leave_out(figure, page=1)
    for note in data["notes"]:
        _leave_out(note, place=None)
        for reference in note["references"]:
            _leave_out(reference, is_inverse=False, note_language="")
    return data


def _keys(value: Any) -> Any:
    """Return a value with the rows in it as keys: `dataclasses.asdict`, which copies every word besides, in half the time."""
    kind = type(value)
    if names := _names(kind):  # type: ignore[arg-type]
        return {name: _keys(getattr(value, name)) for name in names}
    if kind is tuple:
        return tuple([_keys(one) for one in value])
    return value


@lru_cache(maxsize=64)
def _names(kind: Hashable) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _leave_out(data: dict[str, Any], **nothing: Any) -> None:
    for name, value in nothing.items():
        if data[name] == value:
            del data[name]
