"""The cover of an edition: chosen, checked, frozen, shown, hidden with its picture, and never where it may not be."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions import seal as seal_action
from annotations.actions.change_edition import change_edition
from annotations.actions.compose_edition import compose_edition
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.compare import compare
from annotations.editions.gather import gather
from annotations.editions.preflight import Severity, preflight
from annotations.editions.reading import read_snapshot
from annotations.errors import PreflightFailed
from annotations.models import Edition, Release
from annotations.presenters.findings import sentence_of
from archive.access.standing import standing_on
from archive.actions.bump_epoch import bump_epoch
from archive.actions.take_down import take_down
from archive.enums import Access, ImageState
from archive.errors import Invalid
from archive.models import Deposit, DepositItem, Derivative, Image
from archive.views import shared
from tests.factories_archive import png
from tests.factories_editions import LICENSE, Desk, make_desk, make_image, plan, stored

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"
SITE = "http://localhost:8000"


@pytest.fixture(autouse=True)
def epoch_is_read_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


@pytest.fixture
def cover(desk) -> Image:
    """A picture that stands for the edition, and not in its text."""
    image = make_image(
        by=desk.people["archivist"], title_ar="الغلاف", title_en="The cover", alternative_ar="رحى على غلاف",
        alternative_en="A millstone on a cover",
    )  # fmt: skip
    choose(desk, image.public_id)
    return image


def choose(desk: Desk, image: str, *, by: str = "editor", **fields) -> Edition:
    desk.edition.refresh_from_db()
    return change_edition(
        edition=desk.edition.public_id, version=desk.edition.version, plan=plan(cover=image, **fields),
        by=desk.people[by],
    )  # fmt: skip


def found(desk: Desk) -> dict[str, Severity]:
    desk.edition.refresh_from_db()
    findings = preflight(gather(desk.edition))
    assert all(sentence_of(finding) for finding in findings)
    return {finding.code: finding.severity for finding in findings}


def change(image: Image, **fields) -> None:
    Image.objects.filter(pk=image.pk).update(**fields)
    bump_epoch()
    shared.forget()


def read(client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def oembed(client) -> dict:
    return client.get(f"/oembed?url={SITE}{PAGE}").json()


def test_sealing_pins_the_cover_with_its_copies_and_as_a_member(desk, cover):
    release = desk.seal()

    value = read_snapshot(release)
    assert value.cover.id == cover.public_id
    assert [file.width for file in value.cover.files] == [480, 960]
    assert json.loads(release.snapshot)["format"] == "hashiya-snapshot/3"
    assert {file.name for file in value.cover.files} <= set(release.files.values_list("name", flat=True))
    assert ("image", cover.pk) in set(release.members.values_list("kind", "object_id"))


def test_an_edition_without_one_is_sealed_in_the_bytes_that_it_ever_had(desk):
    data = json.loads(desk.seal().snapshot)

    assert data["format"] == "hashiya-snapshot/1"
    assert not {"cover", "order"} & set(data)


def test_a_picture_that_is_covered_while_a_release_is_sealed_stops_it(desk, cover, monkeypatch):
    read = seal_action.gather

    def gather_then_cover(edition):
        plan = read(edition)
        Image.objects.filter(pk=cover.pk).update(pixels=cover.pixels + 1, covered=True)
        for name, width in (("small", 480), ("medium", 960)):
            Derivative.objects.create(
                image=cover, name=name, media_type="image/webp", width=width, height=width * 3 // 4, pixels=cover.pixels + 1,
                stored_file=stored(f"{name}, covered by now".encode(), "image/webp"),
            )  # fmt: skip
        return plan

    monkeypatch.setattr(seal_action, "gather", gather_then_cover)

    with pytest.raises(PreflightFailed) as refusal, transaction.atomic():
        desk.seal()

    assert [(one["code"], one["id"]) for one in refusal.value.params["problems"]] == [
        ("image_unready", cover.public_id)
    ]
    assert not Release.objects.exists()


def test_a_cover_can_be_taken_away_again(desk, cover):
    assert choose(desk, "").cover is None

    assert read_snapshot(desk.seal()).cover is None


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"access": Access.DRAFT}, "member_hidden"),
        ({"state": ImageState.WAITING}, "image_unready"),
        ({"alternative_ar": "", "alternative_en": ""}, "alternative_missing"),
        ({"rights_uri": ""}, "cover_rights_missing"),
    ],
)
def test_what_a_cover_lacks_stops_the_release(desk, cover, fields, code):
    assert Severity.STOPS not in found(desk).values()

    change(cover, **fields)

    assert found(desk)[code] is Severity.STOPS


def test_an_editor_is_told_that_a_warned_cover_stays_behind_its_warning(desk, cover):
    change(cover, warnings=["violence"])
    assert found(desk)["cover_warned"] is Severity.WARNS

    change(cover, warnings=[], content_warning_en="Blood")
    assert found(desk)["cover_warned"] is Severity.WARNS


@pytest.mark.parametrize("given", ["nothing", "undone", "video", "work"])
def test_what_is_no_picture_that_the_editor_sees_is_no_cover(desk, people, given):
    names = {
        "nothing": "nothing",
        "undone": make_image(by=people["archivist"], undone=True, title_en="Secret").public_id,
        "video": desk.video.public_id,
        "work": desk.work.public_id,
    }

    with pytest.raises(Invalid) as refusal:
        choose(desk, names[given])

    assert (refusal.value.code, refusal.value.params["field"]) == ("cover_no_picture", "cover")


def test_a_cover_that_this_editor_does_not_see_is_kept_and_not_told(desk, cover, client, people):
    change(cover, undone=True)
    client.force_login(people["editor"])

    page = client.get(plan_url(desk)).content.decode()

    assert "The cover" not in page
    assert "A picture that you may not see" in page
    assert choose(desk, cover.public_id).cover == cover


def test_the_page_shows_it_beside_the_title_and_tells_other_sites(desk, cover, client):
    desk.release()

    html = read(client)

    head = html[html.index('class="titled"') : html.index("reader-bar")]
    assert 'alt="A millstone on a cover"' in head
    assert f"{cover.public_id}-small.webp" in head
    assert (
        f'<meta property="og:image" content="{SITE}/editions/mill-edition/1/files/{cover.public_id}-medium.webp">'
        in html
    )
    assert '"image": {"@type": "ImageObject"' in html
    assert (
        oembed(client)["thumbnail_url"]
        == f"{SITE}/editions/mill-edition/1/files/{cover.public_id}-medium.webp"
    )
    assert "A millstone on a cover" in read(client, "/en/embed/editions/mill-edition/1/")
    for shelf in ("/en/", "/en/editions/", "/en/works/mill/"):
        assert "A millstone on a cover" in read(client, shelf), shelf
    file = client.get(f"/editions/mill-edition/1/files/{cover.public_id}-small.webp")
    assert file.status_code == 200


def test_a_warned_cover_is_veiled_on_pages_and_on_no_other_site(desk, cover, client):
    change(cover, warnings=["violence"])
    desk.release()

    html = read(client)

    assert 'class="cover veiled"' in html
    assert f'data-veil="{cover.public_id}"' in html
    assert "og:image" not in html
    assert "ImageObject" not in html
    assert "thumbnail_url" not in oembed(client)
    shelf = read(client, "/en/editions/")
    assert f'data-veil="{cover.public_id}"' in shelf
    assert "thumbnail" not in json.loads(read(client, "/editions/mill-edition/1/download/iiif"))


def test_words_of_a_warning_veil_it_too(desk, cover, client):
    change(cover, content_warning_en="Blood", content_warning_ar="دم")
    desk.release()

    assert 'data-warning="Blood"' in read(client)
    assert 'data-warning="Blood"' in read(client, "/en/editions/")
    assert "thumbnail_url" not in oembed(client)


def hide(image: Image, how: str, people) -> None:
    if how == "down":
        take_down(image, reason="request", by=people["archivist"])
    elif how == "draft":
        Image.objects.filter(pk=image.pk).update(access=Access.DRAFT)
    else:
        # Its newest copies are of other pixels than those that were sealed.
        Image.objects.filter(pk=image.pk).update(covered=True, pixels=image.pixels + 1)
    bump_epoch()
    shared.forget()


@pytest.mark.parametrize("how", ["down", "draft", "covered"])
def test_a_cover_that_is_not_public_any_more_is_nowhere(desk, cover, client, people, how):
    desk.release()
    assert "on a cover" in read(client)

    hide(cover, how, people)

    pages = [PAGE, "/en/", "/en/editions/", "/en/works/mill/", "/en/embed/editions/mill-edition/1/", "/en/feed/",
             "/editions/mill-edition/1/download/iiif", "/editions/mill-edition/1/download/jsonld",
             "/editions/mill-edition/1/download/tei", "/editions/mill-edition/1/download/markdown"]  # fmt: skip
    # A picture of which parts are covered is public itself: the front page shows its new copies.
    for address in pages if how != "covered" else [one for one in pages if one != "/en/"]:
        answer = client.get(address)
        if answer.status_code != 200:
            continue
        html = read(client, address)
        assert "on a cover" not in html, address
        assert cover.public_id not in html, address
    assert "thumbnail_url" not in oembed(client)
    assert client.get(f"/editions/mill-edition/1/files/{cover.public_id}-small.webp").status_code == 404
    if how != "covered":  # The snapshot names hashes of pixels, and has none.
        assert client.get("/editions/mill-edition/1/download/json").status_code in (404, 410)


def test_a_withdrawn_release_leaves_nothing_of_its_cover(desk, cover, client, people):
    release = desk.release()
    withdraw_release(release=release.public_id, reason="An error", by=people["editor"])
    bump_epoch()
    shared.forget()

    # The picture itself stays public, on the front page too.
    for address in (
        PAGE,
        "/en/editions/",
        "/en/works/mill/",
        "/en/embed/editions/mill-edition/1/",
        "/en/feed/",
    ):
        html = client.get(address).content.decode()
        assert "on a cover" not in html, address
        assert f"{cover.public_id}-" not in html, address
    assert client.get(PAGE).status_code == 410
    assert client.get(f"/editions/mill-edition/1/files/{cover.public_id}-small.webp").status_code in (
        404,
        410,
    )
    assert client.get(f"/oembed?url={SITE}{PAGE}").status_code in (404, 410)


@pytest.mark.parametrize("how", ["down", "draft", "covered"])
@pytest.mark.parametrize("which", ["old", "new"])
def test_comparing_tells_nothing_of_a_cover_that_is_not_public_any_more(desk, client, people, how, which):
    image = make_image(by=people["archivist"], title_en="The cover", alternative_en="On a cover")
    choose(desk, image.public_id if which == "old" else "")
    desk.release()
    choose(desk, image.public_id if which == "new" else "")
    desk.release()
    address = "/en/editions/mill-edition/2/compare/1/"
    assert "The cover is another" in read(client, address)

    hide(image, how, people)

    html = read(client, address)
    assert "cover is another" not in html
    assert "Nothing that is read differs." in html


def test_the_queries_of_a_shelf_do_not_grow_with_its_covers(desk, cover, client, people):
    desk.release()

    def queries() -> int:
        bump_epoch()
        shared.forget()
        client.get("/en/editions/")
        bump_epoch()
        shared.forget()
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/en/editions/").status_code == 200
        return len(captured)

    one = queries()
    for number in range(2, 5):
        image = make_image(by=people["archivist"], title_en=f"Cover {number}")
        given = plan(slug=f"mill-{number}", cover=image.public_id)
        desk.edition = compose_edition(text=desk.text.public_id, plan=given, by=people["editor"])
        desk.release()

    assert queries() == one
    assert client.get("/en/editions/").content.decode().count("card--pictured") == 4


def test_the_next_release_can_have_another_and_the_first_keeps_its_own(desk, cover, client):
    first = desk.seal()
    choose(desk, desk.image.public_id)
    second = desk.seal()

    assert read_snapshot(first).cover.id == cover.public_id
    assert read_snapshot(second).cover.id == desk.image.public_id
    told = compare(read_snapshot(first), read_snapshot(second))
    assert told.front == ("cover",)
    assert not told.words_changed


def test_a_cover_holds_what_a_deposit_made(desk, cover, people):
    deposit = Deposit.objects.create(created_by=people["archivist"])
    DepositItem.objects.create(deposit=deposit, key="a", filename="cover.png", path="", size=1, image=cover)

    assert "written_on" in {one.code for one in standing_on(deposit)}


# The desk.


def sent(desk: Desk, **fields):
    desk.edition.refresh_from_db()
    return {
        "title_ar": "طبعة", "title_en": "Edition", "introduction_ar": "تمهيد طويل", "license_uri": LICENSE,
        "required_approvals": "1", "slug": "mill-edition", "version": desk.edition.version, **fields,
    }  # fmt: skip


def plan_url(desk: Desk) -> str:
    return english("desk_edition_plan", desk.edition.public_id)


def english(name: str, *args: str) -> str:
    return reverse(name, args=args).replace("/ar/", "/en/", 1)


def test_an_editor_chooses_from_what_the_work_shows(desk, client, people):
    client.force_login(people["editor"])
    assert f'value="{desk.image.public_id}"' in client.get(plan_url(desk)).content.decode()

    answer = client.post(plan_url(desk), sent(desk, cover=desk.image.public_id))

    assert answer.status_code == 302
    desk.edition.refresh_from_db()
    assert desk.edition.cover == desk.image
    page = client.get(english("desk_edition", desk.edition.public_id)).content.decode()
    assert "Drawing of the mill" in page


def test_pictures_are_looked_for_without_a_script_and_nothing_typed_is_lost(desk, client, people):
    other = make_image(by=people["archivist"], title_en="A lonely millstone")
    hidden = make_image(by=people["archivist"], title_en="A lonely secret", undone=True)
    client.force_login(people["editor"])
    given = sent(desk, cover=desk.image.public_id, cover_words="lonely", find="cover")

    page = client.post(plan_url(desk), given)

    html = page.content.decode()
    assert f'value="{other.public_id}"' in html
    assert hidden.public_id not in html
    assert "تمهيد طويل" in html
    assert f'value="{desk.image.public_id}" checked' in html
    desk.edition.refresh_from_db()
    assert desk.edition.cover is None
    assert client.post(plan_url(desk), sent(desk, cover=other.public_id)).status_code == 302
    desk.edition.refresh_from_db()
    assert desk.edition.cover == other


def test_what_is_no_picture_is_refused_in_words_and_the_form_stays(desk, client, people):
    client.force_login(people["administrator"])
    for name, data, words in (
        ("poem.txt", b"words and words", "This is not a picture"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("page.jpg", b"<!DOCTYPE html><script>alert(1)</script>", "This is not a picture"),
        ("empty.png", b"", "The file is empty"),
    ):
        page = client.post(
            plan_url(desk), sent(desk, cover_file=SimpleUploadedFile(name, data), cover=desk.image.public_id)
        )

        html = page.content.decode()
        assert page.status_code == 200
        assert words in html, name
        assert "تمهيد طويل" in html
        assert f'value="{desk.image.public_id}" checked' in html
    desk.edition.refresh_from_db()
    assert desk.edition.cover is None


def test_a_file_beside_something_that_must_be_mended_is_asked_for_once_more(desk, client, people):
    client.force_login(people["administrator"])
    given = sent(desk, cover_file=SimpleUploadedFile("cover.png", png(9, 9)), required_approvals="9")

    html = client.post(plan_url(desk), given).content.decode()

    assert "Then choose this file once more" in html
    assert Image.objects.count() == 1


def test_a_picture_that_is_sent_in_becomes_the_cover_and_is_described_before_sealing(desk, client, people):
    client.force_login(people["administrator"])

    answer = client.post(plan_url(desk), sent(desk, cover_file=SimpleUploadedFile("cover.png", png(9, 9))))

    assert answer.status_code == 302
    desk.edition.refresh_from_db()
    assert desk.edition.cover.access == Access.DRAFT
    assert {"member_hidden", "image_unready", "alternative_missing"} <= set(found(desk))


def test_a_picture_that_is_here_already_is_offered_instead_of_a_second(desk, client, people):
    client.force_login(people["administrator"])
    file = png(9, 9)
    client.post(plan_url(desk), sent(desk, cover_file=SimpleUploadedFile("cover.png", file)))
    desk.edition.refresh_from_db()
    image = desk.edition.cover
    client.post(plan_url(desk), sent(desk, cover=""))

    page = client.post(plan_url(desk), sent(desk, cover_file=SimpleUploadedFile("again.png", file)))

    assert f'value="{image.public_id}" checked' in page.content.decode()
    assert Image.objects.filter(arrival__stored_file=image.arrival.stored_file).count() == 1


def test_the_api_sets_keeps_and_takes_away_a_cover(desk, client, people):
    client.force_login(people["editor"])
    address = f"/api/editions/{desk.edition.public_id}/"

    def patch(**fields):
        desk.edition.refresh_from_db()
        return client.patch(
            address,
            fields,
            content_type="application/json",
            headers={"If-Match": f'"{desk.edition.version}"'},
        )

    assert patch(cover=desk.image.public_id).json()["plan"]["cover"] == desk.image.public_id
    assert patch(title_en="Other").json()["plan"]["cover"] == desk.image.public_id
    refused = patch(cover=desk.video.public_id)
    assert refused.status_code == 422
    assert refused.json()["code"] == "cover_no_picture"
    assert patch(cover="").json()["plan"]["cover"] == ""
    client.logout()
    assert client.get(address).status_code == 404
