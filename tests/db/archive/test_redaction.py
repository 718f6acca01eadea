"""What is covered in a picture is nowhere: not in a copy, a tile, an answer, a package, a page or a release."""

from __future__ import annotations

import io
import zipfile

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image as Pillow
from PIL import ImageDraw

from annotations.models import Annotation
from annotations.values import ReferenceInput, RegionPlace
from archive.access import ANYBODY, allows, as_viewer
from archive.actions.add_image import add_image
from archive.actions.ask_take_out import ask_take_out
from archive.actions.bring_in import bring_in
from archive.actions.fill_figure import fill_figure
from archive.actions.make_derivatives import make_derivatives
from archive.actions.make_tiles import make_tiles
from archive.actions.redact import redact
from archive.actions.run_job import run_job
from archive.enums import Access, ImageState
from archive.errors import Conflict, Invalid, NotAllowed, Stale
from archive.exports.holding import holding
from archive.media import paths
from archive.media.packages import place_of
from archive.models import (
    AuditDetail,
    AuditEvent,
    Collection,
    Derivative,
    Figure,
    Image,
    ImageTiles,
    Job,
    Redaction,
    TakeOut,
)
from archive.presenters import custody
from archive.views import shared
from tests.factories_archive import make_revision, send
from tests.factories_notes import make_accepted, make_placed

pytestmark = pytest.mark.django_db
SIZE = (900, 700)
#: The planted marker: nothing else in the picture is anywhere near this color.
SECRET = (255, 0, 255)
PLACE = (300, 200, 500, 360)
AREA = {"page": 1, "x": 292, "y": 192, "width": 216, "height": 176}
ASKED = [
    "full/max/0/default.jpg", "full/max/0/default.png", "0,0,512,512/512,512/0/default.jpg", "pct:30,25,30,30/max/0/color.webp",
    "300,200,200,160/max/0/default.png", "full/!200,200/90/default.png", "square/!100,100/!0/default.jpg",
]  # fmt: skip


def drawing(**save) -> bytes:
    """A green picture with the marker at its place."""
    picture = Pillow.new("RGB", SIZE, (40, 120, 60))
    ImageDraw.Draw(picture).rectangle((PLACE[0], PLACE[1], PLACE[2] - 1, PLACE[3] - 1), fill=SECRET)
    target = io.BytesIO()
    picture.save(target, **{"format": "JPEG", "quality": 90, "subsampling": 0, **save})
    return target.getvalue()


def shows_secret(data: bytes) -> bool:
    """Whether any pixel of these bytes is near the marker."""
    with Pillow.open(io.BytesIO(data)) as opened:
        red, green, blue = opened.convert("RGB").split()
    wanted = ((red, True), (green, False), (blue, True))
    near = [
        channel.point([255 * ((value > 110) == high) for value in range(256)]) for channel, high in wanted
    ]
    both = Pillow.composite(near[0], Pillow.new("L", red.size), near[1])
    return Pillow.composite(both, Pillow.new("L", red.size), near[2]).getbbox() is not None


def work_off() -> None:
    for kind in ("make_derivatives", "make_tiles"):
        for pk in Job.objects.filter(kind=kind, state="queued").values_list("pk", flat=True):
            run_job(pk)


def taken_in(data: bytes, by, *, name="evidence.jpg", **values) -> Image:
    arrival = send(data, filename=name, by=by)
    image = add_image(arrival=arrival, values={"access": Access.PUBLIC, "title_ar": "شاهد", "title_en": "Evidence", **values}, by=by)  # fmt: skip
    work_off()
    image.refresh_from_db()
    return image


@pytest.fixture
def image(archivist) -> Image:
    return taken_in(drawing(), archivist)


def cover(image, by, *areas, reason="يظهر وجه شاهدة", because=None) -> Image:
    image.refresh_from_db()
    return redact(
        image_id=image.pk, version=image.version, areas=areas or [AREA], reason=reason,
        because=because or {"ar": "حمايةً لشاهدة", "en": "To protect a witness"}, by=by,
    )  # fmt: skip


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def pixels_for(client, image) -> dict[str, bytes]:
    """Return all pixels that this client gets of the image, by address, a second after whatever was changed."""
    shared._epoch = (0.0, ())
    service = reverse("iiif_image", args=[image.public_id])
    addresses = [f"{service}/{rest}" for rest in ASKED]
    addresses += [reverse("derivative", args=[image.public_id, name]) for name in ("thumb", "small", "medium", "large")]  # fmt: skip
    answers = {address: client.get(address) for address in addresses}
    return {address: body(answer) for address, answer in answers.items() if answer.status_code == 200}


