"""What the actions on talks share: checking words, finding whom they name, telling people."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils.translation import override

from annotations.access.talk import named_in
from annotations.actions._locking import lock
from annotations.enums import AnnotationStatus
from annotations.models import Annotation, Decision, Mention, Reply, ReplyVersion
from archive.access import VIEW, allows, require
from archive.actions.notify import notify_again
from archive.errors import Conflict, Invalid, NotVisible
from archive.models import User
from archive.text.letters import is_visible

#: Code points of one reply.
MAX_REPLY = 10_000
#: Versions of one reply.
MAX_VERSIONS = 50


def locked_note(annotation: str, *, act: str, by: User) -> Annotation:
    """Return the note (public id), locked until the transaction ends, when `by` may do `act` to the talk about it.

    Raises NotVisible, NotAllowed, and Conflict("talk_over") to an author who took it back.
    """
    note = lock(Annotation.objects.filter(public_id=annotation)).select_related("author", "group").first()
    if note is None:
        raise NotVisible("not_visible")
    if note.author_id == by.pk and note.status == AnnotationStatus.WITHDRAWN and allows(by, VIEW, note):
        raise Conflict("talk_over")
    require(by, act, note)
    return note


def locked_reply(reply: str, *, act: str, by: User) -> Reply:
    """Return the reply (public id), its note locked before it; raises NotVisible, NotAllowed, Conflict("reply_gone")."""
    row = Reply.objects.filter(public_id=reply).select_related("annotation").first()
    if row is None:
        raise NotVisible("not_visible")
    lock(Annotation.objects.filter(pk=row.annotation_id)).get()
    row = (
        Reply.objects.select_for_update(no_key=True, of=("self",))
        .select_related("annotation", "newest_version", "author", "group")
        .get(pk=row.pk)
    )
    if not allows(by, VIEW, row):
        raise NotVisible("not_visible")
    if row.gone:
        raise Conflict("reply_gone")
    require(by, act, row)
    return row


def checked(body: str) -> str:
    """Return the words of a reply; raises Invalid."""
    words = body.replace("\r\n", "\n").strip()
    if not is_visible(words):
        raise Invalid("reply_empty", field="body")
    if len(words) > MAX_REPLY:
        raise Invalid("too_long", field="body", limit_length=MAX_REPLY)
    if "\x00" in words:
        raise Invalid("control_character", field="body")
    return words


def new_version(reply: Reply, body: str, *, number: int, by: User) -> list[User]:
    """Insert a version in which names are ids, make it the newest, and return whom it names."""
    hits = named_in(reply.annotation, body, by=by)
    words = body
    for start, end in sorted({(start, end) for start, end, _person in hits}, reverse=True):
        people = [person for at, _end, person in hits if at == start]
        words = words[:start] + " ".join(f"@{{{person.public_id}}}" for person in people) + words[end:]
    version = ReplyVersion.objects.create(reply=reply, number=number, body=words)
    named = list({person.pk: person for _start, _end, person in hits}.values())
    Mention.objects.bulk_create([Mention(version=version, person=person) for person in named])
    reply.newest_version = version
    reply.save(update_fields=["newest_version"])
    return named


def tell(reply: Reply, *, named: Iterable[User], others: Collection[int], by: User) -> None:
    """Tell those who are named, and those who take part, as far as they may read the reply."""
    mentioned = {person.pk for person in named}
    people = User.objects.filter(pk__in=mentioned | set(others), is_active=True).exclude(pk=by.pk)
    for person in people.order_by("pk"):
        if not allows(person, VIEW, reply):
            continue
        with override(person.language):
            url = reverse("talk", args=[reply.annotation.public_id])
        notify_again(
            "talk_mention" if person.pk in mentioned else "talk_reply", user=person, url=url,
            giver=by.display_name, giver_id=by.public_id, reply=reply.public_id,
        )  # fmt: skip


def taking_part(note: Annotation) -> set[int]:
    """Return who takes part in the talk about a note: its author, who replied or was named, who decided on it."""
    replies = Reply.objects.filter(annotation=note, gone="")
    named = Mention.objects.filter(version__reply__in=replies, version__newest_of__isnull=False)
    decided = Decision.objects.filter(version__annotation=note)
    return {
        note.author_id, *replies.values_list("author_id", flat=True), *named.values_list("person_id", flat=True),
        *decided.values_list("reviewer_id", flat=True),
    }  # fmt: skip
