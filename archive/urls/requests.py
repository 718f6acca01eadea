"""Addresses of requests by people outside."""

from django.urls import URLPattern, URLResolver, path

from archive.views import requests

pages: list[URLPattern | URLResolver] = [
    path("ask/", requests.ask, name="ask"),
    path("desk/requests/", requests.desk_requests, name="desk_requests"),
    path("desk/requests/<slug:public_id>/", requests.desk_request, name="desk_request"),
    path("desk/requests/<slug:public_id>/erase/", requests.erase, name="desk_request_erase"),
]
plain: list[URLPattern | URLResolver] = []
