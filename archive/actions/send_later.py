"""Send mail from the background: a page never waits for a mail server, and a server that is away loses nothing.

Every mail that Django or its accounts would send goes through `Backend`. What a mail says may be a link that lets
somebody in, so it waits encrypted with the site's key, and is forgotten once it was sent or is too old to matter.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from archive import kinds
from archive.actions.enqueue import enqueue
from archive.actions.vital_signs import sign_of_life
from archive.errors import HashiyaError
from archive.models import Notice, SealedMail

SEND_MAIL = "send_mail"
#: The name of its sign of life.
SIGN = "mail"
#: Links in mails are good for a day, and work is tried for two: older words help nobody.
FORGOTTEN = timedelta(days=3)
#: News of which the server never said whether it took them are handed over once more, so that they are not lost; then no
#: more, so that nobody gets them many times. What somebody asked for (a new password) is tried as often as any work is.
HANDED_OVER = 2
_PARTS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers")


class MailWaits(OSError):
    """The mail server did not take a mail; only a code says why, since its own words name the addressee."""


class Backend(BaseEmailBackend):
    """What Django calls to send mail: it promises to."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Promise to send each of them."""
        for message in email_messages:
            send_later(message)
        return len(email_messages)


@transaction.atomic
def send_later(message: EmailMessage) -> SealedMail:
    """Keep a mail sealed, and promise to send it."""
    if message.attachments:
        raise NotImplementedError("Mails of this site have no attachments.")
    words: dict[str, Any] = {name: _plain(getattr(message, name)) for name in _PARTS}
    words["alternatives"] = [[str(each[0]), str(each[1])] for each in getattr(message, "alternatives", [])]
    mail = SealedMail.objects.create(sealed=_key().encrypt(json.dumps(words).encode()).decode())
    enqueue(SEND_MAIL, mail=mail.pk)
    return mail


def send_sealed(*, mail_id: int) -> bool:
    """Hand a mail over to the server, once; return whether there was anything left to send.

    Raises MailWaits, HashiyaError("mail_unreadable") when the site's key is another since, and
    HashiyaError("mail_unanswered") when the server may have it already.
    """
    mail = SealedMail.objects.get(pk=mail_id)
    if not mail.sealed:
        return False
    if mail.unanswered >= HANDED_OVER and Notice.objects.filter(mail=mail).exists():
        raise HashiyaError("mail_unanswered")
    message = _opened(mail)
    message.connection = get_connection(settings.MAIL_SENDER)
    try:
        message.connection.open()
        if not _hand_over(mail, message):
            return False
    except OSError as error:
        code = "mail_refused" if _is_answer(error) else "mail_unreachable"
        sign_of_life(SIGN, code=code)
        raise MailWaits(code) from None
    finally:
        message.connection.close()
    SealedMail.objects.filter(pk=mail_id).update(sealed="", sent_at=timezone.now(), unanswered=0)
    sign_of_life(SIGN)
    return True


def _hand_over(mail: SealedMail, message: EmailMessage) -> bool:
    """Send it, unless it was taken back meanwhile: then return False.

    That it is being sent is written down before: whoever comes after a killed worker must know.
    """
    row = SealedMail.objects.filter(pk=mail.pk)
    if not row.exclude(sealed="").update(unanswered=F("unanswered") + 1):
        return False
    try:
        message.send()
    except Exception as error:
        if _is_answer(error) or not isinstance(error, OSError):
            row.update(unanswered=F("unanswered") - 1)
        raise
    return True


def _is_answer(error: Exception) -> bool:
    """Whether the server said no: its answer has a code of its own; without one nobody answered."""
    return hasattr(error, "smtp_code") or hasattr(error, "recipients")


def forget_old_mails() -> int:
    """Forget what mails say that were never sent and are too old to be; return how many."""
    return take_back(SealedMail.objects.filter(created_at__lt=timezone.now() - FORGOTTEN))


@transaction.atomic
def take_back(mails: QuerySet[SealedMail]) -> int:
    """Forget those of these mails that wait; return how many. What they tell, another one tells: nothing is lost.

    One that the server may have, or is just getting, is not told again.
    """
    waiting = list(mails.exclude(sealed="").select_for_update().values_list("pk", "unanswered"))
    given_back = [pk for pk, unanswered in waiting if not unanswered]
    Notice.objects.filter(mail__in=given_back, read_at=None).update(mailed_at=None, mail=None)
    return SealedMail.objects.filter(pk__in=[pk for pk, _unanswered in waiting]).update(sealed="")


def _opened(mail: SealedMail) -> EmailMessage:
    try:
        words = json.loads(_key().decrypt(mail.sealed.encode()))
    except InvalidToken:
        raise HashiyaError("mail_unreadable") from None
    alternatives = words.pop("alternatives")
    headers = words.pop("extra_headers")
    # The same name each time: a mail server that gets a mail twice can tell.
    headers.setdefault("Message-ID", f"<{mail.public_id}@{urlsplit(settings.PUBLIC_URL).hostname}>")
    message = EmailMultiAlternatives(**words, headers=headers)
    for content, mimetype in alternatives:
        message.attach_alternative(content, mimetype)
    return message


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): str(each) for name, each in value.items()}
    return [str(each) for each in value] if isinstance(value, list | tuple) else str(value)


def _key() -> Fernet:
    digest = salted_hmac("archive.send_later", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))


@kinds.handles(SEND_MAIL)
def _handle(job: Any, progress: Callable[..., None]) -> dict[str, Any]:
    return {"sent": send_sealed(mail_id=job.payload["mail"])}
