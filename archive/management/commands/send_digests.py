"""Send the mails that are due, without web server, worker or broker."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q
from django.utils import timezone

from archive import queue
from archive.access import news
from archive.actions.mail_news import mail_news
from archive.actions.remind import remind
from archive.actions.run_job import run_job
from archive.actions.send_later import SEND_MAIL
from archive.enums import JobState
from archive.models import Job

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Leave reminders, make the mails with news that are due, and hand over every mail that waits."""

    help = (
        "Makes the mails that tell people their news, for all to whom one is due now, and hands over every mail that "
        "waits. Where a worker and a scheduler run they do this by themselves; both together send nothing twice. "
        "Exit code 0: nothing waits any more; 1: the mail server did not take some, which are tried again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether to tell only."""
        parser.add_argument("--list", action="store_true", help="tell how many are due, and send nothing")

    def handle(self, **options: Any) -> None:
        """Make them, send them, and say how many."""
        if not settings.SENDS_MAIL:
            raise CommandError("This site sends no mail. Set EMAIL_URL.")
        if not options["list"]:
            remind()
        keys = list(news.due(timezone.now()).order_by("pk").values_list("pk", flat=True))
        if options["list"]:
            self.stdout.write(f"Mails with news that are due: {len(keys)}.")
            return
        with queue.held():
            failed = sum(not self._made(key) for key in keys)
            states = [run_job(job_id) for job_id in self._waiting()]
        sent, left = states.count(JobState.DONE), len(states) - states.count(JobState.DONE) - states.count("")
        self.stdout.write(f"Mails sent: {sent}; not taken: {left}.")
        if left or failed:
            raise SystemExit(1)

    def _made(self, key: int) -> bool:
        """Make the mail of one person; what goes wrong with it holds nobody else up."""
        try:
            mail_news(user_id=key)
        except Exception:
            logger.exception("The mail of the account with the key %s could not be made", key)
            return False
        return True

    def _waiting(self) -> list[int]:
        due = Q(not_before=None) | Q(not_before__lte=timezone.now())
        waiting = Job.objects.filter(due, kind=SEND_MAIL, state=JobState.QUEUED)
        return list(waiting.order_by("pk").values_list("pk", flat=True))
