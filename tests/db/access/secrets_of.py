"""Things that not everybody may see, each made by itself into an otherwise equal world."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_release import withdraw_release
from annotations.enums import Outcome, Relation, Visibility
from annotations.models import Annotation, Term
from annotations.values import NoteInput, NoteTarget, ReferenceInput
from archive.enums import Access
from archive.models import Collection, Figure, FileArrival, Group, Text, User, Video, VideoCheck, Work
from tests.db.access.surfaces import SECRET_WORD, SHARED_WORD
from tests.factories import make_user
from tests.factories_archive import make_draft
from tests.factories_editions import Desk, make_image, make_term, plan, stored
from tests.factories_notes import add_revision, decide_note, make_accepted, make_note, submit_note

HOUR = datetime.timedelta(hours=1)
WORDS = f"{SHARED_WORD} {SECRET_WORD}"
ANYBODY = frozenset({"anonymous"})
OUTSIDERS = frozenset({"anonymous", "member", "scholar"})

Secret = Callable[["Home"], None]


@dataclass
class Home:
    """The world that everybody knows."""

    desk: Desk
    shelf: Collection
    #: A second public text, with accepted notes and notes of the scholar's own.
    text: Text
    people: dict[str, User]
    notes: dict[str, Any] = field(default_factory=dict)


def make_home(people: dict[str, User], desk: Desk, text: Text) -> Home:
    """Return the common world: two public works on a shelf, a release, accepted, handed-in and own notes."""
    people["author"] = make_user("author@example.org", "scholar")
    people["insider"] = make_user("insider@example.org")
    shelf = Collection.objects.create(
        slug="shelf", title_ar="رفّ الماء", title_en="Shelf", access=Access.PUBLIC
    )
    for item in (desk.work, desk.image, desk.video, text.work):
        type(item).objects.filter(pk=item.pk).update(collection=shelf)
    desk.release()
    home = Home(desk, shelf, text, people)
    by = {"author": people["author"], "reviewer": people["reviewer"]}
    home.notes["accepted"] = make_accepted(text, "حجر أبيض", body=f"{SHARED_WORD} حجر", **by)
    home.notes["own"] = make_note(text, "السوق", by=people["scholar"], body=f"{SHARED_WORD} سوق")
    submit_note(make_note(text, "من خشب", by=people["scholar"], body="خشب"))
    return home


def hidden_work(home: Home, slug: str, **fields: Any) -> Work:
    """Make a work that is not public, with a text, a figure and notes in every stage."""
    work = Work.objects.create(
        slug=slug, title_ar=WORDS, title_en=WORDS, collection=home.shelf, **{"access": Access.DRAFT, **fields}
    )
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_revision(text, f"{WORDS}\nبيت من حجر أبيض قرب {WORDS}.")
    Figure.objects.create(text=text, key="hidden-figure")
    editor = home.people["editor"]
    if work.access == Access.DRAFT:
        note = make_note(text, "حجر أبيض", by=editor, body=WORDS, tags=(home.desk.terms["mill"].public_id,))
        submit_note(note)
        decide_note(note, Outcome.ACCEPT, by=home.people["administrator"])
        pointing = ReferenceInput(Relation.PARALLELS, NoteTarget(home.desk.notes["masons"].public_id))
        submit_note(make_note(text, "بيت", by=editor, body=WORDS, references=(pointing,)))
    return work


def draft_work(home: Home) -> None:
    """A work that only the keepers see."""
    hidden_work(home, "draft-work")


def embargoed_work(home: Home) -> None:
    """A public work whose embargo is not over."""
    hidden_work(home, "embargoed-work", access=Access.PUBLIC, embargo_until=timezone.now() + HOUR)


def restricted_work(home: Home) -> None:
    """A work for a group."""
    work = hidden_work(home, "restricted-work", access=Access.RESTRICTED)
    group = Group.objects.create(name=f"{WORDS} 1")
    home.people["insider"].groups.add(group)
    work.groups.add(group)


def members_work(home: Home) -> None:
    """A work for those with an account."""
    hidden_work(home, "members-work", access=Access.MEMBERS)


def hidden_image(home: Home) -> None:
    """An image that is not public, shown in a gap of a public text, with a note on it."""
    image = make_image(
        by=home.people["archivist"],
        access=Access.DRAFT,
        title_ar=WORDS,
        alternative_ar=WORDS,
        collection=home.shelf,
    )
    Figure.objects.filter(text=home.desk.text, key="f2").update(image=image)
    Work.objects.filter(pk=home.text.work_id).update(cover=image)


def hidden_video(home: Home) -> None:
    """A video that is not public."""
    video = Video.objects.create(
        provider="youtube", external_id="zzzzzzzzzzz", url="https://www.youtube.com/watch?v=zzzzzzzzzzz",
        access=Access.DRAFT, title_ar=WORDS, collection=home.shelf, last_outcome="gone", state="gone",
    )  # fmt: skip
    VideoCheck.objects.create(video=video, outcome="gone", title=WORDS)


def hidden_collection(home: Home) -> None:
    """A collection that is not public, around and within public ones."""
    hidden = Collection.objects.create(slug="secret", title_ar=WORDS, parent=home.shelf, access=Access.DRAFT)
    within = Collection.objects.create(slug="deep", title_ar=WORDS, parent=hidden, access=Access.PUBLIC)
    Collection.objects.filter(pk=within.pk).update(access=Access.DRAFT)
    loose = Work.objects.get(pk=home.text.work_id)
    assert loose.collection_id == home.shelf.pk


def _by_author(home: Home) -> dict[str, Any]:
    return {"by": home.people["author"], "body": WORDS, "tags": (home.desk.terms["mill"].public_id,)}


def private_note(home: Home) -> None:
    """A note that its author keeps, and a draft; each pointing at a released note."""
    pointing = ReferenceInput(Relation.CITES, NoteTarget(home.desk.notes["masons"].public_id))
    for text, words in ((home.text, "القادمون"), (home.desk.text, "النهر")):
        common = {**_by_author(home), "references": (pointing,)}
        make_note(text, words, visibility=Visibility.PRIVATE, **common)
        make_note(text, words, **common)


def group_note(home: Home) -> None:
    """A note for a group."""
    group = Group.objects.create(name=f"{WORDS} 2")
    home.people["author"].groups.add(group)
    make_note(home.text, "القادمون", visibility=Visibility.GROUP, group=group.public_id, **_by_author(home))


def note_in_review(home: Home) -> None:
    """Notes that were handed in, returned and declined."""
    for outcome in (None, Outcome.RETURN, Outcome.DECLINE):
        note = make_note(home.text, "القادمون", **_by_author(home))
        submit_note(note, message=WORDS)
        if outcome:
            decide_note(note, outcome, by=home.people["reviewer"], reason=WORDS)


def accepted_note(home: Home) -> None:
    """A note that was accepted and is in no release."""
    pointing = ReferenceInput(Relation.CITES, NoteTarget(home.desk.notes["masons"].public_id))
    common = {"author": home.people["author"], "reviewer": home.people["reviewer"], "body": WORDS}
    make_accepted(home.desk.text, "النهر", references=(pointing,), **common)
    make_accepted(home.text, "القادمون", tags=(home.desk.terms["mill"].public_id,), **common)


def rewritten_note(home: Home) -> None:
    """A released note that its author, the scholar, is writing anew, with another tag."""
    _rewrite(home, home.desk.notes["bridge"])


def rewritten_accepted_note(home: Home) -> None:
    """An accepted note that somebody else than the scholar is writing anew."""
    _rewrite(home, home.notes["accepted"])


def _rewrite(home: Home, note: Annotation) -> None:
    note.refresh_from_db()
    assert note.newest_version is not None
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=note.author,
        note=NoteInput(body=WORDS, language="ar", tags=(home.desk.terms["masons"].public_id,)),
    )  # fmt: skip


def proposed_term(home: Home) -> None:
    """A term that nobody has established."""
    make_term("secret-term", WORDS, WORDS, latitude=1.0, longitude=2.0, broader=home.desk.terms["mill"])
    established = Term.objects.get(pk=home.desk.terms["mill"].pk)
    assert established.status == "established"


def planned_edition(home: Home) -> None:
    """An edition that was never released, and one of a public text whose release is sealed."""
    words = {"ar": WORDS, "en": WORDS}
    for slug in ("planned", "sealed"):
        edition = compose_edition(
            text=home.desk.text.public_id, plan=plan(slug=slug, title=words), by=home.people["editor"]
        )
        if slug == "sealed":
            home.desk.edition = edition
            home.desk.seal()


def sealed_release(home: Home) -> None:
    """The next release of a public edition: sealed, and its plan full of new words."""
    edition = home.desk.edition
    type(edition).objects.filter(pk=edition.pk).update(introduction_ar=WORDS, change_note_ar=WORDS)
    home.desk.seal()


def scheduled_release(home: Home) -> None:
    """The next release of a public edition, public in an hour."""
    publish(release=home.desk.seal().public_id, at=timezone.now() + HOUR, by=None)


def stillborn_release(home: Home) -> None:
    """A release that was withdrawn before it was public."""
    withdraw_release(release=home.desk.seal().public_id, reason=WORDS, by=None)


def import_on_the_desk(home: Home) -> None:
    """A file that was sent in, its draft, and a correction of a public text."""
    from archive.actions.start_correction import start_correction

    make_draft(f"# {WORDS}\n\n[{WORDS}](#)\n", by=home.people["archivist"])
    FileArrival.objects.create(stored_file=stored(b"secret", "text/plain"), filename=f"{WORDS}.txt")
    start_correction(text_id=home.text.pk, by=home.people["archivist"])


def person_and_group(home: Home) -> None:
    """An account, and a group that none of the others belongs to."""
    user = make_user("secret@example.org", "scholar", name=WORDS)
    user.groups.add(Group.objects.create(name=WORDS))


#: Who may not know of each.
SECRETS: Mapping[Secret, frozenset[str]] = {
    draft_work: OUTSIDERS,
    embargoed_work: OUTSIDERS,
    restricted_work: OUTSIDERS,
    members_work: ANYBODY,
    hidden_video: OUTSIDERS,
    hidden_collection: OUTSIDERS,
    private_note: OUTSIDERS,
    group_note: OUTSIDERS,
    note_in_review: OUTSIDERS,
    accepted_note: ANYBODY,
    rewritten_note: frozenset({"anonymous", "member"}),
    rewritten_accepted_note: OUTSIDERS,
    proposed_term: ANYBODY,
    planned_edition: OUTSIDERS,
    sealed_release: OUTSIDERS,
    scheduled_release: OUTSIDERS,
    stillborn_release: OUTSIDERS,
    import_on_the_desk: OUTSIDERS,
    person_and_group: OUTSIDERS,
    # The last, since an edition with a hidden picture cannot be sealed.
    hidden_image: OUTSIDERS,
}


def secrets_from(viewer: str) -> list[Secret]:
    """Return those that this viewer may not know of."""
    return [secret for secret, outsiders in SECRETS.items() if viewer in outsiders]


def make(secret: Secret, home: Home) -> None:
    """Put a secret into the world, by people whose groups are read anew, into an edition as it stands."""
    for name, user in home.people.items():
        home.people[name] = User.objects.get(pk=user.pk)
    edition = home.desk.edition
    edition.refresh_from_db()
    secret(home)
    home.desk.edition = edition
