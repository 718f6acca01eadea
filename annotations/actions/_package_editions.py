"""How the editions of a package and their sealed releases become rows: nothing of them is public by that."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from annotations.actions._edition_parts import MAX_PARTS, keep_parts
from annotations.actions._editions import fill
from annotations.actions._package_pasts import moment_of, past_of_release
from annotations.actions.seal import pin_parts
from annotations.editions.canonical import dumps, loads
from annotations.editions.given import EditionInput
from annotations.editions.parts import holds, text_ids
from annotations.editions.values import Note, Snapshot
from annotations.enums import PastKind, ReleaseEventKind, Visibility
from annotations.exports.edition_lines import VERSION
from annotations.models import (
    Annotation,
    AnnotationVersion,
    Edition,
    PastEvent,
    Release,
    ReleaseFile,
    ReleaseMember,
    ReleaseNote,
)
from archive.access import visible_to
from archive.actions._package_lines import lines_of, load_lines, read_whole
from archive.actions._packages import Line, Loading, id_of, version_of, words_of
from archive.actions.create_work import save_new
from archive.actions.receive_file import keep_stored
from archive.actions.record_event import record_event
from archive.errors import Conflict, Invalid
from archive.media import sniff
from archive.models import User
from archive.models.base import id_of_words

CODE = "bag_editions_line"
BATCH = 1000
#: Bytes of one snapshot: that of a text of the largest size, with all its notes.
MOST_SNAPSHOT = 256 * 1024 * 1024
#: What a release's own pictures can be.
_PICTURES = frozenset({"image/webp", "image/jpeg", "image/png", "image/avif"})


@dataclass(slots=True)
class _Editions:
    """What was loaded so far: editions by public id, releases by their hashes."""

    loading: Loading
    editions: dict[str, Edition] = field(default_factory=dict)
    releases: dict[str, Release] = field(default_factory=dict)


def read(loading: Loading, path: str) -> None:
    """Make rows of the editions of a package, whose works it made; all in the caller's transaction.

    A release is brought in as it was sealed, and lies sealed on the editors' desk: whether it is published here is for
    an editor here to say. Raises Invalid("bag_editions_line", "bag_format", "release_hash"),
    Conflict("already_here", "slug_taken").
    """
    lines = lines_of(loading, path, code=CODE)
    _number, head = next(lines, (0, {}))
    if (head.get("is"), head.get("version")) != ("editions", VERSION):
        raise Invalid("bag_format")
    state = _Editions(loading)
    load_lines(lines, lambda line: _LOADERS[line["is"]](state, line), code=CODE)


def tell(loading: Loading, path: str) -> dict[str, tuple[int, int]]:
    """Return how many editions and releases of a package are new, and how many are here; raises Invalid(CODE)."""
    counts = {}
    for kind, model in (("edition", Edition), ("release", Release)):
        ids = [
            str(line.get("id"))[:16] for _n, line in lines_of(loading, path, code=CODE)
            if line.get("is") == kind and (kind == "edition" or line.get("path"))
        ]  # fmt: skip
        here = model._default_manager.filter(public_id__in=ids).count()
        if ids:
            counts[kind] = (len(ids) - here, here)
    return counts


def _edition(state: _Editions, line: Line) -> None:
    loading, plan = state.loading, line["plan"]
    texts = [loading.texts[ident] for ident in (line["text"], *line.get("parts", ()))]
    text = texts[0]
    if Edition.objects.filter(public_id=id_of(line)).exists():
        raise Conflict("already_here", id=line["id"])
    if {one.work_id for one in texts} != {loading.works[line["work"]].pk}:
        raise ValueError("not of this work")
    if len({one.pk for one in texts}) != len(texts) or len(texts) > MAX_PARTS:
        raise ValueError("not the parts of an edition")
    edition = Edition(
        public_id=line["id"], slug=words_of(line["slug"]), work=text.work, text=text, version=version_of(line),
        created_by=loading.by,
    )  # fmt: skip
    given = EditionInput(
        slug=edition.slug, **{name: _words(plan, name) for name in ("title", "introduction", "change_note")},
        license_uri=words_of(plan["license"]), credits=list(plan["credits"]), rule=_rule(plan),
        required_approvals=int(plan["required_approvals"]), cover=_cover(loading, plan), parts=(),
        independent_review=plan.get("independent_review") is True,
    )  # fmt: skip
    fill(edition, given, by=loading.by)
    edition.clean_fields(exclude=["work", "text", "created_by"])
    save_new(edition)
    keep_parts(edition, texts)
    notes = visible_to(Annotation, loading.by).filter(_on_loaded(loading, [one.pk for one in texts]))
    edition.excluded.set(notes.filter(public_id__in=list(plan["excluded"])))
    picked = notes.filter(public_id__in=list(plan.get("picked", ())), visibility=Visibility.OPEN)
    edition.picked.set(picked)
    state.editions[line["id"]] = edition
    record_event("edition.brought_in", target=edition, by=loading.by, slug=edition.slug)


def _cover(loading: Loading, plan: Line) -> str:
    """Return the public id of the cover; nothing where its picture stayed behind, as one does of which parts are covered."""
    image = loading.images.get(words_of(plan.get("cover", "")))
    return image.public_id if image else ""


def _rule(plan: Line) -> dict[str, Any]:
    """Return the rule; authors who have no account here are those whom the notes of the package credit by name."""
    rule, named = dict(plan["rule"]), plan.get("authors")
    if not isinstance(named, dict):
        return rule
    credited = [id_of_words(f"credited:{words_of(name)}") for name in named.values()]
    here = set(User.objects.filter(public_id__in=list(named)).values_list("public_id", flat=True))
    kept = [key for key in rule.get("authors", ()) if key in here or key not in named]
    return rule | {"authors": [*kept, *credited]}


def _on_loaded(loading: Loading, texts: Collection[int], prefix: str = "") -> Q:
    """Return the condition of notes on texts (keys), or on a picture or a film of the package; `prefix` leads to the note."""
    found = Q(**{f"{prefix}text__in": texts})
    for name, items in (("image", loading.images), ("video", loading.videos)):
        found |= Q(**{f"{prefix}{name}__in": [item.pk for item in items.values()]})
    return found


def _words(plan: Line, name: str) -> dict[str, str]:
    return {code: words_of(plan[f"{name}_{code}"]) for code in ("ar", "en")}


def _release(state: _Editions, line: Line) -> None:
    if line["path"] is None:
        return  # Told to readers of the package; what was sealed is not in it.
    loading, edition = state.loading, state.editions[line["edition"]]
    canonical, snapshot = _sealed(state, line, edition)
    revision = loading.revisions[snapshot.text.id, line["revision"]]
    _see_wordings(loading, edition, snapshot)
    release = Release(
        public_id=id_of(line), edition=edition, number=line["number"], revision=revision, snapshot=canonical,
        manifest_hash=line["sha256"], previous=state.releases.get(snapshot.previous), sealed_at=moment_of(line["sealed"]),
    )  # fmt: skip
    release.clean_fields(exclude=["edition", "revision", "previous", "sealed_by", "snapshot"])
    release.save()
    state.releases[release.manifest_hash] = release
    pin_parts(release, snapshot, loading.revisions)
    _pin(loading, release, snapshot, line)
    _tell_past(release, line, loading)
    record_event(
        "release.brought_in", target=release, by=loading.by, edition=edition.public_id, number=release.number,
        manifest_hash=release.manifest_hash, notes=len(snapshot.notes),
    )  # fmt: skip


def _see_wordings(loading: Loading, edition: Edition, snapshot: Snapshot) -> None:
    """Stop unless the words of a release are those of texts of its work that came in with it."""
    text, parts = snapshot.text, snapshot.parts
    revision = loading.revisions[text.id, text.revision]
    if hashlib.sha256(text.content.encode()).hexdigest() != text.sha256:
        raise ValueError("other words than it says")
    if revision.text.work_id != edition.work_id or not (parts or text.sha256 == revision.sha256):
        raise ValueError("another wording")
    if parts and (len(parts) > MAX_PARTS or not holds(text, parts)):
        raise ValueError("not made of its parts")
    for part in parts:
        own = text.content[part.start : part.end]
        revision = loading.revisions[part.id, part.revision]
        if not hashlib.sha256(own.encode()).hexdigest() == part.sha256 == revision.sha256:
            raise ValueError("another wording")
        if revision.text.work_id != edition.work_id:
            raise ValueError("not of this work")
    if parts and (parts[0].id, parts[0].revision) != (text.id, text.revision):
        raise ValueError("another first part")


def _sealed(state: _Editions, line: Line, edition: Edition) -> tuple[str, Snapshot]:
    """Return what was sealed, as bytes and as the value; raises Invalid("release_hash") for what is not that."""
    data = read_whole(state.loading, f"data/{line['path']}", MOST_SNAPSHOT)
    refusal = Invalid("release_hash", number=int(line["number"]), edition=edition.slug)
    if hashlib.sha256(data).hexdigest() != line["sha256"]:
        raise refusal
    try:
        canonical = data.decode()
        snapshot = loads(canonical)
        same = dumps(snapshot) == canonical
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refusal from error
    said = (snapshot.edition, snapshot.number, snapshot.text.id, snapshot.text.revision, snapshot.previous)
    first = line.get("text", edition.text.public_id)
    told = (edition.public_id, line["number"], first, line["revision"], line["previous"])
    if not same or said != told:
        raise refusal
    return canonical, snapshot


def _pin(loading: Loading, release: Release, snapshot: Snapshot, line: Line) -> None:
    """Insert the rows by which the database knows what the snapshot holds, as far as it is here."""
    versions = {
        (version.annotation.public_id, version.public_id): version
        for version in AnnotationVersion.objects.filter(
            _on_loaded(loading, _texts_in(loading, snapshot), "annotation__"),
            public_id__in=[note.version for note in snapshot.notes],
        ).select_related("annotation")
    }
    pinned = [(note, versions.get((note.id, note.version))) for note in snapshot.notes]
    ReleaseNote.objects.bulk_create(
        [
            ReleaseNote(release=release, number=note.number, version=version, annotation=version.annotation)
            for note, version in pinned if version is not None and _is_known(version, note, loading)
        ],
        batch_size=BATCH,
    )  # fmt: skip
    kinds: dict[str, dict[str, Any]] = {
        "work": loading.works,
        "image": loading.images,
        "video": loading.videos,
    }
    members = [(kind, kinds[kind].get(ident)) for kind, ident in line["members"]]
    ReleaseMember.objects.bulk_create(
        [ReleaseMember(release=release, kind=kind, object_id=item.pk) for kind, item in members if item is not None],
        batch_size=BATCH,
    )  # fmt: skip
    pictures = {file.name: file for picture in snapshot.all_pictures for file in picture.files}
    for file in line["files"]:
        _picture(loading, release, pictures[file["name"]].sha256, file)


def _texts_in(loading: Loading, snapshot: Snapshot) -> list[int]:
    return [loading.texts[ident].pk for ident in text_ids(snapshot)]


def _is_known(version: AnnotationVersion, note: Note, loading: Loading) -> bool:
    """Whether a package may say that a version is released: it came in with it, or says the very words that were sealed.

    A picture can have been here with notes of others, which are no package's to make public.
    """
    return version.created_by_id == loading.by.pk or version.content_hash == note.content_hash


def _picture(loading: Loading, release: Release, sha256: str, line: Line) -> None:
    """Keep a picture that the release names by its hash; what is no picture is refused."""
    arrived, image = loading.arrived[line["path"]], loading.images.get(line["image"])
    found = sniff.media_type(arrived.head)
    if arrived.sha256 != sha256 or found not in _PICTURES or found != line["media_type"]:
        raise ValueError("another picture")
    if image is None:
        return  # A labelled gap, like every member that is not here.
    stored = keep_stored(sha256=sha256, size=arrived.size, media_type=found)
    file = ReleaseFile(
        public_id=id_of(line), release=release, name=words_of(line["name"]), media_type=found, stored_file=stored,
        image=image,
    )  # fmt: skip
    file.clean_fields(exclude=["release", "stored_file", "image"])
    file.save()


def _tell_past(release: Release, line: Line, loading: Loading) -> None:
    """Keep what became of it elsewhere; that it was sealed elsewhere is told by the first row."""
    rows = [past_of_release(release, PastKind.SEALED, line["sealed"], "", by=loading.by)]
    for one in line["past"]:
        kind = PastKind(ReleaseEventKind(one["what"]).value)
        rows.append(past_of_release(release, kind, one["at"], one["words"], by=loading.by))
    PastEvent.objects.bulk_create(rows)


_LOADERS = {"edition": _edition, "release": _release}
