"""Read everything that an edition's plan stands on; the number of queries does not grow with the notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.db.models.functions import Coalesce

from annotations.editions import facts
from annotations.editions.candidates import AnchorRow, candidates_of, leaving_out
from annotations.editions.media import Media, Shown, cover_of, is_unready, name_of
from annotations.editions.plan import Member, Plan
from annotations.editions.rules import as_merged, changes_of_rule, people_of
from annotations.editions.targets import Targets
from annotations.editions.values import Person, TextFacts, Words
from annotations.editions.wholes import Whole, texts_of
from annotations.enums import AnnotationStatus, NoteOrder, Outcome, Visibility
from annotations.models import (
    Anchor,
    Annotation,
    AnnotationVersion,
    Decision,
    Edition,
    NamedRelation,
    Term,
    VersionTag,
)
from annotations.models.read_tags import as_read
from annotations.values import RelationWords
from archive.access import ANYBODY, visible_to
from archive.access.sections import closed_texts
from archive.models import Image, Text, Video, Work

#: Notes that are read at once; a database takes only so many parameters.
CHUNK = 5000


def gather(edition: Edition) -> Plan:
    """Return the plan of an edition as the database has it now."""
    texts = texts_of(edition)
    whole = Whole.of(texts)
    text = whole.text if whole else None
    shown = Shown.of(whole)
    scope = Scope(edition, texts, shown)
    notes = _notes(scope)
    versions = _versions(scope, notes)
    terms = _borne(scope, versions)
    targets = Targets.of(scope.of("version__annotation__"), versions.values())
    media = Media.of(versions.values(), shown, text)
    approvals = _approvals(scope)
    found, left_out = candidates_of(
        notes=notes, versions=versions, anchors=_anchors(whole), approvals=approvals,
        targets=targets, media=media, excluded=set(edition.excluded.values_list("pk", flat=True)),
        terms=terms, rule=leaving_out(as_merged(edition.rule), terms, people_of(edition.rule)), picked=scope.picked,
        texts={one.pk: one.public_id for one in texts},
    )  # fmt: skip
    released = {c.note.id for c in found if c.note and not c.excluded}
    taken = {c.id for c in found if not c.excluded}
    cover = cover_of(edition)
    on_media = [version for version in versions.values() if version.annotation.public_id in taken]
    return Plan(
        **_said(edition), **_joined(whole), **_pictured(text, shown, media, cover),
        candidates=found, terms=tuple(facts.term_facts(term) for term in _terms(scope)),
        reviewers=_reviewers(approvals),
        members=_members(edition.work, shown, targets.rows(released) | media.rows(on_media) | _row(cover)),
        kept_back=_kept_back(texts, targets, released), dead_links=_dead_links(text), relations=_relations(targets),
        renamed=changes_of_rule(edition), left_out=left_out,
    )  # fmt: skip


def _said(edition: Edition) -> dict[str, Any]:
    """Return what stands around the text, and what numbers the notes."""
    return {
        "edition": edition.public_id, "slug": edition.slug, "title": facts.words_of(edition, "title"),
        "introduction": facts.words_of(edition, "introduction"),
        "change_note": facts.words_of(edition, "change_note"), "license": edition.license_uri,
        "credits": tuple(edition.credits), "required_approvals": edition.required_approvals,
        "work": facts.work_facts(edition.work), "order": edition.rule.get("order", NoteOrder.PLACE.value),
    }  # fmt: skip


def _joined(whole: Whole | None) -> dict[str, Any]:
    """Return the wording, and what it is made of."""
    if whole is None:
        return {"text": None}
    return {
        "text": whole.text, "parts": whole.joined.parts, "figure_keys": whole.own_keys,
        "directions": tuple(dict.fromkeys(row.direction for row in whole.revisions)),
    }  # fmt: skip


def _pictured(text: TextFacts | None, shown: Shown, media: Media, cover: Image | None) -> dict[str, Any]:
    """Return the pictures and films: in the text, beside it, and the cover."""
    return {
        "figures": facts.figure_facts(text, shown.images) if text else (),
        "videos": facts.video_facts(text, shown.videos) if text else (),
        "pictures": media.pictures(), "films": media.films(), "warned": media.warned,
        "cover": facts.picture_facts(cover) if cover else None, "is_cover_warned": bool(cover and cover.warnings),
        "unready_images": _unready(shown, media, cover),
    }  # fmt: skip


def standing_in(texts: Sequence[Text]) -> Q:
    """Return the condition of the notes on texts, and on the pictures and films that stand in their current wordings."""
    return Q(text__in=[text.pk for text in texts]) | Shown.of(Whole.of(texts)).notes()


class Scope:
    """The notes that an edition chooses from: those on its texts and on what stands in them, and those picked by hand."""

    def __init__(self, edition: Edition, texts: Sequence[Text], shown: Shown) -> None:
        self.texts, self.shown = [text.pk for text in texts], shown
        self.picked = frozenset(edition.picked.values_list("pk", flat=True))

    def of(self, prefix: str = "") -> Q:
        """Return the condition on notes, or on rows that lead to one by `prefix`."""
        # Of what was picked on a text that the edition takes no more, nothing is chosen until it takes it again.
        by_hand = Q(**{f"{prefix}pk__in": sorted(self.picked), f"{prefix}text": None})
        return Q(**{f"{prefix}text__in": self.texts}) | self.shown.notes(prefix) | by_hand


def _notes(scope: Scope) -> list[Annotation]:
    """Return what was handed in; an accepted note stays in while its author writes it anew, which editors do not know."""
    rows = Annotation.objects.filter(scope.of(), visibility=Visibility.OPEN)
    rows = rows.exclude(status=AnnotationStatus.WITHDRAWN)
    rows = rows.exclude(status=AnnotationStatus.DRAFT, accepted_version=None)
    # Not joined: few people write many notes, and each is read once.
    return list(rows.prefetch_related("author").order_by("pk"))


def _versions(scope: Scope, notes: Iterable[Annotation]) -> dict[int, AnnotationVersion]:
    """Return by note the version that counts: the accepted one, else the newest."""
    chosen = {note.accepted_version_id or note.newest_version_id: note for note in notes}
    counting = Annotation.objects.filter(scope.of()).values(
        version=Coalesce("accepted_version", "newest_version")
    )
    rows = AnnotationVersion.objects.filter(pk__in=counting).select_related("locus")
    found = {}
    for version in rows.iterator(chunk_size=CHUNK):
        if note := chosen.get(version.pk):
            version.annotation = note
            found[note.pk] = version
    return found


def _anchors(whole: Whole | None) -> dict[int, AnchorRow]:
    """Return by locus where its newest anchor is in the wording."""
    if whole is None:
        return {}
    rows = Anchor.objects.filter(revision__in=list(whole.bases)).order_by("locus", "attempt")
    found = rows.values_list("revision_id", *AnchorRow._fields)
    return {row[1]: _in_whole(AnchorRow._make(row[1:]), whole.bases[row[0]]) for row in found}


def _in_whole(row: AnchorRow, base: int) -> AnchorRow:
    """Return an anchor of one of the texts as it stands in the whole."""
    if not base or row.start is None or row.end is None:
        return row
    return row._replace(start=row.start + base, end=row.end + base)


def _approvals(scope: Scope) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.filter(scope.of("version__annotation__"), outcome=Outcome.ACCEPT)
    rows = rows.only("version", "reviewer", "created_at").prefetch_related("reviewer")
    for decision in rows.order_by("pk"):
        found.setdefault(decision.version_id, []).append(decision)
    return found


def _reviewers(approvals: dict[int, list[Decision]]) -> tuple[Person, ...]:
    people = {d.reviewer_id: d.reviewer for decisions in approvals.values() for d in decisions}
    return tuple(Person(person.public_id, str(person)) for person in people.values())


def _relations(targets: Targets) -> tuple[RelationWords, ...]:
    used = {reference.relation for rows in targets.made.values() for reference in rows}
    return tuple(row.words for row in NamedRelation.objects.filter(code__in=used)) if used else ()


def _borne(scope: Scope, versions: dict[int, AnnotationVersion]) -> dict[int, tuple[str, ...]]:
    """Return the public ids of the terms that each counting version bears, as merges and splits have them."""
    counting = {version.pk for version in versions.values()}
    tags = as_read(VersionTag.objects.filter(scope.of("version__annotation__")))
    pairs = [pair for pair in tags.order_by("pk").values_list("version_id", "read_id") if pair[0] in counting]
    ids = dict(Term.objects.filter(pk__in={term for _v, term in pairs}).values_list("pk", "public_id"))
    found: dict[int, dict[str, None]] = {}
    for version, term in pairs:
        found.setdefault(version, {})[ids[term]] = None
    return {version: tuple(terms) for version, terms in found.items()}


def _terms(scope: Scope) -> Iterable[Term]:
    tags = as_read(VersionTag.objects.filter(scope.of("version__annotation__")))
    used = tags.order_by().values("read_id")
    return Term.objects.filter(pk__in=used).prefetch_related("names").order_by("pk")


def _row(cover: Image | None) -> dict[tuple[str, int], Image]:
    return {("image", cover.pk): cover} if cover else {}


def _unready(shown: Shown, media: Media, cover: Image | None) -> tuple[str, ...]:
    """Return the public ids of the pictures that wait for their copies, each once."""
    pages = [*shown.images.values(), *([(cover, 1)] if cover else [])]
    return tuple(
        sorted({image.public_id for image, page in pages if is_unready(image, page)} | media.unready)
    )


def _members(work: Work, shown: Shown, others: Mapping[tuple[str, int], Any]) -> tuple[Member, ...]:
    """Return everything whose access decides what of the release can be read."""
    rows: dict[tuple[str, int], Work | Image | Video] = {("work", work.pk): work}
    rows |= {("image", image.pk): image for image, _page in shown.images.values()}
    rows |= {("video", video.pk): video for video in shown.videos.values()}
    rows |= others
    public = {
        (kind, pk)
        for kind, model in (("work", Work), ("image", Image), ("video", Video))
        for pk in visible_to(model, ANYBODY)
        .filter(pk__in=[pk for k, pk in rows if k == kind])
        .values_list("pk", flat=True)
    }
    return tuple(
        Member(kind, pk, row.public_id, name_of(row), (kind, pk) in public)
        for (kind, pk), row in sorted(rows.items(), key=lambda item: item[0])
    )


def _kept_back(texts: Sequence[Text], targets: Targets, released: set[str]) -> tuple[tuple[str, Words], ...]:
    """Return the texts whose words would be in the release, though a section of them is kept from the public."""
    rows = Text.objects.filter(pk__in={text.pk for text in texts} | targets.texts(released)).filter(
        pk__in=closed_texts(ANYBODY)
    )
    found = rows.select_related("work").order_by("pk")
    return tuple((row.public_id, facts.words_of(row.work, "title")) for row in found)


def _dead_links(text: TextFacts | None) -> tuple[tuple[int, int], ...]:
    marks = text.marks if text else ()
    return tuple((m["start"], m["end"]) for m in marks if m["kind"] == "link" and _leads_nowhere(m["attrs"]))


def _leads_nowhere(attrs: Mapping[str, Any]) -> bool:
    href = str(attrs.get("href", "")).strip()
    return bool(attrs.get("dead")) or href in ("", "#", "#!", "?") or href.lower().startswith("javascript:")
