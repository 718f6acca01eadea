"""Which notes a viewer sees, in which version, and what may be done with each: all in the query itself."""

from __future__ import annotations

from functools import lru_cache

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from annotations import transitions
from annotations.access.declarations import EDITOR, MEMBER, REVIEWER, _public_releases, released_to
from annotations.access.independent import ACCEPTED, may_be_withheld, withheld
from annotations.enums import UNFINISHED, Visibility
from annotations.enums import AnnotationStatus as Status
from annotations.models import Annotation, NoteClock, ReleasePart
from archive.access import Viewer, as_viewer, visible_to
from archive.access.registry import rule_for
from archive.models import User

#: What the pages offer, in their order; "decide" stands for all three outcomes.
OFFERED = ("revise", "submit", "decide", "reattach", "withdraw")
_STEPS = {"decide": "accept"}
_HANDED_IN = (Status.SUBMITTED, Status.RETURNED, Status.DECLINED, Status.ACCEPTED)


def shown_to(who: object, rows: QuerySet[Annotation] | None = None) -> QuerySet[Annotation]:
    """Return the notes that `who` may see, each with `shown_id`: the version that is shown to them.

    Authors and groups see the newest version, reviewers and editors what was handed in last, members what was
    accepted, all others what was released last.
    """
    viewer = as_viewer(who)
    if rows is None:
        return _shown(viewer, connection.vendor).all()
    return visible_to(rows, viewer).annotate(shown_id=_shown_version(viewer))


@lru_cache(maxsize=128)
def _shown(viewer: Viewer, _vendor: str) -> QuerySet[Annotation]:
    """Return the query of all; kept, as in `archive.access.registry`."""
    return visible_to(Annotation, viewer).annotate(shown_id=_shown_version(viewer))


def _shown_version(viewer: Viewer) -> Case:
    released = (
        released_to(viewer).filter(annotation=OuterRef("pk")).order_by("-release_id").values("version_id")[:1]
    )
    whens = [When(author_id=viewer.user_id or 0, then=F("newest_version_id"))]
    if MEMBER.holds(viewer):
        whens.append(When(visibility=Visibility.GROUP, then=F("newest_version_id")))
    if REVIEWER.holds(viewer) or EDITOR.holds(viewer):
        whens.append(When(status__in=_HANDED_IN, then=F("newest_version_id")))
    if MEMBER.holds(viewer):
        whens.append(When(accepted_version__isnull=False, then=F("accepted_version_id")))
    return Case(*whens, default=Subquery(released), output_field=BigIntegerField())


def with_status(notes: QuerySet[Annotation], who: object) -> QuerySet[Annotation]:
    """Add `told_status` to notes that came through `shown_to`: the status as `who` may know it.

    Whoever is shown an older version than the newest is not told what became of it: to them, it is accepted. To who is to
    review independently of others, what these accepted waits.
    """
    viewer = as_viewer(who)
    knows = Q(author_id=viewer.user_id or 0) | Q(visibility=Visibility.GROUP)
    if REVIEWER.holds(viewer) or EDITOR.holds(viewer):
        knows |= Q(newest_version_id=F("shown_id"))
    accepted, waits = Value(Status.ACCEPTED.value), Value(Status.SUBMITTED.value)
    whens = [When(knows, then=F("status"))]
    if may_be_withheld(viewer):
        # That it was accepted would tell what another reviewer decided.
        whens.insert(0, When(ACCEPTED & withheld(viewer), then=waits))
    return notes.annotate(told_status=Case(*whens, default=accepted, output_field=CharField()))


def with_acts(notes: QuerySet[Annotation], who: object) -> QuerySet[Annotation]:
    """Add `may_<act>` for what `who` may do by right; `acts_of` adds what the state allows."""
    viewer = as_viewer(who)
    rights = {act: rule_for(Annotation, act).q(viewer) for act in OFFERED}
    blind = rule_for(Annotation, "vouch").q(viewer) & withheld(viewer) if may_be_withheld(viewer) else None
    rights["decide"] = rights["decide"] | blind if blind else rights["decide"]
    return notes.annotate(**{f"may_{act}": _holds(rights[act]) for act in OFFERED})


def told_to(who: object) -> QuerySet[Annotation]:
    """Return the notes that `who` may see with all of the above: `shown_id`, `told_status`, `may_<act>`."""
    return _told(as_viewer(who), connection.vendor).all()


@lru_cache(maxsize=128)
def _told(viewer: Viewer, _vendor: str) -> QuerySet[Annotation]:
    return with_acts(with_status(shown_to(viewer), viewer), viewer)


def _holds(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def acts_of(note: Annotation) -> list[str]:
    """Return what the page may offer for a note that came through `with_acts`."""
    # As the viewer knows it: to some, what was accepted waits.
    possible = transitions.ANNOTATION.acts(getattr(note, "told_status", note.status))
    return [act for act in OFFERED if getattr(note, f"may_{act}") and _STEPS.get(act, act) in possible]


def acts_of_new(visibility: str) -> list[str]:
    """Return what the author of a new draft is offered, as `acts_of` would."""
    return [act for act in OFFERED if act != "decide" and (act != "submit" or visibility == Visibility.OPEN)]


def state_of_notes(text_id: int) -> tuple[int, tuple[int, ...]]:
    """Return a value that changes whenever what anybody may be shown of a text's notes can have changed.

    It does not cover access to the text itself, nor the viewer's own roles and groups.
    """
    ticks = NoteClock.objects.filter(text_id=text_id).values_list("ticks", flat=True).first() or 0
    of_it = Q(revision__text=text_id) | Q(
        pk__in=ReleasePart.objects.filter(revision__text=text_id).values("release")
    )
    releases = _public_releases(as_viewer(None)).filter(of_it)
    return ticks, tuple(releases.order_by("pk").values_list("pk", flat=True))


def can_be_handed_over(giver: User) -> QuerySet[Annotation]:
    """Return the unfinished notes of somebody that a colleague can go on with: the open ones.

    A group's notes stay readable to the group, of which the colleague need not be.
    """
    return Annotation.objects.filter(author=giver, status__in=UNFINISHED, visibility=Visibility.OPEN)


def public_release_of(note: Annotation) -> tuple[str, int] | None:
    """Return slug and number of the last release in which anybody may read a note; None when there is none."""
    rows = released_to(as_viewer(None)).filter(annotation=note)
    return rows.order_by("-release_id").values_list("release__edition__slug", "release__number").first()
