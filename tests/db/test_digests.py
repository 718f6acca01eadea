"""Everybody is told by mail what concerns them, when and in which language they chose, and each thing once."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings as configured
from django.core import mail
from django.core.cache import cache
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from annotations.actions.assign_submission import assign_submission
from annotations.actions.say_reply import say_reply
from annotations.actions.submit import submit
from annotations.enums import Outcome
from archive import kinds, tasks
from archive.access import news
from archive.actions import mail_news as acting
from archive.actions.ask_personal_export import ask_personal_export
from archive.actions.change_address import change_address
from archive.actions.check_video import NEWS
from archive.actions.deactivate_account import deactivate_account
from archive.actions.erase_account import erase_rows
from archive.actions.mail_news import choose_mail, mail_news, plan_mails, stop_mails
from archive.actions.notify import notify, notify_again
from archive.actions.read_notices import read_notices
from archive.actions.run_job import run_job
from archive.actions.send_later import forget_old_mails, send_sealed
from archive.enums import Access, MailChoice
from archive.errors import NotVisible
from archive.models import AuditEvent, Job, Notice, PersonalExport, SealedMail, Text, User
from archive.presenters import messages, news_mail
from tests.factories import make_user
from tests.factories_notes import decide_note, make_accepted, make_note, make_text

pytestmark = pytest.mark.django_db

LOCAL = "django.core.mail.backends.locmem.EmailBackend"
ZONE = ZoneInfo("Asia/Damascus")
#: A Monday, at noon where the archive is.
NOON = datetime(2026, 11, 30, 12, tzinfo=ZONE)
#: The mornings after it.
TUESDAY, SUNDAY = datetime(2026, 12, 1, 6, tzinfo=ZONE), datetime(2026, 12, 6, 6, tzinfo=ZONE)
SECOND = timedelta(seconds=1)
#: Due by now, whichever day it is.
LONG_AGO = datetime(2026, 1, 1, tzinfo=ZONE)


@pytest.fixture(autouse=True)
def _sends_mail(settings):
    settings.SENDS_MAIL, settings.MAIL_SENDER, settings.TIME_ZONE = True, LOCAL, "Asia/Damascus"
    settings.EMAIL_BACKEND = "archive.actions.send_later.Backend"


@pytest.fixture
def scholar(people) -> User:
    return confirmed(people["scholar"])


def confirmed(user: User) -> User:
    """Let somebody have shown that their address is theirs."""
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def told(
    user: User, code: str = "data_exported", *, at: datetime = NOON, url: str = "", **params: object
) -> Notice:
    """Leave a notice, as if at that time; the first kind tells of nothing but the account itself."""
    notice = notify(code, user=user, url=url, **params)
    Notice.objects.filter(pk=notice.pk).update(unmailed_since=at, created_at=at)
    return notice


def owed(now: datetime) -> list[User]:
    return list(news.due(now))


def posted(now: datetime) -> list[mail.EmailMultiAlternatives]:
    """Do what scheduler and worker do at that time, and return what the mail server got of it."""
    before = len(mail.outbox)
    plan_mails(now=now)
    for job in Job.objects.filter(kind="mail_news", state="queued"):
        mail_news(user_id=job.payload["user"], now=now)
        Job.objects.filter(pk=job.pk).update(state="done")
    for job in Job.objects.filter(kind="send_mail", state="queued"):
        run_job(job.pk)
    return mail.outbox[before:]


# --- When ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "comes"),
    [
        # In the next minutes, with what follows close on it.
        (MailChoice.AT_ONCE, NOON + timedelta(minutes=5)),
        # The next morning, at six o'clock where the archive is.
        (MailChoice.DAILY, TUESDAY),
        # The next Sunday morning.
        (MailChoice.WEEKLY, SUNDAY),
    ],
)
def test_a_mail_comes_when_its_reader_chose_and_not_before(scholar, choice, comes):
    choose_mail(choice=choice, by=scholar)
    told(scholar)

    assert posted(comes - SECOND) == []
    assert [one.to for one in posted(comes)] == [[scholar.email]]
    assert posted(comes) == []
    assert posted(comes + timedelta(days=30)) == []


def test_who_wants_no_mail_gets_none(scholar):
    choose_mail(choice=MailChoice.NEVER, by=scholar)
    told(scholar)

    assert posted(NOON + timedelta(days=400)) == []
    assert Notice.objects.get().read_at is None  # It stands on the desk.


def test_who_never_chose_is_told_once_a_day(scholar):
    assert scholar.mail_choice == MailChoice.DAILY


@pytest.mark.parametrize(
    ("choice", "now", "comes"),
    [
        (MailChoice.DAILY, NOON, TUESDAY),
        (MailChoice.DAILY, TUESDAY, TUESDAY + timedelta(days=1)),
        (MailChoice.DAILY, TUESDAY - SECOND, TUESDAY),
        (MailChoice.WEEKLY, NOON, SUNDAY),
        (MailChoice.WEEKLY, SUNDAY, SUNDAY + timedelta(days=7)),
        (MailChoice.WEEKLY, SUNDAY - SECOND, SUNDAY),
        (MailChoice.AT_ONCE, NOON, None),
        (MailChoice.NEVER, NOON, None),
    ],
)
def test_page_says_when_the_next_one_comes(choice, now, comes):
    assert news.next_mail(choice, now) == comes


def test_six_in_the_morning_stays_so_when_clocks_are_changed(settings):
    settings.TIME_ZONE = "Europe/Berlin"
    timezone.deactivate()
    zone = ZoneInfo("Europe/Berlin")

    # Clocks went forward in the night to the 29th of March 2026.
    assert news.border(MailChoice.DAILY, datetime(2026, 3, 29, 7, tzinfo=zone)) == datetime(
        2026, 3, 29, 6, tzinfo=zone
    )
    assert news.next_mail(MailChoice.DAILY, datetime(2026, 3, 28, 7, tzinfo=zone)) == datetime(
        2026, 3, 29, 6, tzinfo=zone
    )


def test_morning_that_was_missed_is_made_up_for(scholar):
    told(scholar)

    # The machine was off from Monday to Thursday.
    assert len(posted(TUESDAY + timedelta(days=2, hours=9))) == 1


def test_what_comes_close_together_is_one_mail(scholar):
    choose_mail(choice=MailChoice.AT_ONCE, by=scholar)
    for minute in range(5):
        told(scholar, at=NOON + timedelta(minutes=minute))

    (message,) = posted(NOON + timedelta(minutes=5))
    assert "5 " in message.subject or "٥" in message.subject
    assert posted(NOON + timedelta(minutes=30)) == []


def test_another_choice_counts_for_what_waits_already(scholar):
    told(scholar)
    plan_mails(now=TUESDAY)
    choose_mail(choice=MailChoice.WEEKLY, by=scholar)

    # The job was promised when it was one a day.
    assert mail_news(user_id=scholar.pk, now=TUESDAY) is None
    assert len(posted(SUNDAY)) == 1


def test_what_was_mailed_and_says_more_since_is_mailed_again_in_its_time(scholar):
    first = notify_again("data_exported", user=scholar, url="/en/account/data/")
    Notice.objects.update(unmailed_since=NOON)
    assert len(posted(TUESDAY)) == 1

    notify_again("data_exported", user=scholar, url="/en/account/data/")
    Notice.objects.update(unmailed_since=TUESDAY + timedelta(hours=4))

    assert Notice.objects.get().pk == first.pk
    assert posted(TUESDAY + timedelta(hours=5)) == []
    assert len(posted(TUESDAY + timedelta(days=1))) == 1


# --- What ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "direction", "subject", "heading"),
    [("ar", "rtl", "خبر", "حسابك"), ("en", "ltr", "2 pieces of news for you", "Your account")],
)
def test_mail_is_in_the_language_and_direction_of_its_reader(scholar, language, direction, subject, heading):
    choose_mail(choice=MailChoice.DAILY, language=language, by=scholar)
    told(scholar)
    told(scholar, "notes_brought_in", count=3)

    (message,) = posted(TUESDAY)

    ((page, kind),) = message.alternatives
    assert kind == "text/html"
    assert f'<html lang="{language}" dir="{direction}">' in page
    assert subject in message.subject
    assert "\n" not in message.subject
    for words in (message.body, page):
        assert heading in words
        assert f"http://localhost:8000/{language}/desk/" in words
        assert f"http://localhost:8000/{language}/account/mails/" in words
    assert message.extra_headers["Content-Language"] == language


def test_links_lead_to_pages_in_the_readers_language_whenever_they_were_written_down(scholar):
    told(scholar, "notes_brought_in", url="/ar/desk/notes/", count=1)
    choose_mail(choice=MailChoice.DAILY, language="en", by=scholar)

    (message,) = posted(TUESDAY)

    assert "http://localhost:8000/en/desk/notes/" in message.body
    assert "/ar/" not in message.body


def test_news_stand_under_what_they_are_about_and_one_mail_tells_all(scholar):
    choose_mail(choice=MailChoice.DAILY, language="en", by=scholar)
    told(scholar, "data_exported")
    told(scholar, "notes_decided", accepted=2, returned=0, declined=0)
    told(scholar, "notes_brought_in", count=1)

    (message,) = posted(TUESDAY)

    heads = ["Decisions on your notes", "Your notes", "Your account"]
    assert [line for line in message.body.splitlines() if line in heads] == heads


def test_many_news_are_told_in_one_mail_that_says_how_many_more_there_are(scholar):
    choose_mail(choice=MailChoice.DAILY, language="en", by=scholar)
    for _more in range(news_mail.MOST + 3):
        told(scholar)

    (message,) = posted(TUESDAY)

    assert message.body.count("•") == news_mail.MOST
    assert "3 more stand on your desk" in message.body
    assert posted(TUESDAY + timedelta(days=1)) == []


def test_no_word_of_a_text_or_a_note_is_in_a_mail(people, scholar):
    note = make_accepted(make_text(), "الطاحونة", author=scholar, reviewer=people["reviewer"])
    say_reply(annotation=note.public_id, body="كلام لا يُرسل", by=people["member"])
    Notice.objects.update(unmailed_since=NOON)

    (message,) = posted(TUESDAY)

    everything = f"{message.subject} {message.body} {message.alternatives[0][0]}"
    assert f"/desk/notes/{note.public_id}/talk/" in everything
    for word in ("كلام", "الطاحونة", note.newest_version.body):
        assert word not in everything


def test_names_cannot_be_markup_nor_a_further_header(scholar):
    scholar.display_name = "<b>N</b>\r\nBcc: x@example.org"
    scholar.save()
    told(scholar)

    (message,) = posted(TUESDAY)

    assert "<b>" not in message.alternatives[0][0]
    assert message.message()["Bcc"] is None


def test_every_notice_has_a_sentence_a_heading_and_a_rule_for_mails():
    root = Path(configured.ROOT)
    code = re.compile(
        r'notify(?:_again)?\(\s*"([a-z_]+)"|^NOTICE = "([a-z_]+)"|tell_reviewers\("([a-z_]+)"', re.M
    )
    written = {
        next(filter(None, hit))
        for folder in ("archive", "annotations")
        for path in (root / folder / "actions").glob("*.py")
        for hit in code.findall(path.read_text())
    }

    assert {"talk_mention", "notes_handed_in", "request_received", "notes_lost_place"} <= written
    assert written | set(NEWS.values()) <= set(kinds.notice_kinds)
    assert {kind.heading for kind in kinds.notice_kinds.values()} <= set(news_mail.HEADINGS)
    assert set(kinds.notice_kinds) <= set(messages.SENTENCES)


# --- Whom not -----------------------------------------------------------------------------------------


def test_what_was_read_meanwhile_is_left_out_and_nothing_to_say_is_no_mail(scholar):
    first, second = told(scholar), told(scholar, "notes_brought_in", count=1)
    choose_mail(choice=MailChoice.DAILY, language="en", by=scholar)
    read_notices(seen=[first.as_read], by=scholar)
    (message,) = posted(TUESDAY)
    assert "administrator" not in message.body

    third = told(scholar, at=TUESDAY)
    read_notices(seen=[second.as_read, third.as_read], by=scholar)

    assert posted(TUESDAY + timedelta(days=1)) == []
    assert SealedMail.objects.count() == 1


def test_what_its_reader_may_not_see_any_more_is_not_told(people, scholar):
    note = make_accepted(make_text(), "الطاحونة", author=people["editor"], reviewer=people["reviewer"])
    say_reply(annotation=note.public_id, body="سؤال", by=scholar)
    say_reply(annotation=note.public_id, body="جواب", by=people["editor"])
    Notice.objects.update(unmailed_since=NOON)
    assert owed(TUESDAY) == [scholar]

    note.text.work.access = Access.RESTRICTED
    note.text.work.save()

    assert posted(TUESDAY) == []
    assert SealedMail.objects.count() == 0
    assert owed(TUESDAY) == []  # Nobody looks at it with every mail to come.


def test_what_somebody_else_was_asked_to_decide_by_now_is_not_told(people):
    first, second = people["reviewer"], people["administrator"]
    for person in (first, second):
        confirmed(person)
    note = make_note(make_text(), by=people["scholar"])
    submission = submit(version_ids=[note.newest_version.public_id], by=people["scholar"])
    Notice.objects.all().delete()
    for person in (first, second):
        assign_submission(
            submission_id=submission.pk, reviewer=person.public_id, due_on=None, by=people["administrator"]
        )
    Notice.objects.update(unmailed_since=NOON)

    assert posted(TUESDAY) == []  # Who assigned it to themselves knows.


def test_queue_that_others_emptied_is_not_told(people):
    confirmed(people["reviewer"])
    note = make_note(make_text(), by=people["scholar"])
    submit(version_ids=[note.newest_version.public_id], by=people["scholar"])
    Notice.objects.update(unmailed_since=NOON)
    assert owed(TUESDAY) == [people["reviewer"]]

    decide_note(note, Outcome.ACCEPT, by=people["administrator"])

    assert posted(TUESDAY) == []


def test_notice_without_a_rule_concerns_nobody(scholar):
    told(scholar, "a_code_of_an_older_version")

    assert posted(TUESDAY) == []


@pytest.mark.parametrize("verified", [None, False])
def test_address_that_nobody_showed_to_be_theirs_gets_nothing(people, verified):
    if verified is not None:
        EmailAddress.objects.create(user=people["scholar"], email="scholar@example.org", verified=verified)
    told(people["scholar"])

    assert posted(TUESDAY) == []


def test_another_address_than_the_one_that_was_shown_gets_nothing(people, scholar):
    told(scholar)
    change_address(
        user_id=scholar.pk,
        email="new@example.org",
        password="correct horse battery",
        by=people["administrator"],
    )

    assert "new@example.org" not in [address for one in posted(TUESDAY) for address in one.to]
    assert Notice.objects.get().mailed_at is None


def test_closed_account_gets_nothing_not_even_what_waits_to_be_sent(people, scholar):
    told(scholar)
    sealed = mail_news(user_id=scholar.pk, now=TUESDAY)

    deactivate_account(user_id=scholar.pk, by=people["administrator"])

    assert send_sealed(mail_id=sealed.pk) is False
    assert posted(TUESDAY) == []


def test_erased_account_gets_nothing_not_even_what_waits_to_be_sent(scholar):
    told(scholar)
    sealed = mail_news(user_id=scholar.pk, now=TUESDAY)

    erase_rows(scholar)

    assert send_sealed(mail_id=sealed.pk) is False
    assert posted(TUESDAY) == []
    assert not Notice.objects.filter(user=scholar).exists()


def test_site_without_mail_promises_none(scholar, settings):
    settings.SENDS_MAIL = False
    told(scholar)

    assert plan_mails(now=TUESDAY) == 0
    assert mail_news(user_id=scholar.pk, now=TUESDAY) is None
    assert Notice.objects.get().mailed_at is None


# --- Once ---------------------------------------------------------------------------------------------


def test_worker_that_dies_while_it_makes_a_mail_has_made_none(scholar, monkeypatch):
    told(scholar, at=LONG_AGO)
    plan_mails()
    job = Job.objects.get(kind="mail_news")
    monkeypatch.setattr(acting, "send_later", _dies)
    with pytest.raises(SystemExit):
        run_job(job.pk)
    monkeypatch.undo()

    assert SealedMail.objects.count() == 0
    assert Notice.objects.get().mailed_at is None
    Job.objects.filter(pk=job.pk).update(state="queued")  # As the sweep does.
    run_job(job.pk)
    assert SealedMail.objects.count() == 1


def _dies(*_said):
    raise SystemExit


def test_job_that_runs_again_after_its_mail_was_made_makes_no_other(scholar):
    told(scholar, at=LONG_AGO)
    plan_mails()
    job = Job.objects.get(kind="mail_news")

    for _again in range(3):
        run_job(job.pk)
        Job.objects.filter(pk=job.pk).update(state="queued")

    assert SealedMail.objects.count() == 1


def test_mail_is_promised_once_however_often_somebody_looks(scholar):
    told(scholar)

    assert [plan_mails(now=TUESDAY) for _again in range(3)] == [1, 0, 0]
    Job.objects.update(state="running")
    assert plan_mails(now=TUESDAY) == 0


def test_mail_that_cannot_be_made_is_not_tried_all_day(scholar):
    told(scholar)
    plan_mails(now=TUESDAY)
    Job.objects.update(state="failed", finished_at=TUESDAY)

    assert plan_mails(now=TUESDAY + timedelta(hours=23)) == 0
    assert plan_mails(now=TUESDAY + timedelta(hours=25)) == 1


class TakesAndDies(EmailBackend):
    """A worker that is killed between the mail server's taking a mail and saying so."""

    def send_messages(self, messages):
        super().send_messages(messages)
        raise SystemExit


