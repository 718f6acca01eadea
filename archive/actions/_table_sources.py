"""What rows of a table name that new images and videos are made from: files of a deposit, addresses of films."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from archive.actions._deposit_files import FilesOf, folded
from archive.actions.add_image import refuse_no_image
from archive.actions.add_video import recognised
from archive.errors import Conflict, Invalid
from archive.importers.videos import recognise
from archive.models import Video

Film = tuple[str, str]


class Addresses:
    """Films by their addresses, recognised as everywhere else; nothing is fetched from there."""

    def __init__(self) -> None:
        self.known: dict[Film, str] = {}
        self.told: set[Film] = set()

    def prepare(self, cells: Iterable[str]) -> None:
        """Look up which of these films are in the catalogue already: one query."""
        films = {(link.provider, link.video_id) for cell in cells if cell and (link := recognise(cell))}
        rows = Video.objects.filter(external_id__in={ident for _provider, ident in films})
        self.known |= {
            (provider, ident): public_id
            for provider, ident, public_id in rows.values_list("provider", "external_id", "public_id")
        }

    def new(self, cell: str) -> str:
        """Return the address of a film that is to be made.

        Raises Invalid("no_address", "not_a_video", "twice_in_table"), Conflict("video_known").
        """
        if not cell:
            raise Invalid("no_address", field="url")
        link = recognised(cell)
        film = (link.provider, link.video_id)
        if film in self.known:
            raise Conflict("video_known", field="url", video=self.known[film])
        if film in self.told:
            raise Invalid("twice_in_table")
        self.told.add(film)
        return link.url[:500]

    def check(self, cell: str, video: Any) -> None:
        """Refuse the address of another film beside the id of this one; raises Invalid("another_address")."""
        link = recognise(cell) if cell else None
        if cell and (link is None or (link.provider, link.video_id) != (video.provider, video.external_id)):
            raise Invalid("another_address", field="url")


def new_from_file(files: FilesOf, cell: str) -> str:
    """Return the name of a file of which an image is to be made.

    Raises Invalid("ambiguous_file", "file_not_sent", "svg_refused", "not_an_image").
    """
    refuse_no_image(files.media_type(cell))
    return folded(cell)
