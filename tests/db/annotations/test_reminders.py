"""Reviewers are reminded of what they were asked to decide on: once before its day, once when that is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as configured
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from annotations.access import reminding
from annotations.access.reminding import LATE, SOON, reminder_of, still_due
from annotations.access.review_queue import Narrowed, queue
from annotations.actions import remind_reviewers as acting
from annotations.actions.assign_submission import assign_submission
from annotations.actions.remind_reviewers import remind_reviewers
from annotations.enums import Outcome
from annotations.models import Assignment
from archive import tasks
from archive.actions.deactivate_account import deactivate_account
from archive.models import Notice, User
from archive.presenters.messages import sentence
from tests.factories import make_user
from tests.factories_notes import decide_note, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("Asia/Damascus")
#: A Monday, at noon; nothing here depends on the hour.
NOON = datetime(2026, 11, 30, 12, tzinfo=ZONE)
TODAY = NOON.date()


def day(after: int) -> date:
    return TODAY + timedelta(days=after)


@pytest.fixture(autouse=True)
def _monday(settings):
    settings.TIME_ZONE = "Asia/Damascus"
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def review(people):
    """Something handed in that waits, on a text of its own."""
    note = make_note(make_text(), by=people["scholar"])
    return note, submit_note(note)


def asked(people, submission, due: date | None, *, reviewer: str = "reviewer", by: str = "administrator"):
    return assign_submission(
        submission_id=submission.pk, reviewer=people[reviewer].public_id, due_on=due, by=people[by]
    )


def told(user: User) -> list[str]:
    rows = Notice.objects.filter(user=user, code__in=(SOON, LATE)).order_by("pk")
    return list(rows.values_list("code", flat=True))


#: What whoever is asked is reminded of today: by the day, and by what they were told of before.
@pytest.mark.parametrize(
    ("due", "soon_told", "late_told", "code"),
    [
        (None, False, False, ""),
        (3, False, False, ""),
        (2, False, False, SOON),
        (0, False, False, SOON),
        (0, True, False, ""),
        (-1, False, False, LATE),
        (-1, True, False, LATE),
        (-1, True, True, ""),
        (-1, False, True, ""),
        # It was told as over, and the day moves only by another agreement, which begins anew.
        (1, False, True, ""),
    ],
)
def test_which_reminder_is_due(due, soon_told, late_told, code):
    row = Assignment(
        reviewer_id=1, due_on=None if due is None else day(due), soon_told_at=NOON if soon_told else None,
        late_told_at=NOON if late_told else None,
    )  # fmt: skip

    assert reminder_of(row, TODAY) == code
    row.reviewer_id = None
    assert reminder_of(row, TODAY) == ""


def test_one_is_told_once_when_the_day_is_near_and_once_when_it_is_over(people, review):
    asked(people, review[1], day(5))
    found = []

    for later in range(9):
        for _time in range(3):
            remind_reviewers(today=day(later))
        found.append(told(people["reviewer"]))

    assert found == [[], [], [], [SOON], [SOON], [SOON], [SOON, LATE], [SOON, LATE], [SOON, LATE]]
    notice = Notice.objects.filter(code=SOON).get()
    assert notice.url.endswith(f"/desk/review/{review[1].public_id}/")
    assert (notice.params["submission"], notice.params["due"]) == (review[1].public_id, str(day(5)))


def test_who_missed_the_first_reminder_is_told_of_the_second_alone(people, review):
    asked(people, review[1], day(5))

    assert remind_reviewers(today=day(6)) == 1
    assert remind_reviewers(today=day(6)) == 0

    assert told(people["reviewer"]) == [LATE]


def test_who_is_asked_late_is_not_told_twice_on_one_day(people, review):
    asked(people, review[1], day(1))

    remind_reviewers()
    assert told(people["reviewer"]) == []

    remind_reviewers(today=day(2))
    assert told(people["reviewer"]) == [LATE]


def test_who_was_asked_long_ago_is_told_no_more(people, review):
    asked(people, review[1], day(5))

    assert remind_reviewers(today=day(5 + reminding.DAYS_AFTER + 1)) == 0


@pytest.mark.parametrize("meanwhile", ["decided", "nobody", "another", "closed", "no day", "no role"])
def test_nobody_is_told_of_what_is_no_longer_theirs_to_do(people, review, meanwhile):
    note, submission = review
    second = make_user("second@example.org", "reviewer")
    asked(people, submission, day(5))
    if meanwhile == "decided":
        decide_note(note, Outcome.ACCEPT, by=second)
    elif meanwhile == "nobody":
        assign_submission(submission_id=submission.pk, reviewer="", due_on=day(5), by=second)
    elif meanwhile == "another":
        assign_submission(submission_id=submission.pk, reviewer=second.public_id, due_on=day(5), by=second)
    elif meanwhile == "closed":
        deactivate_account(user_id=people["reviewer"].pk, by=people["administrator"])
    elif meanwhile == "no day":
        asked(people, submission, None)
    else:
        people["reviewer"].roles.clear()

    for later in range(4, 9):
        remind_reviewers(today=day(later))

    assert told(people["reviewer"]) == []
    assert told(second) == ([SOON, LATE] if meanwhile == "another" else [])


def test_another_day_begins_anew_and_the_same_once_more_does_not(people, review):
    asked(people, review[1], day(2))
    Assignment.objects.update(soon_told_at=None)
    remind_reviewers()
    asked(people, review[1], day(2))
    remind_reviewers()
    assert told(people["reviewer"]) == [SOON]

    asked(people, review[1], day(7))
    remind_reviewers(today=day(6))

    assert told(people["reviewer"]) == [SOON, SOON]


def test_who_is_killed_between_the_two_leaves_neither(people, review, monkeypatch):
    asked(people, review[1], day(5))

    class Killed(BaseException):
        pass

    def notify_and_die(*args, **values):
        telling(*args, **values)
        raise Killed

    telling = acting.notify
    monkeypatch.setattr(acting, "notify", notify_and_die)
    with pytest.raises(Killed):
        remind_reviewers(today=day(4))
    assert told(people["reviewer"]) == []
    assert Assignment.objects.get().soon_told_at is None

    monkeypatch.setattr(acting, "notify", telling)
    remind_reviewers(today=day(4))
    assert told(people["reviewer"]) == [SOON]


def test_what_was_agreed_on_while_it_ran_counts(people, review, monkeypatch):
    asked(people, review[1], day(5))
    (seen,) = reminding.to_remind(day(4))
    asked(people, review[1], day(9))

    assert acting._remind(seen, day(4)) is False


def test_a_mail_tells_only_what_is_still_to_the_point(people, review):
    note, submission = review
    asked(people, submission, day(5))
    remind_reviewers(today=day(4))
    remind_reviewers(today=day(6))
    soon, late = Notice.objects.filter(code__in=(SOON, LATE)).order_by("pk")

    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        assert still_due([soon], people["reviewer"]) == {soon.pk}
    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        assert still_due([soon, late], people["reviewer"]) == {late.pk}
        assert still_due([soon, late], people["administrator"]) == set()
        decide_note(note, Outcome.RETURN, by=people["administrator"], reason="لماذا؟")
        assert still_due([soon, late], people["reviewer"]) == set()


def test_it_is_said_in_the_language_of_whoever_reads_it(people, review):
    people["reviewer"].language = "en"
    people["reviewer"].save()
    asked(people, review[1], day(5))
    remind_reviewers(today=day(4))
    remind_reviewers(today=day(6))
    soon, late = Notice.objects.filter(code__in=(SOON, LATE)).order_by("pk")
    assert soon.url.startswith("/en/")

    with translation.override("en"):
        assert (
            sentence(soon.code, soon.params)
            == "The notes that you are asked to decide on are due by 5 December 2026."
        )
        assert "5 December 2026" in sentence(late.code, late.params)
    with translation.override("ar"):
        assert "5 كانون الأول 2026" in sentence(soon.code, soon.params)


def test_the_queue_is_narrowed_to_what_is_overdue_for_whoever_assigns(client, people, review):
    asked(people, review[1], day(5))
    assert not queue(people["administrator"], Narrowed(due="late")).exists()

    with time_machine.travel(NOON + timedelta(days=6), tick=False):
        assert [row.pk for row in queue(people["administrator"], Narrowed(due="late"))] == [review[1].pk]
        client.force_login(people["administrator"])
        page = client.get(reverse("review_queue"), {"due": "late"})
        assert review[1].public_id in page.content.decode()


def test_the_scheduler_leaves_them_and_the_command_too(people, review, settings):
    (entry,) = [
        one for one in configured.CELERY_BEAT_SCHEDULE.values() if one["task"] == "archive.tasks.remind"
    ]
    asked(people, review[1], day(5))

    with time_machine.travel(NOON + timedelta(days=4), tick=False):
        tasks.remind()
        tasks.remind()

    assert entry["schedule"] <= 3600
    assert told(people["reviewer"]) == [SOON]


def test_reading_what_is_due_takes_a_number_of_queries_that_grows_with_reviewers_alone(people):
    text = make_text()

    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            remind_reviewers(today=day(4))
        return len(caught)

    for words in ("حجر أبيض", "خشب"):
        note = make_note(text, words, by=people["scholar"])
        asked(people, submit_note(note), day(5))
        decide_note(note, Outcome.ACCEPT, by=people["administrator"])
    few = queries()
    note = make_note(text, by=people["scholar"], body="أخرى")
    asked(people, submit_note(note), day(5))
    decide_note(note, Outcome.ACCEPT, by=people["administrator"])

    assert queries() == few
    assert timezone.localdate() == TODAY