def test_mail_that_the_server_may_have_is_sent_once_more_under_the_same_name_and_then_no_more(
    scholar, settings
):
    settings.MAIL_SENDER = f"{__name__}.TakesAndDies"
    told(scholar)
    sealed = mail_news(user_id=scholar.pk, now=TUESDAY)
    job = Job.objects.get(kind="send_mail")

    for _again in range(2):
        with pytest.raises(SystemExit):
            run_job(job.pk)
        Job.objects.filter(pk=job.pk).update(state="queued")
    ended = run_job(job.pk)

    assert ended == "failed"
    assert Job.objects.get(pk=job.pk).message["code"] == "mail_unanswered"
    assert len(mail.outbox) == 2
    assert len({one.message()["Message-ID"] for one in mail.outbox}) == 1
    SealedMail.objects.filter(pk=sealed.pk).update(created_at=timezone.now() - timedelta(days=4))
    forget_old_mails()
    assert Notice.objects.get().mailed_at is not None  # It may be there: it is not told a third time.


def test_mail_that_never_left_gives_back_what_it_told(scholar, settings):
    settings.MAIL_SENDER, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    first, second = told(scholar), told(scholar, "notes_brought_in", count=1)
    sealed = mail_news(user_id=scholar.pk, now=TUESDAY)
    assert run_job(Job.objects.get(kind="send_mail").pk) == "queued"  # To be tried again later.
    read_notices(seen=[second.as_read], by=scholar)

    SealedMail.objects.filter(pk=sealed.pk).update(created_at=timezone.now() - timedelta(days=4))
    assert forget_old_mails() == 1

    settings.MAIL_SENDER = LOCAL
    assert len(posted(TUESDAY + timedelta(days=4))) == 1
    assert set(Notice.objects.exclude(mail=None).exclude(mail=sealed)) == {first}


