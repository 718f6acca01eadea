"""A process that is killed on the way from a file to a revision leaves nothing or everything, and the next goes on."""

from __future__ import annotations

import pytest

from archive.actions.accept_draft import accept_draft
from archive.actions.run_job import run_job
from archive.actions.sweep_jobs import sweep_jobs
from archive.enums import ImportState, JobState
from archive.models import Figure, ImportProblem, Job, Text, TextDraft, TextRevision, Video, Work
from tests.factories_archive import make_draft, make_run

pytestmark = pytest.mark.django_db
WORDS = "# القنطرة\n\nكلام أول.\n\n![](a.png)\n\nhttps://www.youtube.com/watch?v=abcdefghijk\n\nكلام أخير\u0640.\n"


class Killed(BaseException):
    """The process is gone; nothing in it can answer."""


def die(*_args, **_more):
    raise Killed


#: What reading calls on its way, and what accepting calls, in order; at each the process may die.
READING = (
    "_read",
    "store_text",
    "problem_rows",
    "ImportProblem.objects.bulk_create",
    "ImportRun.save",
    "record_event",
)
ACCEPTING = (
    "lock_draft", "gaps_kept", "create_work", "with_figure_keys", "_insert", "_register_figures", "_register_videos",
    "found_again", "_close", "revision_accepted.send", "bump_epoch", "_refresh", "record_event",
)  # fmt: skip


@pytest.mark.parametrize("station", READING)
def test_reading_leaves_nothing_and_is_done_by_the_next_worker(people, monkeypatch, station):
    run = make_run(WORDS, by=people["archivist"])
    with monkeypatch.context() as patched:
        patched.setattr(f"archive.actions.parse_import.{station}", die)
        with pytest.raises(Killed):
            run_job(run.job_id)
    left = (TextDraft.objects.count(), ImportProblem.objects.count())
    Job.objects.filter(pk=run.job_id).update(heartbeat_at="2020-01-01T00:00Z")

    sweep_jobs()

    assert left == (0, 0)
    assert run_job(run.job_id) == JobState.DONE
    run.refresh_from_db()
    assert run.state == ImportState.READY
    assert TextDraft.objects.filter(run=run).count() == 1


@pytest.mark.parametrize("station", ACCEPTING)
def test_accepting_leaves_nothing_and_is_done_once_when_it_is_sent_again(people, monkeypatch, station):
    by = people["archivist"]
    draft = make_draft(WORDS, by=by)
    with monkeypatch.context() as patched:
        patched.setattr(f"archive.actions.accept_draft.{station}", die)
        with pytest.raises(Killed):
            accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    left = [model.objects.count() for model in (Work, Text, TextRevision, Figure, Video)]

    for _time in range(2):
        accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)

    assert left == [0] * 5
    assert [model.objects.count() for model in (Work, Text, TextRevision, Figure, Video)] == [1] * 5
