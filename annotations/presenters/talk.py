"""The talk about a note, ready for its template."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.access.talk import Said, Talk
from annotations.enums import Visibility
from annotations.models import Annotation, ReplyVersion
from archive.presenters.differences import Part, shortened, words_diff
from archive.presenters.markup import render_with_names, with_names


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sent and could not be taken: it is shown again, with the reason."""

    #: The act of the form, and the reply that it is about.
    act: str = ""
    reply: str = ""
    words: str = ""
    error: str | Promise = ""
    #: What the reply says now, when somebody changed it meanwhile.
    now: str = ""


@dataclass(frozen=True, slots=True)
class VersionView:
    """An earlier wording: what the next one made of it."""

    number: int
    version: ReplyVersion
    difference: Sequence[Part]


@dataclass(frozen=True, slots=True)
class SaidView:
    """One turn of a talk."""

    said: Said
    body: SafeString | str = ""
    #: What its author edits: Markdown with names.
    source: str = ""
    versions: Sequence[VersionView] = ()
    #: It was said among fewer than may see the note now: the name of the group, or that it was a private note.
    among: str = ""


@dataclass(slots=True)
class TalkView:
    """The talk about one note."""

    talk: Talk
    rows: Sequence[SaidView]
    url: str
    people_url: str
    #: Who reads what is said here.
    readers: str
    typed: Typed = field(default_factory=Typed)
    #: Of the form that replies: sent twice, it makes one reply.
    key: str = field(default_factory=lambda: secrets.token_urlsafe(16))

    @property
    def is_stray(self) -> bool:
        """Whether what could not be taken has no form any more in which it would be shown."""
        typed = self.typed
        if not typed.error or typed.act == "reply":
            return bool(typed.error) and not self.talk.may_reply
        forms = {(said.reply.public_id, act) for said in self.talk.said if said.reply for act in said.acts}
        return (typed.reply, typed.act) not in forms


def talk_view(talk: Talk, *, typed: Typed | None = None) -> TalkView:
    """Return the talk as its page shows it."""
    note = talk.note
    return TalkView(
        talk=talk, rows=[_row(said, note) for said in talk.said], url=reverse("talk", args=[note.public_id]),
        people_url=reverse("note_people", args=[note.public_id]), readers=_readers(note), typed=typed or Typed(),
    )  # fmt: skip


def _readers(note: Annotation) -> str:
    if note.visibility == Visibility.PRIVATE:
        return _("This note is private: nobody but you reads what is said here.")
    if note.group is not None:
        words = _("Read by the members of “%(group)s” and by who wrote the note; by nobody else.")
        return words % {"group": note.group}
    return _(
        "Read by all members who may see the note: reviewers once it is handed in, members once it is accepted. Never by the public."
    )


def _row(said: Said, note: Annotation) -> SaidView:
    if said.reply is None or said.version is None:
        return SaidView(said)
    names = said.names or {}
    return SaidView(
        said, body=render_with_names(said.version.body, names), source=with_names(said.version.body, names),
        versions=_versions([*said.earlier, said.version], names), among=_among(said, note),
    )  # fmt: skip


def _among(said: Said, note: Annotation) -> str:
    reply = said.reply
    if reply is None or (reply.visibility, reply.group_id) == (note.visibility, note.group_id):
        return ""
    if reply.visibility == Visibility.PRIVATE:
        return _("Said while the note was private: only you read it.")
    if reply.group is not None:
        return _("Said within “%(group)s”, and read there alone.") % {"group": reply.group}
    return ""


def _versions(versions: Sequence[ReplyVersion], names: Mapping[str, str]) -> list[VersionView]:
    pairs = pairwise(versions)
    return [
        VersionView(
            before.number, before, shortened(words_diff(with_names(before.body, names), with_names(after.body, names)))
        )
        for before, after in pairs
    ]  # fmt: skip
