"""Whom a mail owes what: notices that nobody read and no mail told, by what each person chose.

Nothing is written down about when the next mail leaves: the notices say it. A morning that was missed, because the
machine was off or the mail server away, is made up for as soon as somebody looks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core import signing
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from archive import kinds
from archive.enums import MailChoice
from archive.errors import NotVisible
from archive.models import Notice, User

#: The hour of the site's zone at which mails of a day and of a week leave.
MORNING = 6
#: The day on which those of a week do (Monday is 0): the first working day where the archive is at home.
SUNDAY = 6
#: For so long a mail that comes at once waits for what follows close on it.
GATHERED = timedelta(minutes=5)
#: What a mail has still to tell.
UNMAILED = Q(read_at=None, mailed_at=None)
_SALT = "archive.stop_mails"


def border(choice: str, now: datetime) -> datetime | None:
    """Return the moment since which nothing may wait any longer for who chose so; None: everything waits for ever."""
    if choice == MailChoice.NEVER:
        return None
    return now - GATHERED if choice == MailChoice.AT_ONCE else _morning(choice, now, ahead=False)


def next_mail(choice: str, now: datetime) -> datetime | None:
    """Return when the next mail leaves for who chose so, if there is anything; None when no hour is set for it."""
    return _morning(choice, now, ahead=True) if choice in (MailChoice.DAILY, MailChoice.WEEKLY) else None


def _morning(choice: str, now: datetime, *, ahead: bool) -> datetime:
    """Return the last morning of a mail that is not after `now`, or the first one after it."""
    local = timezone.localtime(now)
    step = timedelta(days=7 if choice == MailChoice.WEEKLY else 1)
    # Days are counted, not hours, so that six o'clock stays six o'clock when clocks are changed.
    back = timedelta(days=(local.weekday() - SUNDAY) % 7 if choice == MailChoice.WEEKLY else 0)
    morning = (local - back).replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning > local:
        morning -= step
    return morning + step if ahead else morning


def has_confirmed_address() -> Exists:
    """Return the condition that an account's address was shown to be its owner's."""
    shown = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    return Exists(shown)


def due(now: datetime) -> QuerySet[User]:
    """Return those to whom a mail is owed now: of open accounts, at confirmed addresses, as they chose."""
    owed = Q()
    for choice in MailChoice:
        until = border(choice, now)
        if until is not None:
            owed |= Q(user__mail_choice=choice, unmailed_since__lte=until)
    waiting = Notice.objects.filter(UNMAILED & owed).order_by().values("user")
    return User.objects.filter(has_confirmed_address(), pk__in=waiting, is_active=True)


def concerning(notices: Iterable[Notice], user: User) -> list[Notice]:
    """Return those that lead this person to something that they may see now, asked once for each kind of notice.

    A kind without a rule concerns nobody.
    """
    by_code: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_code[notice.code].append(notice)
    kept: set[int] = set()
    for code, told in by_code.items():
        kind = kinds.notice_kinds.get(code)
        kept |= kind.concerning(told, user) if kind else set()
    return [notice for told in by_code.values() for notice in told if notice.pk in kept]


def stop_key(user: User) -> str:
    """Return what in a link lets whoever has the mail stop further ones, and nothing else."""
    return _signer().sign(user.public_id)


def stopped_by(key: str) -> User:
    """Return the account whose mails a key stops.

    Raises NotVisible for a key that the site did not make, and for the key of a closed account.
    """
    try:
        user = User.objects.filter(public_id=_signer().unsign(key), is_active=True).first()
    except signing.BadSignature:
        user = None
    if user is None:
        raise NotVisible("not_visible")
    return user


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT, sep=".")
