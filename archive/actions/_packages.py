"""How each described item and each file of a package's catalogue becomes a row."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.access import may
from archive.actions.add_image import MAKE_DERIVATIVES, TAKEN
from archive.actions.create_work import save_new
from archive.actions.describe import set_values
from archive.actions.enqueue import enqueue
from archive.actions.make_group import make_group
from archive.actions.receive_file import record_arrival
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.actions.trace_public import trace_public
from archive.enums import KEPT_HERE, DetailTerm, VideoState
from archive.errors import Conflict, Invalid
from archive.importers.videos import recognise
from archive.keeping import bags
from archive.models import (
    Collection,
    FileArrival,
    Group,
    Image,
    Text,
    TextRevision,
    User,
    Video,
    Work,
)
from archive.models.described import DescribedModel, WarnedModel
from archive.presenters.described_values import BILINGUAL
from archive.presenters.slugs import slug_of

_ID = re.compile(r"[23456789abcdefghjkmnpqrstuvwxyz]{16}")
MOST_VERSIONS = 1_000_000
_SHARED = ("creators", "date_edtf", "rights_uri", "identifiers", "access")

Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that are in their place."""

    sha256: str
    size: int
    head: bytes


@dataclass(slots=True)
class Loading:
    """What was loaded so far, by public id."""

    bag: bags.Bag
    payload: dict[str, str]
    arrived: dict[str, Arrived]
    by: User
    #: Kind and public id of what was not here before.
    made: set[tuple[str, str]] = field(default_factory=set)
    collections: dict[str, Collection] = field(default_factory=dict)
    files: dict[str, FileArrival] = field(default_factory=dict)
    #: Where the bytes of each of them lie in the bag.
    places: dict[str, str] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    videos: dict[str, Video] = field(default_factory=dict)
    works: dict[str, Work] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    revisions: dict[tuple[str, int], TextRevision] = field(default_factory=dict)


def id_of(line: Line) -> str:
    """Return the public id of an object; raises ValueError for what is none."""
    if not _ID.fullmatch(line["id"]):
        raise ValueError("no id")
    return str(line["id"])


def _fill(loading: Loading, item: DescribedModel, line: Line, own: Line) -> None:
    """Describe a new item by its line, and insert it."""
    values: Line = {
        f"{name}_{code}": words_of(line[f"{name}_{code}"]) for name in BILINGUAL for code in ("ar", "en")
    }
    values |= {name: line[name] for name in _SHARED}
    # Packages of before have none of these.
    values |= {name: line.get(name, []) for name in ("places", "details")}
    refuse_shape(values["creators"], "name")
    refuse_shape(values["identifiers"], "value")
    refuse_shape(values["places"], "name")
    refuse_details(values["details"])
    if line["embargo_until"] is not None:
        values["embargo_until"] = datetime.fromisoformat(line["embargo_until"])
        if values["embargo_until"].tzinfo is None:
            raise ValueError("no time zone")
    if isinstance(item, WarnedModel):
        # Packages of before have none.
        values["warnings"] = [words_of(kind) for kind in line.get("warnings", [])]
    if line["groups"]:
        values["groups"] = [group_of(loading, str(name)) for name in line["groups"]]
    item.version = version_of(line)
    named = set_values(item, {**values, **own})
    item.clean_fields(exclude=["created_by", "arrival"])
    save_new(item)
    named.put_on(item)
    kind = str(item._meta.model_name)
    loading.made.add((kind, item.public_id))
    refresh_search(kind, item.pk, by=loading.by)
    record_event(f"{kind}.brought_in", target=item, by=loading.by, access=item.access)
    trace_public(item)


def version_of(line: Line) -> int:
    """Return how often an item was changed, from one; packages of before do not say, and have no history."""
    version = line.get("version", 1)
    if type(version) is not int or not 1 <= version <= MOST_VERSIONS:
        raise ValueError("no version")
    return version


def words_of(words: Any) -> str:
    """Return a text; raises TypeError for what is none."""
    if not isinstance(words, str):
        raise TypeError("no text")
    return words


def refuse_shape(rows: Any, needed: str) -> None:
    """Raise ValueError for what are no creators or identifiers."""
    fits = isinstance(rows, list) and all(
        isinstance(row, dict) and row.get(needed) and all(isinstance(one, str) for one in row.values())
        for row in rows
    )
    if not fits:
        raise ValueError("not a list of objects")


def refuse_details(rows: Any) -> None:
    """Raise ValueError for what are no details."""
    refuse_shape(rows, "value")
    if not all(row.get("term") in set(DetailTerm) for row in rows):
        raise ValueError("no such term")


