"""An archive with every field of what packages hold filled in: what goes out of it must come back."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils import timezone

from annotations.actions.withdraw_release import withdraw_release
from annotations.actions.write_annotation import write_annotation
from annotations.enums import Outcome, Relation, Visibility
from annotations.models import Anchor, Annotation, Edition, Release, Term
from annotations.values import Citation, NoteInput, ReferenceInput, RegionPlace
from archive.actions.add_capture import add_capture
from archive.actions.add_image import add_image
from archive.actions.lift_section import lift_section
from archive.actions.make_derivatives import make_derivatives
from archive.actions.open_deposit import open_deposit
from archive.actions.record_agreement import record_agreement
from archive.actions.record_consent import record_consent, settle_consent, withdraw_consent
from archive.actions.withdraw_agreement import withdraw_agreement
from archive.enums import Access, ItemState
from archive.models import Capture, Collection, DepositAgreement, DepositItem, Figure, Text, User, Work
from archive.presenters.described_values import BILINGUAL
from tests.factories_archive import png, send
from tests.factories_editions import RIGHTS, Desk, make_desk
from tests.factories_films import COPY, MP4, make_captions
from tests.factories_notes import decide_note, make_note, submit_note
from tests.factories_packages import Shelf, make_notes, make_shelf
from tests.factories_sections import keep

DAY = datetime.date(2024, 3, 1)


@dataclass
class Everything:
    """A collection with all of it."""

    shelf: Shelf
    desk: Desk
    withdrawn: Release
    public: Release
    sealed: Release

    @property
    def root(self) -> Collection:
        """The collection around it."""
        return self.shelf.outer


def make_everything(people: dict[str, User]) -> Everything:
    """Return it, made by the actions wherever there is one."""
    by = people["archivist"]
    shelf = make_shelf(by)
    make_notes(shelf, people)
    # What a note leads to stands here too: elsewhere it would be cited by its title.
    Work.objects.filter(slug="elsewhere").update(collection=shelf.outer)
    _grouped(shelf, people)
    desk = _edited(shelf, people)
    _filmed(shelf, by)
    _given(shelf, by)
    section = keep(
        shelf.text, "حجر", by=by, access=Access.RESTRICTED, groups=[shelf.group], sentence_ar="يُنتظر", sentence_en="Later",
        embargo_until=timezone.now() + datetime.timedelta(days=9),
    )  # fmt: skip
    lift_section(section_id=section.pk, version=section.version, reason="انتهى", by=by)
    withdrawn = desk.release()
    withdraw_release(release=withdrawn.public_id, reason="خطأ في القراءة", by=None)
    _plan_further(desk, people)
    public = desk.release()
    sealed = desk.seal()
    _fill_in(shelf, desk)
    return Everything(shelf, desk, withdrawn, public, sealed)


def _fill_in(shelf: Shelf, desk: Desk) -> None:
    """Let no column be empty: what is empty comes back by chance."""
    words = {f"{name}_{code}": f"{name} {code}" for name in BILINGUAL for code in ("ar", "en")}
    shared = {
        **words, "creators": [{"name": "نادية", "role": "author"}], "date_edtf": "2016", "identifiers": [{"value": "1"}],
        "places": [{"name": "حلب", "role": "made"}], "details": [{"term": "publisher", "value": "دار"}],
        "rights_uri": "https://creativecommons.org/licenses/by/4.0/", "embargo_until": timezone.now() + datetime.timedelta(days=9),
    }  # fmt: skip
    Work.objects.filter(pk=shelf.work.pk).update(access=Access.RESTRICTED)
    for item in (shelf.work, shelf.inner, shelf.image, shelf.video):
        own = {} if isinstance(item, Collection) else {"warnings": ["violence"]}
        type(item).objects.filter(pk=item.pk).update(**shared, **own)
        item.groups.add(shelf.group)
    Term.objects.update(
        description_ar="وصف", description_en="Described", scope_note_ar="للنهر", scope_note_en="Of the river", notation="7.1",
        matches=[{"relation": "close", "url": "https://example.org/7"}],
    )  # fmt: skip
    Text.objects.filter(pk=shelf.text.pk).update(image=shelf.image)
    Edition.objects.filter(pk=desk.edition.pk).update(
        change_note_ar="زيدت حاشية", change_note_en="One more", cover=desk.image
    )
    anchor = Anchor.objects.filter(locus__text=shelf.text).latest("pk")
    Anchor.objects.create(
        locus=anchor.locus, revision=anchor.revision, attempt=2, start=0, end=2, exact=anchor.revision.content[:2],
        status="uncertain", score=0.5, candidates=[[0, 2, 0.5]], method="carried",
    )  # fmt: skip


def _grouped(shelf: Shelf, people: dict[str, User]) -> None:
    """Let a note be for a group alone."""
    for user in people.values():
        user.groups.add(shelf.group)
    Work.objects.filter(pk=shelf.work.pk).update(access=Access.MEMBERS, embargo_until=None)
    scholar = User.objects.get(pk=people["scholar"].pk)  # An account at hand remembers its groups.
    make_note(
        shelf.text,
        "الماء",
        by=scholar,
        body="لنا",
        visibility=Visibility.GROUP,
        group=shelf.group.public_id,
    )


def _edited(shelf: Shelf, people: dict[str, User]) -> Desk:
    """Return an edition whose picture is one: copies of it are made."""
    desk = make_desk(people)
    image = add_image(
        arrival=send(png(30, 20), filename="mill.png", by=people["archivist"]), by=people["archivist"],
        values={"title_ar": "الطاحونة", "alternative_ar": "رحى", "access": Access.PUBLIC, "collection": shelf.outer, "rights_uri": RIGHTS},
    )  # fmt: skip
    desk.image = make_derivatives(image_id=image.pk)
    Figure.objects.filter(text=desk.text, key="f1").update(image=desk.image)
    Work.objects.filter(pk=desk.work.pk).update(collection=shelf.outer, access=Access.PUBLIC)
    desk.work.refresh_from_db()
    return desk


def _plan_further(desk: Desk, people: dict[str, User]) -> None:
    """Change a note, return another, and leave one out of the edition by hand."""
    book = ReferenceInput(
        Relation.CITES, Citation(title="كتاب السدود"), "انظر", is_inverse=True, note_language="ar"
    )
    returned = make_note(desk.text, "الدفتر القديم", by=people["scholar"], body="لعله", references=(book,))
    submit_note(returned, message="انظروا فيها")
    decide_note(
        returned, Outcome.RETURN, by=people["reviewer"], reason="أين المصدر؟", suggestion="لعلّه دفتر السدود."
    )
    edition: Edition = desk.edition
    edition.refresh_from_db()
    edition.excluded.add(returned)
    edition.picked.add(_picked(desk, people))
    edition.change_note_ar, edition.change_note_en = "زيدت حاشية", "One more"
    edition.rule = {"categories": ["dispute", "group", "note"], "languages": [], "tags": []}
    edition.required_approvals, edition.independent_review = 1, True
    edition.credits = [
        *edition.credits,
        {"name": "عمر", "role": "", "roles": ["software", "validation"], "orcid": "0000-0002-1825-0097"},
    ]
    edition.save()


def _picked(desk: Desk, people: dict[str, User]) -> Annotation:
    """Return a note on the picture that was returned since it was picked: it is in the plan, and in no release."""
    part = RegionPlace(desk.image.public_id, "rect", [(1, 2), (9, 10)])
    note = write_annotation(place=part, note=NoteInput(body="في الصورة"), by=people["scholar"]).annotation
    submit_note(note)
    decide_note(note, Outcome.RETURN, by=people["reviewer"], reason="أيّ عجلة؟")
    return note


def _filmed(shelf: Shelf, by: User) -> None:
    values = {
        "captured_at": timezone.now(), "note": "n", "access": "restricted", "groups": [shelf.group], "tool": "yt-dlp",
        "captured_by": "هند",
    }  # fmt: skip
    add_capture(video=shelf.video, arrival=send(MP4, filename="a.mp4", by=by), values=values, by=by)
    add_capture(video=shelf.video, url=COPY, by=by)
    words = make_captions(video=shelf.video, by=by).text
    Work.objects.filter(pk=words.work_id).update(collection=shelf.outer)


def _given(shelf: Shelf, by: User) -> None:
    """Let the picture have come with a deposit, under an agreement, and one who speaks in the work have agreed."""
    deposit = open_deposit(note="صندوق", by=by)
    deposit.collection = shelf.inner
    deposit.save()
    arrival = shelf.image.arrival
    DepositItem.objects.create(
        deposit=deposit, key="k1", filename="رسم.png", path="box/رسم.png", size=arrival.stored_file.size,
        offset=arrival.stored_file.size, state=ItemState.KEPT, arrival=arrival, image=shelf.image,
        told_sha256=arrival.stored_file.sha256,
    )  # fmt: skip
    copy = Capture.objects.filter(video=shelf.video, arrival__isnull=False).earliest("pk").arrival
    DepositItem.objects.create(
        deposit=deposit, key="k2", filename="a.mp4", path="box/a.mp4", size=copy.stored_file.size,
        offset=copy.stored_file.size, state=ItemState.KEPT, arrival=copy, video=shelf.video,
    )  # fmt: skip
    paper = send(b"%PDF-1.4 signed", filename="signed.pdf", by=by)
    record_agreement(deposit=deposit, giver="نوال", signed_on=DAY, terms="للقراءة فقط", by=by)
    record_agreement(deposit=deposit, giver="نوال وهند", signed_on=DAY, arrival=paper, by=by)
    withdraw_agreement(agreement=DepositAgreement.objects.earliest("pk"), reason="كُتب خطأ", by=by)
    consent = record_consent(
        work=shelf.work, person="س", purposes=["archive"], given_on=DAY, until=timezone.localdate(), note="شرط", by=by
    )  # fmt: skip
    withdraw_consent(consent=consent, note="رجعت عنه", by=by)
    settle_consent(consent=consent, by=by)
