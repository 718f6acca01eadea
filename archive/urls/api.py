"""The archive's part of the API: `(prefix, viewset, basename)` for the router, and further paths."""

from typing import Any

from django.urls import URLPattern, path

from archive.api.captures import Captures
from archive.api.collections import Collections
from archive.api.drafts import Drafts
from archive.api.images import Images
from archive.api.imports import Imports
from archive.api.jobs import Jobs
from archive.api.me import Me, Tokens
from archive.api.sections import Sections
from archive.api.texts import Texts
from archive.api.transcripts import Transcripts
from archive.api.videos import Videos
from archive.api.works import Works

routes: list[tuple[str, Any, str]] = [
    ("works", Works, "api-work"),
    ("collections", Collections, "api-collection"),
    ("texts", Texts, "api-text"),
    ("sections", Sections, "api-section"),
    ("images", Images, "api-image"),
    ("videos", Videos, "api-video"),
    ("captures", Captures, "api-capture"),
    ("transcripts", Transcripts, "api-transcript"),
    ("imports", Imports, "api-import"),
    ("drafts", Drafts, "api-draft"),
    ("jobs", Jobs, "api-job"),
    ("tokens", Tokens, "api-token"),
]
paths: list[URLPattern] = [path("me/", Me.as_view(), name="api-me")]
