"""Addresses of the Hypothesis API, and of the pages on which its browser client works."""

from django.urls import URLPattern, URLResolver, path

from annotations.api.hypothesis import index, notes, oauth, people, search
from annotations.views import hypothesis

_API = "api/hypothesis/"

pages: list[URLPattern | URLResolver] = [
    path("hypothesis/<slug:public_id>/", hypothesis.text_page, name="hypothesis_text"),
    path("account/hypothesis/", hypothesis.authorize, name="hypothesis_authorize"),
]
plain: list[URLPattern | URLResolver] = [
    path(_API, index.Index.as_view(), name="hypothesis_index"),
    path(f"{_API}links", index.Links.as_view(), name="hypothesis_links"),
    path(f"{_API}token", oauth.Token.as_view(), name="hypothesis_token"),
    path(f"{_API}oauth/revoke", oauth.Revoke.as_view(), name="hypothesis_revoke"),
    path(f"{_API}profile", people.Profile.as_view(), name="hypothesis_profile"),
    path(f"{_API}profile/groups", people.OwnGroups.as_view(), name="hypothesis_own_groups"),
    path(f"{_API}groups", people.Groups.as_view(), name="hypothesis_groups"),
    path(f"{_API}groups/<slug:public_id>", people.OneGroup.as_view(), name="hypothesis_group"),
    path(
        f"{_API}groups/<slug:public_id>/members/<str:member>",
        people.Leaving.as_view(),
        name="hypothesis_leave",
    ),
    path(f"{_API}search", search.Search.as_view(), name="hypothesis_search"),
    path(f"{_API}annotations", notes.Writing.as_view(), name="hypothesis_notes"),
    path(f"{_API}annotations/<slug:public_id>", notes.OneNote.as_view(), name="hypothesis_note"),
    path(f"{_API}annotations/<slug:public_id>/flag", notes.Flag.as_view(), name="hypothesis_flag"),
    path(f"{_API}annotations/<slug:public_id>/hide", notes.Flag.as_view(), name="hypothesis_hide"),
    path("hypothesis/client/app", hypothesis.app, name="hypothesis_app"),
    path("hypothesis/client/", hypothesis.assets, name="hypothesis_assets"),
    path("hypothesis/client/build/<path:name>", hypothesis.asset, name="hypothesis_asset"),
]
