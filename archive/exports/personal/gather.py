"""The rows that name one account, a table at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.utils import timezone

from archive import kinds
from archive.kinds import PersonalKey
from archive.models import AuditDetail, AuditEvent, User

#: Rows are read, and the sessions are looked through, so many at a time.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a package."""

    #: The name of its files.
    name: str
    #: msgid of its heading.
    title: str
    fields: tuple[str, ...]
    key: PersonalKey

    def rows(self, account: User, *, for_owner: bool) -> Iterator[dict[str, Any]]:
        """Yield what the owner is given, or whoever had the package made, oldest first."""
        rows = rows_of(self.key, account.pk)
        if not for_owner and self.key.told:
            model = apps.get_model(self.key.model)
            rows = rows.filter(pk__in=model._base_manager.filter(**dict(self.key.told)).values("pk"))
        cleans = {name: of(account) for name, of in (self.key.cleans or {}).items()}
        for row in rows.order_by("pk").values(*self.fields).iterator(chunk_size=BATCH):
            yield row | {name: clean(row[name]) for name, clean in cleans.items()}


def tables(*, for_owner: bool) -> list[Table]:
    """Return the tables of a package, in the order in which they were declared."""
    return [
        Table(f"{key.model}-{key.key}".replace("__", "-").replace(".", "-").lower(), key.title, key.fields, key)
        for key in kinds.personal_keys
        if key.fields and (for_owner or not key.only_owner)
    ]  # fmt: skip


def headings(*, erased: bool) -> list[str]:
    """Return the headings of all that an erasure may take away, or leave under the pseudonym."""
    return list(
        dict.fromkeys(key.title for key in kinds.personal_keys if key.title and key.is_erased is erased)
    )


def counted(account: User, *, erased: bool) -> list[tuple[str, int]]:
    """Return those of them that the account has rows of, with how many: for its owner alone."""
    counts: dict[str, int] = {}
    for key in kinds.personal_keys:
        if key.title and key.is_erased is erased:
            counts[key.title] = counts.get(key.title, 0) + rows_of(key, account.pk).count()
    return [(title, count) for title, count in counts.items() if count]


def rows_of(key: PersonalKey, account_id: int) -> Any:
    """Return the rows that name the account in this way."""
    return apps.get_model(key.model)._base_manager.filter(**{key.key: account_id})


def profile(account: User) -> dict[str, Any]:
    """Return what the account itself says."""
    return {
        "public_id": account.public_id, "name": account.display_name, "email": account.email,
        "language": account.language, "mails": account.mail_choice, "active": account.is_active, "joined": account.date_joined,
        "last_sign_in": account.last_login, "closed": account.deactivated_at,
    }  # fmt: skip


def sessions(account_id: int) -> Iterator[Session]:
    """Yield the sessions that are kept of this account; they hold no address and no name of a device."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator(chunk_size=BATCH):
        if str(session.get_decoded().get("_auth_user_id", "")) == str(account_id):
            yield session


def events(account: User, *, for_owner: bool) -> Iterator[dict[str, Any]]:
    """Yield the acts by the account that the record has, with its own words of them for the owner."""
    fields = ("sequence", "at", "action", "target_kind", "target_id")
    batch: list[dict[str, Any]] = []
    acts = AuditEvent.objects.filter(actor_id=account.pk).order_by("sequence").values(*fields)
    for act in acts.iterator(chunk_size=BATCH):
        batch.append(act)
        if len(batch) == BATCH:
            yield from _with_words(batch, for_owner)
            batch = []
    yield from _with_words(batch, for_owner)


def _with_words(batch: list[dict[str, Any]], for_owner: bool) -> Iterator[dict[str, Any]]:
    numbers = [act["sequence"] for act in batch] if for_owner else []
    words = dict(AuditDetail.objects.filter(sequence__in=numbers).values_list("sequence", "words"))
    for act in batch:
        yield {**act, "words": words.get(act["sequence"], "")}