def test_the_marker_is_found_where_nothing_is_covered(client, image):
    found = pixels_for(client, image)

    assert len(found) == len(ASKED) + 4
    assert all(shows_secret(data) for data in found.values())


def test_what_is_covered_is_in_no_copy_no_tile_and_no_answer(client, image, archivist):
    original = paths.of_sha256(image.arrival.stored_file.sha256).read_bytes()
    pixels_for(client, image)  # So that whatever is kept of answers has them.

    cover(image, archivist)
    meanwhile = pixels_for(client, image)
    work_off()

    after = pixels_for(client, image)
    assert meanwhile == {}
    assert len(after) == len(ASKED) + 4
    assert not [address for address, data in after.items() if shows_secret(data)]
    kept = [Derivative.objects.current(), ImageTiles.objects.current()]
    files = [paths.of_sha256(row.stored_file.sha256).read_bytes() for rows in kept for row in rows]
    for data in files:
        if data[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(data)) as pack:
                assert not [name for name in pack.namelist() if shows_secret(pack.read(name))]
        else:
            assert not shows_secret(data)
    assert paths.of_sha256(image.arrival.stored_file.sha256).read_bytes() == original == drawing()


def test_an_answer_that_was_kept_by_a_browser_is_not_confirmed(client, image, archivist, monkeypatch):
    # A process may go on with an epoch for a second; this one looks each time.
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)
    addresses = [reverse("derivative", args=[image.public_id, "large"]), f"{reverse('iiif_image', args=[image.public_id])}/{ASKED[0]}"]  # fmt: skip
    tags = {address: client.get(address).headers["ETag"] for address in addresses}
    cover(image, archivist)
    work_off()

    for address, tag in tags.items():
        answer = client.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert not shows_secret(body(answer))


@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("deep.tiff", {"format": "TIFF"}),
        ("palette.png", {"format": "PNG"}),
        ("turned.jpg", {"format": "JPEG", "quality": 95, "subsampling": 2}),
    ],
)
def test_every_way_of_decoding_covers_the_same_place(client, archivist, name, save):
    data = drawing(**save)
    picture = Pillow.open(io.BytesIO(data))
    target = io.BytesIO()
    area = AREA
    if name == "palette.png":
        picture.convert("P", palette=Pillow.Palette.ADAPTIVE).save(target, "PNG")
    elif name == "turned.jpg":
        exif = Pillow.Exif()
        exif[0x0112] = 6  # The camera was held upright: what is shown is turned by a quarter.
        picture.save(target, "JPEG", quality=95, exif=exif)
        x, y, width, height = AREA["x"], AREA["y"], AREA["width"], AREA["height"]
        area = {"page": 1, "x": SIZE[1] - y - height, "y": x, "width": height, "height": width}
    else:
        picture.convert("CMYK").save(target, "TIFF")
    image = taken_in(target.getvalue(), archivist, name=name)
    before = pixels_for(client, image)

    cover(image, archivist, area)
    work_off()

    assert all(
        shows_secret(data)
        for address, data in before.items()
        if "300,200" not in address and "pct" not in address
    )
    after = pixels_for(client, image)
    assert len(after) >= len(ASKED) + 3
    assert not [address for address, data in after.items() if shows_secret(data)]


def test_each_page_of_a_file_has_its_own_parts(client, archivist):
    pages = [Pillow.open(io.BytesIO(drawing())) for _ in range(2)]
    target = io.BytesIO()
    pages[0].save(target, "TIFF", save_all=True, append_images=pages[1:])
    image = taken_in(target.getvalue(), archivist, name="letter.tiff")

    cover(image, archivist, {**AREA, "page": 2})
    work_off()

    first, second = (
        client.get(f"/iiif/3/{name}/full/max/0/default.png").content
        for name in (image.public_id, f"{image.public_id}:2")
    )
    assert shows_secret(first)
    assert not shows_secret(second)


