"""Bring in what was taken out, of this site or of another: a bag, verified, in one step."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import transaction

from archive import kinds
from archive.access import require_may
from archive.actions import _package_films, _package_texts, _packages
from archive.actions._package_lines import lines_of, load_lines
from archive.actions._packages import Arrived, Loading
from archive.actions.bump_epoch import bump_epoch
from archive.actions.receive_file import HEAD, store_bytes
from archive.actions.record_event import record_event
from archive.errors import Invalid
from archive.exports.catalogue import FORMAT, PATH, VERSION
from archive.keeping import bags
from archive.media import limits
from archive.models import Collection, FileArrival, Image, Text, User, Video, Work

Progress = Callable[..., None]

CHUNK = 1024 * 1024
#: Versions of the catalogue that are understood.
READ = frozenset(range(1, VERSION + 1))
_LOADERS = {
    **_packages.LOADERS, **_package_films.LOADERS, "text": _package_texts.load_text,
    "revision": _package_texts.load_revision, "alignment": _package_texts.load_alignment,
}  # fmt: skip


def bring_in(
    *, path: Path, by: User, progress: Progress = lambda percent, **message: None,
    done: Callable[[Work | Collection], None] = lambda root: None,
) -> Work | Collection:  # fmt: skip
    """Load a package that was taken out as a bag; return the work or collection that it is of.

    Everything keeps its public id, so that links to it hold. Collections, images, videos and files that are here
    under the same id are used as they are; a work that is here is a conflict. The bytes come first, the rows in one
    transaction, and `done` within it: killed at any moment, nothing of it can be seen, and it can be given again.
    Raises Invalid (see `bags`, and "bag_line", "bag_notes_line", "bag_format", "group_missing"),
    Conflict("already_here", "undone_here", "slug_taken"), StorageFull, NotAllowed.
    """
    require_to_bring_in(by)
    with opened_package(path, by=by) as loading:
        loading.arrived = _store_all(loading.bag, loading.payload, progress)
        return _load(loading, done)


def require_to_bring_in(by: User) -> None:
    """Raise NotAllowed unless somebody may add all that a package can hold."""
    for model in (Work, Collection, Image, Video, FileArrival):
        require_may(by, "add", model)


@contextmanager
def opened_package(path: Path, *, by: User) -> Iterator[Loading]:
    """Open a package of which every byte is what it says; of its files nothing is kept yet.

    Raises Invalid (see `bags`, and "bag_format").
    """
    with bags.opened(path) as bag:
        payload = bags.verify(bag)
        if f"data/{PATH}" not in payload:
            raise Invalid("bag_format")
        yield Loading(bag, payload, {}, by)


def try_out(loading: Loading) -> None:
    """Load a package and take all of it back: what would be refused is refused now.

    Its bytes are looked at where they lie. Raises what `bring_in` raises.
    """
    loading.arrived = {
        path.removeprefix("data/"): Arrived(digest, loading.bag.sizes[path], _head(loading.bag, path))
        for path, digest in loading.payload.items()
        if path.startswith("data/files/")
    }
    try:
        with transaction.atomic():
            _load(loading, lambda root: None)
            raise _TakenBack
    except _TakenBack:
        return


class _TakenBack(Exception):
    """Ends what was only tried."""


def _head(bag: bags.Bag, path: str) -> bytes:
    with bag.open(path) as file:
        return file.read(HEAD)


def _store_all(bag: bags.Bag, payload: dict[str, str], progress: Progress) -> dict[str, Arrived]:
    """Lay the files down under their hashes."""
    files = [path for path in payload if path.startswith("data/files/")]
    found = {}
    for number, path in enumerate(files):
        progress(number * 90 // len(files), code="file_hashing", params={})
        with bag.open(path) as file:
            sha256, size, head = store_bytes(
                iter(lambda f=file: f.read(CHUNK), b""), max_bytes=limits.DEPOSIT_BYTES
            )
        if sha256 != payload[path]:
            raise Invalid("bag_hash", path=bags.shown(path))
        found[path.removeprefix("data/")] = Arrived(sha256, size, head)
    return found


@transaction.atomic
def _load(loading: Loading, done: Callable[[Work | Collection], None]) -> Work | Collection:
    payload, by = loading.payload, loading.by
    lines = lines_of(loading, f"data/{PATH}", code="bag_line")
    _number, head = next(lines, (0, {}))
    if (head.get("is"), head.get("format")) != ("package", FORMAT) or head.get("version") not in READ:
        raise Invalid("bag_format")
    load_lines(lines, lambda line: _LOADERS[line["is"]](loading, line), code="bag_line")
    for part in kinds.package_parts:
        if part.read is not None and f"data/{part.path}" in payload:
            part.read(loading, f"data/{part.path}")
    root = _root(loading, head.get("root"))
    for text in Text.objects.filter(pk__in=[text.pk for text in loading.texts.values()]):
        _package_texts.settle(text, by)
    bump_epoch()
    done(root)
    record_event("package.brought_in", target=root, by=by, manifest=payload[f"data/{PATH}"])
    return root


def _root(loading: Loading, named: Any) -> Work | Collection:
    kinds: dict[str, dict[str, Any]] = {"work": loading.works, "collection": loading.collections}
    match named:
        case [str(kind), str(public_id)] if public_id in kinds.get(kind, {}):
            root: Work | Collection = kinds[kind][public_id]
            return root
    raise Invalid("bag_format")
