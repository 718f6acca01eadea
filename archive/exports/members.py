"""The files of a package, one after the other: each a path and a stream of bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from archive import kinds
from archive.errors import HashiyaError
from archive.exports import catalogue, descriptions
from archive.exports.holding import Holding
from archive.exports.lines import line
from archive.media import paths

CHUNK = 1024 * 1024


class Member(NamedTuple):
    """One file to be written."""

    path: str
    media_type: str
    name: str
    chunks: Iterable[bytes]
    #: What the bytes must be, where the archive knows it.
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One file that was written."""

    path: str
    size: int
    sha256: str
    sha512: str
    media_type: str = ""
    name: str = ""


def members(holding: Holding) -> Iterator[Member]:
    """Yield all files but those that describe the package itself, always in the same order."""
    for arrival in holding.files():
        stored = arrival.stored_file
        yield Member(
            catalogue.path_of_file(arrival),
            stored.media_type,
            arrival.filename,
            bytes_of(stored.sha256),
            stored.sha256,
        )
    for revision in holding.revisions():
        path, named = catalogue.path_of_revision(revision), f"Revision {revision.number}"
        yield Member(
            f"{path}.txt", "text/plain; charset=utf-8", named, [revision.content.encode()], revision.sha256
        )
        yield Member(
            f"{path}.json", "application/json", f"{named}: structure", [catalogue.structure(revision)]
        )
    for part in kinds.package_parts:
        yield from part.files(holding.ids, holding.viewer) if part.files else ()
        yield Member(part.path, part.media_type, part.name, part.write(holding.ids, holding.viewer))
    lines = (line(value) for value in catalogue.lines(holding))
    yield Member(catalogue.PATH, "application/jsonl", "The catalogue, without loss", lines)
    yield Member(
        "descriptions.csv", "text/csv; charset=utf-8", "Descriptions as a table", descriptions.table(holding)
    )
    yield Member(
        "descriptions.jsonld",
        "application/ld+json",
        "Descriptions as linked data",
        descriptions.linked(holding),
    )


def bytes_of(sha256: str) -> Iterator[bytes]:
    """Yield the bytes of a stored file; raises HashiyaError("bytes_missing")."""
    try:
        with paths.of_sha256(sha256).open("rb") as file:
            while chunk := file.read(CHUNK):
                yield chunk
    except FileNotFoundError as error:
        raise HashiyaError("bytes_missing") from error
