"""What a request is once it has passed the middleware."""

from __future__ import annotations

from django.http import HttpRequest

from archive.access import Viewer
from archive.models import User


class Request(HttpRequest):
    """A request with its viewer; for type checks only."""

    viewer: Viewer
    user: User
