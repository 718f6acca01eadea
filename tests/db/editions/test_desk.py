"""The editor's desk, as an editor uses it."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from annotations.actions.change_edition import change_edition
from annotations.editions.gather import gather
from annotations.editions.preflight import Finding, Severity
from annotations.models import Edition, Release
from annotations.presenters.findings import line_of
from annotations.values import RegionPlace
from archive.access import viewer_of
from archive.errors import Conflict
from archive.models import Figure, SlugRedirect
from tests.factories_editions import LICENSE, Desk, make_desk, make_image, place_notes, plan
from tests.factories_notes import make_note, make_placed, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


def url(name: str, *args: object) -> str:
    return reverse(name, args=args)


def test_desk_is_closed_to_those_who_compose_no_editions(client, people, desk):
    for role in ("scholar", "reviewer", "archivist", "member"):
        client.force_login(people[role])

        assert client.get(url("desk_editions")).status_code == 403
        assert client.get(url("desk_edition", desk.edition.public_id)).status_code in (403, 404)


def test_editor_begins_an_edition_with_a_form(editor, desk):
    response = editor.post(
        url("desk_edition_new"),
        {
            "text": desk.text.public_id, "title_ar": "طبعة ثانية", "title_en": "Another", "license_uri": LICENSE,
            "credits-0-name_ar": "هند", "credits-0-name_en": "Hind", "credits-0-role": "editor", "required_approvals": "2", "categories": ["dispute"],
        },
    )  # fmt: skip

    made = Edition.objects.get(slug="another")
    assert response.url == url("desk_edition", made.public_id)
    assert made.credits == [{"name": "هند", "role": "editor", "name_ar": "هند", "name_en": "Hind"}]
    assert made.rule == {"categories": ["dispute"], "tags": [], "languages": []}
    assert made.required_approvals == 2


@pytest.mark.parametrize(
    ("titles", "address"),
    [
        ({"title_en": "The River, again"}, "the-river-again"),
        ({"title_ar": "النهر ثانيةً"}, "mill"),
    ],
)
def test_address_is_proposed_in_latin_letters_and_nothing_typed_is_lost(editor, desk, titles, address):
    typed = {
        "text": desk.text.public_id,
        "categories": ["dispute"],
        "introduction_ar": "تمهيد طويل",
        **titles,
    }

    page = editor.post(url("desk_edition_new"), {**typed, "propose": "1"})

    form = page.context["form"]
    assert not form.is_bound
    assert Edition.objects.count() == 1
    assert (form["slug"].value(), form["categories"].value()) == (address, ["dispute"])
    assert "تمهيد طويل" in page.content.decode()
    editor.post(url("desk_edition_new"), {**typed, "required_approvals": "1"})
    assert Edition.objects.latest("pk").slug == address
    second = editor.post(url("desk_edition_new"), {**typed, "propose": "1"})
    assert second.context["form"]["slug"].value() == f"{address}-2"


def test_arabic_title_is_spelled_only_where_nothing_else_gives_an_address(editor, desk):
    desk.work.title_ar = desk.work.title_en = ""
    desk.work.slug = desk.work.public_id
    desk.work.save()

    page = editor.post(
        url("desk_edition_new"), {"text": desk.text.public_id, "title_ar": "باب النهر", "propose": "1"}
    )

    assert page.context["form"]["slug"].value() == "bab-al-nhr"


def test_address_can_be_another_until_a_release_bears_it(editor, desk):
    def change(slug: str):
        desk.edition.refresh_from_db()
        given = {
            "title_ar": "طبعة",
            "title_en": "Edition",
            "introduction_ar": "تمهيد",
            "introduction_en": "Words",
            "license_uri": LICENSE,
            "required_approvals": "1",
            "slug": slug,
        }
        page = editor.post(
            url("desk_edition_plan", desk.edition.public_id), {**given, "version": desk.edition.version}
        )
        desk.edition.refresh_from_db()
        return page

    SlugRedirect.objects.create(kind="edition", old_slug="cited-once", target_id=desk.edition.pk + 1)
    for taken in ("cited-once", "not a slug"):
        assert "slug" in change(taken).context["form"].errors
    change("mill-first")
    assert desk.edition.slug == "mill-first"

    desk.release()

    page = editor.get(url("desk_edition_plan", desk.edition.public_id)).content.decode()
    assert "disabled" in page
    assert "Propose an address" not in page
    change("mill-second")
    assert desk.edition.slug == "mill-first"
    with pytest.raises(Conflict, match="slug_fixed"):
        change_edition(
            edition=desk.edition.public_id, version=desk.edition.version, plan=plan(slug="mill-second"),
            by=desk.people["editor"],
        )  # fmt: skip


def test_form_without_a_title_says_so_and_keeps_what_was_typed(editor, desk):
    response = editor.post(
        url("desk_edition_new"),
        {"text": desk.text.public_id, "introduction_ar": "تمهيد طويل", "required_approvals": "1"},
    )

    assert response.status_code == 200
    assert "title_ar" in response.context["form"].errors
    assert "تمهيد طويل" in response.content.decode()


def test_desk_lists_what_stops_a_release_and_where_to_mend_it(editor, desk):
    waiting = make_note(desk.text, "القادم من السوق", by=desk.people["scholar"])
    submit_note(waiting)

    page = editor.get(url("desk_edition", desk.edition.public_id))

    html = page.content.decode()
    assert 'data-finding="undecided"' in html
    assert f"note={waiting.public_id}" in html
    assert url("desk_edition_seal", desk.edition.public_id) not in html


def test_note_taken_out_by_hand_no_longer_stops(editor, desk):
    waiting = make_note(desk.text, "القادم من السوق", by=desk.people["scholar"])
    submit_note(waiting)

    editor.post(
        url("desk_edition_notes", desk.edition.public_id),
        {"note": waiting.public_id, "do": "out", "version": desk.edition.version},
    )

    html = editor.get(url("desk_edition", desk.edition.public_id)).content.decode()
    assert 'data-finding="undecided"' not in html
    assert url("desk_edition_seal", desk.edition.public_id) in html


def test_preview_is_the_reader_before_anything_is_sealed(editor, desk):
    page = editor.get(url("desk_edition_preview", desk.edition.public_id))

    html = page.content.decode()
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert f'id="note-{desk.notes["masons"].public_id}"' in html
    assert not Release.objects.exists()


def test_preview_is_not_there_for_others(client, people, desk):
    client.force_login(people["scholar"])

    assert client.get(url("desk_edition_preview", desk.edition.public_id)).status_code in (403, 404)


def test_editor_seals_reads_and_publishes(editor, desk, settings):
    settings.REQUIRE_MFA = False
    sealed = editor.post(url("desk_edition_seal", desk.edition.public_id), {"version": desk.edition.version})
    release = Release.objects.get()

    assert sealed.url == url("desk_release", release.public_id)
    assert editor.get(url("desk_release_read", release.public_id)).status_code == 200
    assert editor.get("/ar/editions/mill-edition/1/").status_code == 404

    editor.post(url("desk_release_publish", release.public_id), {"at": ""})

    assert editor.get("/ar/editions/mill-edition/1/").status_code == 200


def test_publishing_without_a_second_factor_is_refused_with_a_sentence(editor, desk):
    release = desk.seal()

    page = editor.post(url("desk_release_publish", release.public_id), {"at": ""})

    assert page.status_code == 200
    assert page.context["publish_form"].non_field_errors()
    assert not release.events.exists()


def test_stale_plan_is_refused_and_the_words_are_given_back(editor, desk):
    typed = "تمهيدٌ كتبه المحرّر في صفحةٍ قديمة"
    page = editor.post(
        url("desk_edition_plan", desk.edition.public_id),
        {"title_ar": "ط", "introduction_ar": typed, "required_approvals": "1", "version": 99},
    )

    assert page.status_code == 412
    assert typed in page.content.decode()


def test_withdrawing_asks_for_a_reason(editor, desk):
    release = desk.release()

    page = editor.post(url("desk_release_withdraw", release.public_id), {"reason": " "})

    assert "reason" in page.context["withdraw_form"].errors
    assert release.events.count() == 1


def test_plan_page_shows_its_values(editor, desk):
    html = editor.get(url("desk_edition_plan", desk.edition.public_id)).content.decode()

    assert plan().title["ar"] in html
    assert LICENSE in html


def looked_at(editor, desk, code: str) -> list[str]:
    """Return where the findings of this kind lead."""
    html = editor.get(url("desk_edition", desk.edition.public_id)).content.decode()
    items = re.findall(rf'<li class="item" data-finding="{code}">(.*?)</li>', html, re.DOTALL)
    return [address for item in items for address in re.findall(r'href="([^"]+)"', item)]


def test_what_an_archivist_must_mend_is_shown_in_its_very_place(editor, desk):
    for row in (desk.image, desk.video):
        row.access = "draft"
        row.save()
    blocks = [block["kind"] for block in desk.text.current_revision.blocks]
    page = f"{url('work', desk.work.slug)}?text={desk.text.public_id}"

    hidden = looked_at(editor, desk, "member_hidden")
    missing = looked_at(editor, desk, "figure_missing")

    places = [f"{page}#b{blocks.index(kind) + 1}" for kind in ("figure", "video")]
    assert hidden == [place.replace("&", "&amp;") for place in places]
    assert missing == [f"{page}#b{len(blocks) - blocks[::-1].index('figure')}"]
    assert editor.get(hidden[0]).status_code == 200
    assert f'id="b{blocks.index("video") + 1}"' in editor.get(hidden[1]).content.decode()


def test_item_that_is_not_in_the_text_is_shown_on_its_own_page(editor, desk):
    """A note leads to it: there is no place of the text to look at."""
    Figure.objects.filter(text=desk.text, image=desk.image).update(image=None)
    finding = Finding("member_hidden", Severity.STOPS, "image", desk.image.public_id, {"label": {}})

    line = line_of(
        finding,
        edition=desk.edition.public_id,
        plan=gather(desk.edition),
        who=viewer_of(desk.people["editor"]),
    )

    assert line.is_for_archivist
    assert line.url == reverse("image", args=[desk.image.public_id])


def test_note_on_a_picture_that_leaves_it_is_mended_on_its_workbench(editor, desk):
    place_notes(desk)
    type(desk.image).objects.filter(pk=desk.image.pk).update(width=300)

    html = editor.get(url("desk_edition", desk.edition.public_id)).content.decode()

    ident = desk.notes["region"].public_id
    assert 'data-finding="region_uncertain"' in html
    assert f"{url('workbench_image', desk.image.public_id)}?note={ident}#note-{ident}" in html
    assert "رسم الطاحونة" in html


def test_notes_on_other_pictures_are_picked_and_left_again(editor, desk):
    other = make_image(by=desk.people["archivist"], title_ar="خريطة القرية")
    note = make_placed(
        RegionPlace(other.public_id, "rect", [(1, 2), (30, 40)]), author=desk.people["scholar"],
        reviewer=desk.people["reviewer"],
    )  # fmt: skip
    page = url("desk_edition", desk.edition.public_id)
    assert "خريطة القرية" in editor.get(page, {"notes": "elsewhere"}).content.decode()
    assert "خريطة القرية" not in editor.get(page).content.decode()

    chosen = {"version": desk.edition.version, "note": note.public_id, "do": "pick"}
    editor.post(url("desk_edition_notes", desk.edition.public_id), chosen)

    assert "خريطة القرية" in editor.get(page).content.decode()
    assert "خريطة القرية" not in editor.get(page, {"notes": "elsewhere"}).content.decode()
    desk.edition.refresh_from_db()
    chosen |= {"version": desk.edition.version, "do": "unpick"}
    editor.post(url("desk_edition_notes", desk.edition.public_id), chosen)
    assert not desk.edition.picked.exists()


def test_the_form_of_a_plan_asks_what_the_notes_are_on(editor, desk):
    page = editor.get(url("desk_edition_plan", desk.edition.public_id)).context["form"]
    values = {name: value for name, value in page.initial.items() if value is not None}

    editor.post(
        url("desk_edition_plan", desk.edition.public_id),
        values | {"places": ["text", "region"]},
    )

    desk.edition.refresh_from_db()
    assert desk.edition.rule["places"] == ["region", "text"]
