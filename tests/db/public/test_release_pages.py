"""What anybody meets at the addresses of a release."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from annotations.actions.publish import publish
from annotations.actions.withdraw_release import withdraw_release
from annotations.enums import Relation
from annotations.models import Edition, ReleaseFile
from annotations.values import ReferenceInput, RegionPlace, TimePlace
from archive.actions.bump_epoch import bump_epoch
from archive.enums import Access, ImageState
from archive.models import Image, SlugRedirect
from archive.views import shared
from tests.factories_editions import Desk, make_desk, place_notes
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db

PAGE = "/ar/editions/mill-edition/1/"
PLAIN = "/editions/mill-edition/1/"


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def changed() -> None:
    """Let the second pass for which a process may go on with an epoch that it has read."""
    bump_epoch()
    shared.forget()


def text_of(html: str) -> str:
    """Return the text within the article."""
    from html.parser import HTMLParser

    class Reader(HTMLParser):
        inside, words = False, ""

        def handle_starttag(self, tag, attrs):
            if tag == "article" and dict(attrs).get("id") == "text":
                self.inside = True

        def handle_endtag(self, tag):
            if tag == "article":
                self.inside = False

        def handle_data(self, data):
            if self.inside:
                self.words += data

    reader = Reader()
    reader.feed(html)
    return reader.words


def test_article_of_the_page_is_the_text_code_point_for_code_point(desk, client):
    desk.release()

    for query in ("", "?marked=1", f"?note={desk.notes['bridge'].public_id}", "?at=3-17"):
        html = client.get(PAGE + query).content.decode()
        assert text_of(html) == desk.text.current_revision.content


def test_sealed_release_is_as_absent_as_one_that_never_was(desk, client):
    desk.seal()

    missing = client.get("/ar/editions/no-such/1/")
    sealed = client.get(PAGE)

    assert sealed.status_code == missing.status_code == 404
    assert sealed.content == missing.content.replace(b"no-such", b"mill-edition")


def test_withdrawn_release_leaves_a_tombstone_that_says_why(desk, client):
    release = desk.release()
    withdraw_release(release=release.public_id, reason="ورد فيه اسم شاهد.", by=desk.people["editor"])
    changed()

    page = client.get(PAGE)

    assert page.status_code == 410
    assert "ورد فيه اسم شاهد." in page.content.decode()
    assert "جاؤوا من" not in page.content.decode()
    for address in (f"{PAGE}spans.json", f"{PAGE}annotations.json", f"{PLAIN}download/jsonld"):
        assert client.get(address).status_code == 410


def test_release_withdrawn_before_it_was_public_is_simply_not_there(desk, client):
    release = desk.seal()
    withdraw_release(release=release.public_id, reason="خطأ", by=desk.people["editor"])

    assert client.get(PAGE).status_code == 404


def test_tombstone_of_a_work_that_was_hidden_since_is_not_there(desk, client):
    release = desk.release()
    withdraw_release(release=release.public_id, reason="سبب", by=desk.people["editor"])
    desk.work.access = Access.DRAFT
    desk.work.save()
    changed()

    assert client.get(PAGE).status_code == 404


def test_release_planned_for_later_is_not_there_yet(desk, client):
    release = desk.seal()
    publish(release=release.public_id, at=timezone.now() + timedelta(days=1), by=None)

    assert client.get(PAGE).status_code == 404


def test_hidden_work_takes_its_releases_with_it(desk, client):
    desk.release()
    desk.work.access = Access.MEMBERS
    desk.work.save()
    changed()

    assert client.get(PAGE).status_code == 404
    assert client.get(f"{PLAIN}download/jsonld").status_code == 404


def test_image_restricted_after_publishing_is_a_labelled_gap_and_its_bytes_are_gone(desk, client):
    release = desk.release()
    file = ReleaseFile.objects.filter(release=release).first()
    address = f"{PLAIN}files/{file.name}"
    assert client.get(address).status_code == 200
    assert file.name in client.get(PAGE).content.decode()
    desk.image.access = Access.RESTRICTED
    desk.image.save()
    changed()

    html = client.get(PAGE).content.decode()

    assert file.name not in html
    assert 'data-figure="f1"' in html
    assert html.count("figure--missing") == 2
    assert "طاحونة على نهر" not in html
    assert client.get(address).status_code == 404


def test_embargo_set_after_publishing_hides_at_once(desk, client):
    desk.release()
    desk.image.embargo_until = timezone.now() + timedelta(days=1)
    desk.image.save()
    changed()

    assert client.get(PAGE).content.decode().count("figure--missing") == 2


def test_video_hidden_after_publishing_offers_no_player(desk, client):
    desk.release()
    assert "youtube-nocookie" in client.get(PAGE).content.decode()
    desk.video.access = Access.DRAFT
    desk.video.save()
    changed()

    assert "youtube-nocookie" not in client.get(PAGE).content.decode()


def test_exact_bytes_are_given_while_nothing_in_them_is_hidden(desk, client):
    release = desk.release()
    given = b"".join(client.get(f"{PLAIN}download/json").streaming_content)
    assert given.decode() == release.snapshot
    desk.image.access = Access.DRAFT
    desk.image.save()
    changed()

    assert client.get(f"{PLAIN}download/json").status_code == 404


def test_page_is_the_same_bytes_for_everyone(desk, client, people):
    desk.release()
    anonymous = client.get(PAGE)
    shared.forget()
    client.force_login(people["administrator"])

    signed_in = client.get(PAGE)

    assert signed_in.content == anonymous.content
    assert signed_in.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_reader_without_script_finds_every_way(desk, client):
    desk.release()
    note = desk.notes["bridge"].public_id

    html = client.get(f"{PAGE}?note={note}").content.decode()

    assert f'<mark id="passage" data-note="{note}"' in html
    assert f'id="note-{note}"' in html
    assert 'href="#notes-b' in html
    assert 'id="notes-b' in html
    assert "<iframe" not in html


def test_cross_reference_is_read_from_both_ends(desk, client):
    desk.release()

    html = client.get("/en/editions/mill-edition/1/").content.decode()

    assert "continues" in html
    assert "is continued by" in html
    assert 'data-note="to-' in html


def test_spans_and_notes_come_as_the_script_reads_them(desk, client):
    desk.release()

    spans = client.get(f"{PAGE}spans.json").json()
    notes = client.get(f"{PAGE}annotations.json").json()["annotations"]

    assert len(spans["ids"]) == len(spans["spans"]) == 4
    content = desk.text.current_revision.content
    start = 0
    for ident, (step, length, _category) in zip(spans["ids"], spans["spans"], strict=True):
        start += step
        shown = next(note for note in notes if note["id"] == ident)
        assert content[start : start + length] == shown["exact"]
    assert "<strong>" in next(n for n in notes if n["id"] == desk.notes["masons"].public_id)["body_html"]


def test_jsonld_is_a_collection_with_every_note_its_number_and_selectors(desk, client):
    release = desk.release()

    response = client.get(f"{PLAIN}download/jsonld")
    data = json.loads(b"".join(response.streaming_content))

    assert response.headers["Content-Type"].startswith("application/ld+json")
    assert data["type"] == "AnnotationCollection"
    assert data["total"] == 3
    assert data["hashiya:sha256"] == release.manifest_hash
    items = data["first"]["items"]
    assert [item["hashiya:number"] for item in items] == [1, 2, 3]
    content = desk.text.current_revision.content
    for item in items:
        position, quote = item["target"]["selector"]
        assert content[position["start"] : position["end"]] == quote["exact"]
        assert item["hashiya:release"] == data["hashiya:release"]
    tagged = [b for item in items for b in item["body"] if b.get("purpose") == "tagging"]
    assert len(tagged) == 2


def test_jsonld_says_which_part_of_a_picture_and_which_seconds_a_reference_means(desk, client):
    ellipse = RegionPlace(desk.image.public_id, "ellipse", [(50, 40), (9, 7)])
    seconds = TimePlace(desk.video.public_id, 12345.678, 12350)
    references = (ReferenceInput(Relation.CITES, ellipse), ReferenceInput(Relation.CITES, seconds))
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    make_accepted(desk.text, "الدفتر", body="انظر", references=references, **by)
    desk.release()

    data = json.loads(b"".join(client.get(f"{PLAIN}download/jsonld").streaming_content))

    said = [
        b["selector"]["value"]
        for i in data["first"]["items"]
        for b in i["body"]
        if "urn:hashiya:" in b.get("source", "") and isinstance(b.get("selector"), dict)
    ]
    assert '<ellipse cx="50" cy="40" rx="9" ry="7"/>' in said[0]
    assert said[1] == "t=12345.678,12350"


def test_note_has_an_address_of_its_own_for_people_and_programs(desk, client):
    desk.release()
    note = desk.notes["masons"].public_id
    address = f"{PLAIN}annotations/{note}"

    person = client.get(address, headers={"accept": "text/html"})
    program = client.get(address, headers={"accept": "application/ld+json"})

    assert person.url.endswith(f"/editions/mill-edition/1/?note={note}#note-{note}")
    assert program.json()["id"].endswith(address)


def test_lasting_address_without_a_language_leads_to_the_page(desk, client):
    desk.release()

    assert client.get(PLAIN, headers={"accept-language": "en"}).url == "/en/editions/mill-edition/1/"
    assert client.get("/en/editions/mill-edition/").url == "/en/editions/mill-edition/1/"


@pytest.mark.parametrize(("form", "begins"), [("bibtex", b"@book{"), ("ris", b"TY  - BOOK"), ("csl", b"[")])
def test_a_citation_is_compressed_once(desk, client, form, begins):
    desk.release()

    for _from_cache in range(2):
        answer = client.get(f"/editions/mill-edition/1/cite/{form}", headers={"Accept-Encoding": "gzip, br"})
        assert answer.headers["Content-Encoding"] == "br"
        assert brotli.decompress(answer.content).startswith(begins)


@pytest.mark.parametrize(("form", "begins"), [("bibtex", "@book{"), ("ris", "TY  - BOOK"), ("csl", "[")])
def test_citation_is_ready_in_three_forms(desk, client, form, begins):
    desk.release()

    body = client.get(f"{PLAIN}cite/{form}").content.decode()

    assert body.startswith(begins)
    assert "/editions/mill-edition/1/" in body


def test_table_of_notes_holds_no_formula(desk, client, people):
    from tests.factories_notes import make_accepted

    make_accepted(
        desk.text, "بناها", author=people["scholar"], reviewer=people["reviewer"], body='=HYPERLINK("x")'
    )
    desk.release()

    table = b"".join(client.get(f"{PLAIN}download/csv").streaming_content).decode("utf-8-sig")

    assert "'=HYPERLINK" in table


def test_edition_that_once_had_another_address_is_found_there(desk, client):
    desk.release()
    Edition.objects.filter(pk=desk.edition.pk).update(slug="mill-anew")
    SlugRedirect.objects.create(kind="edition", old_slug="mill-edition", target_id=desk.edition.pk)

    moved = client.get(PAGE)

    assert moved.status_code == 301
    assert client.get(moved.url).status_code == 200


def test_what_changed_is_told_between_public_releases_only(desk, client):
    desk.release()
    desk.seal()
    assert client.get(f"{PAGE}compare/2/").status_code == 404

    second = desk.edition.releases.get(number=2)
    publish(release=second.public_id, by=None)
    shared.forget()

    assert client.get(f"{PAGE}compare/2/").status_code == 200


def test_odd_addresses_are_answered_calmly(desk, client):
    desk.release()

    for query in (
        "?section=99999999",
        "?section=x",
        "?at=9-3",
        "?at=5-99999999",
        "?note=<script>",
        "?page=-1",
    ):
        assert client.get(PAGE + query).status_code == 200
    for address in (f"{PAGE}notes/?block=x&page=zz", f"{PAGE}annotations.json?from=²&to=9"):
        assert client.get(address).status_code == 200


def test_command_releases_what_can_be_released_and_says_what_stops_it(desk, capsys):
    call_command("release_edition", "mill-edition", "--report", "json")
    told = json.loads(capsys.readouterr().out)
    assert told["number"] == 1
    assert told["published"] is True

    desk.edition.license_uri = ""
    desk.edition.save()
    with pytest.raises(CommandError):
        call_command("release_edition", "mill-edition")
    assert "stops" in capsys.readouterr().out


def test_command_exports_what_is_public_only(desk, tmp_path):
    desk.seal()
    target = tmp_path / "release.jsonld"
    with pytest.raises(CommandError):
        call_command("export_release", "mill-edition", "1", "--output", str(target))

    call_command("export_release", "mill-edition", "1", "--any", "--output", str(target))

    assert json.loads(target.read_text())["total"] == 3


def test_a_picture_whose_copies_are_being_made_says_so_and_does_not_look_lost(desk, client):
    def read(state: str) -> str:
        image = desk.image
        Image.objects.filter(pk=image.pk).update(state=state, pixels=image.pixels + 1)
        changed()
        return client.get("/en/works/mill/").content.decode()

    waiting, broken = read(ImageState.WAITING), read(ImageState.BROKEN)

    assert waiting.count("figure--coming") == 1
    assert "being prepared" in waiting
    assert waiting.count("figure--missing") == 1  # The other figure is a gap indeed.
    assert broken.count("figure--missing") == 2
    assert "being prepared" not in broken


@pytest.mark.parametrize(
    "rest", ["", "?whole=1", "notes/", "index/", "references/", "timeline/", "map/", "downloads/"]
)
def test_no_link_leads_to_a_place_that_its_page_does_not_have(desk, client, rest):
    place_notes(desk)
    desk.edition.picked.add(desk.notes["region"], desk.notes["seconds"])
    desk.release()
    html = client.get(f"/en/editions/mill-edition/1/{rest}").content.decode()

    here = set(re.findall(r' href="#([^"]+)"', html))
    assert here <= set(re.findall(r' id="([^"]+)"', html))
    away = re.findall(r' href="(/en/editions/mill-edition/1/(?:\?section=\d+)?#b\d+)"', html)
    assert bool(away) == (rest == "index/"), "what stands in the text is a link away from another page alone"
