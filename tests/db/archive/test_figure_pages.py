"""A figure shows one page of a file of several, and every door shows that page and no other."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from PIL import Image as Picture

from annotations.actions.compose_edition import compose_edition
from annotations.actions.publish import publish
from annotations.actions.seal import seal
from annotations.editions.canonical import dumps, loads, manifest_hash
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight, stops
from annotations.models import Release
from archive.actions.ask_take_out import ask_take_out
from archive.actions.bring_in import bring_in
from archive.actions.fill_figure import fill_figure
from archive.actions.redact import redact
from archive.actions.run_job import run_job
from archive.enums import Access, JobState
from archive.errors import Conflict, Invalid
from archive.media.packages import place_of
from archive.models import Derivative, Figure, Image, Job, Text, Work
from archive.views.shared import forget
from tests.db.archive.test_bring_in import resealed
from tests.db.archive.test_pages import COLORS, SIZES, add, tiff
from tests.factories_archive import make_revision
from tests.factories_editions import plan

pytestmark = pytest.mark.django_db
WORDS = {"alternative_ar": "رسالةٌ بخطّ اليد", "alternative_en": "A letter by hand"}


@pytest.fixture
def image(people) -> Image:
    made = add(tiff(), people)
    Image.objects.filter(pk=made.pk).update(
        rights_uri="https://creativecommons.org/publicdomain/zero/1.0/", **WORDS
    )
    work_off()
    made.refresh_from_db()
    return made


@pytest.fixture
def figure(people) -> Figure:
    revision = make_revision(
        "# Letters\n\nThe second page says more.\n\n![The second page](letter.tif)\n",
        access=Access.PUBLIC, by=people["archivist"], language="en",
    )  # fmt: skip
    Work.objects.update(title_ar="رسائل", rights_uri="https://creativecommons.org/publicdomain/zero/1.0/")
    return Figure.objects.get(text=revision.text)


def work_off() -> None:
    while job := Job.objects.filter(state=JobState.QUEUED, kind__startswith="make_").order_by("pk").first():
        run_job(job.pk)
    forget()


def fill(figure: Figure, image: Image, page: int, by) -> None:
    fill_figure(figure_id=figure.pk, image=image, page=page, by=by)
    work_off()


def color_of(data: bytes) -> tuple[int, ...]:
    return Picture.open(io.BytesIO(data)).convert("RGB").getpixel((20, 20))


def is_page(data: bytes, page: int) -> bool:
    return max(abs(a - b) for a, b in zip(color_of(data), COLORS[page], strict=True)) < 12


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def article(client, figure: Figure, language: str = "en") -> str:
    html = client.get(f"/{language}/works/{figure.text.work.slug}/").content.decode()
    return html.partition("<article")[2].partition("</article>")[0]


def test_the_text_shows_the_page_with_its_own_words_and_leads_to_it(client, image, figure, archivist):
    fill(figure, image, 2, archivist)

    english, arabic = article(client, figure), article(client, figure, "ar")

    (address,) = re.findall(r'<img src="([^"]+)"', english)
    assert address.startswith(f"/files/images/{image.public_id}/")
    assert address.endswith("-2.webp")
    assert 'width="400" height="900"' in english
    assert is_page(body(client.get(address)), 2)
    assert 'alt="Page 2: A letter by hand"' in english
    assert 'alt="الصفحة 2: رسالةٌ بخطّ اليد"' in arabic
    assert f'href="/en/images/{image.public_id}/?page=2#picture"' in english
    assert "The second page</figcaption>" in english
    assert f'data-zoom="/iiif/3/{image.public_id}:2"' in english


def test_the_picture_s_own_page_shows_the_page_that_a_figure_leads_to(client, image):
    html = client.get(f"/en/images/{image.public_id}/?page=2").content.decode()

    assert f'src="/iiif/3/{image.public_id}:2/full/!1280,1280/0/default.jpg"' in html
    assert 'alt="Page 2 of 3"' in html
    assert 'data-zoom-page="2"' in html


@pytest.mark.parametrize("name", ["large-1", "large-02", "large-9", "large-", "large-x", "large-٢"])
def test_a_copy_of_a_page_has_one_address(client, image, figure, archivist, name):
    fill(figure, image, 2, archivist)

    assert client.get(f"/files/images/{image.public_id}/{name}.webp").status_code == 404


def test_a_page_that_the_file_has_not_is_refused(image, figure, archivist):
    for page in (0, 4):
        with pytest.raises(Invalid, match="page_unknown"):
            fill_figure(figure_id=figure.pk, image=image, page=page, by=archivist)

    figure.refresh_from_db()
    assert (figure.image, figure.page) == (None, 1)


def test_who_saw_another_page_is_told(image, figure, archivist):
    fill(figure, image, 2, archivist)

    with pytest.raises(Conflict, match="figure_changed"):
        fill_figure(figure_id=figure.pk, image=image, page=3, seen=image.public_id, by=archivist)
    fill_figure(figure_id=figure.pk, image=image, page=3, seen=f"{image.public_id}:2", by=archivist)

    figure.refresh_from_db()
    assert figure.page == 3


@pytest.mark.parametrize("language", ["ar", "en"])
def test_archivist_chooses_a_page_in_the_form(client, image, figure, archivist, language):
    client.force_login(archivist)
    address = reverse("fill_figure", args=[figure.text.public_id, figure.key]).replace(
        "/ar/", f"/{language}/"
    )

    client.post(address, {"image": image.public_id, "page": "2", "seen": ""})
    form = client.get(address).content.decode()
    refused = client.post(address, {"image": image.public_id, "page": "9", "seen": f"{image.public_id}:2"})

    figure.refresh_from_db()
    assert (figure.image, figure.page) == (image, 2)
    assert f'value="{image.public_id}:2"' in form
    assert 'name="page" value="2"' in form
    assert f"/iiif/3/{image.public_id}:3/full/!320,320/0/default.jpg" in form
    assert refused.status_code == 422
    assert ("has 3 pages" if language == "en" else "3") in refused.content.decode()
    desk = client.get(f"/{language}/desk/works/{figure.text.work.public_id}/").content.decode()
    assert ("Page 2 of 3" if language == "en" else "الصفحة 2 من 3") in desk


def test_the_api_names_the_page(client, image, figure, archivist):
    client.force_login(archivist)
    address = f"/api/texts/{figure.text.public_id}/figures/{figure.key}/"

    filled = client.patch(
        address,
        {"image": image.public_id, "page": 2},
        content_type="application/json",
        headers={"If-Match": '"none"'},
    )
    stale = client.patch(
        address,
        {"image": None},
        content_type="application/json",
        headers={"If-Match": f'"{image.public_id}"'},
    )
    read = client.get(f"/api/texts/{figure.text.public_id}/").json()["figures"]
    refused = client.patch(
        address, {"image": image.public_id, "page": 7}, content_type="application/json",
        headers={"If-Match": filled.headers["ETag"]},
    )  # fmt: skip

    assert (filled.status_code, filled.headers["ETag"]) == (200, f'"{image.public_id}:2"')
    assert read == [{"key": figure.key, "image": image.public_id, "page": 2}] == [filled.json()]
    assert stale.status_code == 412
    assert refused.status_code == 422


def test_the_work_s_manifest_has_the_page_and_its_own_page_leads_to_it(client, image, figure, archivist):
    address = reverse("iiif_work_manifest", args=[figure.text.work.public_id])
    page = figure.text.work.get_absolute_url()
    assert f'href="{address}"' not in client.get(page).content.decode()

    fill(figure, image, 3, archivist)

    assert f'href="{address}"' in client.get(page).content.decode()
    (canvas,) = client.get(address).json()["items"]

    assert canvas["id"].endswith(f"{image.public_id}:3")
    assert (canvas["width"], canvas["height"]) == (1200, 300)


def test_a_page_is_covered_in_its_figure_as_well(client, image, figure, archivist):
    fill(figure, image, 2, archivist)
    address = reverse("derivative", args=[image.public_id, "large-2"])

    area = {"page": 2, "x": 0, "y": 0, "width": 200, "height": 200}
    redact(image_id=image.pk, version=None, areas=[area], reason="حماية", by=archivist)
    meanwhile, gap = client.get(address).status_code, article(client, figure)
    work_off()

    assert meanwhile == 404
    assert "Parts of this picture are being covered" in gap
    assert not is_page(body(client.get(address)), 2)


def release_of(figure: Figure, people) -> Release:
    edition = compose_edition(text=figure.text.public_id, plan=plan(), by=people["editor"])
    release = seal(edition=edition.public_id, version=edition.version, by=people["editor"])
    publish(release=release.public_id, by=None)
    forget()
    return release


def test_a_release_pins_the_page_and_goes_on_showing_it(client, image, figure, people):
    fill(figure, image, 2, people["archivist"])
    release = release_of(figure, people)

    fill(figure, image, 3, people["archivist"])
    page = client.get("/en/editions/mill-edition/1/").content.decode()
    names = list(release.files.values_list("name", flat=True))

    assert names
    assert all("-2.webp" in name for name in names)
    assert f"{image.public_id}-large-2.webp" in page
    assert 'alt="Page 2: A letter by hand"' in page
    assert f'href="/en/images/{image.public_id}/?page=2#picture"' in page
    assert is_page(body(client.get(reverse("release_file", args=["mill-edition", 1, names[0]]))), 2)
    assert manifest_hash(dumps(loads(release.snapshot))) == release.manifest_hash


def test_a_first_page_is_not_named_in_a_snapshot(image, figure, people):
    fill(figure, image, 1, people["archivist"])

    release = release_of(figure, people)

    assert '"page"' not in release.snapshot
    assert manifest_hash(dumps(loads(release.snapshot))) == release.manifest_hash


def test_an_edition_waits_for_the_copies_of_the_page(image, figure, people):
    fill_figure(figure_id=figure.pk, image=image, page=2, by=people["archivist"])
    edition = compose_edition(text=figure.text.public_id, plan=plan(), by=people["editor"])

    waiting = [finding.code for finding in stops(preflight(gather(edition)))]
    work_off()

    assert waiting == ["image_unready"]
    assert not stops(preflight(gather(edition)))


def test_a_release_zooms_into_today_s_tiles_only_while_they_show_what_was_sealed(
    client, image, figure, people
):
    fill(figure, image, 2, people["archivist"])
    area = {"page": 2, "x": 0, "y": 0, "width": 200, "height": 200}
    zoom = f'data-zoom="/iiif/3/{image.public_id}:2"'

    def page() -> str:
        forget()
        return client.get("/en/editions/mill-edition/1/").content.decode()

    redact(image_id=image.pk, version=None, areas=[area], reason="حماية", by=people["archivist"])
    work_off()
    release_of(figure, people)
    same = page()
    redact(image_id=image.pk, version=None, areas=[], reason="وافقت", by=people["archivist"])
    work_off()
    uncovered = page()

    assert zoom in same
    assert f"{image.public_id}-large-2.webp" in uncovered
    assert zoom not in uncovered, "today's tiles show more than was sealed"


def test_a_covering_of_another_page_gives_a_figure_its_bytes_back(client, image, figure, people):
    fill(figure, image, 2, people["archivist"])
    release_of(figure, people)

    area = {"page": 1, "x": 0, "y": 0, "width": 50, "height": 50}
    redact(image_id=image.pk, version=None, areas=[area], reason="حماية", by=people["archivist"])
    work_off()

    page = client.get("/en/editions/mill-edition/1/").content.decode()
    assert f"{image.public_id}-large-2.webp" in page
    assert f'data-zoom="/iiif/3/{image.public_id}:2"' in page


def test_the_static_copy_shows_the_page(image, figure, archivist):
    fill(figure, image, 2, archivist)
    package = ask_take_out(item=figure.text.work, layout="static", by=archivist)
    assert run_job(package.job_id) == JobState.DONE
    with zipfile.ZipFile(place_of(package)) as copy:
        files = {"/".join(PurePosixPath(name).parts[1:]): copy.read(name) for name in copy.namelist()}

    html = files[f"en/works/{figure.text.work.public_id}.html"].decode()

    assert f'src="../../pictures/{image.public_id}-2.webp"' in html
    assert 'alt="Page 2: A letter by hand"' in html
    assert is_page(files[f"pictures/{image.public_id}-2.webp"], 2)
    assert f"pictures/{image.public_id}-3.webp" not in files
    assert f"pictures/{image.public_id}-2.webp" in files[f"en/images/{image.public_id}.html"].decode()


def test_making_copies_twice_makes_them_once(image, figure, archivist):
    fill(figure, image, 2, archivist)
    made = set(Derivative.objects.filter(page=2).values_list("pk", flat=True))

    fill_figure(figure_id=figure.pk, image=None, by=archivist)
    fill(figure, image, 2, archivist)
    run_job(Job.objects.filter(kind="make_page_copies").latest("pk").pk)

    assert made
    assert set(Derivative.objects.filter(page=2).values_list("pk", flat=True)) == made
    assert not Derivative.objects.filter(page=3).exists()


@pytest.fixture
def bag(people, tmp_path) -> Path:
    """A bag of a work that shows the second page of a letter, in an archive that is empty."""
    by, point = people["archivist"], transaction.savepoint()
    made = add(tiff(), people)
    revision = make_revision("# Letters\n\n![Two](letter.tif)\n", access=Access.PUBLIC, by=by)
    fill(Figure.objects.get(text=revision.text), made, 2, by)
    call_command("export_work", revision.text.work.slug, "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)
    return tmp_path / "bag"


def test_a_package_brings_the_page_in_and_its_copies_are_made(bag, client, people):
    assert not Figure.objects.exists()

    bring_in(path=bag, by=people["administrator"])
    work_off()

    figure = Figure.objects.get()
    assert (figure.page, figure.image.pages) == (2, 3)
    (large,) = Derivative.objects.filter(page=2, name="large")
    assert (large.width, large.height) == SIZES[2]


@pytest.mark.parametrize("page", [0, -1, 501, "2", True, 1.5, None])
def test_a_package_that_names_no_page_is_refused(bag, people, page):
    catalogue = bag / "data" / "catalogue.jsonl"
    lines = [json.loads(line) for line in catalogue.read_text().splitlines()]
    for line in lines:
        if line["is"] == "text":
            line["figures"][0]["page"] = page
    catalogue.write_text("".join(json.dumps(line) + "\n" for line in lines))
    resealed(bag)

    with pytest.raises(Invalid):
        bring_in(path=bag, by=people["administrator"])

    assert not Figure.objects.exists()


def test_manifest_of_a_work_has_no_page_that_another_work_shows(client, image, figure, archivist):
    fill(figure, image, 2, archivist)
    other = Text.objects.create(work=Work.objects.create(slug="other"), language="ar", direction="rtl")
    Figure.objects.create(text=other, key="f1", image=image, page=3)

    data = client.get(reverse("iiif_work_manifest", args=[figure.text.work.public_id])).json()

    assert [canvas["id"].rpartition("/")[2] for canvas in data["items"]] == [f"{image.public_id}:2"]
