"""What the frozen value of a release says of pictures and films, and of places on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, str]
Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class MediaPlace:
    """Where a note lies that is on a part of a picture, or on seconds of a film.

    `sha256` names the bytes by which the archive shows that: the largest public copy of the picture, of a later page its
    pyramid of tiles, of a film its capture. It is empty where the archive keeps none.
    """

    #: "region" or "time".
    kind: str
    #: ("image" | "video", id): who may see it decides who may read the note.
    member: tuple[str, str]
    #: Index of the figure's or film's block; None when it does not stand in the text.
    block: int | None
    sha256: str
    media_type: str
    #: Of a region its shape and points, in pixels of the upright page; the page, from 1, and how large that is.
    region: Json | None = None
    page: int = 1
    width: int = 0
    height: int = 0
    #: Seconds.
    start_time: float | None = None
    end_time: float | None = None


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A public copy of a picture that the release keeps."""

    name: str
    media_type: str
    width: int
    height: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PictureFacts:
    """The image in a figure."""

    id: str
    title: Words
    alternative: Words
    creators: tuple[Json, ...]
    date: str
    rights_uri: str
    rights_holder: Words
    content_warning: Words
    files: tuple[PictureFile, ...]


@dataclass(frozen=True, slots=True)
class FigureFacts:
    """A figure of the text; without an image it is shown as a labelled gap."""

    key: str
    block: int
    caption: str
    image: PictureFacts | None
    #: Which page of the image it shows; snapshots name those after the first (`canonical.dumps`).
    page: int = 1


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """A linked video; nothing of it is kept but what it is called and where it was."""

    #: Public id; empty when the archive has no entry of it.
    id: str
    provider: str
    external_id: str
    url: str
    block: int
    title: Words
    content_warning: Words
    state: str


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """A film that notes are on, in the text or not: what is needed to find the seconds again."""

    id: str
    provider: str
    external_id: str
    url: str
    title: Words
    content_warning: Words
    state: str
    #: Seconds; None when unknown.
    duration: float | None
    #: The archive's own copy: `{"id": …, "sha256": …, "media_type": …}`, or None.
    capture: Json | None
