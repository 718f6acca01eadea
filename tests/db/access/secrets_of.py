"""Things that not everybody may see, each made by itself into an otherwise equal world."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from annotations.actions.carry_over import preview_carry_over
from annotations.actions.compose_edition import compose_edition
from annotations.actions.promise_carry_over import promise_preview
from annotations.actions.publish import publish
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.save_draft import save_draft
from annotations.actions.say_reply import say_reply
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.withdraw_release import withdraw_release
from annotations.actions.write_annotation import write_annotation
from annotations.enums import (
    AnchorStatus,
    AnnotationStatus,
    Outcome,
    Relation,
    SuggestionKind,
    Visibility,
)
from annotations.models import (
    Anchor,
    Annotation,
    AuthorityFile,
    AuthorityName,
    AuthorityRecord,
    Dismissal,
    EditionPart,
    NoteImport,
    NoteImportRow,
    Reply,
    ReplyVersion,
    Submission,
    SubmissionItem,
    TalkTurn,
    Term,
    VocabularyRow,
    VocabularyStep,
)
from annotations.values import (
    NoteInput,
    NoteTarget,
    ReferenceInput,
    RegionPlace,
    TextPlace,
    TimePlace,
    WebPlace,
)
from archive.actions.align_texts import align_texts
from archive.actions.ask_receipt import ask_receipt
from archive.actions.correct_alignment import correct_alignment
from archive.actions.edit_draft import edit_draft
from archive.actions.invite import invite
from archive.actions.make_token import make_token
from archive.actions.notify import notify
from archive.actions.open_deposit import open_deposit
from archive.actions.parse_import import parse_import
from archive.actions.place_part import place_part
from archive.actions.print_receipt import print_receipt
from archive.actions.rebuild_search import rebuild_search
from archive.actions.record_agreement import record_agreement
from archive.actions.record_consent import record_consent, withdraw_consent
from archive.actions.record_event import record_event
from archive.actions.start_correction import start_correction
from archive.actions.take_down import take_down
from archive.actions.undo_deposit import undo_deposit
from archive.enums import FILM, RECORDING, Access, JobState, TextRole
from archive.models import (
    BulkRow,
    BulkStep,
    Capture,
    CleanCopy,
    Collection,
    DepositItem,
    Derivative,
    DescriptionChange,
    Figure,
    FileArrival,
    FreshPdf,
    Group,
    GroupInvitation,
    Image,
    ImageTiles,
    Job,
    Page,
    PageWords,
    Redaction,
    Text,
    TextDraft,
    Transcript,
    User,
    Video,
    VideoCheck,
    Work,
)
from archive.text.folding import fold_key
from tests.db.access.surfaces import SECRET_WORD, SHARED_WORD
from tests.factories import make_user
from tests.factories_archive import make_draft, send
from tests.factories_editions import (
    Desk,
    add_wording,
    make_image,
    make_term,
    make_work,
    place_notes,
    plan,
    stored,
)
from tests.factories_films import COPY, MP4
from tests.factories_notes import (
    add_revision,
    decide_note,
    make_accepted,
    make_note,
    make_placed,
    place_of,
    submit_note,
)

HOUR = datetime.timedelta(hours=1)
WORDS = f"{SHARED_WORD} {SECRET_WORD}"
ANYBODY = frozenset({"anonymous"})
OUTSIDERS = frozenset({"anonymous", "member", "scholar"})
STAFF = frozenset({"reviewer", "editor", "archivist", "administrator"})
#: All but the author, who is none of these: whose secret it is.
ALL = OUTSIDERS | STAFF
NOT_KEEPERS = OUTSIDERS | {"reviewer"}
NOT_REVIEWING = OUTSIDERS | {"archivist"}
NOT_EDITING = OUTSIDERS | {"reviewer", "archivist"}
NOT_ARCHIVISTS = OUTSIDERS | {"reviewer", "editor"}
NOT_ADMINISTRATORS = ALL - {"administrator"}

Secret = Callable[["Home"], None]


@dataclass
class Home:
    """The world that everybody knows."""

    desk: Desk
    shelf: Collection
    #: A second public text, with accepted notes and notes of the scholar's own.
    text: Text
    people: dict[str, User]
    #: Of the author; the viewers are in none.
    group: Group
    #: A work that its keepers know, and a correction of `text` in which the secrets' passages are gone.
    unfinished: Work
    correction: TextDraft
    notes: dict[str, Any] = field(default_factory=dict)
    submission: Submission | None = None


def make_home(people: dict[str, User], desk: Desk, text: Text) -> Home:
    """Return the common world: two public works on a shelf, a release, notes in every stage, desks in use."""
    people["insider"] = make_user("insider@example.org")
    people["author"] = make_user("author@example.org", "scholar")
    group = Group.objects.create(name="القرّاء")
    people["author"].groups.add(group)
    shelf = Collection.objects.create(
        slug="shelf", title_ar="رفّ الماء", title_en="Shelf", access=Access.PUBLIC
    )
    for item in (desk.work, desk.image, desk.video, text.work):
        type(item).objects.filter(pk=item.pk).update(collection=shelf)
    place_notes(desk)
    desk.release()
    unfinished = Work.objects.create(
        slug="unfinished", title_ar="مسوّدة", access=Access.DRAFT, collection=shelf
    )
    add_revision(Text.objects.create(work=unfinished, language="ar", direction="rtl"), "مسوّدة\nبيت من حجر.")
    add_revision(
        Text.objects.create(work=text.work, language="en", direction="ltr", order=1, translation_of=text),
        "Bridges\nA bridge of white stone.",
    )
    home = Home(desk, shelf, text, people, group, unfinished, _correction(text, people["archivist"]))
    by = {"author": people["author"], "reviewer": people["reviewer"]}
    home.notes["accepted"] = make_accepted(text, "حجر أبيض", body=f"{SHARED_WORD} حجر", **by)
    home.notes["own"] = make_note(text, "السوق", by=people["scholar"], body=f"{SHARED_WORD} سوق")
    submit_note(make_note(text, "من خشب", by=people["scholar"], body="خشب"))
    home.submission = submit_note(make_note(text, "الضفة", by=people["author"], body="ضفّة"))
    home.notes["doubtful"] = make_accepted(text, "زمنًا", body="زمن", **by)
    _lose(home.notes["doubtful"])
    return home


def _correction(text: Text, archivist: User) -> TextDraft:
    draft = start_correction(text_id=text.pk, by=archivist)
    line = draft.blocks[2]
    words = draft.content[line["start"] : line["end"]].replace("القادمون", "غيرهم")
    edit_draft(draft_id=draft.pk, operation="edit", block=2, text=words, version=draft.version, by=archivist)
    promise_preview(draft_id=draft.pk, by=archivist)
    draft.refresh_from_db()
    return draft


def settle(home: Home) -> None:
    """Do what the background does with secrets: index them, and see what a correction would do to the notes."""
    rebuild_search()
    draft = home.correction
    result = preview_carry_over(draft_id=draft.pk)
    Job.objects.filter(pk=draft.preview_job_id).update(state=JobState.DONE, progress=100, result=result)


def _lose(note: Annotation) -> None:
    """Let a note's place be in doubt, as after a carrying-over."""
    anchor = Anchor.objects.get(locus__versions__annotation=note)
    fields = {field.attname: getattr(anchor, field.attname) for field in Anchor._meta.concrete_fields[1:]}
    Anchor.objects.create(**fields | {"attempt": 2, "status": AnchorStatus.UNCERTAIN, "score": 0.5})