# --- No more of them ----------------------------------------------------------------------------------


def stop_link(message: mail.EmailMultiAlternatives) -> str:
    return message.extra_headers["List-Unsubscribe"].strip("<>")


def path_of(link: str) -> str:
    return link.removeprefix("http://localhost:8000")


@pytest.fixture
def link(scholar) -> str:
    told(scholar)
    (message,) = posted(TUESDAY)
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    found = stop_link(message)
    assert found in message.body
    return path_of(found)


def stranger() -> Client:
    """A machine of a mail provider: no cookie, no token, and what checks tokens is on."""
    return Client(enforce_csrf_checks=True)


def test_one_press_in_a_mail_program_stops_them_without_signing_in(scholar, link):
    answer = stranger().post(link, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    scholar.refresh_from_db()
    assert scholar.mail_choice == MailChoice.NEVER
    told(scholar, at=TUESDAY)
    assert posted(SUNDAY) == []
    event = AuditEvent.objects.get(action="person.mail_chosen")
    assert (event.target_id, event.actor_id) == (scholar.public_id, None)


def test_opening_the_link_asks_and_changes_nothing(scholar, link):
    for method in ("get", "head"):
        answer = getattr(stranger(), method)(link)
        assert answer.status_code == 200
    page = stranger().get(link).content.decode()

    scholar.refresh_from_db()
    assert scholar.mail_choice == MailChoice.DAILY
    assert '<form class="section cluster" method="post">' in page
    assert scholar.email not in page
    assert scholar.display_name not in page


def test_pressing_twice_is_pressing_once(scholar, link):
    for _again in range(2):
        assert stranger().post(link).status_code == 200

    assert AuditEvent.objects.filter(action="person.mail_chosen").count() == 1


def test_mail_that_waits_when_they_are_stopped_is_not_sent(scholar, link):
    told(scholar, at=TUESDAY)
    sealed = mail_news(user_id=scholar.pk, now=SUNDAY)

    stranger().post(link)

    assert send_sealed(mail_id=sealed.pk) is False


def test_key_that_the_site_did_not_make_stops_nobody(people, scholar, link):
    key = link.rstrip("/").rpartition("/")[2]
    other = people["member"].public_id + key[len(scholar.public_id) :]
    page = reverse("stop_mails", args=["nothing"])

    for wrong in (other, key[:-1], key + "x", "nothing", scholar.public_id):
        for method in ("get", "post"):
            answer = getattr(stranger(), method)(reverse("stop_mails", args=[wrong]))
            missing = getattr(stranger(), method)(page)
            assert (answer.status_code, missing.status_code) == (404, 404)
            assert answer.content.replace(wrong.encode(), b"") == missing.content.replace(b"nothing", b"")
    assert set(User.objects.values_list("mail_choice", flat=True)) == {"daily"}


def test_key_of_a_closed_account_is_like_none(people, scholar, link):
    deactivate_account(user_id=scholar.pk, by=people["administrator"])

    assert stranger().post(link).status_code == 404
    with pytest.raises(NotVisible):
        stop_mails(key=link.rstrip("/").rpartition("/")[2])


def test_who_tries_keys_is_told_to_wait(link, settings):
    settings.ACCOUNT_RATE_LIMITS = {"stop_mails": "2/h/ip"}
    cache.clear()

    codes = [stranger().post(reverse("stop_mails", args=["nothing"])).status_code for _again in range(3)]

    assert codes == [404, 404, 429]
    cache.clear()


# --- The page -----------------------------------------------------------------------------------------


def page_of(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.get("/en/account/mails/").content.decode()


def test_choice_and_language_are_on_the_account_page(scholar, client):
    client.force_login(scholar)
    page = client.get("/en/account/mails/").content.decode()
    client.post("/en/account/mails/", {"mail_choice": "weekly", "language": "en"})

    scholar.refresh_from_db()
    assert (scholar.mail_choice, scholar.language) == ("weekly", "en")
    for choice in MailChoice:
        assert f'value="{choice}"' in page
    assert "One mail on Sunday" in page
    assert "Asia/Damascus" in page
    for wrong in ({"mail_choice": "hourly", "language": "en"}, {"mail_choice": "daily", "language": "xx"}):
        assert client.post("/en/account/mails/", wrong).status_code == 200
    scholar.refresh_from_db()
    assert (scholar.mail_choice, scholar.language) == ("weekly", "en")


def test_page_says_when_the_site_sends_no_mail(scholar, settings):
    assert "sends no mail" not in page_of(scholar)
    settings.SENDS_MAIL = False

    assert "This site sends no mail" in page_of(scholar)


def test_address_that_is_not_shown_yet_is_told_and_confirmed_by_a_link_that_is_sent_there(people, client):
    member = people["member"]
    assert "so no news go there" in page_of(member)
    client.force_login(member)

    client.post("/en/account/mails/confirm/")
    run_job(Job.objects.get(kind="send_mail").pk)
    (message,) = mail.outbox
    assert message.to == [member.email]
    client.post(re.search(r"/(?:ar|en)/account/email/\S+", message.body).group())

    assert "so no news go there" not in page_of(member)
    told(member)
    assert len(posted(TUESDAY)) == 1
    assert len(mail.outbox) == 2  # No mail about another address.


def test_account_begins_with_the_language_in_which_it_was_opened(client, people):
    client.force_login(people["administrator"])
    page = client.post("/ar/desk/people/invite/", {"email": "new@example.org", "roles": []}).content.decode()
    path = re.search(r"/ar/join/([\w-]+)/", page).group().replace("/ar/", "/en/")
    client.logout()

    client.post(path, {"display_name": "N", "password": "a sentence that is long"})

    assert User.objects.get(email="new@example.org").language == "en"


# --- Who is told --------------------------------------------------------------------------------------


def test_reviewers_are_told_of_what_was_handed_in_once_however_much_it_is(people):
    text = make_text()
    for _more in range(2):
        note = make_note(text, by=people["scholar"])
        submit(version_ids=[note.newest_version.public_id], by=people["scholar"])

    notice = Notice.objects.get(code="notes_handed_in")
    assert (notice.user, notice.params["count"]) == (people["reviewer"], 2)


def test_who_hands_in_is_not_told_and_administrators_are_where_nobody_else_reviews(people):
    note = make_note(make_text(), by=people["reviewer"])
    submit(version_ids=[note.newest_version.public_id], by=people["reviewer"])

    assert [one.user for one in Notice.objects.filter(code="notes_handed_in")] == [people["administrator"]]


def test_reviewer_who_may_not_see_it_is_not_told_that_it_was_handed_in(people):
    note = make_note(make_text(), by=people["scholar"])
    text = Text.objects.get(pk=note.text_id)
    text.work.access = Access.RESTRICTED
    text.work.save()
    text.work.readers.add(people["scholar"])

    submit(version_ids=[note.newest_version.public_id], by=people["scholar"])

    assert people["reviewer"] not in {one.user for one in Notice.objects.all()}


def test_package_that_took_long_is_told_and_one_before_ones_eyes_is_not(people, scholar):
    for waited in (timedelta(0), timedelta(minutes=3)):
        package = ask_personal_export(account_id=scholar.pk, by=scholar)
        PersonalExport.objects.filter(pk=package.pk).update(created_at=timezone.now() - waited)
        run_job(package.job_id)
        PersonalExport.objects.filter(pk=package.pk).update(
            expires_at=timezone.now() + timedelta(days=1 if waited else 0)
        )

    notice = Notice.objects.get()
    assert (notice.code, notice.params["package"]) == ("data_ready", package.public_id)
    Notice.objects.update(unmailed_since=NOON)
    assert len(posted(TUESDAY)) == 1


# --- By itself, and by command ------------------------------------------------------------------------


def test_scheduler_of_the_embedded_site_promises_what_is_due(scholar):
    (entry,) = [
        one for one in configured.CELERY_BEAT_SCHEDULE.values() if one["task"] == "archive.tasks.plan_mails"
    ]
    told(scholar, at=LONG_AGO)

    tasks.plan_mails()

    assert entry["schedule"] <= 60
    assert Job.objects.get(kind="mail_news").payload == {"user": scholar.pk}


def test_command_sends_what_is_due_without_a_worker(scholar, capsys):
    told(scholar, at=LONG_AGO)

    call_command("send_digests", "--list")
    assert len(mail.outbox) == 0
    call_command("send_digests")
    call_command("send_digests")

    assert [one.to for one in mail.outbox] == [[scholar.email]]
    said = capsys.readouterr().out.splitlines()
    assert said == [
        "Mails with news that are due: 1.",
        "Mails sent: 1; not taken: 0.",
        "Mails sent: 0; not taken: 0.",
    ]


def test_command_says_when_the_mail_server_took_nothing(scholar, settings, capsys):
    settings.MAIL_SENDER, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    told(scholar, at=LONG_AGO)

    with pytest.raises(SystemExit) as ended:
        call_command("send_digests")

    assert ended.value.code == 1
    assert "Mails sent: 0; not taken: 1." in capsys.readouterr().out
    assert Job.objects.get(kind="send_mail").not_before is not None


def test_command_refuses_where_no_mail_is_sent(settings):
    settings.SENDS_MAIL = False

    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_digests")


def _queries(act) -> int:
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_looking_who_is_due_costs_the_same_for_one_person_and_for_many(scholar):
    told(scholar)
    one = _queries(lambda: plan_mails(now=TUESDAY))
    Job.objects.all().delete()
    for number in range(20):
        told(confirmed(make_user(f"reader{number}@example.org")))

    many = _queries(lambda: plan_mails(now=TUESDAY))

    assert Job.objects.filter(kind="mail_news").count() == 21
    assert many == one


def test_making_a_mail_costs_the_same_for_one_piece_of_news_and_for_many(people, scholar):
    note = make_accepted(make_text(), "الطاحونة", author=scholar, reviewer=people["reviewer"])
    Notice.objects.all().delete()
    reply = say_reply(annotation=note.public_id, body="جواب", by=people["member"])
    Notice.objects.update(unmailed_since=NOON)
    one = _queries(lambda: mail_news(user_id=scholar.pk, now=TUESDAY))
    for _more in range(30):
        told(scholar, "talk_reply", at=TUESDAY, reply=reply.public_id, giver="ل", count=1)

    many = _queries(lambda: mail_news(user_id=scholar.pk, now=TUESDAY + timedelta(days=1)))

    assert many == one


def test_one_whose_mail_cannot_be_made_holds_nobody_up(people, monkeypatch, caplog):
    first, second = confirmed(people["scholar"]), confirmed(people["reviewer"])
    for user in (first, second):
        told(user, at=LONG_AGO)
    low = min(first.pk, second.pk)

    def broken(*, user_id: int) -> object:
        if user_id == low:
            raise RuntimeError("this one's mail")
        return mail_news(user_id=user_id)

    monkeypatch.setattr("archive.management.commands.send_digests.mail_news", broken)
    with pytest.raises(SystemExit):
        call_command("send_digests")

    assert len(mail.outbox) == 1
    assert "could not be made" in caplog.text