def test_readers_are_told_in_both_languages(client, image, archivist):
    text = make_revision(
        "# عنوان\n\nكلامٌ عن الجسر.\n\n![شاهد](evidence.jpg)\n", access=Access.PUBLIC, by=archivist
    ).text
    Figure.objects.filter(text=text).update(image=image)
    cover(image, archivist)
    waiting = client.get(f"/ar/images/{image.public_id}/").content.decode()
    work_off()

    arabic, english = (
        client.get(f"/{code}/images/{image.public_id}/").content.decode() for code in ("ar", "en")
    )
    manifest = client.get(reverse("iiif_image_manifest", args=[image.public_id])).json()
    told = manifest["items"][0]["requiredStatement"]["value"]
    said = client.get(reverse("api-image-detail", args=[image.public_id])).json()

    assert "<img" not in waiting.partition("<main")[2].partition("</main")[0]
    assert "أجزاءٌ من هذه الصورة محجوبة" in arabic
    assert "حمايةً لشاهدة" in arabic
    assert "Parts of this picture are covered." in english
    assert "To protect a witness" in english
    assert told == {
        "ar": ["أجزاءٌ من هذه الصورة محجوبة. حمايةً لشاهدة"],
        "en": ["Parts of this picture are covered. To protect a witness"],
    }
    assert (said["covered"], said["covered_because_en"]) == (True, "To protect a witness")
    for page in (arabic, english, str(manifest), str(said)):
        assert "يظهر وجه" not in page, "the reason for the record is not told"
    assert 'class="figure__remark"' in client.get(f"/ar/works/{text.work.slug}/").content.decode()


def test_the_act_is_recorded_and_told_in_words(client, image, archivist):
    cover(image, archivist)

    event = AuditEvent.objects.get(action="image.covered")
    assert event.facts == {"pixels": 1, "areas": [AREA]}
    assert AuditDetail.objects.get(sequence=event.sequence).words == "يظهر وجه شاهدة"
    line = custody.event_entry(event.action, event.facts, event.at, event.actor_id)
    assert line
    assert "حُجبت أجزاء" in line.words
    client.force_login(archivist)
    page = client.get(reverse("desk_file", args=[image.arrival.public_id])).content.decode()
    assert "هذه البايتات باقيةٌ كما هي" in page


def test_the_original_is_for_archivists_alone_while_something_is_covered(image, people, archivist):
    before = [
        name for name in ("editor", "archivist", "administrator") if allows(people[name], "original", image)
    ]
    cover(image, archivist)
    image.refresh_from_db()

    after = [name for name, user in people.items() if allows(user, "original", image)]
    assert before == ["editor", "archivist", "administrator"]
    assert sorted(after) == ["administrator", "archivist"]
    assert not allows(ANYBODY, "original", image)


def test_no_package_holds_the_bytes_and_earlier_ones_are_given_out_no_more(client, image, archivist):
    shelf = Collection.objects.create(slug="shelf", title_ar="رفّ", access=Access.PUBLIC)
    Image.objects.filter(pk=image.pk).update(collection=shelf)
    twin = taken_in(drawing(), archivist, name="twin.jpg", collection=shelf)
    layouts = ("bagit", "csv", "static")
    packages = [ask_take_out(item=shelf, layout=layout, by=archivist) for layout in layouts]
    for package in packages:
        run_job(package.job_id)
    assert drawing() in zipfile_bytes(place_of(packages[0]))

    cover(image, archivist)
    cover(twin, archivist)
    work_off()
    again, copy = (ask_take_out(item=shelf, layout=layout, by=archivist) for layout in ("bagit", "static"))
    for package in (again, copy):
        run_job(package.job_id)

    client.force_login(archivist)
    status = [client.get(reverse("take_out_file", args=[p.public_id])).status_code for p in packages]
    assert status == [404, 200, 404]
    assert drawing() not in zipfile_bytes(place_of(TakeOut.objects.get(pk=again.pk)))
    held = zipfile_bytes(place_of(TakeOut.objects.get(pk=copy.pk)))
    pictures = [data for data in held if data[:4] == b"RIFF"]
    assert len(pictures) == 2
    assert not any(shows_secret(data) for data in pictures)
    assert any("أجزاءٌ من هذه الصورة محجوبة".encode() in data for data in held)