def hidden_work(home: Home, slug: str, **fields: Any) -> Work:
    """Make a work that is not public, with a text, a figure and notes in every stage."""
    work = Work.objects.create(
        slug=slug, title_ar=WORDS, title_en=WORDS, collection=home.shelf, **{"access": Access.DRAFT, **fields}
    )
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_revision(text, f"{WORDS}\nبيت من حجر أبيض قرب {WORDS}.")
    Figure.objects.create(text=text, key="hidden-figure")
    translation = Text.objects.create(work=work, language="en", direction="ltr", order=1, translation_of=text)
    add_revision(translation, f"{WORDS}\nA house of white stone, near {WORDS}.")
    made = align_texts(text_id=translation.pk, by=None)
    assert made is not None
    correct_alignment(text_id=translation.pk, read=made.public_id, act="approve", by=home.people["archivist"])
    editor = home.people["editor"]
    Dismissal.objects.create(
        text=text, kind=SuggestionKind.NAME, words=SECRET_WORD, proposed="2016", by=editor
    )
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
    secret_pdf = stored(b"%PDF-" + SECRET_WORD.encode(), "application/pdf")
    FreshPdf.objects.create(image=image, pixels=0, stored_file=secret_pdf)
    PageWords.objects.create(image=image, pixels=0, page=1, lines=[[[1, 2, 3, 4, SECRET_WORD]]])
    Figure.objects.filter(text=home.desk.text, key="f2").update(image=image)
    Work.objects.filter(pk=home.text.work_id).update(cover=image)


