"""Packages as BagIt 1.0, as an OCFL 1.1 object, as a plain RO-Crate or as pages to be read; and single tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.enums import PackageFormat
from archive.exports import crate, descriptions, static_copy
from archive.exports.holding import Holding
from archive.exports.members import Member, Written, members
from archive.exports.sinks import Sink, Tick, write

_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Order:
    """What is packed, when it was asked for, and whom to tell how far it is."""

    holding: Holding
    at: datetime
    #: The site's name, which stands for whoever packed.
    packer: str
    tick: Tick = lambda size: None


def pack(sink: Sink, order: Order, layout: PackageFormat) -> None:
    """Write the package; the same order of the same contents gives the same bytes."""
    _LAYOUTS[layout](sink, order)


def single(holding: Holding, layout: PackageFormat) -> Iterator[bytes]:
    """Return the bytes of a format that is one file."""
    return {PackageFormat.CSV: descriptions.table, PackageFormat.JSONLD: descriptions.linked}[layout](holding)


def _payload(sink: Sink, order: Order, folder: str) -> list[Written]:
    """Write the contents, which are the same in every layout, and the description of them last."""
    done = [write(sink, one, at=folder + one.path, tick=order.tick) for one in members(order.holding)]
    described = crate.metadata(order.holding, done, order.at)
    last = Member(crate.PATH, "application/ld+json", "This package", described)
    return [*done, write(sink, last, at=folder + last.path, tick=order.tick)]


def _crate(sink: Sink, order: Order) -> None:
    _payload(sink, order, "")


def _bag(sink: Sink, order: Order) -> None:
    payload = _payload(sink, order, "data/")
    octets = sum(one.size for one in payload)
    info = {
        "Bag-Software-Agent": "Hashiya", "Bagging-Date": order.at.astimezone(UTC).date().isoformat(),
        "External-Identifier": descriptions.name_of(order.holding.root),
        "Payload-Oxum": f"{octets}.{len(payload)}", "Source-Organization": " ".join(order.packer.split()),
    }  # fmt: skip
    tags = [
        _text("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        _text("bag-info.txt", "".join(f"{name}: {value}\n" for name, value in info.items() if value)),
        _text("manifest-sha256.txt", _manifest((f"data/{one.path}", one.sha256) for one in payload)),
    ]
    done = [write(sink, tag) for tag in tags]
    write(sink, _text("tagmanifest-sha256.txt", _manifest((one.path, one.sha256) for one in done)))


def _static(sink: Sink, order: Order) -> None:
    for one in static_copy.members(order.holding, at=order.at, site=order.packer):
        write(sink, one, tick=order.tick)


def _manifest(rows: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(rows))


def _ocfl(sink: Sink, order: Order) -> None:
    payload = _payload(sink, order, "v1/content/")
    paths: dict[str, list[str]] = {}
    for one in payload:
        paths.setdefault(one.sha512, []).append(one.path)
    inventory = {
        "id": descriptions.name_of(order.holding.root), "type": "https://ocfl.io/1.1/spec/#inventory",
        "digestAlgorithm": "sha512", "head": "v1", "contentDirectory": "content",
        "manifest": {digest: [f"v1/content/{path}" for path in sorted(found)] for digest, found in sorted(paths.items())},
        "fixity": {"sha256": _fixity(payload)},
        "versions": {
            "v1": {
                "created": order.at.astimezone(UTC).isoformat(timespec="seconds"),
                "message": "Taken out of the archive", "user": {"name": order.packer, "address": "urn:hashiya:site"},
                "state": {digest: sorted(found) for digest, found in sorted(paths.items())},
            }
        },
    }  # fmt: skip
    words = json.dumps(inventory, ensure_ascii=False, indent=1) + "\n"
    digest = hashlib.sha512(words.encode()).hexdigest()
    write(sink, _text("0=ocfl_object_1.1", "ocfl_object_1.1\n"))
    for folder in ("v1/", ""):
        write(sink, _text(f"{folder}inventory.json", words))
        write(sink, _text(f"{folder}inventory.json.sha512", f"{digest} inventory.json\n"))


def _fixity(payload: list[Written]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in payload:
        found.setdefault(one.sha256, []).append(f"v1/content/{one.path}")
    return {digest: sorted(where) for digest, where in sorted(found.items())}


def _text(path: str, words: str) -> Member:
    return Member(path, _PLAIN, path, [words.encode()])


_LAYOUTS: dict[PackageFormat, Callable[[Sink, Order], None]] = {
    PackageFormat.BAGIT: _bag, PackageFormat.OCFL: _ocfl, PackageFormat.RO_CRATE: _crate,
    PackageFormat.STATIC: _static,
}  # fmt: skip
