"""Released notes on pictures and films, as anybody meets them; and what is left of them when their picture is hidden."""

from __future__ import annotations

import csv
import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from annotations.actions.compose_edition import compose_edition
from annotations.enums import Relation
from annotations.presenters.term_cards import released_counts
from annotations.values import ReferenceInput, RegionPlace
from archive.actions.bump_epoch import bump_epoch
from archive.actions.rebuild_search import rebuild_search
from archive.actions.redact import redact
from archive.actions.take_down import take_down
from archive.enums import Access
from archive.models import Image, Text, Video, Work
from archive.views import shared
from tests.db.public.test_release_pages import text_of
from tests.factories_editions import Desk, add_wording, make_desk, make_image, make_work, place_notes, plan
from tests.factories_notes import make_placed, place_of

pytestmark = pytest.mark.django_db

PAGE = "/en/editions/mill-edition/1/"
PLAIN = "/editions/mill-edition/1/"
REFERENCES = f"{PAGE}references/"
#: Words of the note on the picture, and of the one on the film.
SAID, SPOKEN = "العجلة في الرسم", "The stone"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    place_notes(desk)
    return desk


def changed() -> None:
    bump_epoch()
    shared.forget()


def read(client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def figure_of(html: str, mark: str) -> str:
    start = html.index(mark)
    return html[start : html.index("</figure>", start)]


def test_a_figure_has_its_notes_drawn_over_it_and_listed_below(desk, client):
    desk.release()
    ident = desk.notes["region"].public_id

    html = read(client)

    figure = figure_of(html, 'data-figure="f1"')
    assert 'viewBox="0 0 1200 900"' in figure
    assert '<rect class="pin__edge" x="100" y="200" width="300" height="300">' in figure
    assert figure.count(f'href="#note-{ident}"') == 2
    assert f'id="note-{ident}"' in html
    assert 'aria-label="Note 3, Place: العجلة في الرسم."' in figure


def test_a_film_has_its_notes_as_bars_and_links_that_play_the_part(desk, client):
    Video.objects.filter(pk=desk.video.pk).update(duration=130)
    desk.release()

    figure = figure_of(read(client), "data-video=")

    assert '<rect class="pin__bar" x="50%" y="4" width="11.92%"' in figure
    page = reverse("video", args=[desk.video.public_id])
    assert f'href="/en{page[3:]}?t=65-80.5#film" data-play="65-80.5"' in figure
    assert 'data-label="1:05–1:20" aria-label="Play 1:05–1:20"' in figure
    assert 'data-from="0:00" data-to="2:10"' in figure


def test_the_words_of_the_article_stay_the_text(desk, client):
    desk.release()

    for query in ("", "?marked=1", f"?note={desk.notes['region'].public_id}"):
        assert text_of(read(client, PAGE + query)) == desk.text.current_revision.content


def test_a_card_shows_the_piece_of_the_picture_and_the_seconds_of_the_film(desk, client):
    desk.release()
    region, seconds = (desk.notes[name].public_id for name in ("region", "seconds"))

    html = read(client)

    card = html[html.index(f'id="note-{region}"') :]
    card = card[: card.index("</article>")]
    assert f"/iiif/3/{desk.image.public_id}/" in card or f"{desk.image.public_id}/" in card
    assert '<rect x="100" y="200" width="300" height="300"></rect>' in card
    assert f'href="{PAGE}?note={region}#b3"' in card
    assert "Drawing of the mill" in card
    film = html[html.index(f'id="note-{seconds}"') :]
    film = film[: film.index("</article>")]
    assert 'data-film="youtube:abcdefghijk"' in film
    assert "1:05–1:20" in film
    assert "<blockquote" not in card + film


def test_the_address_of_a_note_shows_it_marked(desk, client):
    desk.release()
    ident = desk.notes["region"].public_id

    figure = figure_of(read(client, f"{PAGE}?note={ident}"), 'data-figure="f1"')

    assert figure.count('aria-current="true"') == 2
    assert client.get(f"{PLAIN}annotations/{ident}").url.endswith(f"{PAGE[3:]}?note={ident}#note-{ident}")
    assert client.get(reverse("note_page", args=[ident])).url.endswith(f"?note={ident}#note-{ident}")


def test_references_are_read_from_both_ends(desk, client):
    desk.release()

    html = read(client)

    year = html[html.index(f'id="note-{desk.notes["year"].public_id}"') :]
    year = year[: year.index("</article>")]
    assert f'href="{PAGE}?note={desk.notes["region"].public_id}#note-' in year
    assert "“Drawing of the mill”" in year


def test_indexes_and_the_page_of_a_term_lead_to_them(desk, client):
    desk.release()
    link = f"?note={desk.notes['region'].public_id}#note-"

    assert link in read(client, f"{PAGE}index/")
    term = read(client, "/en/terms/mill/")
    assert link in term
    assert "العجلة في الرسم" in term
    assert released_counts()[desk.terms["mill"].pk] == 2


def test_search_finds_what_they_say(desk, client):
    desk.release()
    rebuild_search()

    html = read(client, "/en/search/?q=العجلة")

    assert reverse("note_page", args=[desk.notes["region"].public_id]).removeprefix("/en") in html


def test_what_scripts_read_holds_them(desk, client):
    desk.release()

    spans = json.loads(read(client, f"{PAGE}spans.json"))
    notes = {n["id"]: n for n in json.loads(read(client, f"{PAGE}annotations.json"))["annotations"]}

    at = spans["ids"].index(desk.notes["region"].public_id)
    assert spans["spans"][at][1] == 0
    assert "note-place" in notes[desk.notes["region"].public_id]["place_html"]
    assert "place_html" not in notes[desk.notes["year"].public_id]
    start = desk.text.current_revision.blocks[2]["start"]
    part = json.loads(read(client, f"{PAGE}annotations.json?from={start}&to={start + 1}"))["annotations"]
    assert desk.notes["region"].public_id in {note["id"] for note in part}


def test_jsonld_names_the_part_the_item_and_the_bytes(desk, client):
    release = desk.release()

    data = json.loads(read(client, f"{PLAIN}download/jsonld"))

    items = {item["hashiya:number"]: item["target"] for item in data["first"]["items"]}
    region, seconds = items[3], items[5]
    assert data["total"] == 5
    assert region["selector"]["value"] == "xywh=pixel:100,200,300,300"
    assert region["source"] == {"id": f"urn:hashiya:image:{desk.image.public_id}", "type": "Image"}
    assert region["state"]["hashiya:release"] == release.manifest_hash
    file = region["state"]["cached"].removeprefix("http://localhost:8000").removeprefix("http://testserver")
    assert client.get(file[file.index("/editions/") :]).status_code == 200
    assert (seconds["selector"]["value"], seconds["source"]["type"]) == ("t=65,80.5", "Video")


def test_an_outline_is_a_selector_of_svg(desk, client):
    make_placed(
        RegionPlace(desk.image.public_id, "polygon", [(600, 10), (900, 10), (700, 90)]),
        author=desk.people["scholar"], reviewer=desk.people["reviewer"],
    )  # fmt: skip
    desk.release()

    data = json.loads(read(client, f"{PLAIN}download/jsonld"))

    selectors = [item["target"]["selector"] for item in data["first"]["items"]]
    assert {
        "type": "SvgSelector",
        "value": '<svg xmlns="http://www.w3.org/2000/svg"><polygon points="600,10 900,10 700,90"/></svg>',
    } in selectors


def test_tables_and_plain_text_name_the_part(desk, client):
    desk.release()

    rows = list(csv.DictReader(read(client, f"{PLAIN}download/csv").lstrip("\ufeff").splitlines()))
    words = read(client, f"{PLAIN}download/text")

    assert (rows[2]["on"], rows[2]["part"]) == (
        f"image:{desk.image.public_id}", "xywh=pixel:100,200,300,300",
    )  # fmt: skip
    assert (rows[4]["part"], rows[0]["part"]) == ("t=65,80.5", "")
    assert "[3] «رسم الطاحونة xywh=pixel:100,200,300,300»" in words
    assert "رسم الطاحونة من جهة الماء" in words


def everything(client) -> str:
    """Return all that anybody may read of the release, its notes and their terms."""
    rebuild_search()
    addresses = [
        PAGE, f"{PAGE}?whole=1&marked=1", f"{PAGE}notes/", f"{PAGE}index/", f"{PAGE}annotations.json",
        f"{PLAIN}download/jsonld", f"{PLAIN}download/csv", f"{PLAIN}download/text", "/en/terms/mill/", "/en/terms/masons/",
        "/en/search/?q=العجلة", "/en/search/?q=stone", REFERENCES, f"{REFERENCES}?as=csv", f"{REFERENCES}?as=jsonld",
        f"{REFERENCES}?term=mill",
    ]  # fmt: skip
    return "".join(read(client, address) for address in addresses)


def down(desk: Desk) -> None:
    for item in (desk.image, desk.video):
        take_down(item, reason="safety", by=desk.people["archivist"])


def embargo(desk: Desk) -> None:
    for item in (desk.image, desk.video):
        type(item).objects.filter(pk=item.pk).update(embargo_until=timezone.now() + timedelta(days=1))


def restrict(desk: Desk) -> None:
    for item in (desk.image, desk.video):
        type(item).objects.filter(pk=item.pk).update(access=Access.MEMBERS)


@pytest.mark.parametrize("hide", [down, embargo, restrict])
def test_of_what_was_hidden_since_nothing_is_left_but_a_labelled_gap(desk, client, hide):
    desk.release()
    shown = everything(client)
    assert SAID in shown
    assert SPOKEN in shown

    hide(desk)
    changed()

    text = everything(client)
    assert SAID not in text
    assert SPOKEN not in text
    assert "Drawing of the mill" not in text
    html = read(client)
    card = html[html.index(f'id="note-{desk.notes["region"].public_id}"') :]
    assert "This note is on a picture that is not public now." in card[: card.index("</article>")]
    assert "This note is on a film that is not public now." in html
    assert "pin__edge" not in html
    assert "pin__bar" not in html
    spans = json.loads(read(client, f"{PAGE}spans.json"))
    assert spans["spans"][spans["ids"].index(desk.notes["region"].public_id)][2] == 0
    ident = desk.notes["region"].public_id
    told, untold = (read(client, f"{REFERENCES}?note={one}").replace(one, "…") for one in (ident, "nothing"))
    assert told == untold
    assert client.get(f"{PLAIN}annotations/{ident}").status_code == 404
    assert client.get(reverse("note_page", args=[ident])).status_code == 404
    assert client.get(reverse("api-annotation-detail", args=[ident])).status_code == 404
    assert client.get(f"{PLAIN}download/json").status_code == 404
    assert json.loads(read(client, f"{PLAIN}download/jsonld"))["total"] == 3
    assert released_counts()[desk.terms["mill"].pk] == 1


def test_an_index_names_no_term_that_only_hidden_notes_bear(desk, client):
    desk.edition.excluded.add(desk.notes["masons"])
    desk.release()
    assert "The masons" in read(client, f"{PAGE}index/")

    restrict(desk)
    changed()

    assert "The masons" not in read(client, f"{PAGE}index/")
    assert "The masons" not in read(client, f"{REFERENCES}?term=masons")


def test_comparison_tells_nothing_of_a_note_whose_picture_was_hidden_since(desk, client):
    desk.edition.rule = {"places": ["text"]}
    desk.edition.save()
    desk.release()
    desk.edition.rule = {}
    desk.edition.save()
    desk.release()
    page = "/en/editions/mill-edition/2/compare/1/"
    assert SAID in read(client, page)

    restrict(desk)
    changed()

    assert SAID not in read(client, page)


def test_a_warned_picture_is_veiled_with_its_notes_and_no_piece_of_it_is_shown(desk, client):
    desk.release()
    Image.objects.filter(pk=desk.image.pk).update(warnings=["violence"])
    changed()

    html = read(client)

    figure = figure_of(html, 'data-figure="f1"')
    assert figure.index('class="veiled"') < figure.index('class="pins pins--regions"')
    assert 'class="crop"' not in html
    assert SAID in html


def test_after_parts_were_covered_no_pixel_is_shown_and_the_words_stay(desk, client):
    desk.release()
    part = {"x": 10, "y": 10, "width": 100, "height": 100}
    redact(image_id=desk.image.pk, version=None, areas=[part], reason="حماية", by=desk.people["archivist"])
    changed()

    html = read(client)

    assert 'class="crop"' not in html
    assert "pin__edge" not in html
    assert SAID in html
    assert "Parts of this picture were covered after this release was sealed" in html


def test_notes_of_a_release_that_is_not_read_any_more_are_not_read_elsewhere(desk, client):
    desk.release()
    ident = desk.notes["region"].public_id
    assert client.get(reverse("api-annotation-detail", args=[ident])).status_code == 200

    Work.objects.filter(pk=desk.work.pk).update(access=Access.DRAFT)
    changed()

    assert client.get(reverse("api-annotation-detail", args=[ident])).status_code == 404
    assert client.get(reverse("note_page", args=[ident])).status_code == 404


def test_another_edition_is_referred_to_from_a_picture_only_while_that_is_public(desk, client):
    other = make_work("other", title_ar="غيرها", title_en="Another work")
    text = Text.objects.create(work=other, language="ar", direction="rtl")
    add_wording(text)
    edition = compose_edition(text=text.public_id, plan=plan(slug="other"), by=desk.people["editor"])
    pointing = ReferenceInput(Relation.DEPICTS, place_of(desk.text, "الحجّارون"))
    note = make_placed(
        RegionPlace(desk.image.public_id, "rect", [(1, 2), (30, 40)]), author=desk.people["scholar"],
        reviewer=desk.people["reviewer"], references=(pointing,),
    )  # fmt: skip
    desk.edition.excluded.add(note)
    desk.release()
    edition.picked.add(note)
    desk.edition = edition
    desk.release()
    changed()
    assert f"/en/editions/other/1/?note={note.public_id}" in read(client)

    Image.objects.filter(pk=desk.image.pk).update(access=Access.DRAFT)
    changed()

    assert note.public_id not in read(client)


def test_what_does_not_stand_in_the_text_is_read_after_its_end(desk, client):
    other = make_image(by=desk.people["archivist"], title_en="A map", title_ar="خريطة")
    note = make_placed(
        RegionPlace(other.public_id, "ellipse", [(300, 300), (50, 40)]), author=desk.people["scholar"],
        reviewer=desk.people["reviewer"], body="على الخريطة",
    )  # fmt: skip
    desk.edition.picked.add(note)
    desk.release()

    html = read(client)

    figure = figure_of(html, f'id="media-{other.public_id}"')
    assert html.index("</article>") < html.index(f'id="media-{other.public_id}"')
    assert '<ellipse class="pin__edge" cx="300" cy="300" rx="50" ry="40">' in figure
    assert "A map" in figure
    assert f'href="{PAGE}?note={note.public_id}#media-{other.public_id}"' in html

    Image.objects.filter(pk=other.pk).update(access=Access.DRAFT)
    changed()

    assert "A map" not in read(client)
    assert "على الخريطة" not in read(client)


def test_the_preview_shows_them_to_the_editor(desk, client):
    client.force_login(desk.people["editor"])

    html = read(client, f"/en/desk/editions/{desk.edition.public_id}/preview/")

    assert "pin__edge" in html
    assert SAID in html


def test_the_number_of_queries_of_the_page_does_not_grow(desk, client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count() -> int:
        changed()
        client.get(PAGE.replace("/1/", f"/{desk.edition.releases.count()}/"))
        changed()
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE.replace("/1/", f"/{desk.edition.releases.count()}/"))
        return len(queries)

    desk.release()
    before = count()
    for start in range(4):
        make_placed(
            RegionPlace(desk.image.public_id, "rect", [(start, 2), (30 + start, 40)]),
            author=desk.people["scholar"], reviewer=desk.people["reviewer"],
        )  # fmt: skip
    desk.release()

    assert count() == before