def behind_covered_parts(home: Home) -> None:
    """Pixels of an image that is shown with parts covered: what it was before, where, and why it was changed."""
    image = home.desk.image
    areas = [{"page": 1, "x": 1, "y": 2, "width": 3, "height": 4}]
    Redaction.objects.create(image=image, pixels=9, areas=areas, because={"ar": WORDS, "en": WORDS})
    copy, tiles = image.derivatives.first(), image.tiles.first()
    bytes_of = stored(SECRET_WORD.encode(), "image/webp")
    for name in (copy.name, "hidden"):
        Derivative.objects.create(
            image=image, pixels=9, name=name, media_type="image/webp", width=5, height=7, stored_file=bytes_of
        )
    FreshPdf.objects.create(image=image, pixels=9, stored_file=bytes_of)
    for page in (1, 2):
        PageWords.objects.create(image=image, pixels=9, page=page, lines=[[[1, 2, 3, 4, SECRET_WORD]]])
        ImageTiles.objects.create(
            image=image, pixels=9, page=page, width=5, height=7, stored_file=tiles.stored_file
        )
    record_event(
        "image.covered", target=image, words=WORDS, by=home.people["archivist"], pixels=9, areas=areas
    )


def hidden_video(home: Home) -> None:
    """A video that is not public."""
    video = Video.objects.create(
        provider="youtube", external_id="zzzzzzzzzzz", url="https://www.youtube.com/watch?v=zzzzzzzzzzz",
        access=Access.DRAFT, title_ar=WORDS, collection=home.shelf, last_outcome="gone", state="gone",
    )  # fmt: skip
    VideoCheck.objects.create(video=video, outcome="gone", title=WORDS)


def hidden_recording(home: Home) -> None:
    """A recording that is not public, with its sound."""
    archivist = home.people["archivist"]
    recording = Video.objects.create(
        provider=RECORDING, external_id="secret", access=Access.DRAFT, state="archived", title_ar=WORDS,
        collection=home.shelf,
    )  # fmt: skip
    arrival = send(b"ID3" + SECRET_WORD.encode(), filename=f"{SECRET_WORD}.mp3", by=archivist)
    capture = Capture.objects.create(
        video=recording, kind="file", arrival=arrival, media_type="audio/mpeg", created_by=archivist
    )
    CleanCopy.objects.create(
        capture=capture, stored_file=arrival.stored_file, media_type="audio/mpeg", duration=1
    )


def hidden_film(home: Home) -> None:
    """A film that the archive itself keeps and that is not public, with its copy."""
    archivist = home.people["archivist"]
    film = Video.objects.create(
        provider=FILM,
        external_id="secret",
        access=Access.DRAFT,
        state="archived",
        title_ar=WORDS,
        collection=home.shelf,
    )
    arrival = send(MP4 + SECRET_WORD.encode(), filename=f"{SECRET_WORD}.mp4", by=archivist)
    capture = Capture.objects.create(
        video=film, kind="file", arrival=arrival, media_type="video/mp4", created_by=archivist,
        embedded_metadata={"described": {"title_ar": WORDS}},
    )  # fmt: skip
    CleanCopy.objects.create(
        capture=capture, stored_file=arrival.stored_file, media_type="video/mp4", duration=1
    )


def hidden_captures(home: Home) -> None:
    """Captures of a public film that is gone, which are not for everybody: a film to be played, and an address."""
    archivist = home.people["archivist"]
    by = {"created_by": archivist, "access": "draft", "note": WORDS}
    arrival = send(MP4 + SECRET_WORD.encode(), filename=f"{SECRET_WORD}.mp4", by=archivist)
    Capture.objects.create(
        video=home.desk.video, kind="file", arrival=arrival, media_type="video/mp4", captured_by=WORDS, **by
    )
    Capture.objects.create(video=home.desk.video, kind="address", url=COPY, **by)


