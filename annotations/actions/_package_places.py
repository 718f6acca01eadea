"""How the places of a package's notes become rows, each checked against the words or the picture that it names."""

from __future__ import annotations

from typing import Any

from annotations.actions._places import Places
from annotations.enums import AnchorStatus, LocusKind
from annotations.models import Anchor, Locus
from annotations.values import RegionPlace, TimePlace
from archive.actions._packages import Line, Loading, id_of, words_of

_WORDS = ("exact", "prefix", "suffix", "method")


def new_locus(loading: Loading, line: Line) -> Locus:
    """Return a place that is not inserted yet; raises ValueError, KeyError, Invalid."""
    kind = LocusKind(line["kind"])
    match kind:
        case LocusKind.TEXT:
            locus = Locus(kind=kind, text=loading.texts[line["text"]])
        case LocusKind.WHOLE:
            locus = Locus(kind=kind, work=loading.works[line["work"]])
        case LocusKind.REGION:
            region = line["region"]
            points = [(float(x), float(y)) for x, y in region["points"]]
            image = loading.images[line["image"]].public_id
            shape, page = words_of(region["shape"]), region.get("page", 1)
            if type(page) is not int:
                raise ValueError("no page")
            locus = Places(loading.by).new(RegionPlace(image, shape, points, page)).locus
        case LocusKind.TIME:
            video = loading.videos[line["video"]].public_id
            locus = (
                Places(loading.by)
                .new(TimePlace(video, float(line["start_time"]), float(line["end_time"])))
                .locus
            )
        case LocusKind.WEB:
            raise ValueError("no place of this archive")
    locus.public_id = id_of(line)
    return locus


def anchors_of_line(loading: Loading, line: Line, locus: Locus) -> list[Anchor]:
    """Return where the place sits in each wording; raises ValueError for other words than stand there."""
    return [_anchor(loading, line["text"], row, locus) for row in line["anchors"]]


def _anchor(loading: Loading, text: str, row: Line, locus: Locus) -> Anchor:
    revision = loading.revisions[text, row["revision"]]
    status = AnchorStatus(row["status"])
    start, end = row["start"], row["end"]
    if status != AnchorStatus.LOST and not _stands(revision.content, start, end, row["exact"]):
        raise ValueError("other words")
    anchor = Anchor(
        locus=locus, revision=revision, attempt=row["attempt"], start=start, end=end, status=status,
        score=float(row["score"]), candidates=_candidates(row["candidates"]), created_by=loading.by,
        **{name: words_of(row[name]) for name in _WORDS},
    )  # fmt: skip
    anchor.clean_fields(exclude=["locus", "revision", "created_by", "candidates"])
    return anchor


def _stands(content: str, start: Any, end: Any, exact: Any) -> bool:
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(content):
        return False
    return bool(content[start:end] == exact)


def _candidates(rows: Any) -> list[list[Any]]:
    return [[int(start), int(end), float(score)] for start, end, score in rows]
