"""What was taken out comes back without loss; what only looks like it is refused, and leaves nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from annotations.access.places import current_anchors
from annotations.actions.propose_term import propose_term
from annotations.enums import Outcome, TermKind
from annotations.models import Annotation, AnnotationVersion, Locus, SubmissionItem, Term
from annotations.values import TermInput
from archive.access import may as allows_at_all
from archive.actions.ask_take_out import ask_take_out
from archive.actions.bring_in import bring_in
from archive.actions.build_take_out import build_take_out
from archive.actions.check_chain import check_chain
from archive.errors import Conflict, HashiyaError, Invalid, NotAllowed
from archive.keeping import bags
from archive.media.packages import place_of
from archive.models import (
    AuditEvent,
    Collection,
    Figure,
    FileArrival,
    Group,
    Image,
    Job,
    Role,
    Text,
    TextRevision,
    Video,
    Work,
)
from tests.factories_notes import decide_note, make_note
from tests.factories_packages import make_notes, make_shelf

pytestmark = pytest.mark.django_db
MODELS = (Collection, Work, Text, TextRevision, Image, Video, Figure, FileArrival, Group)
#: When things came into an archive is a fact of that archive.
DATES = ("entered", "arrived", "accepted")
ELSEWHERE = "كتاب الجسور"


@pytest.fixture
def administrator(people):
    return people["administrator"]


#: The bags of this run, made once: each test has a copy.
_made: dict[str, Path] = {}


@pytest.fixture
def taken(people, tmp_path, tmp_path_factory, settings) -> dict[str, Path]:
    """A collection and a work as bags, in an archive that is empty."""
    if not _made:
        _made.update(_take(people, tmp_path_factory.mktemp("bags")))
        settings.MEDIA_ROOT = str(tmp_path / "other-media")
    assert not any(model.objects.exists() for model in MODELS)
    found = {"zip": _made["zip"]}
    for name in ("outer", "work"):
        found[name] = shutil.copytree(_made[name], tmp_path / name)
    return found


def _take(people, folder: Path) -> dict[str, Path]:
    point = transaction.savepoint()
    shelf = make_shelf(people["archivist"])
    make_notes(shelf, people)
    found = {"outer": export(shelf.outer, folder / "outer"), "work": export(shelf.work, folder / "work")}
    zipped = ask_take_out(item=shelf.outer, layout="bagit", by=people["archivist"])
    build_take_out(take_out_id=zipped.pk)
    found["zip"] = Path(shutil.copy(place_of(zipped), folder / "bag.zip"))
    transaction.savepoint_rollback(point)
    return found


def export(item, target: Path) -> Path:
    options = ["--collection"] if isinstance(item, Collection) else []
    call_command("export_work", item.slug, "--to", str(target), *options)
    return target


def export_by(item, target: Path, by) -> Path:
    call_command("export_work", item.slug, "--to", str(target), "--by", by.email)
    return target


def payload(bag: Path) -> dict[str, bytes]:
    data = bag / "data"
    return {str(path.relative_to(data)): path.read_bytes() for path in data.rglob("*") if path.is_file()}


def undated(catalogue: bytes) -> list[dict]:
    lines = [json.loads(line) for line in catalogue.splitlines()]
    return [{name: value for name, value in line.items() if name not in DATES} for line in lines]


def in_common(notes: bytes) -> list[dict]:
    """Return the lines of the notes but for whose account and when: of all else, nothing may differ."""
    lines = [json.loads(line) for line in notes.splitlines()]
    for line in lines:
        if line["is"] == "note":
            line["author"].pop("person")
        for reference in line.get("references", ()):
            found = reference.pop("elsewhere", None)
            if found or (reference["citation"] or {}).get("title") == ELSEWHERE:
                # What the package does not hold is cited by title and address, which the hash of the version tells.
                citation = {**found, "pages": ""} if found else reference["citation"]
                reference.update(target=None, citation=citation)
                line["sha256"] = ""
    return lines


@pytest.mark.parametrize("which", ["outer", "work", "zip"])
def test_what_was_taken_out_comes_back_the_same(taken, administrator, tmp_path, which):
    root = bring_in(path=taken[which], by=administrator)

    again = payload(export(root, tmp_path / "again"))
    before = payload(taken["outer" if which == "zip" else which])
    notes, told = in_common(again.pop("notes.jsonl")), in_common(before.pop("notes.jsonl"))
    if which == "zip":  # Taken by an archivist, who is told of no decision.
        told = [line | {"past": []} if "past" in line else line for line in told]
    assert notes == told
    # Made of the same; the crate tells the hashes of what says when and who.
    for special in ("notes.jsonld", "ro-crate-metadata.json"):
        del again[special], before[special]
    assert undated(again.pop("catalogue.jsonl")) == undated(before.pop("catalogue.jsonl"))
    assert again == before
    assert len(again) == 2 + 2 + 7
    assert list(check_chain()) == []


def test_what_came_back_is_what_it_was(taken, administrator):
    work = bring_in(path=taken["outer"], by=administrator)
    work = Work.objects.get()

    text = work.texts.get()
    assert work.collection.parent.title_ar == "المياه"
    assert [group.name for group in work.groups.all()] == ["الجيران"]
    assert text.current_revision.number == 2
    assert text.current_revision.parent.number == 1
    assert text.revisions.get(number=1).draft.run.arrival.filename == "text.md"
    assert [bool(figure.image_id) for figure in text.figures.all()] == [True, False]
    assert work.cover == Image.objects.get()
    assert set(Job.objects.values_list("kind", flat=True)) >= {"make_derivatives", "refresh_search"}
    assert AuditEvent.objects.filter(action="package.brought_in").count() == 1


def test_notes_came_back_credited_and_wait_for_a_reviewer_here(taken, administrator, people):
    bring_in(path=taken["outer"], by=administrator)

    notes = {note.newest_version.body: note for note in Annotation.objects.select_related("newest_version")}
    assert set(notes) == {"القادم من *السوق*", "", "The arch", "Here it is"}, (
        "neither private nor unfinished ones"
    )
    note = notes["القادم من *السوق*"]
    assert (note.author, note.credited) == (administrator, "scholar")
    assert note.author_name == "scholar"
    assert note.author_key != people["scholar"].public_id
    assert note.status == "accepted" == notes["The arch"].status
    assert note.accepted_version.decisions.count() == 0, "no decision was made here"
    assert note.accepted_version.tags.get().broader.label_en == "Building"
    assert {name.name for name in note.accepted_version.tags.get().names.all()} >= {"L'arche", "القنطرة"}
    queue = SubmissionItem.objects.filter(version=note.accepted_version)
    assert queue.count() == 1
    with pytest.raises(HashiyaError):
        decide_note(note, Outcome.ACCEPT, by=administrator)
    Work.objects.update(access="members", embargo_until=None)
    assert decide_note(note, Outcome.ACCEPT, by=people["reviewer"]).outcome == "accept"
    pointed = notes[""].newest_version.references.all()
    assert [row.target_annotation_id for row in pointed] == [None, note.pk, None, None]
    assert [row.citation["title"] for row in pointed if row.citation] == ["كتاب", ELSEWHERE]
    assert notes["The arch"].newest_version.locus.region["points"] == [[1.0, 2.0], [9.0, 8.0]]
    assert current_anchors([note.newest_version.locus_id])[note.newest_version.locus_id].exact == "القادم"


def test_notes_that_are_ones_own_come_back_as_ones_own(people, tmp_path):
    archivist = people["archivist"]
    archivist.roles.add(Role.objects.get(code="scholar"))
    point = transaction.savepoint()
    shelf = make_shelf(archivist)
    make_note(shelf.text, "الماء", by=archivist, body="سر", visibility="private")
    before = export_by(shelf.work, tmp_path / "bag", archivist)
    transaction.savepoint_rollback(point)
    Group.objects.create(name="الجيران")

    work = bring_in(path=before, by=archivist)

    note = Annotation.objects.get()
    assert (note.author, note.credited, note.visibility, note.status) == (archivist, "", "private", "draft")
    again = export_by(work, tmp_path / "again", archivist)
    assert in_common(payload(again)["notes.jsonl"]) == in_common(payload(before)["notes.jsonl"])


def test_term_of_the_same_kind_and_name_is_the_one_that_is_here(taken, administrator):
    known = propose_term(
        term=TermInput(kind=TermKind.PLACE, label_ar="القنطرة", label_en="The arch"), by=administrator
    )

    bring_in(path=taken["work"], by=administrator)

    assert Term.objects.filter(kind="place").get() == known
    assert known.uses.count() == 1


def test_who_may_not_establish_terms_proposes_them(taken, people):
    Group.objects.create(name="الجيران")
    people["archivist"].roles.set([Role.objects.get(code="archivist")])

    bring_in(path=taken["work"], by=people["archivist"])

    may_establish = allows_at_all(people["archivist"], "establish", Term)
    assert set(Term.objects.values_list("status", flat=True)) == {
        "established" if may_establish else "proposed"
    }


def test_a_second_work_finds_the_collection_that_is_here(taken, administrator):
    bring_in(path=taken["work"], by=administrator)

    with pytest.raises(Conflict) as caught:
        bring_in(path=taken["outer"], by=administrator)

    assert caught.value.code == "already_here"
    assert Work.objects.count() == 1


def test_an_archivist_cannot_make_the_group_that_is_missing(taken, people):
    with pytest.raises(Invalid) as caught:
        bring_in(path=taken["work"], by=people["archivist"])
    assert caught.value.code == "group_missing"
    assert not Work.objects.exists()
    Group.objects.create(name="الجيران")

    bring_in(path=taken["work"], by=people["archivist"])

    assert Work.objects.get().groups.get().name == "الجيران"


@pytest.mark.parametrize("role", ["member", "scholar", "reviewer", "editor"])
def test_only_archivists_bring_in(taken, people, role):
    with pytest.raises(NotAllowed):
        bring_in(path=taken["work"], by=people[role])


def test_the_command_tells_what_it_loaded_or_why_not(taken, administrator, capsys):
    call_command("bring_in", str(taken["work"]), "--by", administrator.email)

    assert capsys.readouterr().out.startswith("work ")
    with pytest.raises(CommandError, match="here already"):
        call_command("bring_in", str(taken["work"]), "--by", administrator.email)
    with pytest.raises(CommandError, match="nothing at"):
        call_command("bring_in", str(taken["work"]) + "x")


# --- Hostile bags -------------------------------------------------------------------------------------------------


def resealed(bag: Path) -> None:
    """Write manifests that fit what is in the bag now."""
    rows = {path.relative_to(bag).as_posix(): path for path in (bag / "data").rglob("*") if path.is_file()}
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in sorted(rows.items())
    ]
    (bag / "manifest-sha256.txt").write_text("".join(lines))
    (bag / "tagmanifest-sha256.txt").unlink(missing_ok=True)


def listed(bag: Path, path: str) -> None:
    with (bag / "manifest-sha256.txt").open("a") as file:
        file.write(f"{'0' * 64}  {path}\n")
    (bag / "tagmanifest-sha256.txt").unlink()


def a_file(bag: Path) -> Path:
    return next(path for path in (bag / "data/files").iterdir())


def link(bag: Path) -> None:
    place = a_file(bag)
    place.unlink()
    place.symlink_to("/etc/hostname")


def folder_link(bag: Path) -> None:
    shutil.rmtree(bag / "data/files")
    (bag / "data/files").symlink_to("/etc")


def changed(bag: Path) -> None:
    a_file(bag).write_bytes(b"other")


def changed_tag(bag: Path) -> None:
    (bag / "bag-info.txt").write_text("Source-Organization: elsewhere\n")


def unlisted(bag: Path) -> None:
    (bag / "data/files/extra.png").write_bytes(b"x")


def no_version(bag: Path) -> None:
    (bag / "bagit.txt").write_text("BagIt-Version: 9\n")


def sure_manifest(bag: Path) -> None:
    (bag / "manifest-md5.txt").write_text("")


HOSTILE: dict[str, tuple[Callable[[Path], object], str]] = {
    "a path upwards": (lambda bag: listed(bag, "data/../../etc/passwd"), "bag_path"),
    "a path from the root": (lambda bag: listed(bag, "/etc/passwd"), "bag_path"),
    "a path with backslashes": (lambda bag: listed(bag, "data\\..\\x"), "bag_path"),
    "a drive": (lambda bag: listed(bag, "C:/x"), "bag_path"),
    "a path that is not in data": (lambda bag: listed(bag, "bagit.txt"), "bag_path"),
    "an encoded line break": (lambda bag: listed(bag, "data/a%0Ab"), "bag_path"),
    "a file that is missing": (lambda bag: a_file(bag).unlink(), "bag_missing"),
    "a file that is listed and not there": (lambda bag: listed(bag, "data/none"), "bag_missing"),
    "a file too many": (unlisted, "bag_extra"),
    "a manifest that lists nothing": (sure_manifest, "bag_extra"),
    "other bytes": (changed, "bag_hash"),
    "another bag-info": (changed_tag, "bag_hash"),
    "a link": (link, "bag_link"),
    "a linked folder": (folder_link, "bag_link"),
    "a list to fetch": (lambda bag: (bag / "fetch.txt").write_text("http://127.0.0.1/ 9 data/x\n" * 10**5), "bag_fetch"),
    "no version": (no_version, "not_a_bag"),
    "no bagit.txt": (lambda bag: (bag / "bagit.txt").unlink(), "not_a_bag"),
    "no manifest": (lambda bag: (bag / "manifest-sha256.txt").unlink(), "bag_missing"),
    "a manifest of noise": (lambda bag: (bag / "manifest-sha256.txt").write_bytes(b"\xff\x00" * 99), "not_a_bag"),
    "no catalogue": (lambda bag: ((bag / "data/catalogue.jsonl").unlink(), resealed(bag)), "bag_format"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_bag_is_refused_and_leaves_nothing(taken, administrator, name):
    spoil, code = HOSTILE[name]
    spoil(taken["work"])
    events = AuditEvent.objects.count()

    with pytest.raises(HashiyaError) as caught:
        bring_in(path=taken["work"], by=administrator)

    assert caught.value.code == code
    assert not any(model.objects.exists() for model in MODELS)
    assert AuditEvent.objects.count() == events


def rewritten(bag: Path, kind: str, **fields: object) -> None:
    """Change the lines of one kind in the catalogue, under a manifest that fits."""
    place = bag / "data/catalogue.jsonl"
    lines = [json.loads(line) for line in place.read_text().splitlines()]
    changed = [line | fields if line["is"] == kind else line for line in lines]
    place.write_text("".join(json.dumps(line) + "\n" for line in changed))
    resealed(bag)


LIES: dict[str, tuple[str, dict[str, object]]] = {
    "another format": ("package", {"version": 99}),
    "a root that is not in it": ("package", {"root": ["work", "2" * 16]}),
    "a root of no kind": ("package", {"root": {"a": []}}),
    "a kind that is none": ("video", {"is": "user"}),
    "no id": ("work", {"id": "../../x"}),
    "an address that is none": ("work", {"slug": "../x"}),
    "a title that is a list": ("work", {"title_ar": ["x"]}),
    "a title that is too long": ("work", {"title_ar": "x" * 301}),
    "a title with NUL": ("work", {"title_ar": "a\0b"}),
    "half a letter": ("work", {"title_ar": "\ud800"}),
    "creators that are words": ("work", {"creators": "نادية"}),
    "places without a name": ("work", {"places": [{"role": "made"}]}),
    "a detail of no term": ("work", {"details": [{"term": "mood", "value": "sad"}]}),
    "creators without a name": ("work", {"creators": [{"role": "author"}]}),
    "an address that is a script": ("work", {"rights_uri": "javascript:alert(1)"}),
    "an embargo without a zone": ("work", {"embargo_until": "2026-01-01T00:00:00"}),
    "an embargo that is no time": ("work", {"embargo_until": "soon"}),
    "a cover that is not in it": ("work", {"cover": "2" * 16}),
    "a collection that is not in it": ("work", {"collection": "2" * 16}),
    "a text of another work": ("text", {"work": "2" * 16}),
    "figures that are none": ("text", {"figures": [{"key": "x" * 99, "image": None}]}),
    "a direction that is none": ("text", {"direction": "up"}),
    "a file that is elsewhere": ("file", {"path": "../../../etc/passwd"}),
    "a text that is elsewhere": ("revision", {"path": "../../../../etc/passwd"}),
    "a number below one": ("revision", {"number": -1}),
    "a number that is too large": ("revision", {"number": 10**30}),
    "other words": ("revision", {"sha256": "0" * 64}),
    "an image that is a text": ("image", {"file": "catalogue.jsonl"}),
    "an order that is none": ("collection", {"order": "first"}),
}


@pytest.mark.parametrize("name", LIES)
def test_a_catalogue_that_lies_is_refused_and_leaves_nothing(taken, administrator, name):
    kind, fields = LIES[name]
    bag = taken["outer" if kind == "video" else "work"]
    rewritten(bag, kind, **fields)

    with pytest.raises(Invalid) as caught:
        bring_in(path=bag, by=administrator)

    assert caught.value.code in ("bag_line", "bag_format")
    assert not any(model.objects.exists() for model in MODELS)


def rewritten_notes(bag: Path, which: str, fields: dict[str, object]) -> None:
    place = bag / "data/notes.jsonl"
    lines = [json.loads(line) for line in place.read_text().splitlines()]
    changed = [line | fields if line["is"] == which else line for line in lines]
    place.write_text("".join(json.dumps(line) + "\n" for line in changed))
    resealed(bag)


_AT = {
    "revision": 1,
    "attempt": 1,
    "prefix": "",
    "suffix": "",
    "score": 1,
    "method": "selected",
    "candidates": [],
}
_ELSE = {"id": "2" * 16, "note": "", "target": None, "annotation": None}
NOTE_LIES: dict[str, tuple[str, dict[str, object]]] = {
    "another version of it": ("notes", {"version": 99}),
    "no kind": ("note", {"is": "user"}),
    "no id": ("note", {"id": "../x"}),
    "on nothing": ("note", {"text": None, "image": None, "video": None}),
    "on another text": ("note", {"text": "2" * 16}),
    "nobody's": ("note", {"author": {"name": " ", "person": ""}}),
    "an author who is a list": ("note", {"author": []}),
    "a name that is too long": ("note", {"author": {"name": "x" * 121, "person": ""}}),
    "seen by some kind of people": ("note", {"visibility": "friends"}),
    "another name that is none": ("note", {"elsewhere": {"via": ["no address"]}}),
    "a status that is none": ("note", {"status": "published"}),
    "written without a zone": ("note", {"written": "2026-01-01T00:00:00"}),
    "other words than stand there": ("place", {"anchors": [{**_AT, "start": 0, "end": 3, "exact": "zzz", "status": "exact"}]}),
    "a wording that is not there": ("place", {"anchors": [{"revision": 9}]}),
    "a kind of place": ("place", {"kind": "planet"}),
    "a region outside": ("place", {"region": {"shape": "rect", "points": [[-1, 0], [2, 2]]}}),
    "a version of nothing": ("version", {"annotation": "2222222"}),
    "a version elsewhere": ("version", {"place": "2" * 16}),
    "a body that is too long": ("version", {"body": "x" * 20_001}),
    "a body with NUL": ("version", {"body": "a\0b"}),
    "a category that is none": ("version", {"category": "gossip"}),
    "a language that is none": ("version", {"language": "<b>"}),
    "a tag that is none": ("version", {"tags": ["2" * 16]}),
    "a number below one": ("version", {"number": -1}),
    "nothing said": ("version", {"body": "", "tags": [], "references": []}),
    "a script cited": ("version", {"references": [{**_ELSE, "relation": "cites", "citation": {"url": "javascript:alert(1)"}}]}),
    "a relation that is none": ("version", {"references": [{"id": "2" * 16, "relation": "owns", "note": "", "target": None, "citation": {"title": "x"}}]}),
    "a term that is no kind": ("term", {"kind": "planet"}),
    "a term beyond the globe": ("term", {"latitude": 100.0, "longitude": 0.0}),
    "a term with a bad address": ("term", {"slug": "../x"}),
    "a term without a name": ("term", {"label_ar": "", "label_en": ""}),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTE_LIES)
def test_notes_that_lie_are_refused_and_leave_nothing(taken, administrator, name):
    kind, fields = NOTE_LIES[name]
    rewritten_notes(taken["outer"], kind, fields)

    with pytest.raises(HashiyaError) as caught:
        bring_in(path=taken["outer"], by=administrator)

    assert caught.value.status < 500
    assert not any(model.objects.exists() for model in (*MODELS, Annotation, AnnotationVersion, Locus, Term))


@pytest.mark.parametrize(
    "raw", [b"{", b"[]\n", b"\xff\n", b"[" * 10**6, b'{"is": NaN}\n', b"x" * (5 * 1024 * 1024)]
)
def test_a_catalogue_that_is_none_is_refused(taken, administrator, raw):
    place = taken["work"] / "data/catalogue.jsonl"
    place.write_bytes(place.read_bytes().splitlines(keepends=True)[0] + raw)
    resealed(taken["work"])

    with pytest.raises(Invalid) as caught:
        bring_in(path=taken["work"], by=administrator)

    assert caught.value.code == "bag_line"


def test_an_archive_that_is_a_bomb_or_a_trap_is_refused(tmp_path, monkeypatch, administrator):
    def archive(name: str, *, mode: int = 0, data: bytes = b"x") -> Path:
        path = tmp_path / "trap.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as writing:
            writing.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            writing.writestr(info, data, zipfile.ZIP_DEFLATED)
        return path

    def code(path: Path) -> str:
        with pytest.raises(Invalid) as caught:
            bring_in(path=path, by=administrator)
        return caught.value.code

    monkeypatch.setattr(bags, "FREE_GROWTH", 1024)
    assert code(archive("bag/../../x")) == "bag_path"
    assert code(archive("/x")) == "bag_path"
    assert code(archive("elsewhere/x")) == "bag_extra"
    assert code(archive("bag/data/x", mode=stat.S_IFLNK | 0o777)) == "bag_link"
    assert code(archive("bag/data/x", data=b"\0" * 10**7)) == "bag_too_large"
    (tmp_path / "noise.zip").write_bytes(b"PK\x03\x04 noise")
    assert code(tmp_path / "noise.zip") == "bag_unreadable"
    cut = archive("bag/data/x").read_bytes()
    (tmp_path / "cut.zip").write_bytes(cut[:-30])
    assert code(tmp_path / "cut.zip") == "bag_unreadable"


def test_a_member_that_does_not_unpack_is_refused(taken, administrator, tmp_path):
    raw = bytearray(Path(taken["zip"]).read_bytes())
    with zipfile.ZipFile(taken["zip"]) as archive:
        info = next(one for one in archive.infolist() if one.filename.endswith("r1.txt"))
    raw[info.header_offset + 30 + len(info.filename.encode()) + 40] ^= 1
    (tmp_path / "torn.zip").write_bytes(raw)

    with pytest.raises(Invalid) as caught:
        bring_in(path=tmp_path / "torn.zip", by=administrator)

    assert caught.value.code in ("bag_unreadable", "bag_hash")
    assert not any(model.objects.exists() for model in MODELS)