def hidden_transcripts(home: Home) -> None:
    """A text that is not public, of a public film, and a film that is not, of a public text."""
    work = hidden_work(home, "hidden-words", access=Access.RESTRICTED)
    hidden = Video.objects.create(
        provider="youtube", external_id="xxxxxxxxxxx", url="https://www.youtube.com/watch?v=xxxxxxxxxxx",
        access=Access.DRAFT, title_ar=WORDS,
    )  # fmt: skip
    for video, text in ((home.desk.video, work.texts.earliest("pk")), (hidden, home.text)):
        Transcript.objects.create(video=video, text=text, kind="transcript")


def hidden_collection(home: Home) -> None:
    """A collection that is not public, within a public one, and around one that would be public by itself."""
    hidden = Collection.objects.create(slug="secret", title_ar=WORDS, parent=home.shelf, access=Access.DRAFT)
    Collection.objects.create(slug="deep", title_ar=WORDS, parent=hidden, access=Access.PUBLIC)
    loose = Work.objects.get(pk=home.text.work_id)
    assert loose.collection_id == home.shelf.pk


def hidden_work_taken_down(home: Home) -> None:
    """Works that the public never saw, taken down: no tombstone tells that they were ever there."""
    archivist = home.people["archivist"]
    shelf = Collection.objects.create(slug="gone", title_ar=WORDS, access=Access.MEMBERS)
    for number, access in enumerate((Access.DRAFT, Access.MEMBERS)):
        work = Work.objects.create(slug=f"gone-{number}", title_ar=WORDS, access=access, collection=shelf)
        take_down(
            work,
            reason="safety",
            sentence_ar=WORDS,
            sentence_en=WORDS,
            note=WORDS,
            shows_title=True,
            by=archivist,
        )
    take_down(shelf, reason="court", note=WORDS, shows_title=True, by=archivist)


def consent_of_somebody(home: Home) -> None:
    """What people agreed to, in public works; one of them withdrew it."""
    archivist = home.people["archivist"]
    for work in (home.desk.work, Work.objects.get(pk=home.text.work_id)):
        asked = {"work": work, "person": WORDS, "note": WORDS, "purposes": ["archive", "publication"]}
        consent = record_consent(**asked, given_on=datetime.date(2026, 1, 1), by=archivist)
        withdraw_consent(consent=consent, note=WORDS, by=archivist)


def work_for_named_people(home: Home) -> None:
    """A restricted work for which somebody is named, and a public one on a shelf that is closed to all others."""
    named = home.people["insider"]
    work = Work.objects.create(
        slug="for-one", title_ar=WORDS, access=Access.RESTRICTED, collection=home.shelf
    )
    closed = Collection.objects.create(
        slug="closed", title_ar=WORDS, access=Access.RESTRICTED, parent=home.shelf
    )
    Work.objects.create(slug="in-closed", title_ar=WORDS, access=Access.PUBLIC, collection=closed)
    for item in (work, closed):
        item.readers.add(named)


def _by_author(home: Home) -> dict[str, Any]:
    return {"by": home.people["author"], "body": WORDS, "tags": (home.desk.terms["mill"].public_id,)}


def private_note(home: Home) -> None:
    """A note that its author keeps, a draft, and one that was taken back, and one on another site; each pointing at a released note."""
    pointing = ReferenceInput(Relation.CITES, NoteTarget(home.desk.notes["masons"].public_id))
    for text, words in ((home.text, "القادمون"), (home.desk.text, "النهر")):
        common = {**_by_author(home), "references": (pointing,)}
        make_note(text, words, visibility=Visibility.PRIVATE, **common)
        make_note(text, words, **common)
        taken_back = make_note(text, words, **common)
        assert taken_back.newest_version is not None
        withdraw_annotation(
            annotation=taken_back.public_id,
            version_id=taken_back.newest_version.public_id,
            by=taken_back.author,
        )
    elsewhere = NoteInput(body=WORDS, visibility=Visibility.PRIVATE, references=(pointing,))
    write_annotation(place=WebPlace("https://elsewhere.example/"), note=elsewhere, by=home.people["author"])


