"""The public site: what everyone finds, and what nobody may find out."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from annotations.enums import TermStatus
from archive.enums import Access
from archive.models import Collection, SlugRedirect, Text, Video
from archive.views import shared
from tests.factories_editions import Desk, add_wording, make_desk, make_image, make_term, make_work

pytestmark = pytest.mark.django_db

PAGES = (
    "/ar/", "/en/", "/ar/catalogue/", "/en/catalogue/?view=grid", "/ar/editions/", "/en/terms/", "/ar/terms/",
    "/ar/works/mill/", "/en/works/mill/", "/ar/terms/mill/", "/en/terms/mill/", "/ar/collections/shelf/",
    "/ar/people/", "/en/people/", "/en/about/", "/ar/privacy/", "/ar/contact/",
)  # fmt: skip


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    desk.release()
    shelf = Collection.objects.create(slug="shelf", title_ar="رفّ", title_en="Shelf", access=Access.PUBLIC)
    desk.work.collection = desk.image.collection = shelf
    desk.work.save()
    desk.image.save()
    return desk


@pytest.fixture
def public_addresses(desk) -> list[str]:
    image, video = desk.image.public_id, desk.video.public_id
    return [*PAGES, f"/ar/images/{image}/", f"/en/videos/{video}/", "/en/editions/mill-edition/1/"]


def test_every_page_is_there_in_its_language_and_may_be_shared(public_addresses, client):
    for address in public_addresses:
        response = client.get(address)
        html = response.content.decode()

        assert response.status_code == 200, address
        assert response.headers["Cache-Control"].startswith("public"), address
        assert f'<html lang="{address[1:3]}"' in html, address
        assert 'rel="canonical"' in html, address
        assert 'hreflang="en"' in html, address


def test_page_never_carries_what_waits_for_one_person(desk, public_addresses, client, people):
    from django.urls import reverse

    before = {address: client.get(address).content for address in public_addresses}
    shared.forget()
    client.force_login(people["editor"])
    desk.edition.refresh_from_db()
    client.post(
        reverse("desk_edition_notes", args=[desk.edition.public_id]),
        {"do": "in", "version": desk.edition.version},
    )

    after = {address: client.get(address).content for address in public_addresses}

    assert after == before


def test_metadata_in_the_other_language_says_which(desk, client):
    desk.work.title_en = desk.work.description_en = ""
    desk.work.save()

    html = client.get("/en/works/mill/").content.decode()

    assert f'<h1 class="page-head__title" lang="ar" dir="rtl">{desk.work.title_ar}</h1>' in html


def test_work_page_holds_the_text_as_it_is(desk, client):
    from tests.db.public.test_release_pages import text_of

    html = client.get("/ar/works/mill/").content.decode()

    assert text_of(html) == desk.text.current_revision.content


def test_hidden_work_is_as_absent_as_one_that_never_was(desk, client, people):
    make_work("secret", access=Access.DRAFT, title_ar="سرّ", title_en="A secret")

    for user in (None, people["scholar"]):
        if user:
            client.force_login(user)
        hidden, missing = client.get("/ar/works/secret/"), client.get("/ar/works/nothing/")

        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content.replace(b"nothing", b"secret")
    for address in ("/ar/", "/ar/catalogue/", "/en/catalogue/?type=article"):
        assert "secret" not in client.get(address).content.decode()


def test_keeper_reads_a_draft_on_the_same_page_but_privately(desk, client, people):
    work = make_work("secret", access=Access.DRAFT, title_ar="سرّ", title_en="A secret")
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_wording(text)
    client.force_login(people["archivist"])

    page = client.get("/en/works/secret/")

    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"
    assert client.get("/en/works/mill/").headers["Cache-Control"].startswith("public")


def test_renamed_work_leads_on_unless_it_is_hidden(desk, client):
    SlugRedirect.objects.create(kind="work", old_slug="old-mill", target_id=desk.work.pk)
    assert client.get("/ar/works/old-mill/").status_code == 301

    desk.work.access = Access.DRAFT
    desk.work.save()

    assert client.get("/ar/works/old-mill/").status_code == 404


def test_counts_of_the_catalogue_leave_out_what_may_not_be_seen(desk, client):
    before = client.get("/en/catalogue/").context["facets"]
    make_work("secret", access=Access.MEMBERS, kind="book", collection=desk.work.collection)
    hidden_shelf = Collection.objects.create(slug="cellar", title_en="Cellar", access=Access.DRAFT)
    desk.video.collection = hidden_shelf
    desk.video.save()
    shared.forget()

    after = client.get("/en/catalogue/")

    assert after.context["facets"] == before
    assert "Cellar" not in after.content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [("?type=image", 1), ("?type=article", 1), ("?type=book", 0), ("?collection=shelf", 2), ("?language=ar", 1),
     ("?language=ar&type=image", 0), ("?type=%3Cscript%3E", 3), ("?page=99", 3)],
)  # fmt: skip
def test_facets_narrow_the_catalogue(desk, client, query, count):
    assert client.get(f"/en/catalogue/{query}").context["page_obj"].paginator.count == count


def test_proposed_term_is_not_public_and_a_merged_one_leads_on(desk, client):
    make_term("rumor", "شائعة", status=TermStatus.PROPOSED)
    merged = make_term("old-mill", "المطحنة", status=TermStatus.ESTABLISHED)
    merged.merged_into = desk.terms["mill"]
    merged.save()

    assert client.get("/ar/terms/rumor/").status_code == 404
    assert client.get("/ar/terms/old-mill/").url == "/ar/terms/mill/"
    assert "شائعة" not in client.get("/ar/terms/").content.decode()


def test_term_page_shows_every_released_passage_in_its_context(desk, client):
    page = client.get("/ar/terms/mill/")

    passages = page.context["page_obj"].object_list
    assert [passage.words for passage in passages] == ["بالجسر، ثم يهبط"]
    assert passages[0].before.endswith("القادم من السوق ")
    assert f"note={desk.notes['bridge'].public_id}" in passages[0].url


def test_term_is_found_by_a_name_in_another_spelling(desk, client):
    found = client.get("/ar/terms/?q=الطاحونه").context["terms"]

    assert [card.url for card in found] == ["/ar/terms/mill/"]


def test_accepted_but_unreleased_note_is_nowhere(desk, client, people):
    from tests.factories_notes import make_accepted

    make_accepted(
        desk.text, "بناها", author=people["scholar"], reviewer=people["reviewer"], body="كلامٌ لم يُنشر",
        tags=(desk.terms["mill"].public_id,),
    )  # fmt: skip
    shared.forget()

    for address in ("/ar/works/mill/", "/ar/terms/mill/", "/ar/editions/mill-edition/1/", "/ar/"):
        assert "لم يُنشر" not in client.get(address).content.decode()


def test_image_page_tells_the_picture_in_words_and_where_it_is_shown(desk, client):
    html = client.get(f"/en/images/{desk.image.public_id}/").content.decode()

    assert 'alt="A mill by a river"' in html
    assert "/en/works/mill/" in html


def test_video_page_asks_nobody_before_the_click(desk, client):
    html = client.get(f"/en/videos/{desk.video.public_id}/").content.decode()

    assert 'data-embed="https://www.youtube-nocookie.com/embed/abcdefghijk"' in html
    assert "<iframe" not in html
    assert "<img" not in html.split('id="main"')[1].split("site-footer")[0]


def test_account_corner_is_personal_and_never_shared(client, people, db):
    client.force_login(people["editor"])

    response = client.get("/ar/account-corner/")

    assert people["editor"].display_name in response.content.decode()
    assert response.headers["Cache-Control"] == "private, no-store"


def test_demonstration_tells_its_sign_ins_only_on_a_demonstration(client, people, settings):
    people["editor"].is_demo = True
    people["editor"].save()
    settings.DEMO = False
    assert people["editor"].email not in client.get("/en/").content.decode()

    settings.DEMO = True
    shared.forget()

    assert people["editor"].email in client.get("/en/").content.decode()


def _grow(desk: Desk, count: int, prefix: str) -> None:
    for number in range(count):
        work = make_work(f"{prefix}-{number}", collection=desk.work.collection)
        text = Text.objects.create(work=work, language="ar", direction="rtl")
        add_wording(text)
        make_image(by=desk.people["archivist"], title_en=f"{prefix} {number}")
        Video.objects.create(
            provider="youtube",
            external_id=f"{prefix}{number}",
            url="https://youtu.be/x",
            access=Access.PUBLIC,
        )
        make_term(f"{prefix}-term-{number}", f"مصطلح {prefix} {number}", status=TermStatus.ESTABLISHED)


def test_number_of_queries_does_not_grow_with_the_rows(
    desk, public_addresses, client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def counts() -> dict[str, int]:
        found = {}
        for address in public_addresses:
            shared.forget()
            cache.clear()
            with CaptureQueriesContext(
                connection,
            ) as captured:
                client.get(address)
            found[address] = len(captured)
        return found

    _grow(desk, 2, "few")
    for address in public_addresses:
        client.get(address)
    few = counts()
    _grow(desk, 12, "many")

    assert counts() == few


@pytest.mark.parametrize(
    ("query", "titles"),
    [("?date=189", {"The Tale of the Mill"}), ("?date=18", {"The Tale of the Mill", "Letters"}), ("?date=x", None),
     ("?place=mill", {"The Tale of the Mill"}), ("?tag=masons", {"The Tale of the Mill"}), ("?place=nowhere", set()),
     ("?place=mill&date=187", set())],
)  # fmt: skip
def test_catalogue_is_narrowed_by_dates_and_by_what_released_notes_speak_of(desk, client, query, titles):
    desk.work.date_edtf = "1890/1895"
    desk.work.save()
    make_work("letters", title_en="Letters", date_edtf="[1871..1880]")

    page = client.get(f"/en/catalogue/{query}")

    found = {str(card.title) for card in page.context["cards"]}
    assert found == titles if titles is not None else len(found) == 4


def test_facets_of_terms_and_dates_count_what_is_released_and_seen(desk, client):
    desk.work.date_edtf = "1890~"
    desk.work.save()
    make_work("letters", title_en="Letters", date_edtf="1871")
    make_work("hidden", access=Access.DRAFT, date_edtf="1650")

    def told(query: str = "") -> dict[str, dict[str, int]]:
        shared.forget()
        facets = client.get(f"/en/catalogue/{query}").context["facets"]
        return {facet.name: {option.value: option.count for option in facet.options} for facet in facets}

    every = told()
    assert (every["date"], every["place"], every["tag"]) == ({"187": 1, "189": 1}, {"mill": 1}, {"masons": 1})
    assert told("?date=187")["place"] == {}
    assert told("?date=187")["date"] == every["date"]
    html = client.get("/en/catalogue/?place=mill&view=grid").content.decode()
    assert 'href="?view=grid"' in html
    assert "tag=masons" in html
