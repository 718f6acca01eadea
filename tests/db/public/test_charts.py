"""Lines of time and maps of an edition, of the whole archive and at the desk: what their asker may see, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from annotations.actions.merge_term import merge_term
from annotations.actions.publish import publish
from annotations.enums import TermStatus
from annotations.models import Release, Term
from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access
from archive.models import Image, Work
from archive.views import shared
from tests.factories_editions import make_desk, make_term, place_notes
from tests.factories_notes import make_accepted, make_note

pytestmark = pytest.mark.django_db
PAGES = (
    "/en/timeline/",
    "/en/map/",
    "/en/editions/mill-edition/1/timeline/",
    "/en/editions/mill-edition/1/map/",
)
OPEN = TermStatus.ESTABLISHED
PUBLISHED = "/en/editions/mill-edition/1/"
#: A term that each of the two draws.
CHOSEN = {"timeline": "flood", "map": "souk"}


@pytest.fixture
def desk(people):
    return make_desk(people)


def tagged(desk, term, *, words="أشجار الحور", body="ملاحظة."):
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    return make_accepted(desk.text, words, body=body, tags=(term.public_id,), **by)


def dated(slug, date, **fields):
    return make_term(
        slug, slug, slug.title(), kind=fields.pop("kind", "event"), status=OPEN, date_edtf=date, **fields
    )


def read(client, address, **asked):
    bump_epoch()
    shared.forget()
    answer = client.get(address, asked)
    assert answer.status_code == 200, address
    return answer.content.decode()


def bars(html):
    return re.findall(r'class="time-chart__bar[^>]*href="[^"]*term=([\w-]+)', html)


def circles(html):
    return re.findall(r'class="place-chart__circle[^>]*aria-label="([^"]*)"', html)


def test_drawing_and_list_say_the_same_in_order_with_doubts_and_both_calendars(desk, client):
    for slug, date in (
        ("flood", "1822-08-13"),
        ("built", "1890~"),
        ("repair", "1330-11-29"),
        ("old", "../1216"),
    ):
        tagged(desk, dated(slug, date))
    desk.release()

    html = read(client, PAGES[2])

    assert bars(html) == ["old", "repair", "flood", "built"]
    assert re.findall(r'timeline__title"><a href="[^"]*term=(\w+)', html) == [
        "old",
        "repair",
        "flood",
        "built",
    ]
    for words in (
        "about 1890",
        "until 1216",
        "about 8 Safar 731 AH",
        "21 November 1330 in the Julian calendar",
    ):
        assert words in html
    for style in ("sure", "about", "open"):
        assert f"time-chart__piece--{style}" in html
    assert "الخطّ الزمني" in read(client, PAGES[2].replace("/en/", "/ar/"))


def test_a_stretch_of_time_is_chosen_by_a_plain_link(desk, client):
    for slug, date in (("flood", "1822-08-13"), ("fire", "1824"), ("repair", "1330-11-29")):
        tagged(desk, dated(slug, date))
    desk.release()

    assert "in=18XX" in read(client, PAGES[2])
    assert bars(read(client, PAGES[2], **{"in": "182X"})) == ["flood", "fire"]
    assert bars(read(client, PAGES[2], **{"in": "1822-08"})) == ["flood"]
    assert "Nothing in this stretch of time" in read(client, PAGES[2], **{"in": "1500"})


@pytest.mark.parametrize(
    "asked", [{"in": "soon"}, {"in": "1822-13"}, {"term": "nothing"}, {"kind": "x"}, {"page": "x", "more": "-1"},
              {"at": "99,999", "z": "3"}, {"at": "36,37", "z": "x"}, {"at": "91,0", "z": "1"}, {"tiles": "1"}],
)  # fmt: skip
@pytest.mark.parametrize("page", [0, 3])
def test_an_address_that_nobody_understands_shows_everything(desk, client, asked, page):
    tagged(desk, dated("flood", "1822-08-13", latitude=36.2, longitude=37.1))
    desk.release()

    html = read(client, PAGES[page], **asked)

    assert "Flood" in html


def test_choosing_one_shows_its_passages_in_context_with_links(desk, client, people):
    term = dated("flood", "1822-08-13", latitude=36.2, longitude=37.1)
    tagged(desk, term, body="في هذا الموضع حور.")
    desk.release()

    for page in PAGES:
        html = read(client, page, term="flood")
        assert 'id="passages"' in html
        assert 'الطاحونة بين <mark data-category="event">أشجار الحور</mark>.' in html
        assert "في هذا الموضع حور." in html
        assert "/en/editions/mill-edition/1/?note=" in html
        assert 'aria-current="true"' in html


def test_terms_of_a_release_stay_as_they_were_sealed(desk, client, people):
    term = dated("flood", "1822-08-13", latitude=36.2, longitude=37.1)
    tagged(desk, term)
    desk.release()
    other = dated("deluge", "1901")
    Term.objects.filter(pk=term.pk).update(
        latitude=None, longitude=None, date_edtf="1700", label_en="Renamed"
    )

    assert "13 August 1822" in read(client, PAGES[2])
    assert any(name.startswith("Flood") or "Flood" in name for name in circles(read(client, PAGES[3])))
    assert "Renamed" in read(client, PAGES[0])
    merge_term(term=term.public_id, into=other.public_id, version=term.version, by=people["editor"])
    assert bars(read(client, PAGES[0])) == ["deluge"]


def test_what_is_to_be_released_has_the_charts_that_readers_will_have(desk, client, people):
    tagged(desk, dated("flood", "1907-11"))
    tagged(desk, make_term("souk", "سوق", "Souk", kind="place", status=OPEN, latitude=36.2, longitude=37.15))
    editor = Client()
    editor.force_login(people["editor"])
    plan = f"/en/desk/editions/{desk.edition.public_id}/preview/"
    seen = {which: read(editor, f"{plan}{which}/", term=term) for which, term in CHOSEN.items()}
    assert all("status--draft" in page for page in seen.values())  # Nobody takes it for what is public.
    assert f'href="{plan}timeline/"' in read(editor, plan)
    assert client.get(f"{plan}timeline/").status_code != 200

    sealed = f"/en/desk/editions/releases/{desk.seal().public_id}/read/"
    for which, term in CHOSEN.items():
        drawn = read(editor, f"{sealed}{which}/", term=term)
        assert (bars(drawn), circles(drawn)) == (bars(seen[which]), circles(seen[which])) != ([], [])
        assert "أشجار الحور" in drawn
        assert "noindex" in drawn
        assert "status--sealed" in drawn
        assert client.get(f"{PUBLISHED}{which}/").status_code == 404

    publish(release=desk.edition.releases.get().public_id, by=None)
    for which, term in CHOSEN.items():
        public = read(client, f"{PUBLISHED}{which}/", term=term)
        assert (bars(public), circles(public)) == (bars(seen[which]), circles(seen[which]))
        assert "noindex" not in public
        assert 'class="status' not in public


def test_what_is_on_a_hidden_picture_leaves_no_trace(desk, client):
    place_notes(desk)
    secret = dated("secret", "1822-08-13", latitude=10.0, longitude=10.0)
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    from annotations.values import RegionPlace
    from tests.factories_notes import make_placed

    make_placed(
        RegionPlace(desk.image.public_id, "rect", [(10, 20), (40, 50)]), tags=(secret.public_id,), **by
    )
    desk.release()
    assert all("Secret" in read(client, page) for page in PAGES)

    Image.objects.update(access=Access.DRAFT)

    for page in PAGES:
        for html in (read(client, page), read(client, page, term="secret")):
            assert "Secret" not in html
            assert 'id="passages"' not in html
    # The mill is on notes on words too, and its count is theirs alone.
    assert "timeline/" not in read(client, "/en/editions/mill-edition/1/")


def test_nothing_of_a_hidden_work_or_a_withdrawn_release_is_charted(desk, client):
    tagged(desk, dated("flood", "1822-08-13", latitude=36.2, longitude=37.1))
    desk.release()

    Work.objects.update(access=Access.DRAFT)

    assert all("Flood" not in read(client, page) for page in PAGES[:2])
    assert all(client.get(page).status_code == 404 for page in PAGES[2:])
    assert client.get("/en/editions/nothing/1/map/").status_code == 404


def test_near_places_are_one_circle_that_opens_and_twins_stay_together(desk, client):
    for slug, latitude, longitude in (
        ("one", 36.2, 37.1),
        ("two", 36.201, 37.101),
        ("far", 48.8, 2.3),
        ("twin", 48.8, 2.3),
    ):
        tagged(desk, dated(slug, "1900", latitude=latitude, longitude=longitude))
    desk.release()

    html = read(client, PAGES[1], kind="event")

    assert len(circles(html)) == 2
    [(at, zoom)] = re.findall(r'at=([^"&]+)&amp;z=(\d+)" aria-label="One, Two \(', html)
    near = read(client, PAGES[1], at=unquote(at), z=zoom, kind="event")
    assert "Places in this part of the map" in near
    assert ">Far<" not in near
    assert "One (1 passage)" in circles(near), "told from its neighbor now"
    assert 'href="#places" aria-label="Far, Twin (2 passages)"' in html


def test_dates_that_cannot_be_drawn_and_places_without_coordinates_are_listed(desk, client):
    tagged(desk, dated("turned", "1950/1940"))
    tagged(desk, dated("impossible", "1822-02-31"))
    tagged(desk, make_term("nowhere", "اللامكان", "Nowhere", status=OPEN))
    desk.release()

    line, world = read(client, PAGES[0]), read(client, PAGES[1])

    assert "Dates that cannot be drawn" in line
    assert all(word in line for word in ("Turned", "Impossible", "1822-02-31"))
    assert "Places without coordinates" in world
    assert "Nowhere" in world


def test_five_thousand_terms_are_drawn_a_page_at_a_time(desk, client, monkeypatch):
    from annotations.presenters.charted import Charted
    from annotations.presenters.place_chart import place_chart
    from annotations.presenters.time_chart import time_chart
    from annotations.presenters.words import Said

    terms = [
        Charted(f"t{i}", f"{i}", "event", Said(f"Term {i}", "en"), f"{1000 + i % 900}", 36 + i % 70 / 100, 37 + i % 90 / 100, 1 + i % 5, "")
        for i in range(5000)
    ]  # fmt: skip

    line, world = time_chart(terms, number=3), place_chart(terms)

    assert (line.total, len(line.bars), line.page.number) == (5000, 100, 3)
    assert [item.term.key for item in line.page] == [bar.item.term.key for bar in line.bars]
    assert world.total == 5000
    assert 1 < len(world.circles) < 300
    assert len(world.page.object_list) == 100


def test_number_of_queries_does_not_grow_with_terms_and_notes(desk, client, people):
    def count(address):
        read(client, address)
        bump_epoch()
        shared.forget()
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    first = dated("t0", "1822", latitude=36.2, longitude=37.1)
    tagged(desk, first)
    desk.release()
    public = [page.replace("/1/", "/{}/") for page in PAGES]
    desk_pages = [
        f"/en/desk/{which}/{kind}/{ident}/?term=t0" for which in ("timeline", "map")
        for kind, ident in (("text", desk.text.public_id), ("work", desk.work.slug))
    ]  # fmt: skip
    before = [count(page.format(1)) for page in public]
    client.force_login(people["scholar"])
    before += [count(page) for page in desk_pages]
    client.logout()
    for index in range(1, 5):
        tagged(desk, dated(f"t{index}", f"18{index}X", latitude=36 + index, longitude=37.1))
        tagged(desk, first)
    desk.release()

    number = Release.objects.count()
    after = [count(page.format(number)) for page in public]
    client.force_login(people["scholar"])
    after += [count(page) for page in desk_pages]

    assert after == before


def test_the_desk_charts_what_its_reader_may_see_and_a_work_all_that_it_shows(desk, client, people):
    place_notes(desk)
    own = dated("own", "1822", latitude=36.2, longitude=37.1)
    make_note(desk.text, "أشجار الحور", by=people["scholar"], tags=(own.public_id,), visibility="private")
    text, work = f"/en/desk/timeline/text/{desk.text.public_id}/", f"/en/desk/map/work/{desk.work.slug}/"

    assert client.get(text).status_code == 302
    client.force_login(people["scholar"])
    html = read(client, text, term="own")
    assert bars(html) == ["own"]
    assert "أشجار الحور" in html
    assert "The mill" in read(client, work)
    [mill] = list(circles(read(client, f"/en/desk/map/image/{desk.image.public_id}/")))
    assert mill == "The mill (1 passage)"
    mine = read(client, f"/en/desk/map/text/{desk.text.public_id}/", kind="place")
    both = read(client, work, kind="place")
    assert circles(mine) == ["The mill (1 passage)"]
    assert circles(both) == ["The mill (2 passages)"], "the one on the picture that the text shows too"

    client.force_login(people["reviewer"])
    for address in (text, work, f"/en/desk/map/text/{desk.text.public_id}/"):
        assert "Own" not in read(client, address)
    assert client.get("/en/desk/timeline/text/nothing/").status_code == 404


def test_tiles_are_fetched_only_when_the_site_has_them_and_the_reader_asks(desk, client, settings):
    tagged(desk, dated("flood", "1822", latitude=36.2, longitude=179.99))
    desk.release()
    assert "tiles=1" not in read(client, PAGES[1])
    assert "<image" not in read(client, PAGES[1], tiles="1")
    settings.MAP_TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    settings.MAP_TILES_CREDIT = "© the makers"

    before, after = read(client, PAGES[1], kind="event"), read(client, PAGES[1], kind="event", tiles="1")

    assert "tiles.example.org/" not in before
    assert "A closer map, fetched from tiles.example.org" in before
    tiles = re.findall(r'<image href="https://tiles\.example\.org/12/(\d+)/(\d+)\.png"', after)
    assert {int(x) for x, _y in tiles} >= {0, 4095}, "over the date line"
    assert "© the makers" in after
