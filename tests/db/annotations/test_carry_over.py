"""When a text is corrected its notes follow: kept, moved, uncertain or lost, and nobody's place is guessed silently."""

from __future__ import annotations

import hashlib

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils.translation import override

from annotations.actions.carry_over import carry_over, preview_carry_over
from annotations.actions.reattach import reattach
from annotations.actions.write_annotation import write_annotation
from annotations.models import Anchor, Annotation
from annotations.values import NoteInput, TextPlace
from archive.actions.edit_draft import edit_draft
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.enums import Access
from archive.errors import Stale
from archive.models import Job, Text, TextDraft, TextRevision, Work
from archive.presenters import carried_words
from archive.signals import revision_accepted, revision_drafted

pytestmark = pytest.mark.django_db

BEFORE = (
    "وصل الماء إلى المدينة في أول الربيع بعد أن رُمّمت القناة كلها.\n"
    "كان الناس ينتظرونه عند باب السوق منذ الفجر، وفي أيديهم الجرار.\n"
    "ثم فُتح القسطل الكبير فجرى الماء صافيًا باردًا.\n"
    "وكتب القاضي في دفتره خبر ذلك اليوم."
)
AFTER = (
    "وصل الماء إلى المدينة في أول الصيف بعد أن رُمّمت القناة كلها.\n"
    "كان الناس ينتظرونه عند باب السوق منذ الفجر، وفي أيديهم الجرار.\n"
    "وكتب القاضي في دفتره خبر ذلك اليوم."
)


def revision(text: Text, number: int, content: str, parent: TextRevision | None = None) -> TextRevision:
    blocks, at = [], 0
    for line in content.split("\n"):
        blocks.append(
            {
                "kind": "paragraph",
                "start": at,
                "end": at + len(line),
                "path": str(len(blocks) + 1),
                "attrs": {},
            }
        )
        at += len(line) + 1
    row = TextRevision.objects.create(
        text=text, number=number, language="ar", direction="rtl", content=content, length=len(content),
        sha256=hashlib.sha256(content.encode()).hexdigest(), blocks=blocks, marks=[], parent=parent,
    )  # fmt: skip
    text.current_revision = row
    text.save()
    return row


@pytest.fixture
def story(people):
    """A text with three notes, by their words: one that stays, one behind an edit, one whose passage goes."""
    work = Work.objects.create(slug="w", title_ar="و", access=Access.PUBLIC)
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    first = revision(text, 1, BEFORE)
    notes = {}
    for words in ("عند باب السوق", "خبر ذلك اليوم", "القسطل الكبير فجرى الماء صافيًا"):
        start = BEFORE.index(words)
        place = TextPlace(text.public_id, 1, start, start + len(words), words)
        notes[words] = write_annotation(
            place=place, note=NoteInput(body="ح"), by=people["scholar"]
        ).annotation
    return text, first, notes


def accept_all(text):
    """Let everybody with an account know these notes."""
    Annotation.objects.filter(text=text).update(status="accepted", accepted_version=F("newest_version"))


def placed(note, number):
    anchors = Anchor.objects.filter(locus=note.newest_version.locus_id, revision__number=number)
    return anchors.order_by("-attempt").first()


def test_every_note_is_kept_or_listed_and_quotes_what_stands_there(story, people):
    text, first, notes = story
    accept_all(text)
    second = revision(text, 2, AFTER, first)

    counts = carry_over(revision_id=second.pk, by=people["archivist"])

    kept, behind, gone = (placed(note, 2) for note in notes.values())
    assert (kept.status, behind.status) == ("exact", "exact")
    assert AFTER[kept.start : kept.end] == "عند باب السوق"
    assert AFTER[behind.start : behind.end] == "خبر ذلك اليوم"
    assert gone.status in ("lost", "uncertain")
    assert gone.exact
    assert sum(counts.values()) == 3
    assert people["scholar"].notices.filter(code="notes_lost_place").count() == 1


def test_archivist_is_not_told_of_what_only_authors_know(story, people):
    text, first, notes = story
    second = revision(text, 2, AFTER, first)
    draft = TextDraft.objects.create(
        text=text,
        base=first,
        language="ar",
        direction="rtl",
        content=AFTER,
        blocks=[],
        marks=[],
        sha256="0" * 64,
    )

    preview = preview_carry_over(draft_id=draft.pk)
    counts = carry_over(revision_id=second.pk, by=people["archivist"])

    assert preview["items"] == []
    assert sum(preview[name] for name in ("kept", "moved", "uncertain", "lost")) == 0
    assert sum(counts.values()) == 0
    assert all(placed(note, 2) for note in notes.values())
    assert people["scholar"].notices.filter(code="notes_lost_place").count() == 1


def test_running_it_again_changes_nothing(story, people):
    text, first, _notes = story
    second = revision(text, 2, AFTER, first)
    carry_over(revision_id=second.pk, by=None)
    before = list(Anchor.objects.values_list("pk", flat=True))

    carry_over(revision_id=second.pk, by=None)

    assert list(Anchor.objects.values_list("pk", flat=True)) == before
    assert people["scholar"].notices.filter(code="notes_lost_place").count() == 1


