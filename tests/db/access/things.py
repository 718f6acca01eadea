"""The things that addresses name, read from the database as it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import zip_longest
from typing import Any

from annotations.citing.ark import TEST_NAAN, mint
from annotations.exports import FORMATS
from annotations.models import (
    Annotation,
    AnnotationVersion,
    AuthorityFile,
    Decision,
    Edition,
    NamedRelation,
    NoteImport,
    Release,
    ReleaseFile,
    Reply,
    Report,
    Submission,
    Term,
    VocabularyStep,
)
from annotations.presenters.citation_forms import FORMS
from annotations.presenters.contributors import key_of
from annotations.reader.sitemaps import SECTIONS
from archive.admin.office import back_office
from archive.enums import Access
from archive.models import (
    BulkStep,
    Capture,
    Collection,
    Consent,
    Deposit,
    DepositItem,
    DescriptionChange,
    Figure,
    FileArrival,
    Group,
    Image,
    ImportProblem,
    ImportRun,
    Job,
    PackageArrival,
    Page,
    PersonalExport,
    PrintedReceipt,
    PublicRequest,
    TakeOut,
    Text,
    TextDraft,
    TextSection,
    Transcript,
    User,
    Video,
    Work,
)

Things = Mapping[str, list[str]]


def _column(model: Any, name: str = "public_id", order: str = "pk") -> Callable[[], Iterable[str]]:
    return lambda: model.objects.order_by(order).values_list(name, flat=True).distinct()


def _public_text() -> Iterable[str]:
    """The last text that everybody reads."""
    rows = Text.objects.filter(work__access=Access.PUBLIC, work__slug="bridges").order_by("-pk")
    return rows.values_list("public_id", flat=True)[:1]


def _read() -> Iterable[str]:
    """Each version as JSON names it to whoever read it."""
    rows = AnnotationVersion.objects.order_by("pk").values_list("public_id", "content_hash")
    return [f'{version}", "content_hash": "{digest}' for version, digest in rows]


def _contributors() -> Iterable[str]:
    """Everybody whom a description names, be it seen or not, and every account."""
    names = [str(one.get("name")) for row in Work.objects.order_by("pk") for one in row.creators]
    return [
        key_of(name)
        for name in dict.fromkeys(
            [*names, *User.objects.order_by("pk").values_list("display_name", flat=True)]
        )
    ]


def _names() -> Iterable[str]:
    """The names that stay of things of each kind, of one after the other."""
    kinds: dict[str, Any] = {
        "work": Work,
        "release": Release,
        "image": Image,
        "video": Video,
        "edition": Edition,
    }
    told = [
        [mint(TEST_NAAN, kind, one).removeprefix("ark:") for one in _column(model)()]
        for kind, model in kinds.items()
    ]
    return [name for row in zip_longest(*told) for name in row if name]


THINGS: dict[str, Callable[[], Iterable[str]]] = {
    "work": _column(Work), "work_slug": _column(Work, "slug"),
    "collection": _column(Collection), "collection_slug": _column(Collection, "slug"),
    "text": _column(Text), "public_text": _public_text, "image": _column(Image), "video": _column(Video),
    "figure_key": _column(Figure, "key"), "arrival": _column(FileArrival), "import": _column(ImportRun),
    "deposit": _column(Deposit), "deposit_item": _column(DepositItem), "printed_receipt": _column(PrintedReceipt), "draft": _column(TextDraft),
    "problem": _column(ImportProblem), "job": _column(Job, order="-pk"),
    "relation": _column(NamedRelation),
    "term": _column(Term), "term_slug": _column(Term, "slug"), "note": _column(Annotation), "version": _column(AnnotationVersion),
    "version_read": _read,
    "reply": _column(Reply), "submission": _column(Submission), "decision": _column(Decision),
    "edition": _column(Edition), "edition_slug": _column(Edition, "slug"), "release": _column(Release),
    "release_file": _column(ReleaseFile, "name"), "person": _column(User, order="-pk"), "group": _column(Group),
    "take_out": _column(TakeOut), "package_arrival": _column(PackageArrival), "personal_export": _column(PersonalExport),
    "request": _column(PublicRequest), "report": _column(Report), "consent": _column(Consent),
    "change": _column(DescriptionChange), "bulk_step": _column(BulkStep),
    "capture": _column(Capture), "section": _column(TextSection), "transcript": _column(Transcript),
    "note_import": _column(NoteImport), "notes_form": lambda: ["jsonld", "csv", "xml"],
    "list_form": lambda: ["jsonld", "csv"],
    "vocabulary_step": _column(VocabularyStep), "authority_file": _column(AuthorityFile, order="-pk"),
    "reconcile_what": lambda: ["entity", "type"], "skos_form": lambda: ["ttl", "jsonld"], "uses_form": lambda: ["csv", "jsonld"],
    "vocabulary_form": lambda: ["ttl", "csv"],
    "number": lambda: ["1", "2"], "pk": lambda: ["1"], "app": lambda: ["archive"], "nothing": lambda: ["x"],
    "region": lambda: ["full"], "size": lambda: ["200,"], "rotation": lambda: ["0"], "quality": lambda: ["default"],
    "extension": lambda: ["jpg"], "copy": lambda: ["small"], "page": _column(Page, "slug"),
    "person_act": lambda: ["deactivate", "reset"], "citation": lambda: FORMS, "export": lambda: FORMATS,
    "contributor": _contributors,
    "ark": _names,
    "sitemap_section": lambda: SECTIONS,
}  # fmt: skip


#: Kinds of which all are named: each can be what a secret is about.
_ALL = ("note", "version_read", "submission")


def rows_of(model: str) -> str:
    """Return the kind of thing that a back office page of this model ("archive_work") names."""
    return f"rows of {model}"


def _rows(model: Any) -> Iterable[str]:
    return map(str, model.objects.order_by("pk").values_list("pk", flat=True))


THINGS |= {
    rows_of(model._meta.label_lower.replace(".", "_")): lambda model=model: _rows(model)  # type: ignore[misc]
    for model in back_office._registry
}


def things() -> Things:
    """Return all of them by kind."""
    return {kind: list(values()) for kind, values in THINGS.items()}


def only_new(before: Things, after: Things) -> Things:
    """Return what is there now and was not before: every note, and enough of each other kind."""
    return few(
        {kind: [one for one in values if one not in before[kind]] for kind, values in after.items()}, most=4
    )


def without_rows(of: Things) -> Things:
    """Return them without what only the back office names: it turns all but administrators away before it looks."""
    return {kind: [] if kind.startswith(rows_of("")) else values for kind, values in of.items()}


def few(of: Things, most: int = 2) -> Things:
    """Return the first of each kind: enough to ask, and not every combination of everything."""
    return {kind: values if kind in _ALL else values[:most] for kind, values in of.items()}


def fewer(of: Things) -> Things:
    """Return both texts, some of what secrets are about and one of each other kind: to ask staff besides all others."""
    return {
        kind: values[:: max(1, -(-len(values) // 4))]
        if kind in _ALL
        else values[: 2 if kind == "text" else 1]
        for kind, values in of.items()
    }


def spread(of: Things, most: int = 6) -> Things:
    """Return some of each kind, from all over it: for queries, which name things that are asked by themselves too."""
    return {kind: values[:: max(1, -(-len(values) // most))] for kind, values in of.items()}