def test_a_package_without_the_bytes_comes_back_without_the_notes_on_them(image, people, archivist, tmp_path):
    """What stays behind keeps what was said of it; the text that shows it and all else return."""
    point = transaction.savepoint()
    revision = make_revision(
        "# مشهد\n\nنظر الشاهد إلى الساحة.\n\n![الساحة](evidence.jpg)\n", access=Access.PUBLIC, by=archivist
    )
    fill_figure(figure_id=Figure.objects.get(text=revision.text).pk, image=image, page=1, by=archivist)
    place = RegionPlace(image.public_id, "rect", [(10, 10), (60, 45)])
    roles = {"author": people["scholar"], "reviewer": people["reviewer"]}
    on_words = make_accepted(revision.text, "الشاهد", references=(ReferenceInput("cites", place),), **roles)
    make_placed(place, **roles)
    cover(image, archivist)
    work_off()
    call_command(
        "export_work", revision.text.work.slug, "--to", str(tmp_path / "bag"), "--by", archivist.email
    )
    transaction.savepoint_rollback(point)
    assert not Annotation.objects.exists()

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    (back,) = Annotation.objects.all()
    assert back.public_id == on_words.public_id
    assert Figure.objects.get().image is None


def test_the_same_bytes_under_another_name_are_told_and_stay_in_the_house(client, image, archivist):
    twin = taken_in(drawing(), archivist, name="twin.jpg")
    cover(image, archivist)

    client.force_login(archivist)
    page = client.get(reverse("cover_image", args=[image.public_id])).content.decode()

    assert reverse("cover_image", args=[twin.public_id]) in page
    held = holding(Collection.objects.create(slug="s", title_ar="رفّ"), as_viewer(archivist))
    Image.objects.filter(pk=twin.pk).update(collection=held.root.pk)
    assert list(holding(held.root, as_viewer(archivist)).files()) == []


def zipfile_bytes(path) -> list[bytes]:
    with zipfile.ZipFile(path) as pack:
        return [pack.read(name) for name in pack.namelist()]


def test_covered_parts_are_changed_and_uncovered_with_a_reason(client, image, archivist):
    first = set(Derivative.objects.values_list("stored_file__sha256", flat=True))
    cover(image, archivist, {**AREA, "x": 0, "y": 0, "width": 50, "height": 50})
    work_off()
    assert any(shows_secret(data) for data in pixels_for(client, image).values())

    cover(image, archivist, AREA)
    work_off()
    assert not any(shows_secret(data) for data in pixels_for(client, image).values())

    with pytest.raises(Invalid, match="required"):
        redact(image_id=image.pk, version=None, areas=[], reason=" ", by=archivist)
    redact(image_id=image.pk, version=None, areas=[], reason="وافقت", by=archivist)
    work_off()

    image.refresh_from_db()
    assert (image.covered, image.pixels, image.covered_because_ar) == (False, 3, "")
    assert set(Derivative.objects.current().values_list("stored_file__sha256", flat=True)) == first
    assert Redaction.objects.latest("pixels").areas == []
    assert AuditEvent.objects.filter(action="image.uncovered").count() == 1


def test_covering_again_what_is_covered_changes_nothing(image, archivist):
    cover(image, archivist)
    work_off()
    cover(image, archivist)

    image.refresh_from_db()
    assert (image.pixels, image.state) == (1, ImageState.READY)


def test_work_that_began_before_brings_nothing_back(client, image, archivist, monkeypatch):
    from archive.media.derivatives import decode, tile

    Image.objects.filter(pk=image.pk).update(state=ImageState.WAITING)

    def overtaken(source, folder, **given):
        monkeypatch.undo()
        made = decode(source, folder, **given)
        cover(image, archivist)
        return made

    monkeypatch.setattr("archive.actions.make_derivatives.decode", overtaken)
    make_derivatives(image_id=image.pk)
    assert pixels_for(client, image) == {}
    work_off()

    def overtaken_tiles(source, folder, **given):
        monkeypatch.undo()
        made = tile(source, folder, **given)
        cover(image, archivist, AREA, {**AREA, "x": 0})
        return made

    cover(image, archivist, {**AREA, "y": 0}, AREA)
    run_job(Job.objects.get(kind="make_derivatives", state="queued").pk)
    monkeypatch.setattr("archive.actions.make_tiles.tile", overtaken_tiles)
    assert make_tiles(image_id=image.pk) == ()
    assert pixels_for(client, image) == {}


@pytest.mark.parametrize(
    ("area", "code"),
    [
        ({"x": 900}, "area_outside"),
        ({"x": -1}, "area_outside"),
        ({"width": 0}, "area_empty"),
        ({"page": 2}, "area_page"),
        ({"y": "5"}, "area_numbers"),
        ({"height": None}, "area_numbers"),
    ],
)
def test_wrong_rectangles_are_refused_in_words(image, archivist, area, code):
    with pytest.raises(Invalid, match=code):
        cover(image, archivist, AREA, {**AREA, **area})

    image.refresh_from_db()
    assert image.pixels == 0


