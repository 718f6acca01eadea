"""Tell people by mail what concerns them: at once, once a day, once a week or never, as each of them chose.

A mail says what the notices of the site say, in its reader's language, with links: never a word of a text or a note.
The notices that it tells are marked in the transaction that promises to send it. So whoever is killed at any moment
leaves either both or neither; what the mail server then makes of it is the business of `send_later`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from archive import kinds
from archive.access import news
from archive.actions.enqueue import enqueue_all
from archive.actions.record_event import record_event
from archive.actions.send_later import send_later, take_back
from archive.enums import JobState, MailChoice
from archive.errors import Invalid
from archive.models import Job, Notice, SealedMail, User
from archive.presenters import news_mail

MAIL_NEWS = "mail_news"
#: Mails that are promised at a time: other work comes between.
BATCH = 200
#: So long nobody tries again what was given up.
REST = timedelta(days=1)


@transaction.atomic
def plan_mails(*, now: datetime | None = None) -> int:
    """Promise a mail to everybody to whom one is owed now, in a fixed number of queries; return how many were promised."""
    now = now or timezone.now()
    if not settings.SENDS_MAIL:
        return 0
    tried = Job.objects.filter(kind=MAIL_NEWS)
    waits = Q(state__in=[JobState.QUEUED, JobState.RUNNING])
    rests = Q(state=JobState.FAILED, finished_at__gt=now - REST)
    waiting = set(tried.filter(waits | rests).order_by().values_list("dedupe_key", flat=True))
    # Before they are counted off: those who rest hold nobody back.
    due = news.due(now).order_by("pk").values_list("pk", flat=True)
    keys = list(islice((key for key in due.iterator() if _dedupe_key(key) not in waiting), BATCH))
    wanted = {_dedupe_key(key): {"user": key} for key in keys}
    return len(enqueue_all(MAIL_NEWS, wanted))


def _dedupe_key(user_id: int) -> str:
    return f"{MAIL_NEWS}:{user_id}"


@transaction.atomic
def mail_news(*, user_id: int, now: datetime | None = None) -> SealedMail | None:
    """Promise a person one mail with what they were told and neither read nor got by mail; None: there is nothing to say.

    Nothing goes to whom none is owed at this moment, or of what they may not see any more.
    """
    now = now or timezone.now()
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not settings.SENDS_MAIL or not news.due(now).filter(pk=user.pk).exists():
        return None
    waiting = list(Notice.objects.filter(news.UNMAILED, user=user).select_for_update().order_by("-pk"))
    told = news.concerning(waiting, user)
    mail = None
    if told:
        with override(user.language):
            mail = send_later(news_mail.message(user, told))
    # Those that concern nobody any more stay on the desk; no mail has to look at them again.
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(mailed_at=now)
    Notice.objects.filter(pk__in=[notice.pk for notice in told]).update(mail=mail)
    return mail


@transaction.atomic
def choose_mail(*, choice: str, language: str = "", by: User) -> User:
    """Set when mails tell a person what concerns them, and in which language; what waits for one goes with the new choice.

    Raises Invalid("choice_unknown").
    """
    if choice not in set(MailChoice):
        raise Invalid("choice_unknown", field="mail_choice")
    if language and language not in dict(settings.LANGUAGES):
        raise Invalid("choice_unknown", field="language")
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    user.mail_choice, user.language = choice, language or user.language
    user.save(update_fields=["mail_choice", "language"])
    if choice == MailChoice.NEVER:
        take_back_mails(user)
    record_event("person.mail_chosen", target=user, by=by, choice=choice)
    return user


@transaction.atomic
def stop_mails(*, key: str) -> User:
    """Send no more news to the account whose mail had this key; a second time changes nothing.

    Raises NotVisible for a key that stops nothing.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=news.stopped_by(key).pk)
    if user.mail_choice == MailChoice.NEVER:
        return user
    user.mail_choice = MailChoice.NEVER
    user.save(update_fields=["mail_choice"])
    take_back_mails(user)
    # Whoever holds the mail may do it: it need not be the person.
    record_event("person.mail_chosen", target=user, by=None, choice=MailChoice.NEVER.value)
    return user


def take_back_mails(user: User) -> None:
    """Forget the mails with news that wait to be sent to a person; their notices wait as before."""
    take_back(SealedMail.objects.filter(pk__in=Notice.objects.filter(user=user).values("mail")))


@kinds.handles(MAIL_NEWS)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"mail": mail_news(user_id=job.payload["user"]) is not None}
