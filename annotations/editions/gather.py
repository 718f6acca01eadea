"""Read everything that an edition's plan stands on; the number of queries does not grow with the notes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.db.models.functions import Coalesce

from annotations.editions import facts
from annotations.editions.candidates import candidates_of, matches
from annotations.editions.plan import Member, Plan
from annotations.editions.targets import Targets
from annotations.editions.values import Person, Words
from annotations.enums import AnnotationStatus, Outcome, Visibility
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
from archive.enums import ImageState
from archive.models import Derivative, Figure, Image, Text, TextRevision, Video, Work

#: Notes that are read at once; a database takes only so many parameters.
CHUNK = 5000


def gather(edition: Edition) -> Plan:
    """Return the plan of an edition as the database has it now."""
    revision = _revision(edition)
    notes = _notes(edition)
    versions = _versions(edition, notes)
    terms = _borne(edition, versions)
    targets = Targets.of(edition.text, versions.values())
    shown = _Shown.of(revision)
    approvals = _approvals(edition)
    common: dict[str, Any] = {
        "edition": edition.public_id, "slug": edition.slug, "title": facts.words_of(edition, "title"),
        "introduction": facts.words_of(edition, "introduction"),
        "change_note": facts.words_of(edition, "change_note"), "license": edition.license_uri,
        "credits": tuple(edition.credits), "required_approvals": edition.required_approvals,
        "work": facts.work_facts(edition.work),
    }  # fmt: skip
    found = candidates_of(
        notes=notes, versions=versions, anchors=_anchors(revision), approvals=approvals,
        targets=targets, excluded=set(edition.excluded.values_list("pk", flat=True)),
        terms=terms, rule=matches(_as_merged(edition.rule), terms),
    )  # fmt: skip
    released = {c.note.id for c in found if c.note and not c.excluded}
    return Plan(
        **common,
        text=facts.text_facts(revision) if revision else None,
        candidates=found,
        terms=tuple(facts.term_facts(term) for term in _terms(edition)),
        figures=facts.figure_facts(revision, shown.images) if revision else (),
        videos=facts.video_facts(revision, shown.videos) if revision else (),
        reviewers=_reviewers(approvals),
        members=_members(edition.work, shown, targets, released),
        kept_back=_kept_back(edition.text, targets, released),
        dead_links=_dead_links(revision),
        relations=_relations(versions.values()),
        unready_images=tuple(
            sorted({image.public_id for image, page in shown.images.values() if _is_unready(image, page)})
        ),
    )


def _is_unready(image: Image, page: int) -> bool:
    """Whether an image has no copies yet, or none of the page that is shown."""
    if image.state != ImageState.READY:
        return True
    return page > 1 and all(copy.page != page for copy in image.derivatives.all())


def _revision(edition: Edition) -> TextRevision | None:
    number = edition.text.current_revision_id
    return TextRevision.objects.select_related("text").get(pk=number) if number else None


def _notes(edition: Edition) -> list[Annotation]:
    """Return what was handed in; an accepted note stays in while its author writes it anew, which editors do not know."""
    rows = Annotation.objects.filter(text=edition.text, visibility=Visibility.OPEN)
    rows = rows.exclude(status=AnnotationStatus.WITHDRAWN)
    rows = rows.exclude(status=AnnotationStatus.DRAFT, accepted_version=None)
    return list(rows.select_related("author").order_by("pk"))


def _versions(edition: Edition, notes: Iterable[Annotation]) -> dict[int, AnnotationVersion]:
    """Return by note the version that counts: the accepted one, else the newest."""
    chosen = {note.accepted_version_id or note.newest_version_id for note in notes}
    counting = Annotation.objects.filter(text=edition.text).values(
        version=Coalesce("accepted_version", "newest_version")
    )
    rows = AnnotationVersion.objects.filter(pk__in=counting).select_related("annotation", "locus")
    rows = rows.prefetch_related(
        "references__target__text__work", "references__target__image", "references__target__video",
        "references__target__work", "references__target_annotation",
    )  # fmt: skip
    found = (version for version in rows.iterator(chunk_size=CHUNK) if version.pk in chosen)
    return {version.annotation_id: version for version in found}


def _anchors(revision: TextRevision | None) -> dict[int, Anchor]:
    """Return by locus its newest anchor in the wording."""
    rows = Anchor.objects.filter(revision=revision).order_by("locus", "attempt") if revision else ()
    return {anchor.locus_id: anchor for anchor in rows}


def _approvals(edition: Edition) -> dict[int, list[Decision]]:
    found: dict[int, list[Decision]] = {}
    rows = Decision.objects.filter(version__annotation__text=edition.text, outcome=Outcome.ACCEPT)
    for decision in rows.select_related("reviewer").order_by("pk"):
        found.setdefault(decision.version_id, []).append(decision)
    return found


def _reviewers(approvals: dict[int, list[Decision]]) -> tuple[Person, ...]:
    people = {d.reviewer_id: d.reviewer for decisions in approvals.values() for d in decisions}
    return tuple(Person(person.public_id, str(person)) for person in people.values())


def _relations(versions: Iterable[AnnotationVersion]) -> tuple[RelationWords, ...]:
    used = {reference.relation for version in versions for reference in version.references.all()}
    return tuple(row.words for row in NamedRelation.objects.filter(code__in=used)) if used else ()


def _borne(edition: Edition, versions: dict[int, AnnotationVersion]) -> dict[int, tuple[str, ...]]:
    """Return the public ids of the terms that each counting version bears, as merges and splits have them."""
    counting = {version.pk for version in versions.values()}
    tags = as_read(VersionTag.objects.filter(version__annotation__text=edition.text))
    pairs = [pair for pair in tags.order_by("pk").values_list("version_id", "read_id") if pair[0] in counting]
    ids = dict(Term.objects.filter(pk__in={term for _v, term in pairs}).values_list("pk", "public_id"))
    found: dict[int, dict[str, None]] = {}
    for version, term in pairs:
        found.setdefault(version, {})[ids[term]] = None
    return {version: tuple(terms) for version, terms in found.items()}


def _as_merged(rule: dict[str, Any]) -> dict[str, Any]:
    """Return a rule that names, of terms that were merged, the ones that stay."""
    named = rule.get("tags") or []
    merged = (
        Term.objects.filter(public_id__in=named).exclude(merged_into=None) if named else Term.objects.none()
    )
    stays = dict(merged.values_list("public_id", "merged_into__public_id"))
    return rule | {"tags": [stays.get(one, one) for one in named]}


def _terms(edition: Edition) -> Iterable[Term]:
    tags = as_read(VersionTag.objects.filter(version__annotation__text=edition.text))
    used = tags.order_by().values("read_id")
    return Term.objects.filter(pk__in=used).prefetch_related("names").order_by("pk")


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the wording shows besides words."""

    images: dict[str, tuple[Image, int]]
    videos: dict[tuple[str, str], Video]

    @classmethod
    def of(cls, revision: TextRevision | None) -> _Shown:
        """Read the images by figure key, each with the page that is shown, and the videos by provider and id."""
        if revision is None:
            return cls({}, {})
        figures = Figure.objects.filter(text=revision.text, image__isnull=False).select_related("image")
        copies = Derivative.objects.current().select_related("stored_file")
        figures = figures.prefetch_related(Prefetch("image__derivatives", copies))
        present = {str(b["attrs"].get("figure", "")) for b in revision.blocks if b["kind"] == "figure"}
        ids = {str(attrs.get("video_id", "")) for _, attrs in facts.video_blocks(revision.blocks)}
        return cls(
            {f.key: (f.image, f.page) for f in figures if f.image and f.key in present},
            {(v.provider, v.external_id): v for v in Video.objects.filter(external_id__in=ids)},
        )


