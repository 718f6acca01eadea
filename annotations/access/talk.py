"""The talk about notes as a viewer may read it, in a number of queries that does not grow with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Count, Model, Q, QuerySet

from annotations.access.independent import withheld_of
from annotations.enums import TalkState
from annotations.models import (
    Annotation,
    Decision,
    Mention,
    Reply,
    ReplyReport,
    ReplyVersion,
    Submission,
    TalkTurn,
)
from archive.access import VIEW, Viewer, allows, as_viewer, permitted, visible_to
from archive.models import User
from archive.text.folding import fold_key

#: Names that are offered at a time.
OFFERED = 8
#: Accounts that are looked at for them: each costs a question to the database.
_LOOKED_AT = 60
#: Of more signs in one reply the rest are only signs.
_SIGNS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a talk, in the order in which it was taken."""

    at: datetime
    #: "reply", "decision" or "turn".
    kind: str
    reply: Reply | None = None
    #: The newest words; None of one that was taken back.
    version: ReplyVersion | None = None
    #: Earlier versions, oldest first.
    earlier: Sequence[ReplyVersion] = ()
    #: Names by public id of whom any of the versions mentions.
    names: Mapping[str, str] | None = None
    decision: Decision | None = None
    turn: TalkTurn | None = None
    #: What the page offers this viewer: "revise", "withdraw", "report".
    acts: frozenset[str] = frozenset()
    #: Reports that wait for this viewer's answer.
    reports: Sequence[ReplyReport] = ()


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk about one note."""

    note: Annotation
    said: Sequence[Said]
    #: Replies that stand.
    count: int
    is_settled: bool
    may_reply: bool
    may_settle: bool
    #: Whether what others decided is kept from the viewer now (`annotations.access.independent`).
    is_withheld: bool = False


def talks_of(who: object, notes: Sequence[Annotation]) -> dict[int, Talk]:
    """Return by key the talk about each of these notes, which the viewer was shown."""
    viewer = as_viewer(who)
    keys = [note.pk for note in notes]
    turns = _by_note(visible_to(TalkTurn, viewer).filter(annotation__in=keys).select_related("created_by"))
    replies, decisions = _replies(viewer, keys), _decisions(viewer, keys)
    may = {act: _permitted(viewer, keys, act) for act in ("reply", "settle")}
    kept_back = withheld_of(viewer, keys)
    found = {}
    for note in notes:
        said = [
            *replies[note.pk],
            *decisions[note.pk],
            *(Said(t.created_at, "turn", turn=t) for t in turns[note.pk]),
        ]
        found[note.pk] = Talk(
            note, sorted(said, key=lambda one: one.at), sum(one.version is not None for one in replies[note.pk]),
            _is_settled(turns[note.pk]), note.pk in may["reply"], note.pk in may["settle"], note.pk in kept_back,
        )  # fmt: skip
    return found


def talk_of(who: object, note: Annotation) -> Talk:
    """Return the talk about one note."""
    return talks_of(who, [note])[note.pk]


def counts_of_replies(who: object, notes: Iterable[int]) -> dict[int, int]:
    """Return how many replies that stand the viewer may read to each of these notes (keys), where there are any."""
    rows = visible_to(Reply, who).filter(annotation__in=list(notes), gone="").order_by()
    return dict(rows.values_list("annotation_id").annotate(n=Count("pk")))


def _permitted(viewer: Viewer, keys: Sequence[int], act: str) -> set[int]:
    return set(permitted(Annotation, viewer, act).filter(pk__in=keys).values_list("pk", flat=True))


def _by_note(rows: Iterable[TalkTurn]) -> dict[int, list[TalkTurn]]:
    found: dict[int, list[TalkTurn]] = defaultdict(list)
    for row in rows:
        found[row.annotation_id].append(row)
    return found


def _is_settled(turns: Sequence[TalkTurn]) -> bool:
    return bool(turns) and turns[-1].state == TalkState.SETTLED


def _decisions(viewer: Viewer, keys: Sequence[int]) -> dict[int, list[Said]]:
    rows = visible_to(Decision, viewer).filter(version__annotation__in=keys)
    found: dict[int, list[Said]] = defaultdict(list)
    for row in rows.select_related("version", "reviewer").order_by("pk"):
        found[row.version.annotation_id].append(Said(row.created_at, "decision", decision=row))
    return found


def _replies(viewer: Viewer, keys: Sequence[int]) -> dict[int, list[Said]]:
    rows = list(
        visible_to(Reply, viewer).filter(annotation__in=keys)
        .select_related("author", "group", "answers__author", "annotation").order_by("pk")
    )  # fmt: skip
    ids = [row.pk for row in rows]
    versions = visible_to(ReplyVersion, viewer).filter(reply__in=ids).order_by("reply_id", "number")
    words = {reply: list(group) for reply, group in groupby(versions, key=lambda one: one.reply_id)}
    names = _names(ids)
    acts = {
        act: set(permitted(Reply, viewer, act).filter(pk__in=ids).values_list("pk", flat=True))
        for act in ("revise", "withdraw", "report")
    }
    reports = _reports(viewer, ids)
    found: dict[int, list[Said]] = defaultdict(list)
    for row in rows:
        *earlier, newest = words.get(row.pk) or [None]
        stands = newest if not row.gone else None
        found[row.annotation_id].append(
            Said(
                row.created_at, "reply", reply=row, version=stands, earlier=earlier if stands else (),
                names=names[row.pk], acts=frozenset(act for act, may in acts.items() if row.pk in may),
                reports=reports[row.pk] if stands else (),
            )
        )  # fmt: skip
    return found


def _names(replies: Sequence[int]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for one in Mention.objects.filter(version__reply__in=replies).select_related("version", "person"):
        found[one.version.reply_id][one.person.public_id] = one.person.display_name
    return found


def _reports(viewer: Viewer, replies: Sequence[int]) -> dict[int, list[ReplyReport]]:
    """Return the reports that wait and that this viewer may answer."""
    mine = permitted(Reply, viewer, "moderate").filter(pk__in=replies).values_list("pk", flat=True)
    rows = visible_to(ReplyReport, viewer).filter(reply__in=list(mine), answered_at=None)
    found: dict[int, list[ReplyReport]] = defaultdict(list)
    for row in rows.select_related("created_by"):
        found[row.reply_id].append(row)
    return found


def names_in(version: ReplyVersion) -> dict[str, str]:
    """Return by public id the names of whom a version mentions, as they are now."""
    return {one.person.public_id: one.person.display_name for one in version.mentions.all()}


def _might_be_told(note: Annotation, by: User) -> QuerySet[User]:
    """Return those whose name `by` may know already: who wrote or decided something that they see, or is of their groups.

    That somebody has an account is nobody's to learn by asking for names; in a group's talk only the group is named.
    """
    active = User.objects.filter(is_active=True).exclude(pk=by.pk)
    if note.group_id:
        members = User.groups.through.objects.filter(group=note.group_id).values("user")
        return active.filter(Q(pk__in=members) | Q(pk=note.author_id))
    return active.filter(pk__in=_known_to(as_viewer(by)))


def _known_to(viewer: Viewer) -> set[int]:
    """Return keys; asked one by one, since nested in each other these rules are more than SQLite's parser takes."""
    named: tuple[tuple[type[Model], str], ...] = (
        (Annotation, "author"), (Reply, "author"), (Decision, "reviewer"), (Submission, "author"), (User, "pk"),
    )  # fmt: skip
    found: set[int] = set()
    for model, name in named:
        rows = visible_to(model, viewer).order_by()
        # Readers of what came from another archive are told who wrote it there, not who brought it.
        rows = rows.filter(credited="") if model is Annotation else rows
        found |= set(rows.values_list(name, flat=True).distinct())
    fellows = User.groups.through.objects.filter(group__in=viewer.group_ids)
    return found | set(fellows.values_list("user", flat=True))


