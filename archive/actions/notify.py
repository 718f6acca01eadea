"""Tell a person what concerns them."""

from typing import Any

from archive.models import Notice, User


def notify(code: str, *, user: User, url: str = "", **params: Any) -> Notice:
    """Leave a notice inside the site; `code` and `params` are worded in the reader's language."""
    return Notice.objects.create(user=user, code=code, url=url, params=params)
