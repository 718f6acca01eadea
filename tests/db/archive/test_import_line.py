"""From a file to revision 1, on the real article."""

from __future__ import annotations

import pytest

from archive.actions.accept_draft import accept_draft
from archive.actions.decide_problem import decide_all, decide_problem
from archive.actions.edit_draft import edit_draft
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.actions.undo_draft_step import undo_draft_step
from archive.enums import Access, ImportState, JobState
from archive.errors import Conflict, InvalidTransition, NotAllowed, Stale
from archive.models import AuditEvent, ImportRun, Video, Work
from archive.signals import revision_accepted, revision_drafted
from tests.corpus import article_bytes
from tests.factories_archive import TEXT, make_draft, make_revision, make_run

pytestmark = pytest.mark.django_db

CUT = """# عنوان

## قسم

{long} وفي تلك الليلة خرج الناس جميعًا إلى

الساحة الكبيرة، وبقوا فيها حتى الصباح.

{long}
""".format(long="كان في البلدة سوقٌ كبير يقصده التجار من كل جهة، وكان أهلها يعرفون بعضهم بعضًا.")


def states(draft, kind):
    return sorted(draft.problems.filter(kind=kind).values_list("state", flat=True))


def test_article_becomes_a_draft_with_its_report(archivist):
    run = make_run(article_bytes(), by=archivist)

    assert run_job(run.job_id) == JobState.DONE

    run.refresh_from_db()
    counted = {kind: run.draft.problems.filter(kind=kind).count() for kind in (
        "missing_figure", "dead_link", "suspected_cut", "heading_level")}  # fmt: skip
    assert run.state == ImportState.READY
    assert counted == {"missing_figure": 7, "dead_link": 13, "suspected_cut": 9, "heading_level": 1}
    assert [repair["kind"] for repair in run.draft.repairs] == ["torn_mark"] * 2


def test_accepted_article_is_revision_one_of_a_new_draft_work(archivist):
    draft = make_draft(article_bytes(), by=archivist)
    draft = decide_all(
        draft_id=draft.pk, kind="suspected_cut", outcome="apply", version=draft.version, by=archivist
    )

    revision = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=archivist)

    work = Work.objects.get()
    assert revision.number == 1
    assert work.access == Access.DRAFT
    assert work.title_ar == revision.title
    assert work.slug.isascii()
    assert [f.key for f in revision.text.figures.all()] == [f"f{n}" for n in range(1, 8)]
    assert not any(f.image_id for f in revision.text.figures.all())
    assert Video.objects.count() == 4
    assert revision.text.current_revision == revision
    assert AuditEvent.objects.filter(action="revision.accepted").exists()


def test_reading_twice_makes_one_draft(archivist):
    run = make_run(by=archivist)
    run_job(run.job_id)
    run.job.state = JobState.QUEUED
    run.job.save()

    assert run_job(run.job_id) == JobState.DONE
    assert ImportRun.objects.get().draft.content.startswith("في وصف")


def test_import_interrupted_while_parsing_is_done_again(archivist):
    run = make_run(by=archivist)
    ImportRun.objects.update(state=ImportState.PARSING)

    run_job(run.job_id)

    run.refresh_from_db()
    assert run.state == ImportState.READY


def test_refused_file_says_why_and_makes_nothing(archivist):
    run = make_run(b"\x00\x01\x02\x03" * 500, filename="text.md", by=archivist)

    assert run_job(run.job_id) == JobState.FAILED

    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert run.error["code"] == "not_text"
    assert not hasattr(run, "draft")


def test_applied_cut_joins_the_blocks_and_undo_parts_them(archivist):
    draft = make_draft(CUT, by=archivist)
    problem = draft.problems.get(kind="suspected_cut")
    content, blocks = draft.content, draft.blocks

    draft = decide_problem(problem_id=problem.pk, outcome="apply", version=draft.version, by=archivist)

    assert "إلى الساحة" in draft.content
    assert states(draft, "suspected_cut") == ["fixed"]

    draft = undo_draft_step(draft_id=draft.pk, version=draft.version, by=archivist)

    assert (draft.content, draft.blocks) == (content, blocks)
    assert states(draft, "suspected_cut") == ["open"]
    assert draft.version == 3


def test_every_change_of_a_draft_and_its_undoing_stand_in_the_record(archivist):
    draft = make_draft(CUT, by=archivist)
    problem = draft.problems.get(kind="suspected_cut")

    draft = decide_problem(problem_id=problem.pk, outcome="apply", version=1, by=archivist)
    joined = draft.sha256
    draft = edit_draft(draft_id=draft.pk, version=2, operation="delete", block=0, by=archivist)
    edited = draft.sha256
    draft = undo_draft_step(draft_id=draft.pk, version=3, by=archivist)

    rows = AuditEvent.objects.filter(target_kind="textdraft", target_id=draft.public_id).order_by("sequence")
    assert [(row.action, row.facts["sha256"], row.actor_id) for row in rows] == [
        ("draft.changed", joined, archivist.pk),
        ("draft.changed", edited, archivist.pk),
        ("draft.undone", joined, archivist.pk),
    ]