def test_what_was_uncertain_never_becomes_certain_by_itself(story):
    text, first, notes = story
    note = next(iter(notes.values()))
    second = revision(text, 2, AFTER, first)
    start = AFTER.index("عند باب السوق")
    Anchor.objects.create(
        locus=note.newest_version.locus, revision=second, start=start, end=start + 13, exact="عند باب السوق",
        status="uncertain", score=0.4, method="edited",
    )  # fmt: skip
    third = revision(text, 3, AFTER, second)

    carry_over(revision_id=third.pk, by=None)

    assert placed(note, 3).status == "uncertain"
    assert placed(note, 3).score <= 0.4


def test_lost_note_is_put_back_by_hand_once_per_look(story, people):
    text, first, notes = story
    second = revision(text, 2, AFTER, first)
    carry_over(revision_id=second.pk, by=None)
    note = notes["القسطل الكبير فجرى الماء صافيًا"]
    start = AFTER.index("في أيديهم الجرار")
    place = TextPlace(text.public_id, 2, start, start + 16, "في أيديهم الجرار")

    reattach(annotation=note.public_id, place=place, seen=1, by=people["scholar"])

    assert placed(note, 2).status == "moved"
    assert placed(note, 2).method == "reattached"
    with pytest.raises(Stale):
        reattach(annotation=note.public_id, place=place, seen=1, by=people["scholar"])


def test_draft_tells_what_it_would_do_before_it_is_accepted(story):
    text, first, _notes = story
    accept_all(text)
    draft = TextDraft.objects.create(
        text=text,
        base=first,
        language="ar",
        direction="rtl",
        content=AFTER,
        blocks=[],
        marks=[],
        sha256="0" * 64,
    )

    preview = preview_carry_over(draft_id=draft.pk)

    assert preview["kept"] == 2
    assert preview["uncertain"] + preview["lost"] == 1
    assert preview["items"][0]["exact"] == "القسطل الكبير فجرى الماء صافيًا"
    assert not Anchor.objects.filter(revision__number=2).exists()


def test_signals_only_promise_the_work(story):
    text, first, _notes = story
    second = revision(text, 2, AFTER, first)
    draft = TextDraft.objects.create(
        text=text,
        base=first,
        language="ar",
        direction="rtl",
        content=AFTER,
        blocks=[],
        marks=[],
        sha256="0" * 64,
    )

    revision_accepted.send(sender=TextRevision, revision=second, by=None)
    revision_accepted.send(sender=TextRevision, revision=first, by=None)
    revision_drafted.send(sender=TextDraft, draft=draft, by=None)

    kinds = list(Job.objects.filter(kind__contains="carry").order_by("pk").values_list("kind", flat=True))
    assert kinds == ["carry_over", "preview_carry_over"]
    draft.refresh_from_db()
    assert draft.preview_job is not None


def test_carried_page_lists_what_needs_a_person_and_takes_the_words(story, people, client):
    text, first, _notes = story
    second = revision(text, 2, AFTER, first)
    carry_over(revision_id=second.pk, by=None)
    client.force_login(people["scholar"])
    page = client.get(f"/en/workbench/{text.public_id}/carried/").content.decode()
    note = next(n for n in page.split('name="note" value="')[1:])[:20].split('"')[0]

    client.post(
        f"/en/workbench/{text.public_id}/carried/",
        {"note": note, "attempt": "1", "words": "في أيديهم الجرار"},
    )

    assert "القسطل الكبير" in page
    assert (
        "Every note has its place" in client.get(f"/en/workbench/{text.public_id}/carried/").content.decode()
    )


def test_words_that_do_not_stand_in_the_text_are_still_there_to_be_mended(story, people, client):
    text, first, _notes = story
    carry_over(revision_id=revision(text, 2, AFTER, first).pk, by=None)
    client.force_login(people["scholar"])
    address = f"/en/workbench/{text.public_id}/carried/"
    note = client.get(address).content.decode().split('name="note" value="')[1].split('"')[0]

    answer = client.post(address, {"note": note, "attempt": "1", "words": "لا وجود لها"})

    assert answer.status_code == 422
    assert 'value="لا وجود لها"' in answer.content.decode()
    assert "Quote a few more of them" in answer.content.decode()


def test_archivist_reads_the_same_words_before_accepting_and_after_whoever_elses_notes_stand_there(
    story, people, client
):
    """Numbers would tell of drafts and private notes; so their place is named in words, in both cases alike."""
    text, _first, notes = story
    Annotation.objects.filter(pk=next(iter(notes.values())).pk).update(
        status="accepted", accepted_version=F("newest_version")
    )
    client.force_login(people["archivist"])
    draft = start_correction(text_id=text.pk, by=people["archivist"])
    draft = edit_draft(
        draft_id=draft.pk, version=draft.version, operation="edit", block=0, text="وصل الماء أخيرًا.", by=people["archivist"],
    )  # fmt: skip
    for job in Job.objects.filter(kind="preview_carry_over", state="queued"):
        run_job(job.pk)
    with override("en"):
        told = str(carried_words.OTHERS)
        page = reverse("draft_accept", args=[draft.public_id])

    before = client.get(page).content.decode()
    after = client.post(page, {"sha256": draft.sha256, "message": "m"}, follow=True).content.decode()

    assert told in before
    assert (
        f"kept: 1; moved, or corrected with their words: 0; uncertain, a person decides: 0; lost their passage: 0. {told}"
        in after
    )
    assert text.revisions.count() == 2


def test_without_a_preview_the_archivist_is_told_that_the_notes_follow():
    assert "kept: " not in carried_words.followed({"kept": 3, "sha256": "of another wording"}, "f" * 64)
    assert str(carried_words.OTHERS) in carried_words.followed({}, "f" * 64)