def _members(work: Work, shown: _Shown, targets: Targets, released: set[str]) -> tuple[Member, ...]:
    """Return everything whose access decides what of the release can be read."""
    rows: dict[tuple[str, int], Work | Image | Video] = {("work", work.pk): work}
    rows |= {("image", image.pk): image for image, _page in shown.images.values()}
    rows |= {("video", video.pk): video for video in shown.videos.values()}
    rows |= targets.rows(released)
    public = {
        (kind, pk)
        for kind, model in (("work", Work), ("image", Image), ("video", Video))
        for pk in visible_to(model, ANYBODY)
        .filter(pk__in=[pk for k, pk in rows if k == kind])
        .values_list("pk", flat=True)
    }
    return tuple(
        Member(kind, pk, row.public_id, _name_of(row), (kind, pk) in public)
        for (kind, pk), row in sorted(rows.items(), key=lambda item: item[0])
    )


def _kept_back(text: Text, targets: Targets, released: set[str]) -> tuple[tuple[str, Words], ...]:
    """Return the texts whose words would be in the release, though a section of them is kept from the public."""
    rows = Text.objects.filter(pk__in={text.pk} | targets.texts(released)).filter(
        pk__in=closed_texts(ANYBODY)
    )
    found = rows.select_related("work").order_by("pk")
    return tuple((row.public_id, facts.words_of(row.work, "title")) for row in found)


def _name_of(row: Work | Image | Video) -> Words:
    """Return the title; of what has none, the address or the public id, so that a person can tell it from others."""
    words = facts.words_of(row, "title")
    if any(value.strip() for value in words.values()):
        return words
    return dict.fromkeys(words, row.url if isinstance(row, Video) else row.public_id)


def _dead_links(revision: TextRevision | None) -> tuple[tuple[int, int], ...]:
    marks = revision.marks if revision else ()
    return tuple((m["start"], m["end"]) for m in marks if m["kind"] == "link" and _leads_nowhere(m["attrs"]))


def _leads_nowhere(attrs: dict[str, Any]) -> bool:
    href = str(attrs.get("href", "")).strip()
    return bool(attrs.get("dead")) or href in ("", "#", "#!", "?") or href.lower().startswith("javascript:")