def group_note(home: Home) -> None:
    """Notes for a group of which no viewer is."""
    group = {"visibility": Visibility.GROUP, "group": home.group.public_id}
    make_note(home.text, "القادمون", **group, **_by_author(home))
    make_note(home.desk.text, "النهر", **group, **_by_author(home))


def typed_words(home: Home) -> None:
    """What somebody is typing, what they are told, their tokens."""
    author = home.people["author"]
    save_draft(key=WORDS, data={"body": WORDS}, text=home.text.public_id, by=author)
    notify("notes_decided", user=author, url=f"/ar/{SECRET_WORD}", accepted=1, returned=0, declined=0)
    make_token(days=9, by=author)


def note_where_few_look(home: Home) -> None:
    """Notes on a work that its keepers know: handed in, returned and declined."""
    text = home.unfinished.texts.get()
    for outcome in (None, Outcome.RETURN, Outcome.DECLINE):
        note = make_note(
            text, "بيت", by=home.people["editor"], body=WORDS, tags=(home.desk.terms["mill"].public_id,)
        )
        submit_note(note, message=WORDS)
        if outcome:
            decide_note(
                note, outcome, by=home.people["administrator"], reason=WORDS, suggestion=_wording(outcome)
            )


def _wording(outcome: Outcome) -> str | None:
    """Return what is suggested with an outcome."""
    return f"{WORDS}. {WORDS}." if outcome == Outcome.RETURN else None


def handed_in_besides(home: Home) -> None:
    """A note on such a work, handed in together with one on a public text."""
    text = home.unfinished.texts.get()
    note = make_note(text, "حجر", by=home.people["editor"], body=WORDS)
    Annotation.objects.filter(pk=note.pk).update(
        status=AnnotationStatus.SUBMITTED, author=home.people["author"]
    )
    SubmissionItem.objects.create(submission=home.submission, version=note.newest_version)


def note_in_review(home: Home) -> None:
    """Notes that were handed in, returned and declined."""
    for outcome in (None, Outcome.RETURN, Outcome.DECLINE):
        note = make_note(home.text, "القادمون", **_by_author(home))
        submit_note(note, message=WORDS)
        if outcome:
            decide_note(note, outcome, by=home.people["reviewer"], reason=WORDS, suggestion=_wording(outcome))


def accepted_note(home: Home) -> None:
    """A note that was accepted and is in no release."""
    pointing = ReferenceInput(Relation.CITES, NoteTarget(home.desk.notes["masons"].public_id))
    common = {"author": home.people["author"], "reviewer": home.people["reviewer"], "body": WORDS}
    make_accepted(home.desk.text, "النهر", references=(pointing,), **common)
    make_accepted(home.text, "القادمون", tags=(home.desk.terms["mill"].public_id,), **common)
    for place in _places_of(home.desk):
        make_placed(place, tags=(home.desk.terms["mill"].public_id,), references=(pointing,), **common)


def _places_of(desk: Desk) -> list[RegionPlace | TimePlace]:
    return [
        RegionPlace(desk.image.public_id, "ellipse", [(300, 300), (80, 60)]),
        TimePlace(desk.video.public_id, 5, 9),
    ]


def released_with_a_hidden_work(home: Home) -> None:
    """Notes on a public picture and a public film, in the release of a work that was public then and is not now."""
    by = {"author": home.people["author"], "reviewer": home.people["reviewer"]}
    work = make_work("closed", title_ar=WORDS, title_en=WORDS, collection=home.shelf)
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_wording(text)
    words = {"ar": WORDS, "en": WORDS}
    edition = compose_edition(
        text=text.public_id, plan=plan(slug="closed", title=words), by=home.people["editor"]
    )
    tags = (home.desk.terms["mill"].public_id,)
    notes = [make_placed(place, body=WORDS, tags=tags, **by) for place in _places_of(home.desk)]
    edition.picked.set(notes)
    home.desk.edition = edition
    home.desk.release()
    work.access = Access.DRAFT
    work.save()