def test_only_archivists_cover_and_only_what_they_read(image, people, archivist):
    for name in ("member", "scholar", "reviewer", "editor"):
        with pytest.raises(NotAllowed):
            cover(image, people[name])
    with pytest.raises(Stale):
        redact(image_id=image.pk, version=99, areas=[AREA], reason="سبب", by=archivist)
    with pytest.raises(Invalid, match="areas_missing"):
        redact(image_id=image.pk, version=None, areas=[], reason="سبب", by=archivist)
    undecoded = add_image(arrival=send(drawing(), filename="x.jpg", by=archivist), by=archivist)
    with pytest.raises(Conflict, match="image_not_decoded"):
        cover(undecoded, archivist)


def test_the_database_keeps_redactions_as_facts(image, archivist):
    cover(image, archivist)

    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.update(areas=[])
    with pytest.raises(IntegrityError), transaction.atomic():
        Redaction.objects.create(image=image, pixels=1)


def test_the_desk_previews_applies_and_keeps_what_was_typed(client, image, archivist):
    client.force_login(archivist)
    address = reverse("cover_image", args=[image.public_id])
    sent = {
        "version": image.version, "reason": "سبب", "because_ar": "", "because_en": "", "shown": "1",
        "areas-TOTAL_FORMS": "3", "areas-INITIAL_FORMS": "0",
        **{f"areas-0-{name}": value for name, value in AREA.items()}, "areas-1-page": "1",
    }  # fmt: skip

    preview = client.post(address, {**sent, "act": "preview"})
    torn = client.post(address, {**sent, "areas-1-x": "5", "act": "apply"})
    without = client.post(address, {**sent, "reason": "", "act": "apply"})
    assert Redaction.objects.count() == 0
    applied = client.post(address, {**sent, "act": "apply"})
    stale = client.post(address, {**sent, "act": "apply", "areas-0-x": "1"})

    assert preview.status_code == 200
    assert 'x="292" y="192" width="216" height="176"' in preview.content.decode()
    assert (torn.status_code, without.status_code) == (422, 422)
    assert 'value="292"' in without.content.decode()
    assert applied.status_code == 302
    assert stale.status_code == 412
    assert Redaction.objects.get().areas == [AREA]
    work_off()
    picture = reverse("uncovered_picture", args=[image.public_id, 1])
    shown = client.get(picture)
    assert shows_secret(shown.content), "who decides what is covered sees what is behind"
    assert shown.headers["Cache-Control"] == "private, no-store"
    image.refresh_from_db()
    client.post(address, {"version": image.version, "reason": "وافقت", "act": "uncover", **{k: v for k, v in sent.items() if "FORMS" in k}})  # fmt: skip
    image.refresh_from_db()
    assert not image.covered


def test_nobody_else_sees_what_is_behind(client, image, people, archivist):
    cover(image, archivist)
    work_off()
    for name in (None, "member", "scholar", "reviewer", "editor"):
        if name:
            client.force_login(people[name])
        assert client.get(reverse("uncovered_picture", args=[image.public_id, 1])).status_code == 404
        assert not [address for address, data in pixels_for(client, image).items() if shows_secret(data)]
        assert client.get(reverse("original", args=[image.public_id])).status_code == 404


def test_programs_cover_and_read_what_is_covered(client, image, people, archivist):
    address = reverse("api-image-redaction", args=[image.public_id])
    sent = {"areas": [AREA], "reason": "سبب", "because_ar": "حماية"}
    assert client.put(address, sent, content_type="application/json").status_code == 401
    client.force_login(people["editor"])
    assert client.get(address).status_code == 403
    client.force_login(archivist)
    tag = client.get(address).headers["ETag"]

    missing = client.put(address, sent, content_type="application/json")
    wrong = client.put(
        address,
        {**sent, "areas": [{**AREA, "x": 5000}]},
        content_type="application/json",
        headers={"If-Match": tag},
    )
    put = client.put(address, sent, content_type="application/json", headers={"If-Match": tag})
    stale = client.put(address, sent, content_type="application/json", headers={"If-Match": tag})

    assert (missing.status_code, wrong.status_code, put.status_code, stale.status_code) == (
        428,
        422,
        202,
        412,
    )
    assert put.json()["areas"] == [AREA]
    assert (put.json()["state"], put.json()["because_ar"]) == ("waiting", "حماية")
    assert client.get(address).json()["areas"] == [AREA]
