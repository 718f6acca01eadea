"""Footnotes of an imported text become drafts of the person who accepts it: once, at their marks."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import translation

from annotations.actions.bring_in_notes import BRING_IN_NOTES, bring_in_notes
from annotations.actions.carry_over import carry_over
from annotations.actions.submit import submit
from annotations.enums import AnnotationStatus
from annotations.models import Anchor, Annotation
from archive.actions.accept_draft import accept_draft
from archive.actions.edit_draft import edit_draft
from archive.actions.parse_import import parse_import
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.actions.start_import import start_import
from archive.enums import JobState
from archive.errors import NotVisible
from archive.models import AuditEvent, Job
from tests.factories_archive import make_draft, make_revision, send

pytestmark = pytest.mark.django_db
SOURCE = """# في وصف القنطرة

بُني الجسر[^1] من حجرٍ أبيض، ثم عبر الناس[^2] إلى الضفة.

[^1]: قنطرةٌ *قديمة* فوق النهر.

[^2]: أهل السوق.
"""


def accepted(people, source=SOURCE):
    """Return the revision with its notes brought in."""
    revision = make_revision(source, by=people["archivist"])
    for job in Job.objects.filter(kind=BRING_IN_NOTES):
        assert run_job(job.pk) == JobState.DONE
    return revision


def places(revision):
    rows = Anchor.objects.filter(revision=revision, locus__versions__isnull=False).order_by("start")
    return [(row.exact, row.locus.versions.get().body, row.status) for row in rows]


def test_footnotes_become_drafts_at_their_marks(people):
    revision = accepted(people)

    assert places(revision) == [
        ("الجسر1", "قنطرةٌ *قديمة* فوق النهر.", "exact"),
        ("الناس2", "أهل السوق.", "exact"),
    ]
    for note in Annotation.objects.all():
        assert (note.author, note.status, note.text) == (
            people["archivist"],
            AnnotationStatus.DRAFT,
            revision.text,
        )
        assert note.newest_version.language == "ar"
    assert "قنطرةٌ قديمة فوق النهر." in revision.content
    assert AuditEvent.objects.filter(action="notes.brought_in", facts__notes=2).count() == 1
    assert people["archivist"].notices.get(code="notes_brought_in").params == {"count": 2}


def test_running_it_again_makes_no_second_note(people):
    revision = accepted(people)

    counts = bring_in_notes(revision_id=revision.pk, by=people["archivist"])

    assert counts == {"made": 0, "found": 2}
    assert Annotation.objects.count() == 2
    assert people["archivist"].notices.filter(code="notes_brought_in").count() == 1


def test_killed_between_batches_it_goes_on_where_it_was(people, monkeypatch):
    monkeypatch.setattr("annotations.actions.bring_in_notes.BATCH", 1)
    revision = make_revision(SOURCE, by=people["archivist"])

    def killed(percent, **message):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        bring_in_notes(revision_id=revision.pk, progress=killed, by=people["archivist"])
    assert Annotation.objects.count() == 1
    bring_in_notes(revision_id=revision.pk, by=people["archivist"])

    assert [exact for exact, _body, _status in places(revision)] == ["الجسر1", "الناس2"]


def test_text_without_footnotes_promises_nothing(people):
    make_revision("كلام بلا حواشٍ.\n", by=people["archivist"])

    assert not Job.objects.filter(kind=BRING_IN_NOTES).exists()


def test_correction_makes_no_notes_and_carries_those_that_are_there(people):
    by = people["archivist"]
    revision = accepted(people)
    draft = start_correction(text_id=revision.text_id, by=by)
    draft = edit_draft(
        draft_id=draft.pk, version=draft.version, operation="edit", block=0, text="عنوان آخر", by=by
    )

    second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    carry_over(revision_id=second.pk, by=by)

    assert Job.objects.filter(kind=BRING_IN_NOTES).count() == 1
    assert [(exact, status) for exact, _body, status in places(second)] == [
        ("الجسر1", "exact"),
        ("الناس2", "exact"),
    ]


def test_new_wording_brings_only_the_notes_that_are_new(people):
    by = people["archivist"]
    revision = accepted(people)
    longer = SOURCE.replace("إلى الضفة", "إلى الضفة[^3]") + "\n[^3]: شرقيّ النهر.\n"
    run = start_import(arrival=send(longer, by=by), language="ar", text=revision.text, by=by)
    draft = parse_import(run_id=run.pk)
    second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)

    assert bring_in_notes(revision_id=second.pk, by=by) == {"made": 1, "found": 3}
    assert places(second)[-1] == ("الضفة3", "شرقيّ النهر.", "exact")


def test_notes_of_a_text_that_was_corrected_meanwhile_follow_it(people):
    by = people["archivist"]
    revision = make_revision(SOURCE, by=by)
    draft = start_correction(text_id=revision.text_id, by=by)
    draft = edit_draft(
        draft_id=draft.pk, version=draft.version, operation="edit", block=0, text="عنوان آخر", by=by
    )
    second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    Job.objects.filter(kind="carry_over").delete()

    bring_in_notes(revision_id=revision.pk, by=by)

    job = Job.objects.get(kind="carry_over")
    assert job.payload == {"revision": second.pk}


def test_who_lost_the_right_meanwhile_brings_nothing_in(people):
    revision = make_revision(SOURCE, by=people["archivist"])

    with pytest.raises(NotVisible):
        bring_in_notes(revision_id=revision.pk, by=people["member"])
    assert not Annotation.objects.exists()


def test_archivist_hands_in_what_came_with_the_text(people):
    accepted(people)
    versions = [note.newest_version.public_id for note in Annotation.objects.all()]

    submission = submit(version_ids=versions, by=people["archivist"])

    assert submission.items.count() == 2
    assert set(Annotation.objects.values_list("status", flat=True)) == {AnnotationStatus.SUBMITTED}


def test_drafts_are_seen_by_the_archivist_alone(people, client):
    revision = accepted(people)
    body = "قديمة"

    client.force_login(people["archivist"])
    assert body in client.get(reverse("my_notes")).content.decode()
    for role in ("scholar", "editor", "reviewer"):
        client.force_login(people[role])
        assert body not in client.get(reverse("my_notes")).content.decode()
    assert revision.text.annotations.count() == 2


def test_number_of_queries_for_a_note_does_not_grow_with_the_notes(people, django_assert_max_num_queries):
    notes = "\n\n".join(f"كلمة[^{n}]\n\n[^{n}]: حاشية رقم {n}" for n in range(60))
    revision = make_revision(notes, by=people["archivist"])

    with django_assert_max_num_queries(60 * 12):
        bring_in_notes(revision_id=revision.pk, by=people["archivist"])

    assert Annotation.objects.count() == 60


@pytest.mark.parametrize(("language", "words"), [("ar", "حواشي الملف"), ("en", "Footnotes")])
def test_report_shows_count_and_places(people, client, language, words):
    draft = make_draft(SOURCE, by=people["archivist"])
    client.force_login(people["archivist"])

    with translation.override(language):
        page = client.get(reverse("draft", args=[draft.public_id])).content.decode()

    assert words in page
    assert "الجسر1" in page
    assert "أهل السوق." in page
