"""The wordings that a release pins, and the pinned wordings of other releases with which an archivist paired them.

A release says no word of translations: which blocks stand for which is the archive's, and is corrected there. So it is asked
now, but only ever of the very two wordings that two sealed releases have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Max, Q

from annotations.editions.reading import public_releases
from annotations.editions.values import Snapshot
from annotations.models import ReleasePart
from archive.access import ANYBODY, visible_to
from archive.models import Alignment, TextRevision
from archive.text.alignment import fits, spans


@dataclass(frozen=True, slots=True)
class Row:
    """Blocks of two releases that belong together, each from and to; one of the two may be none."""

    left: tuple[int, int]
    right: tuple[int, int]
    to_check: bool = False


@dataclass(frozen=True, slots=True)
class Pinned:
    """A wording in a release: its blocks there, and the heading that was put before them, if one was."""

    id: str
    revision: int
    sha256: str
    first: int
    last: int
    heading: int | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """What names the wording, and says that it is the archive's."""
        return self.id, self.revision, self.sha256


def pinned(snapshot: Snapshot) -> list[Pinned]:
    """Return the wordings of which a release is made."""
    text, parts = snapshot.text, snapshot.parts
    if not parts:
        return [Pinned(text.id, text.revision, text.sha256, 0, len(text.blocks))]
    ends = [*(part.block for part in parts[1:]), len(text.blocks)]
    found = []
    for part, last in zip(parts, ends, strict=True):
        has_heading = part.block < last and text.blocks[part.block]["start"] < part.start
        first = part.block + has_heading
        heading = part.block if has_heading else None
        found.append(Pinned(part.id, part.revision, part.sha256, first, last, heading))
    return found


@dataclass(frozen=True, slots=True)
class Bond:
    """A pairing, seen from one of its two wordings."""

    here: tuple[str, int, str]
    there: TextRevision
    alignment: Alignment
    is_original: bool

    @property
    def there_key(self) -> tuple[str, int, str]:
        """What names the other wording."""
        return _key(self.there)


def _key(revision: TextRevision) -> tuple[str, int, str]:
    return revision.text.public_id, revision.number, revision.sha256


def bonds_of(snapshot: Snapshot) -> tuple[list[Bond], bool]:
    """Return the pairings of the wordings that a release pins, as anybody may read them: of each two the newest, if approved.

    And whether its texts are paired at all, be it in other wordings.
    """
    keys = {one.key for one in pinned(snapshot)}
    ids = {ident for ident, _number, _sha in keys}
    rows = Alignment.objects.filter(original__text=F("translation__text__translation_of")).order_by()
    rows = rows.filter(Q(original__text__public_id__in=ids) | Q(translation__text__public_id__in=ids))
    newest = rows.values("original", "translation").annotate(newest=Max("pk")).values("newest")
    seen = visible_to(Alignment.objects.filter(pk__in=newest, is_approved=True), ANYBODY)
    seen = seen.select_related("original__text", "translation__text")
    seen = seen.defer(*(f"{side}__{name}" for side in ("original", "translation") for name in _LONG))
    return [bond for row in seen for bond in _both_ways(row) if bond.here in keys], bool(seen)


_LONG = ("content", "blocks", "marks")


def _both_ways(row: Alignment) -> Iterator[Bond]:
    yield Bond(_key(row.original), row.translation, row, is_original=True)
    yield Bond(_key(row.translation), row.original, row, is_original=False)


def releases_with(bonds: Iterable[Bond]) -> list[Any]:
    """Return the public releases that pin the other wordings: of each edition the newest that does."""
    keys = {bond.there.pk for bond in bonds}
    if not keys:
        return []
    parts = ReleasePart.objects.order_by().filter(revision__in=keys).values("release")
    rows = public_releases().filter(Q(revision__in=keys) | Q(pk__in=parts)).order_by("edition", "-number")
    found: dict[int, Any] = {}
    for row in rows:
        found.setdefault(row.edition_id, row)
    return list(found.values())


def rows_between(here: Snapshot, there: Snapshot, bonds: Iterable[Bond]) -> list[Row]:
    """Return the blocks of a release with those of another that stand for them, in its order.

    What is not paired stands alone. A release of both texts is read from the original.
    """
    others = {one.key: one for one in pinned(there)}
    is_itself = (here.slug, here.number) == (there.slug, there.number)
    known = {bond.here: bond for bond in bonds if bond.there_key in others}
    if is_itself:
        known = {key: bond for key, bond in known.items() if bond.is_original}
    translations = {bond.there_key for bond in known.values()} if is_itself else set()
    found: list[Row] = []
    for one in pinned(here):
        if one.key in translations:
            continue
        bond = known.get(one.key)
        found += _rows(one, others[bond.there_key] if bond else None, bond)
    return found


def _rows(one: Pinned, other: Pinned | None, bond: Bond | None) -> Iterator[Row]:
    """Yield the rows of a wording with another, or alone."""
    heading = one.heading
    if other is not None and other.heading is not None:
        left = (one.first, one.first) if heading is None else (heading, heading + 1)
        yield Row(left, (other.heading, other.heading + 1))
    elif heading is not None:
        yield Row((heading, heading + 1), (0, 0))
    pairs = bond.alignment.pairs if bond else []
    sizes = (one.last - one.first, other.last - other.first) if other else (0, 0)
    if bond is None or other is None or not fits(pairs, *(sizes if bond.is_original else sizes[::-1])):
        yield from (Row((at, at + 1), (0, 0)) for at in range(one.first, one.last))
        return
    for pair, (a, b, c, d) in zip(pairs, spans(pairs), strict=True):
        mine, theirs = ((a, b), (c, d)) if bond.is_original else ((c, d), (a, b))
        yield Row(_moved(mine, one.first), _moved(theirs, other.first), pair.to_check)


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by