def group_of(loading: Loading, name: str) -> Group:
    group = Group.objects.filter(name=name, keeper=None).first()
    if group is not None:
        return group
    if not may(loading.by, "add", Group) or not 0 < len(name.strip()) <= 120:
        raise Invalid("group_missing", name=name[:120])
    return make_group(name=name, description="", by=loading.by)


def _slug(line: Line) -> str:
    slug = words_of(line["slug"])
    if slug_of(slug, longest=120) != slug or not slug:
        raise ValueError("no address")
    return slug


def _collection(loading: Loading, line: Line) -> None:
    known = Collection.objects.filter(public_id=id_of(line)).first()
    if known is None:
        known = Collection(public_id=line["id"], slug=_slug(line), created_by=loading.by)
        parent = loading.collections[line["parent"]] if line["parent"] else None
        _fill(loading, known, line, {"parent": parent, "order": line["order"]})
    loading.collections[line["id"]] = known


def _file(loading: Loading, line: Line) -> None:
    arrived = loading.arrived[line["path"]]
    known = FileArrival.objects.filter(public_id=id_of(line)).select_related("stored_file").first()
    if known is not None and known.stored_file.sha256 != arrived.sha256:
        raise Conflict("already_here", id=line["id"])
    loading.places[line["id"]] = f"data/{line['path']}"
    if known is None:
        loading.made.add(("file", line["id"]))
    loading.files[line["id"]] = known or record_arrival(
        sha256=arrived.sha256, size=arrived.size, head=arrived.head, filename=words_of(line["filename"]),
        public_id=line["id"], by=loading.by,
    )  # fmt: skip


def _within(loading: Loading, line: Line) -> Collection | None:
    return loading.collections[line["collection"]] if line["collection"] else None


def _image(loading: Loading, line: Line) -> None:
    arrival = loading.files[line["file"]]
    known = Image.objects.filter(public_id=id_of(line)).select_related("arrival").first()
    if known is not None and known.arrival.stored_file_id != arrival.stored_file_id:
        raise Conflict("already_here", id=line["id"])
    if known is not None and known.undone:
        # Seen by nobody any more: what is brought in would show a gap in its place.
        raise Conflict("undone_here", id=line["id"])
    if known is None:
        if arrival.stored_file.media_type not in TAKEN:
            raise Invalid("not_an_image", field="file")
        known = Image(public_id=line["id"], arrival=arrival, created_by=loading.by)
        words = {name: words_of(line[name]) for name in ("alternative_ar", "alternative_en")}
        _fill(loading, known, line, {**words, "collection": _within(loading, line)})
        known.job = enqueue(MAKE_DERIVATIVES, dedupe_key=str(known.pk), by=loading.by, image=known.pk)
        known.save(update_fields=["job"])
    loading.images[line["id"]] = known


def _video(loading: Loading, line: Line) -> None:
    named = {"provider": words_of(line["provider"]), "external_id": words_of(line["external_id"])}
    known = Video.objects.filter(**named).first()
    if known is not None and known.undone:
        raise Conflict("undone_here", id=line["id"])
    if known is not None:
        loading.videos[id_of(line)] = known
        return
    own = named["provider"] in KEPT_HERE and named["external_id"] == id_of(line) and not words_of(line["url"])
    link = None if own else recognise(words_of(line["url"]))
    if not own and (
        link is None or (link.provider, link.video_id) != (named["provider"], named["external_id"])
    ):
        raise ValueError("no address of this video")
    video = Video(public_id=id_of(line), url=line["url"], created_by=loading.by, **named)
    if own:
        video.state = VideoState.ARCHIVED
    duration = None if line["duration"] is None else float(line["duration"])
    _fill(loading, video, line, {"duration": duration, "collection": _within(loading, line)})
    loading.videos[line["id"]] = video


def _work(loading: Loading, line: Line) -> None:
    if Work.objects.filter(public_id=id_of(line)).exists():
        raise Conflict("already_here", id=line["id"])
    work = Work(public_id=line["id"], slug=_slug(line), created_by=loading.by)
    cover = loading.images[line["cover"]] if line["cover"] else None
    own = {
        "kind": line["kind"],
        "language": line["language"],
        "cover": cover,
        "collection": _within(loading, line),
    }
    _fill(loading, work, line, own)
    loading.works[line["id"]] = work


LOADERS: dict[str, Callable[[Loading, Line], None]] = {
    "collection": _collection, "file": _file, "image": _image, "video": _video, "work": _work,
}  # fmt: skip
