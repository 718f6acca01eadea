"""The editions of a package and their sealed releases, one JSON object a line; each snapshot is a file of its own.

An edition comes before its releases, and these in the order of their numbers. Plans are the editors': whoever else
takes out is given what the newest release says of its edition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.db.models import Q
from django.utils import timezone

from annotations.editions.gather import standing_in
from annotations.editions.parts import text_ids
from annotations.editions.reading import MODELS, read_snapshot
from annotations.editions.rules import authors_on, people_of
from annotations.editions.values import Snapshot
from annotations.editions.wholes import texts_of
from annotations.enums import NoteOrder, ReleaseEventKind
from annotations.exports.release_packing import editions_in, may_leave, packed_files, releases_for
from annotations.models import Annotation, Edition, Release, ReleaseFile
from archive.access import Viewer, may, visible_to
from archive.exports.lines import line, moment
from archive.exports.members import Member, bytes_of
from archive.kinds import Held
from archive.models import Image

PATH = "editions.jsonl"
VERSION = 1
_ENDINGS = {"image/webp": "webp", "image/jpeg": "jpg", "image/png": "png", "image/avif": "avif"}
_WORDS = ("title", "introduction", "change_note")
Line = dict[str, Any]


def write(held: Held, viewer: Viewer) -> Iterator[bytes]:
    """Yield the lines; the same editions give the same bytes."""
    yield line({"is": "editions", "version": VERSION})
    packed = _Packed(held, viewer)
    with_releases = {key: list(each) for key, each in groupby(packed.rows, lambda row: row.edition_id)}
    for edition in packed.editions():
        found = with_releases.get(edition.pk, [])
        told = (
            _planned(edition, held) if may(viewer, "change", Edition) else _released(edition, found, packed)
        )
        if told is not None:
            yield line(told)
            for release in found:
                row = _release(release, packed.files_of(release), leaves=packed.leaves(release))
                yield line({**row, **_other_first(release, told["text"])})


def files(held: Held, viewer: Viewer) -> Iterator[Member]:
    """Yield the snapshots, byte for byte as they were sealed, and the releases' own copies of pictures."""
    packed = _Packed(held, viewer)
    for release in packed.rows:
        if not packed.leaves(release):
            continue
        snapshot = Release.objects.values_list("snapshot", flat=True).get(pk=release.pk)
        yield Member(
            path_of(release), "application/json", f"Release {release.number}", [snapshot.encode()],
            release.manifest_hash,
        )  # fmt: skip
        for file in packed.files_of(release):
            digest = file.stored_file.sha256
            yield Member(_path_of_file(file), file.media_type, file.name, bytes_of(digest), digest)


def images(works: Iterable[int], viewer: Viewer) -> Any:
    """Return the keys of the images that releases of these works keep, and for editors the covers of their plans."""
    kept = ReleaseFile.objects.filter(
        release__in=visible_to(Release, viewer), release__edition__work__in=works
    )
    found = Q(pk__in=kept.order_by().values("image"))
    if may(viewer, "change", Edition):
        planned = Edition.objects.filter(work__in=works, cover__isnull=False)
        found |= Q(pk__in=planned.order_by().values("cover"))
    return Image.objects.filter(found).order_by().values("pk")


def names(held: Held, viewer: Viewer) -> Iterator[tuple[str, int]]:
    """Yield kinds and keys of what the releases show: their snapshots speak of it."""
    packed = _Packed(held, viewer)
    for release in packed.rows:
        if packed.leaves(release):
            yield from release.members.values_list("kind", "object_id")
            for file in packed.files_of(release):
                yield "stored_file", file.stored_file_id


def path_of(release: Release) -> str:
    """Return where a release's snapshot lies in a package."""
    return f"releases/{release.public_id}.json"


def _path_of_file(file: ReleaseFile) -> str:
    return f"files/{file.public_id}.{_ENDINGS.get(file.media_type, 'bin')}"


class _Packed:
    """The editions and releases of a package, as its asker may have them."""

    def __init__(self, held: Held, viewer: Viewer) -> None:
        self.held, self.viewer = held, viewer
        #: The releases without their snapshots, by edition and number.
        self.rows: list[Any] = releases_for(held, viewer)
        self._leaving: dict[int, bool] = {}

    def editions(self) -> list[Edition]:
        """Return the editions of the texts in the package: all to editors, to others those with a release."""
        rows = editions_in(self.held, self.viewer)
        if not may(self.viewer, "change", Edition):
            rows = rows.filter(pk__in={row.edition_id for row in self.rows})
        return list(rows.select_related("work", "text", "cover").order_by("public_id"))

    def leaves(self, release: Any) -> bool:
        """Whether the words of a release may leave; asked once."""
        if release.pk not in self._leaving:
            self._leaving[release.pk] = release.is_readable and may_leave(release, self.viewer)
        return self._leaving[release.pk]

    def files_of(self, release: Release) -> list[ReleaseFile]:
        """Return the pictures of a release that may leave."""
        return packed_files(release, self.held, self.viewer)


def _edition(edition: Edition, texts: Sequence[str], *, version: int, plan: Line) -> Line:
    """Return the line of an edition of these texts (public ids); the further ones are left out of one of a single text."""
    return {
        "is": "edition", "id": edition.public_id, "slug": edition.slug, "work": edition.work.public_id,
        "text": texts[0], "entered": moment(edition.created_at), "version": version, "plan": plan,
        **({"parts": list(texts[1:])} if len(texts) > 1 else {}),
    }  # fmt: skip


