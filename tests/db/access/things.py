"""The things that addresses name, read from the database as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from annotations.exports import FORMATS
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Decision,
    Edition,
    Release,
    ReleaseFile,
    Submission,
    Term,
)
from annotations.presenters.citation import FORMS
from archive.models import (
    Collection,
    Figure,
    FileArrival,
    Group,
    Image,
    ImportProblem,
    ImportRun,
    Job,
    TakeOut,
    Text,
    TextDraft,
    User,
    Video,
    Work,
)

Things = Mapping[str, list[str]]


def _column(model: Any, name: str = "public_id") -> Callable[[], Iterable[str]]:
    return lambda: model.objects.order_by("pk").values_list(name, flat=True).distinct()


THINGS: dict[str, Callable[[], Iterable[str]]] = {
    "work": _column(Work), "work_slug": _column(Work, "slug"),
    "collection": _column(Collection), "collection_slug": _column(Collection, "slug"),
    "text": _column(Text), "image": _column(Image), "video": _column(Video),
    "figure_key": _column(Figure, "key"), "arrival": _column(FileArrival), "import": _column(ImportRun),
    "draft": _column(TextDraft), "problem": _column(ImportProblem), "job": _column(Job),
    "term": _column(Term), "term_slug": _column(Term, "slug"), "note": _column(Annotation), "version": _column(AnnotationVersion),
    "submission": _column(Submission), "decision": _column(Decision),
    "edition": _column(Edition), "edition_slug": _column(Edition, "slug"), "release": _column(Release),
    "release_file": _column(ReleaseFile, "name"), "person": _column(User), "group": _column(Group), "take_out": _column(TakeOut),
    "number": lambda: ["1", "2"], "pk": lambda: ["1"], "app": lambda: ["archive"], "nothing": lambda: ["x"],
    "region": lambda: ["full"], "size": lambda: ["200,"], "rotation": lambda: ["0"], "quality": lambda: ["default"],
    "extension": lambda: ["jpg"], "copy": lambda: ["small"], "page": lambda: ["about"], "citation": lambda: FORMS, "export": lambda: FORMATS,
}  # fmt: skip


def things() -> Things:
    """Return all of them by kind."""
    return {kind: list(values()) for kind, values in THINGS.items()}


def only_new(before: Things, after: Things) -> Things:
    """Return what is there now and was not before: every note, and enough of each other kind."""
    new = {kind: [one for one in values if one not in before[kind]] for kind, values in after.items()}
    return {**few(new, most=4), "note": new["note"]}


def few(of: Things, most: int = 2) -> Things:
    """Return the first of each kind: enough to ask, and not every combination of everything."""
    return {kind: values[:most] for kind, values in of.items()}
