"""Which notices of the archive still concern their reader: what they lead to is asked for again before a mail tells it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Model, QuerySet
from django.utils import timezone

from archive.access.declared_people import invitations_to
from archive.access.registry import as_viewer, may, permitted, visible_to
from archive.enums import Access
from archive.models import (
    Erasure,
    FileArrival,
    Group,
    GroupInvitation,
    Image,
    Notice,
    PersonalExport,
    PublicRequest,
    TakeOut,
    User,
    Video,
)
from archive.models.kept_package import KeptPackage

Check = Callable[[Iterable[Notice], User], set[int]]


def always(notices: Iterable[Notice], user: User) -> set[int]:
    """Return all of them: they tell a person of themselves and of what is theirs."""
    return {notice.pk for notice in notices}


def naming(param: str, rows: Callable[[User], QuerySet[Model]], key: str = "public_id") -> Check:
    """Return a check that keeps notices whose `param` is the `key` of one of the rows that the person has."""

    def check(notices: Iterable[Notice], user: User) -> set[int]:
        named = {notice.pk: str(notice.params.get(param, "")) for notice in notices}
        there = set(rows(user).filter(**{f"{key}__in": set(named.values())}).values_list(key, flat=True))
        return {pk for pk, name in named.items() if name in there}

    return check


def _files_desk(notices: Iterable[Notice], user: User) -> set[int]:
    return always(notices, user) if may(user, "add", FileArrival) else set()


def _erasure(notices: Iterable[Notice], user: User) -> set[int]:
    waits = Erasure.objects.filter(account=user, cancelled_at=None, done_at=None).exists()
    return always(notices, user) if waits else set()


def _requests(user: User) -> QuerySet[Model]:
    """Those that nobody answered yet."""
    return visible_to(PublicRequest, user).filter(outcome="")


def _offered(user: User) -> QuerySet[Model]:
    """Pictures that nobody has opened yet."""
    return permitted(Image, user, "change").filter(access=Access.DRAFT)


def _invitations(user: User) -> QuerySet[Model]:
    return GroupInvitation.objects.filter(pk__in=invitations_to(as_viewer(user)))


def _still_kept(model: type[KeptPackage], user: User) -> QuerySet[Model]:
    return visible_to(model, user).filter(expires_at__gt=timezone.now())


#: By code: heading and check.
CHECKS: dict[str, tuple[str, Check]] = {
    "request_received": ("reports", naming("request", _requests)),
    "file_not_intact": ("archive", _files_desk),
    "video_gone": ("archive", naming("video", lambda user: permitted(Video, user, "change"))),
    "video_changed": ("archive", naming("video", lambda user: permitted(Video, user, "change"))),
    "image_offered": ("archive", naming("image", _offered)),
    "group_invitation": ("groups", naming("giver_id", _invitations, "invited_by__public_id")),
    "group_handed_over": ("groups", naming("group", lambda user: permitted(Group, user, "keep"))),
    "package_ready": ("ready", naming("package", lambda user: _still_kept(TakeOut, user))),
    "data_ready": ("ready", naming("package", lambda user: _still_kept(PersonalExport, user))),
    "data_exported": ("account", always),
    "erasure_asked": ("account", _erasure),
}