def parts_released_with_a_hidden_work(home: Home) -> None:
    """A release of two texts with a cover and notes in both, of a work that was public then and is not now."""
    by = {"author": home.people["author"], "reviewer": home.people["reviewer"]}
    work = make_work("chapters", title_ar=WORDS, title_en=WORDS)
    texts = [
        Text.objects.create(work=work, language="ar", direction="rtl", order=order, title_ar=WORDS)
        for order in (1, 2)
    ]
    for text in texts:
        add_wording(text)
        make_accepted(text, "طاحون", body=WORDS, **by)
    ids = [text.public_id for text in texts]
    words = {"ar": WORDS, "en": WORDS}
    home.desk.edition = compose_edition(
        text=ids[0], plan=plan(slug="chapters", title=words, parts=ids), by=home.people["editor"]
    )
    cover = Image.objects.filter(figures__text=home.desk.text).first()
    type(home.desk.edition).objects.filter(pk=home.desk.edition.pk).update(cover=cover)
    home.desk.release()
    work.access = Access.DRAFT
    work.save()


def rewritten_note(home: Home) -> None:
    """A released note that its author, the scholar, is writing anew, with another tag."""
    _rewrite(home, home.desk.notes["bridge"])


def rewritten_accepted_note(home: Home) -> None:
    """Accepted notes that somebody else than the scholar is writing anew, elsewhere; one's place was in doubt."""
    _rewrite(home, home.notes["accepted"], place_of(home.text, "القادمون"))
    _rewrite(home, home.notes["doubtful"], place_of(home.text, "القادمون"))


def _rewrite(home: Home, note: Annotation, place: TextPlace | None = None) -> None:
    note.refresh_from_db()
    assert note.newest_version is not None
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=note.author, place=place,
        note=NoteInput(body=WORDS, language="ar", tags=(home.desk.terms["masons"].public_id,)),
    )  # fmt: skip


def proposed_term(home: Home) -> None:
    """A term that nobody has established."""
    make_term("secret-term", WORDS, WORDS, latitude=1.0, longitude=2.0, broader=home.desk.terms["mill"])
    established = Term.objects.get(pk=home.desk.terms["mill"].pk)
    assert established.status == "established"


def import_of_terms(home: Home) -> None:
    """A list of terms that somebody looked at, and has not taken in."""
    step = VocabularyStep.objects.create(
        act="import", state="previewed", asked={"filename": f"{WORDS}.ttl", "format": "turtle", "kind": "place", "establish": False},
        created_by=home.people["reviewer"],
    )  # fmt: skip
    values = {"kind": "place", "label_ar": WORDS, "broader": home.desk.terms["mill"].public_id}
    VocabularyRow.objects.create(step=step, place=1, aspect="term", label=WORDS, after=values, outcome="new")


def file_of_notes(home: Home) -> None:
    """A file of notes that somebody sent in for a text that all read, and has not brought in."""
    step = NoteImport.objects.create(
        text=home.desk.text,
        state="previewed",
        asked={"filename": f"{WORDS}.json"},
        created_by=home.people["insider"],
    )
    NoteImportRow.objects.create(
        step=step,
        place=1,
        digest="0" * 64,
        told={"body": WORDS, "exact": WORDS},
        outcome="out",
        how="none",
        text=home.desk.text.public_id,
    )


def closed_authority_file(home: Home) -> None:
    """A list of names that keepers of the vocabulary have for themselves."""
    file = AuthorityFile.objects.create(
        name=WORDS, is_open=False, count=1, created_by=home.people["reviewer"]
    )
    record = AuthorityRecord.objects.create(file=file, identifier="Q1", name=WORDS)
    AuthorityName.objects.create(record=record, file=file, name=WORDS, folded=fold_key(WORDS))


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
    """Files that were sent in, a draft, and a correction of a public text."""
    archivist = home.people["archivist"]
    make_draft(f"# {WORDS}\n\n[{WORDS}](#)\n", by=archivist)
    FileArrival.objects.create(stored_file=stored(b"secret", "text/plain"), filename=f"{WORDS}.txt")
    start_correction(text_id=home.desk.text.pk, by=archivist)
    deposit = open_deposit(note=WORDS, by=archivist)
    DepositItem.objects.create(deposit=deposit, key="k", filename=f"{WORDS}.png", size=9)


def papers_of_a_deposit(home: Home) -> None:
    """Who gave what, under which terms, a receipt made for the archivist, and a deposit that was undone."""
    archivist = home.people["archivist"]
    deposit = open_deposit(note=WORDS, by=archivist)
    DepositItem.objects.create(deposit=deposit, key="k", filename=f"{WORDS}.png", size=9)
    record_agreement(
        deposit=deposit, giver=WORDS, signed_on=datetime.date(2020, 1, 1), terms=WORDS, by=archivist
    )
    print_receipt(receipt_id=ask_receipt(deposit=deposit, language="ar", by=archivist).pk)
    undo_deposit(deposit_id=deposit.pk, by=archivist)


