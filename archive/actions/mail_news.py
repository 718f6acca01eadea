"""Tell people by mail what concerns them: at once, once a day, or never, as each of them chose.

A mail says what the notices of the site say, in its reader's language, with links: never a word of a text or a note.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from archive import kinds
from archive.actions.enqueue import enqueue
from archive.actions.record_event import record_event
from archive.enums import MailChoice
from archive.errors import Invalid
from archive.models import Notice, User
from archive.presenters.addresses import in_language
from archive.presenters.messages import sentence

MAIL_NEWS = "mail_news"
#: The hour of the site's zone at which the daily mails leave.
MORNING = time(6)
#: Notices in one mail; the rest waits on the desk.
MOST = 50


def promise_mail(user: User) -> None:
    """Promise a mail to a person who wants one, for what they were just told.

    It locks them until the transaction ends: whoever tells several begins with the lowest key.
    """
    if not settings.SENDS_MAIL or not user.is_active or user.mail_choice == MailChoice.NEVER:
        return
    # One at a time: two who tell the same person something would both insert the job that may wait once.
    lock_person(user)
    is_daily = user.mail_choice == MailChoice.DAILY
    enqueue(
        MAIL_NEWS, dedupe_key=f"{MAIL_NEWS}:{user.pk}:{user.mail_choice}",
        not_before=_next_morning() if is_daily else None, user=user.pk,
    )  # fmt: skip


def lock_person(user: User) -> None:
    """Lock a person until the transaction ends: before their notices, as the job does that mails these."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()


@transaction.atomic
def choose_mail(*, choice: str, by: User) -> User:
    """Set when mails tell a person what concerns them; what waits for one goes with the new choice.

    Raises Invalid("choice_unknown").
    """
    if choice not in set(MailChoice):
        raise Invalid("choice_unknown", field="mail_choice")
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    user.mail_choice = choice
    user.save(update_fields=["mail_choice"])
    if _waiting(user):
        promise_mail(user)
    record_event("person.mail_chosen", target=user, by=by, choice=choice)
    return user


@transaction.atomic
def mail_news(*, user_id: int) -> int:
    """Send a person one mail with what they were told and neither read nor got by mail; return how many notices.

    Nothing goes to who chose otherwise since, or may not see any more what a notice leads to.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    if not user.is_active or user.mail_choice == MailChoice.NEVER:
        return 0
    waiting = _waiting(user)
    Notice.objects.filter(pk__in=[notice.pk for notice in waiting]).update(mailed_at=timezone.now())
    told = [notice for notice in waiting if _still_concerns(notice, user)]
    if told:
        _message(user, told).send()
    return len(told)


def _waiting(user: User) -> list[Notice]:
    return list(Notice.objects.filter(user=user, read_at=None, mailed_at=None).order_by("-pk")[:MOST])


def _still_concerns(notice: Notice, user: User) -> bool:
    check = kinds.notice_checks.get(notice.code)
    return check is None or check(notice.params, user)


def _message(user: User, notices: Sequence[Notice]) -> EmailMessage:
    with override(user.language):
        subject = ngettext("%(n)s piece of news for you", "%(n)s pieces of news for you", len(notices))
        lines = [_line(notice, user.language) for notice in notices]
        end = _("When such mails come, or never, is yours to choose:")
        choice = settings.PUBLIC_URL + reverse("own_mails")
        body = "\n\n".join([*lines, f"— \n{end}\n{choice}"])
        return EmailMessage(
            subject % {"n": len(notices)}, f"{body}\n", settings.DEFAULT_FROM_EMAIL, [user.email]
        )


def _line(notice: Notice, language: str) -> str:
    path = in_language(notice.url, language) if notice.url else reverse("desk")
    return f"{sentence(notice.code, notice.params)}\n{settings.PUBLIC_URL}{path}"


def _next_morning() -> datetime:
    now = timezone.localtime()
    morning = now.replace(hour=MORNING.hour, minute=0, second=0, microsecond=0)
    return morning if morning > now else morning + timedelta(days=1)


@kinds.handles(MAIL_NEWS)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"told": mail_news(user_id=job.payload["user"])}
