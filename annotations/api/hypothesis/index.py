"""Where everything is: what a client reads first."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from annotations.api.hypothesis.base import Client
from annotations.presenters.client_site import api_url, site_of

#: Name of a route in the client's words, method, what follows the address of the index.
ROUTES = (
    ("links", "GET", "links"),
    ("search", "GET", "search"),
    ("annotation.create", "POST", "annotations"),
    ("annotation.read", "GET", "annotations/:id"),
    ("annotation.update", "PATCH", "annotations/:id"),
    ("annotation.delete", "DELETE", "annotations/:id"),
    ("annotation.flag", "PUT", "annotations/:id/flag"),
    ("annotation.hide", "PUT", "annotations/:id/hide"),
    ("annotation.unhide", "DELETE", "annotations/:id/hide"),
    ("profile.read", "GET", "profile"),
    ("profile.update", "PATCH", "profile"),
    ("profile.groups.read", "GET", "profile/groups"),
    ("groups.read", "GET", "groups"),
    ("group.read", "GET", "groups/:id"),
    ("group.member.delete", "DELETE", "groups/:pubid/members/:userid"),
)


class Index(Client):
    """`/api/hypothesis/`: the routes."""

    def get(self, request: Request) -> Response:
        """Return the routes as a tree, each with its method and its address."""
        tree: dict[str, Any] = {}
        for name, method, path in ROUTES:
            *branch, leaf = name.split(".")
            at = tree
            for part in branch:
                at = at.setdefault(part, {})
            at[leaf] = {"method": method, "url": f"{api_url(request)}{path}", "desc": name}
        return Response({"links": tree})


class Links(Client):
    """`/api/hypothesis/links`: the pages for people."""

    def get(self, request: Request) -> Response:
        """Return the addresses; those that are about things that we do not have lead to the account's page."""
        site = site_of(request)
        account = f"{site}{reverse('own_data')}"
        return Response(
            {
                "oauth.authorize": f"{site}{reverse('hypothesis_authorize')}",
                "oauth.revoke": f"{api_url(request)}oauth/revoke",
                "account.settings": account,
                "forgot-password": f"{site}{reverse('account_reset_password')}",
                "signup": f"{site}{reverse('account_signup')}",
                "groups.new": f"{site}{reverse('own_groups')}",
                "help": f"{site}{reverse('home')}",
                "user": f"{site}{reverse('home')}?user=:user",
                "search.tag": f"{site}{reverse('search')}?q=:tag",
            }
        )