def test_same_decision_twice_is_one(archivist):
    draft = make_draft(CUT, by=archivist)
    problem = draft.problems.get(kind="suspected_cut")

    first = decide_problem(problem_id=problem.pk, outcome="apply", version=1, by=archivist)
    second = decide_problem(problem_id=problem.pk, outcome="apply", version=1, by=archivist)

    assert (first.version, second.version) == (2, 2)


def test_other_decision_from_a_stale_page_is_refused(archivist):
    draft = make_draft(CUT, by=archivist)
    problem = draft.problems.get(kind="suspected_cut")
    decide_problem(problem_id=problem.pk, outcome="apply", version=1, by=archivist)

    with pytest.raises(Stale):
        decide_problem(problem_id=problem.pk, outcome="dismiss", version=1, by=archivist)
    with pytest.raises(Conflict, match="problem_decided"):
        decide_problem(problem_id=problem.pk, outcome="dismiss", version=2, by=archivist)


def test_dismissed_problem_can_be_opened_again(archivist):
    draft = make_draft(CUT, by=archivist)
    problem = draft.problems.get(kind="suspected_cut")

    decide_problem(problem_id=problem.pk, outcome="dismiss", version=1, by=archivist)
    draft = decide_problem(problem_id=problem.pk, outcome="reopen", version=2, by=archivist)

    assert states(draft, "suspected_cut") == ["open"]


def test_problem_that_an_edit_settled_is_fixed(archivist):
    draft = make_draft(CUT, by=archivist)
    first = next(
        i for i, b in enumerate(draft.blocks) if "تلك الليلة" in draft.content[b["start"] : b["end"]]
    )

    draft = edit_draft(draft_id=draft.pk, version=1, operation="join", block=first, by=archivist)

    assert states(draft, "suspected_cut") == ["fixed"]


def test_empty_line_in_an_edited_block_parts_it(archivist):
    draft = make_draft(by=archivist)
    count = len(draft.blocks)

    draft = edit_draft(
        draft_id=draft.pk,
        version=1,
        operation="edit",
        block=1,
        text="بُني الجسر\r\n\r\nمن حجرٍ أسود.",
        by=archivist,
    )

    assert len(draft.blocks) == count + 1
    assert "بُني الجسر\nمن حجرٍ أسود." in draft.content


def test_accepting_names_what_was_read(archivist):
    draft = make_draft(by=archivist)
    read = draft.sha256
    edit_draft(draft_id=draft.pk, version=1, operation="level", block=0, level=3, by=archivist)

    with pytest.raises(Stale, match="draft_changed"):
        accept_draft(draft_id=draft.pk, sha256=read, by=archivist)


def test_accepting_twice_gives_the_same_revision(archivist):
    draft = make_draft(by=archivist)

    first = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=archivist)
    second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=archivist)

    assert first == second
    assert Work.objects.count() == 1


def test_accepting_twice_with_gaps_names_what_was_read_both_times(archivist):
    draft = make_draft(article_bytes(), by=archivist)

    first = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=archivist)
    second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=archivist)

    assert first == second
    with pytest.raises(InvalidTransition):
        accept_draft(draft_id=draft.pk, sha256="0" * 64, by=archivist)


def test_accepted_draft_takes_no_change(archivist):
    revision = make_revision(by=archivist)

    with pytest.raises(InvalidTransition):
        edit_draft(draft_id=revision.draft_id, version=1, operation="level", block=0, level=3, by=archivist)


def test_scholar_decides_nothing_in_drafts(people):
    draft = make_draft(CUT, by=people["archivist"])
    problem = draft.problems.first()

    with pytest.raises(Exception, match="not_visible"):
        decide_problem(problem_id=problem.pk, outcome="apply", version=1, by=people["scholar"])
    with pytest.raises(NotAllowed):
        make_run(by=people["scholar"])


def test_correction_becomes_the_next_revision_with_the_same_figures(archivist):
    first = make_revision(TEXT + "\n\n\n\n\nصورة الجسر في الشتاء / 1931\n\nانتهى الوصف هنا.\n", by=archivist)
    heard = []
    hear = lambda sender, **facts: heard.append(sorted(facts))  # noqa: E731
    revision_drafted.connect(hear)
    revision_accepted.connect(hear)
    try:
        draft = start_correction(text_id=first.text_id, by=archivist)
        assert start_correction(text_id=first.text_id, by=archivist) == draft
        draft = edit_draft(
            draft_id=draft.pk, version=1, operation="edit", block=1, text="بُني من طين.", by=archivist
        )
        second = accept_draft(draft_id=draft.pk, sha256=draft.sha256, message="صُحّح الحجر", by=archivist)
    finally:
        revision_drafted.disconnect(hear)
        revision_accepted.disconnect(hear)

    assert (second.number, second.parent, second.message) == (2, first, "صُحّح الحجر")
    assert second.text.figures.count() == first.text.figures.count()
    assert ["by", "draft", "signal"] in heard
    assert ["by", "revision", "signal"] in heard


def test_correction_of_a_text_that_moved_on_is_refused(people):
    first = make_revision(by=people["archivist"])
    mine = start_correction(text_id=first.text_id, by=people["archivist"])
    theirs = start_correction(text_id=first.text_id, by=people["administrator"])
    accept_draft(draft_id=theirs.pk, sha256=theirs.sha256, by=people["administrator"])

    with pytest.raises(Conflict, match="base_moved"):
        accept_draft(draft_id=mine.pk, sha256=mine.sha256, by=people["archivist"])