def offered(note: Annotation, *, words: str, by: User) -> list[User]:
    """Return those whose name has these words, as far as they may be told; the first few."""
    wanted = fold_key(words)
    among = _might_be_told(note, by).order_by("display_name", "pk")
    named = [one for one in among if wanted in fold_key(one.display_name)][:_LOOKED_AT]
    found = []
    for person in named:
        if len(found) < OFFERED and allows(person, VIEW, note):
            found.append(person)
    return found


def named_in(note: Annotation, body: str, *, by: User) -> list[tuple[int, int, User]]:
    """Return where words name somebody who may be told, as (start, end, person): `@Name`, or `@{public id}`.

    Of several names that begin at one place the longest is meant; of several people of one name all are. An Arabic
    letter may stand before the sign («و@ليلى»); a Latin one makes it an address.
    """
    places = [
        at
        for at, sign in enumerate(body)
        if sign == "@" and not (at and body[at - 1].isascii() and body[at - 1].isalnum())
    ][:_SIGNS]
    if not places:
        return []
    among = _might_be_told(note, by).order_by("pk")
    hits = [(start, end, person) for start in places for end, person in _at(body, start, among)]
    people = {person.pk: person for _start, _end, person in hits}
    may_read = {pk for pk, person in people.items() if allows(person, VIEW, note)}
    told = [hit for hit in hits if hit[2].pk in may_read]
    longest = {start: max(end for at, end, _person in told if at == start) for start, _end, _person in told}
    return [hit for hit in told if hit[1] == longest[hit[0]]]


def _at(body: str, start: int, among: Iterable[User]) -> Iterator[tuple[int, User]]:
    for person in among:
        for name in (person.display_name, f"{{{person.public_id}}}"):
            end = start + 1 + len(name)
            is_whole = end >= len(body) or not body[end].isalnum() or name.startswith("{")
            if name and body[start + 1 : end].casefold() == name.casefold() and is_whole:
                yield end, person
