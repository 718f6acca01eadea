"""Mail leaves from the background: no page waits for a mail server, nothing is lost, and no link lies open meanwhile."""

from __future__ import annotations

import json
import logging
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Thread

import pytest
from django.core import mail
from django.utils import timezone

from archive.actions.run_job import run_job
from archive.actions.send_later import forget_old_mails, send_sealed
from archive.models import Job, SealedMail, VitalSign

pytestmark = pytest.mark.django_db

LOCAL = "django.core.mail.backends.locmem.EmailBackend"
SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture(autouse=True)
def _through_jobs(settings):
    settings.SENDS_MAIL, settings.MAIL_SENDER = True, LOCAL
    settings.EMAIL_BACKEND = "archive.actions.send_later.Backend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.3


def forgot(client, email="scholar@example.org"):
    return client.post("/en/account/password/reset/", {"email": email})


def job() -> Job:
    return Job.objects.get(kind="send_mail")


@contextmanager
def server(greeting: bytes) -> Iterator[int]:
    """A mail server that says this and then nothing any more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            try:
                connection, _address = listener.accept()
            except OSError:
                return
            with connection:
                connection.sendall(greeting)
                while connection.recv(100):
                    pass

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
    thread.join(5)


def test_page_promises_the_mail_and_the_job_sends_it(client, people):
    assert forgot(client).status_code == 302
    assert not mail.outbox

    assert run_job(job().pk) == "done"

    (message,) = mail.outbox
    assert message.to == ["scholar@example.org"]
    link = re.search(r"/en/account/password/reset/key/\S+", message.body).group()
    assert client.get(link, follow=True).status_code == 200


def test_link_lies_nowhere_open_and_is_forgotten_once_it_was_sent(client, people):
    forgot(client)
    waiting = json.dumps([*SealedMail.objects.values(), *Job.objects.values()], default=str)
    run_job(job().pk)
    link = re.search(r"/password/reset/key/(\S+)/", mail.outbox[0].body).group(1)

    assert link not in waiting
    assert "scholar@example.org" not in waiting
    sent = SealedMail.objects.get()
    assert (sent.sealed, bool(sent.sent_at)) == ("", True)
    assert send_sealed(mail_id=sent.pk) is False
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("greeting", "code"),
    [(b"", "mail_unreachable"), (b"554 go away, scholar@example.org\r\n", "mail_refused")],
)
def test_server_that_hangs_or_refuses_is_told_at_the_desk_and_tried_again(
    client, people, settings, caplog, greeting, code
):
    settings.MAIL_SENDER = SMTP
    caplog.set_level(logging.DEBUG)
    with server(greeting) as settings.EMAIL_PORT:
        assert forgot(client).status_code == 302
        assert run_job(job().pk) == "queued"

    assert job().not_before is not None
    assert VitalSign.objects.get(name="mail").code == code
    assert "scholar@example.org" not in caplog.text
    client.force_login(people["administrator"])
    page = client.get("/en/desk/site/health/").content.decode()
    assert "1 mail waits to be sent." in page
    assert "mail server" in page
    settings.MAIL_SENDER = LOCAL
    Job.objects.update(not_before=None)
    assert run_job(job().pk) == "done"
    assert "No mail waits." in client.get("/en/desk/site/health/").content.decode()


def test_server_that_is_not_there_is_tried_for_days(client, people, settings):
    settings.MAIL_SENDER, settings.EMAIL_PORT = SMTP, 9
    forgot(client)

    states = []
    while not states or states[-1] == "queued":
        Job.objects.update(not_before=None)
        states.append(run_job(job().pk))

    assert (len(states), states[-1]) == (9, "failed")
    client.force_login(people["administrator"])
    assert "Some work was given up" in client.get("/en/desk/site/health/").content.decode()


def test_words_that_were_never_sent_are_forgotten_after_three_days(client, people):
    forgot(client)
    SealedMail.objects.update(created_at=timezone.now() - timedelta(days=4))

    assert forget_old_mails() == 1

    assert run_job(job().pk) == "done"
    assert not mail.outbox


def test_mail_of_before_the_key_was_changed_is_given_up_in_words(client, people, settings):
    forgot(client)
    settings.SECRET_KEY = "another " * 10

    assert run_job(job().pk) == "failed"
    assert job().message["code"] == "mail_unreadable"


def test_page_of_the_sites_health_is_for_administrators(client, people):
    for role in ("archivist", "editor", "member"):
        client.force_login(people[role])
        assert client.get("/en/desk/site/health/").status_code == 403
