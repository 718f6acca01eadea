"""Tell a person what concerns them."""

from __future__ import annotations

from typing import Any

from archive.actions.mail_news import lock_person, promise_mail
from archive.models import Notice, User


def notify(code: str, *, user: User, url: str = "", **params: Any) -> Notice:
    """Leave a notice inside the site; `code` and `params` are worded in the reader's language.

    A mail tells it too when the person wants that, so a notice never holds words of what only some may read.
    """
    notice = Notice.objects.create(user=user, code=code, url=url, params=params)
    promise_mail(user)
    return notice


def notify_again(code: str, *, user: User, url: str, **params: Any) -> Notice:
    """Leave a notice, or count up (`count`) the one that says the same of this address and is unread."""
    lock_person(user)
    before = Notice.objects.select_for_update().filter(user=user, code=code, url=url, read_at=None).first()
    if before is None:
        return notify(code, user=user, url=url, count=1, **params)
    before.params = {**before.params, **params, "count": int(before.params.get("count", 1)) + 1}
    before.mailed_at = None
    before.save(update_fields=["params", "mailed_at"])
    promise_mail(user)
    return before