def part_under_way(home: Home) -> None:
    """A file that is to be a part of a public work."""
    by = home.people["archivist"]
    run = place_part(
        arrival=send(f"# {WORDS}\n\n{WORDS}\n", filename=f"{WORDS}.md", by=by), work=home.text.work, language="ar",
        role=TextRole.VOLUME, by=by,
    )  # fmt: skip
    parse_import(run_id=run.pk)


def pairs_not_approved(home: Home) -> None:
    """The pairing of a public translation with its original, which nobody has approved."""
    by = home.people["archivist"]
    translation = home.text.translations.get()
    assert align_texts(text_id=translation.pk, by=by) is not None


def package_to_fetch(home: Home) -> None:
    """A package of a public work, made for the archivist."""
    from archive.actions.ask_take_out import ask_take_out
    from archive.actions.build_take_out import build_take_out

    asked = ask_take_out(item=home.desk.work, layout="csv", by=home.people["archivist"])
    build_take_out(take_out_id=asked.pk)


def personal_data_to_fetch(home: Home) -> None:
    """A package of somebody's own data, and that they want to be forgotten."""
    from archive.actions.ask_personal_export import ask_personal_export
    from archive.actions.build_personal_export import build_personal_export

    asked = ask_personal_export(account_id=home.people["author"].pk, by=home.people["author"])
    build_personal_export(export_id=asked.pk)


def package_that_came(home: Home) -> None:
    """A package that an archivist looks at before it is brought in."""
    from archive.actions.ask_bring_in import ask_bring_in
    from archive.models import FileArrival

    package = ask_bring_in(arrival=FileArrival.objects.order_by("pk")[0], by=home.people["archivist"])
    row = {"kind": "work", "id": "2" * 16, "title": {"ar": WORDS, "en": WORDS}, "here": False, "obstacle": ""}
    package.preview = {"counts": {"work": [1, 0]}, "items": [row], "obstacles": []}
    package.save()


def asked_by_somebody(home: Home) -> None:
    """What a person outside asked of the archive, with their name."""
    from archive.actions.send_request import send_request
    from archive.enums import RequestKind, RequestRelation

    send_request(
        kind=RequestKind.REMOVAL, relation=RequestRelation.NAMED, about=WORDS, words=WORDS, name=WORDS,
        email="secret@example.org", language="ar",
    )  # fmt: skip


def words_of_before(home: Home) -> None:
    """What the description of a public work said before somebody changed it."""
    DescriptionChange.objects.create(
        kind="work", item_id=home.desk.work.pk, version=1, was={"title_ar": WORDS}, became={"title_ar": "حجر"},
        created_by=home.people["archivist"],
    )  # fmt: skip


def step_of_many(home: Home) -> None:
    """A change of many descriptions that is only looked at."""
    asked = {"field": "rights_holder_ar", "op": "set", "value": WORDS, "old": ""}
    step = BulkStep.objects.create(kind="work", asked=asked, created_by=home.people["archivist"])
    BulkRow.objects.create(
        step=step,
        place=1,
        item_id=home.desk.work.pk,
        label=WORDS,
        outcome="changes",
        after={"title_ar": WORDS},
    )


def person_and_invitation(home: Home) -> None:
    """An account, an invitation, and work in the background that is theirs."""
    person = make_user("secret@example.org", "scholar", name=WORDS)
    invite(email="guest@example.org", roles=["scholar"], by=home.people["administrator"])
    Job.objects.create(kind=SECRET_WORD, created_by=person, message={"code": SECRET_WORD})


def talk_among_few(home: Home) -> None:
    """What a group said about a note that members see now, and what was said about one that is nobody's but its author's."""
    by, note = home.people["author"], home.notes["accepted"]
    hidden = make_note(home.text, "القادمون", visibility=Visibility.PRIVATE, **_by_author(home))
    say_reply(annotation=hidden.public_id, body=WORDS, by=by)
    among = {"annotation": note, "visibility": Visibility.GROUP, "group": home.group}
    reply = Reply.objects.create(author=by, **among)
    reply.newest_version = ReplyVersion.objects.create(reply=reply, number=1, body=WORDS)
    reply.save()
    TalkTurn.objects.create(state="settled", created_by=by, **among)


