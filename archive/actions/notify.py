"""Tell a person what concerns them."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from archive.models import Notice, User


def notify(code: str, *, user: User, url: str = "", **params: Any) -> Notice:
    """Leave a notice inside the site; `code` and `params` are worded in the reader's language.

    A mail tells it too when the person wants that (`mail_news`), so a notice never holds words of what only some may
    read; its params name what it leads to, by which that is asked again then.
    """
    return Notice.objects.create(user=user, code=code, url=url, params=params)


def notify_again(code: str, *, user: User, url: str, **params: Any) -> Notice:
    """Leave a notice, or count up (`count`) the one that says the same of this address and is unread."""
    before = unread_like(code, user=user, url=url)
    if before is None:
        return notify(code, user=user, url=url, count=1, **params)
    return say_anew(before, {**before.params, **params, "count": int(before.params.get("count", 1)) + 1})


def unread_like(code: str, *, user: User, url: str) -> Notice | None:
    """Return the unread notice of this code that leads there, locked, or None.

    It locks the person until the transaction ends, so that two who tell the same do not both leave one: whoever tells
    several begins with the lowest key.
    """
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    return Notice.objects.select_for_update().filter(user=user, code=code, url=url, read_at=None).first()


def say_anew(notice: Notice, params: dict[str, Any]) -> Notice:
    """Let a notice say more than before; when a mail has told it, another one is owed from now on."""
    notice.params = params
    if notice.mailed_at is not None:
        notice.mailed_at, notice.mail, notice.unmailed_since = None, None, timezone.now()
    notice.save(update_fields=["params", "mailed_at", "mail", "unmailed_since"])
    return notice
