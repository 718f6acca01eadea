"""Which notes bear which term, of those that somebody may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from django.db.models import BigIntegerField, Case, Count, F, Q, QuerySet, When
from django.db.models.functions import Coalesce

from annotations.access.notes import shown_to, with_status
from annotations.enums import Aspect, VocabularyAct
from annotations.models import Annotation, ReleaseNote, Term, VocabularyRow, VocabularyStep
from annotations.models.read_tags import as_read, tags_read_as, terms_read
from archive.access import ANYBODY, as_viewer, visible_to
from archive.enums import StepState
from archive.models import Image, Text, Video

#: A branch is followed so deep; deeper ones are refused when they are made (`annotations.actions._terms`).
DEEPEST = 12


def ids_read(version_id: int) -> tuple[str, ...]:
    """Return the public ids of the terms that a version bears."""
    return tuple(term.public_id for term in terms_read([version_id]).get(version_id, ()))


def in_sight(who: object) -> QuerySet[Annotation]:
    """Return the notes that `who` is shown (`shown_id`, `told_status`) on what they may see: where a note is tells of that."""
    viewer = as_viewer(who)
    places = {"text": Text, "image": Image, "video": Video}
    seen = Q(pk__in=[])
    for name, model in places.items():
        seen |= Q(**{f"{name}__in": visible_to(model, viewer).order_by().values("pk")})
    return with_status(shown_to(viewer), viewer).filter(seen)


def notes_bearing(who: object, terms: Collection[int] | QuerySet[Term]) -> QuerySet[Annotation]:
    """Return the notes of `in_sight` that bear one of these terms in the version that is shown."""
    return in_sight(who).filter(shown_id__in=tags_read_as(terms).order_by().values("version_id"))


def uses_of(who: object, terms: Collection[int]) -> dict[int, int]:
    """Return on how many notes each of these terms stands, of the notes and in the versions that `who` is shown."""
    tags = tags_read_as(terms).filter(version__in=in_sight(who).order_by().values("shown_id"))
    counts = as_read(tags).order_by().values_list("read_id")
    return dict(counts.annotate(n=Count("version", distinct=True)))


def released_uses(releases: Iterable[int]) -> dict[int, int]:
    """Return on how many notes of these releases each term is: as it was when they were sealed, merges followed.

    What is on a picture or a film that is not public now is told of nowhere.
    """
    tag, move = "version__version_tags__term", "version__version_tags__move"
    # What was split after a release was sealed is so from the next release on.
    before = When(
        Q(**{f"{move}__moved_at__lt": F("release__sealed_at")}),
        then=Coalesce(f"{move}__term__merged_into_id", f"{move}__term_id"),
    )
    own = Coalesce(f"{tag}__merged_into_id", f"{tag}_id")
    read = Case(before, default=own, output_field=BigIntegerField())
    notes = visible_to(ReleaseNote, ANYBODY).filter(release__in=list(releases)).order_by()
    again = _moved_again(notes)
    rows = notes.exclude(pk__in=list(again)).annotate(read_id=read)
    counts = Counter(dict(rows.values_list("read_id").annotate(n=Count("pk", distinct=True))))
    for terms in again.values():
        counts.update(terms)
    return dict(counts)


#: (Step, tag) → (term, step) that the tag was moved to before that step moved it.
Earlier = dict[tuple[int, int], tuple[int, int]]


def _moved_again(notes: QuerySet[ReleaseNote]) -> dict[int, set[int]]:
    """Return, of released notes (keys) with tags that splits moved several times, the terms that they bore when sealed."""
    earlier = _earlier_moves()
    tags = {tag for _step, tag in earlier}
    keys = notes.filter(version__version_tags__in=tags).values("pk") if tags else []
    rows = list(
        ReleaseNote.objects.filter(pk__in=keys).order_by().values_list(
            "pk", "release__sealed_at", "version__version_tags", "version__version_tags__term",
            "version__version_tags__move__term", "version__version_tags__move__step",
        )
    )  # fmt: skip
    applied = (
        dict(VocabularyStep.objects.filter(act=VocabularyAct.SPLIT).values_list("pk", "applied_at"))
        if rows
        else {}
    )
    read: dict[int, list[int]] = {}
    for note, sealed_at, tag, own, term, step in rows:
        while step is not None and applied[step] >= sealed_at:
            term, step = earlier.get((step, tag), (None, None))
        read.setdefault(note, []).append(term if step is not None else own)
    wanted = {term for terms in read.values() for term in terms}
    stays = dict(
        Term.objects.filter(pk__in=wanted).exclude(merged_into=None).values_list("pk", "merged_into_id")
    )
    return {note: {stays.get(term) or term for term in terms} for note, terms in read.items()}


def _earlier_moves() -> Earlier:
    """Return what splits that stand have overwritten of the splits before them; there are few."""
    rows = VocabularyRow.objects.filter(
        step__act=VocabularyAct.SPLIT, step__state=StepState.APPLIED, aspect=Aspect.USE
    )
    rows = rows.exclude(before={}).exclude(before={"moves": {}})
    return {
        (step, int(tag)): (pair[0], pair[1])
        for step, before in rows.values_list("step_id", "before")
        for tag, pair in before.get("moves", {}).items()
    }


def branch_of(who: object, terms: Iterable[int]) -> set[int]:
    """Return these terms and everything narrower that `who` may see, a level a query."""
    seen = visible_to(Term, who).filter(merged_into=None)
    found, level = set(terms), set(terms)
    for _depth in range(DEEPEST):
        level = set(seen.filter(broader__in=level).values_list("pk", flat=True)) - found
        if not level:
            break
        found |= level
    return found