def kept_group(home: Home) -> None:
    """A group that a scholar keeps, and whom they invite."""
    group = Group.objects.create(name=f"{WORDS} 2", keeper=home.people["author"])
    group.members.add(home.people["author"])
    GroupInvitation.objects.create(group=group, email="guest@example.org", invited_by=home.people["author"])


def guide_not_shown(home: Home) -> None:
    """A guide that an administrator is writing."""
    Page.objects.create(
        slug="guide-of-secrets", title_ar=WORDS, title_en=WORDS, body_en=WORDS, is_shown=False
    )


def others_group(home: Home) -> None:
    """A group that none of the viewers belongs to, and that an item is for."""
    group = Group.objects.create(name=WORDS)
    home.people["insider"].groups.add(group)
    home.desk.work.groups.add(group)


def plan_of_parts(home: Home) -> None:
    """What the next release of a public edition is to be: a further text, a cover, another order of its notes."""
    edition = home.desk.edition
    EditionPart.objects.create(edition=edition, text=home.text, position=2)
    cover = Image.objects.filter(figures__text=home.desk.text).first()
    type(edition).objects.filter(pk=edition.pk).update(cover=cover, rule=edition.rule | {"order": "kind"})


#: Who may not know of each; what is left out is theirs to know: keepers know the catalogue, reviewers and editors
#: what was handed in, editors the editions, archivists the desk of imports and the groups, administrators accounts
#: and jobs, and how many open drafts a closed account left (`archive/access`, `annotations/access`; the sentences of
#: `test_agreement.py`).
SECRETS: Mapping[Secret, frozenset[str]] = {
    draft_work: NOT_KEEPERS,
    embargoed_work: NOT_KEEPERS,
    restricted_work: NOT_KEEPERS,
    members_work: ANYBODY,
    hidden_video: NOT_KEEPERS,
    hidden_captures: NOT_KEEPERS,
    hidden_recording: NOT_KEEPERS,
    hidden_film: NOT_KEEPERS,
    hidden_transcripts: NOT_KEEPERS,
    hidden_collection: NOT_KEEPERS,
    hidden_work_taken_down: NOT_KEEPERS,
    work_for_named_people: NOT_KEEPERS,
    consent_of_somebody: NOT_ARCHIVISTS,
    behind_covered_parts: NOT_ARCHIVISTS,
    private_note: ALL,
    group_note: ALL,
    typed_words: ALL,
    note_in_review: NOT_REVIEWING,
    note_where_few_look: NOT_EDITING,
    handed_in_besides: NOT_EDITING,
    accepted_note: ANYBODY,
    released_with_a_hidden_work: ANYBODY,
    parts_released_with_a_hidden_work: OUTSIDERS,
    rewritten_note: ALL - {"scholar"},
    rewritten_accepted_note: ALL,
    proposed_term: ANYBODY,
    import_of_terms: OUTSIDERS,
    file_of_notes: ALL,
    closed_authority_file: OUTSIDERS,
    planned_edition: NOT_EDITING,
    sealed_release: NOT_EDITING,
    scheduled_release: NOT_EDITING,
    stillborn_release: NOT_EDITING,
    import_on_the_desk: NOT_ARCHIVISTS,
    papers_of_a_deposit: NOT_ARCHIVISTS,
    part_under_way: NOT_ARCHIVISTS,
    pairs_not_approved: NOT_KEEPERS,
    package_to_fetch: NOT_ARCHIVISTS,
    personal_data_to_fetch: ALL,
    package_that_came: NOT_ARCHIVISTS,
    asked_by_somebody: NOT_ARCHIVISTS,
    words_of_before: NOT_ARCHIVISTS,
    step_of_many: NOT_ARCHIVISTS,
    person_and_invitation: NOT_ADMINISTRATORS,
    others_group: NOT_ARCHIVISTS,
    talk_among_few: ALL,
    kept_group: NOT_ADMINISTRATORS,
    guide_not_shown: NOT_ADMINISTRATORS,
    # The last, since an edition with a text of another work, or with a hidden picture, cannot be sealed.
    plan_of_parts: NOT_EDITING,
    hidden_image: NOT_KEEPERS,
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
