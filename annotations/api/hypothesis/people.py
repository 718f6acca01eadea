"""Who asks, and the groups whose notes they read and write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.hypothesis.base import Client
from annotations.presenters.client_site import WORLD, account, authority, site_of
from archive.actions.keep_group import leave_group
from archive.errors import Invalid, NotVisible
from archive.models import Group, SiteSettings


class Profile(Client):
    """`/api/hypothesis/profile`."""

    def get(self, request: Request) -> Response:
        """Return the account, or that there is none."""
        return Response(self._profile())

    def patch(self, request: Request) -> Response:
        """Take what was shown and read; there is nothing else of the client's that is kept here."""
        wishes = request.data.get("preferences")
        if not isinstance(wishes, dict) or not all(name.startswith("show_") for name in wishes):
            raise Invalid("client_preference", field="preferences")
        return Response(self._profile())

    def _profile(self) -> dict[str, Any]:
        user = self.request.user
        said: dict[str, Any] = {
            "userid": None, "authority": authority(), "groups": [], "features": {"client_display_names": True},
            "preferences": {"show_sidebar_tutorial": False},
        }  # fmt: skip
        if not self.viewer.is_member:
            return said
        groups = [{"id": one["id"], "name": one["name"], "public": one["id"] == WORLD} for one in own(self)]
        name = {"display_name": user.display_name}
        return said | {"userid": account(user.public_id), "groups": groups, "user_info": name}


class OwnGroups(Client):
    """`/api/hypothesis/profile/groups`."""

    def get(self, request: Request) -> Response:
        """Return the asker's groups, and the one of all."""
        return Response(list(own(self)))


class Groups(Client):
    """`/api/hypothesis/groups`: those that a page has."""

    def get(self, request: Request) -> Response:
        """Return the one of all: no group belongs to a page."""
        return Response([world(self.request)])


class OneGroup(Client):
    """`/api/hypothesis/groups/ID`."""

    def get(self, request: Request, public_id: str) -> Response:
        """Return a group that the asker is in, or that of all."""
        found = next((one for one in [world(request), *own(self)] if one["id"] == public_id), None)
        if found is None:
            raise NotVisible("not_visible")
        return Response(found)


class Leaving(Client):
    """`/api/hypothesis/groups/ID/members/me`."""

    def delete(self, request: Request, public_id: str, member: str) -> Response:
        """Leave a group that another member keeps; who is in one of the administrators' is for them to say.

        Raises Invalid for such a one and for leaving in another's name, Conflict to who keeps it.
        """
        row = Group.objects.filter(public_id=public_id, pk__in=self.viewer.group_ids).first()
        if row is None:
            raise NotVisible("not_visible")
        if row.keeper_id is None or member not in ("me", account(self.by.public_id)):
            raise Invalid("client_leaving")
        leave_group(group=public_id, by=self.by)
        return Response(status=204)


def own(view: Client) -> Iterator[dict[str, Any]]:
    """Yield the groups of who asks."""
    if not view.viewer.is_member:
        return
    keepers = _keepers(view.request)
    yield _group(WORLD, _("Open notes, after review"), keepers)
    for row in Group.objects.filter(pk__in=view.viewer.group_ids).order_by("name", "pk"):
        yield _group(row.public_id, row.name, keepers)


def world(request: Request) -> dict[str, Any]:
    """Return the group that is everybody's: what is written there is a draft until it is handed in and accepted."""
    return _group(WORLD, _("Open notes, after review"), _keepers(request))


def _keepers(request: Request) -> dict[str, Any]:
    """Return the site as the organization of which each group is."""
    name = SiteSettings.objects.values_list("name", flat=True).first()
    logo = f"{site_of(request)}{static('hashiya/favicon.svg')}"
    return {"id": "__default__", "name": name or _("Hashiya"), "default": True, "logo": logo}


def _group(ident: str, name: str, organization: dict[str, Any]) -> dict[str, Any]:
    """Return a group. The client says under a note in one that is not "private" that anybody may reuse it freely,
    which is not for it to say: so each is.
    """
    return {
        "id": ident, "groupid": f"group:{ident}@{authority()}", "name": name, "type": "private", "public": False,
        "scoped": False, "scopes": {"enforced": False, "uri_patterns": []},
        "links": {"html": None}, "organization": organization,
    }  # fmt: skip