def _planned(edition: Edition, held: Held) -> Line:
    """Return an edition as its editors have it."""
    texts = [text.public_id for text in texts_of(edition)]
    return _edition(edition, texts, version=edition.version, plan=_plan(edition, held))


def _plan(edition: Edition, held: Held) -> Line:
    on_held = Q(text__in=held.texts) | Q(image__in=held.images) | Q(video__in=held.videos)
    excluded, picked = (
        list(notes.filter(on_held).order_by("public_id").values_list("public_id", flat=True))
        for notes in (edition.excluded, edition.picked)
    )
    return {
        **{f"{name}_{code}": getattr(edition, f"{name}_{code}") or "" for name in _WORDS for code in ("ar", "en")},
        "credits": edition.credits, "license": edition.license_uri, **_rule(edition),
        "required_approvals": edition.required_approvals,
        "excluded": excluded, **({"picked": picked} if picked else {}),
        **({"independent_review": True} if edition.independent_review else {}),
        **({"cover": edition.cover.public_id} if edition.cover and edition.cover_id in held.images else {}),
    }  # fmt: skip


def _rule(edition: Edition) -> Line:
    """Return the rule; groups do not leave the archive, so it names who is of them, and whose notes are here by name."""
    rule = {name: value for name, value in (edition.rule or {}).items() if name != "groups"}
    people = people_of(edition.rule or {})
    if people is None:
        return {"rule": rule}
    chosen = standing_in(texts_of(edition)) | Q(pk__in=edition.picked.values("pk"))
    named = authors_on(Annotation.objects.filter(chosen, accepted_version__isnull=False))
    keys = sorted(people & named.keys() | set(rule.get("authors", ())))
    # Of a group of which nobody wrote here nothing is left to name, and nobody's notes are meant.
    return {
        "rule": rule | {"authors": keys or ["0"]},
        "authors": {key: named[key] for key in keys if key in named},
    }


def _released(edition: Edition, releases: list[Any], packed: _Packed) -> Line | None:
    """Return an edition as its newest release has it; None where there is none that can be read."""
    readable = [release for release in releases if release.is_readable]
    if not readable:
        return None
    snapshot: Snapshot = read_snapshot(readable[-1])
    plan = _plan_of(snapshot, packed.files_of(readable[-1]))
    return _edition(edition, text_ids(snapshot), version=1, plan=plan)


def _plan_of(snapshot: Snapshot, files: list[ReleaseFile]) -> Line:
    words = {
        f"{name}_{code}": getattr(snapshot, name).get(code, "")
        for name in _WORDS[:2]
        for code in ("ar", "en")
    }
    return {
        **words, "change_note_ar": "", "change_note_en": "", "credits": list(snapshot.credits),
        "license": snapshot.license, "rule": order_rule(snapshot), "required_approvals": snapshot.required_approvals,
        "excluded": [], **_cover_of(snapshot, files),
    }  # fmt: skip


def order_rule(snapshot: Snapshot) -> Line:
    """Return what a release says of the rule that it was made by: what numbered its notes."""
    return {} if snapshot.order == NoteOrder.PLACE else {"order": snapshot.order}


def _cover_of(snapshot: Snapshot, files: list[ReleaseFile]) -> Line:
    cover = snapshot.cover
    is_packed = cover is not None and any(file.image.public_id == cover.id for file in files)
    return {"cover": cover.id} if cover is not None and is_packed else {}


def _release(release: Any, pictures: list[ReleaseFile], *, leaves: bool) -> Line:
    told: Line = {
        "is": "release", "id": release.public_id, "edition": release.edition.public_id, "number": release.number,
        "revision": release.revision.number, "sha256": release.manifest_hash, "sealed": moment(release.sealed_at),
        "previous": release.previous.manifest_hash if release.previous else "", "past": _past(release),
    }  # fmt: skip
    if not leaves:
        # Its number, its hash and what became of it are public; its words are not for this package.
        return {**told, "path": None}
    return {
        **told, "path": path_of(release), "members": _members(release),
        "files": [
            {"id": file.public_id, "name": file.name, "path": _path_of_file(file), "image": file.image.public_id,
             "media_type": file.media_type}
            for file in pictures
        ],
    }  # fmt: skip


def _other_first(release: Any, first: str) -> Line:
    """Return the text with which a release begins, where its edition begins with another: one of its parts by now."""
    own = release.revision.text.public_id
    return {"text": own} if own != first else {}


def _members(release: Release) -> list[list[str]]:
    from_rows = sorted(release.members.values_list("kind", "object_id"))
    ids = {
        kind: _ids(kind, [key for one, key in from_rows if one == kind])
        for kind in ("image", "video", "work")
    }
    return sorted([kind, ids[kind][key]] for kind, key in from_rows if key in ids.get(kind, {}))


def _ids(kind: str, keys: list[int]) -> dict[int, str]:
    return dict(MODELS[kind]._default_manager.filter(pk__in=keys).values_list("pk", "public_id"))


def _past(release: Release) -> list[Line]:
    """Return when it was published and withdrawn, here or else where it came from; nothing that is still to come."""
    told = {event.kind: (event.at, event.words) for event in release.past.exclude(kind="sealed")}
    for event in release.events.standing().filter(effective_at__lte=timezone.now()):
        told[event.kind] = (event.effective_at, event.reason)
    return [
        {"what": kind.value, "at": moment(told[kind][0]), "words": told[kind][1]}
        for kind in ReleaseEventKind if kind in told
    ]  # fmt: skip
