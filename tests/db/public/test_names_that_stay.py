"""Names that stay, and all by which a page is cited: for people, for reference managers, for machines."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import timezone

from annotations.actions.ask_release_export import ask_release_export
from annotations.actions.withdraw_release import withdraw_release
from annotations.citing import ark
from annotations.exports import FORMATS
from archive.actions.bump_epoch import bump_epoch
from archive.actions.run_job import run_job
from archive.actions.take_down import take_down
from archive.enums import Access, TakedownReason
from archive.models import Erasure, Job, Work
from archive.views import shared
from tests.factories_editions import Desk, make_desk, make_work, place_notes

pytestmark = pytest.mark.django_db

SITE, NAAN = "http://localhost:8000", "99999"
PAGE = "/en/editions/mill-edition/1/"


@pytest.fixture
def desk(people) -> Desk:
    desk = make_desk(people)
    desk.work.creators = [{"name": "سليم", "name_en": "Salim", "role": "author"}]
    desk.work.save()
    place_notes(desk)
    desk.edition.picked.add(desk.notes["region"])
    desk.release()
    return desk


def _names(desk: Desk) -> dict[str, str]:
    """Return names of everything that has one, and the address that each leads to."""
    release, note, text = desk.edition.releases.get(), desk.notes["masons"].public_id, desk.text.public_id
    quote = {"text": text, "revision": "1", "at": "0-5"}
    return {
        ark.mint(NAAN, "work", desk.work.public_id): "/en/works/mill/",
        ark.mint(NAAN, "work", desk.work.public_id, quote): f"/en/works/mill/?text={text}&revision=1&at=0-5#at-0-5",
        ark.mint(NAAN, "edition", desk.edition.public_id): PAGE,
        ark.mint(NAAN, "release", release.public_id): PAGE,
        ark.mint(NAAN, "release", release.public_id, {"note": note}): f"{PAGE}?note={note}#note-{note}",
        ark.mint(NAAN, "release", release.public_id, {"at": "0-5"}): f"{PAGE}?at=0-5#at-0-5",
        ark.mint(NAAN, "image", desk.image.public_id): f"/en/images/{desk.image.public_id}/",
        ark.mint(NAAN, "video", desk.video.public_id): f"/en/videos/{desk.video.public_id}/",
    }  # fmt: skip


def _ask(client, name: str, more: str = ""):
    return client.get(f"/{name}{more}", headers={"Accept-Language": "en"})


def test_name_leads_to_its_page_in_every_way_in_which_it_is_written(desk, client):
    for name, address in _names(desk).items():
        for written in (
            name,
            name.replace("ark:/", "ark:"),
            name.replace(f"{NAAN}/", f"{NAAN}/-").upper().replace("ARK", "ark"),
        ):
            answer = _ask(client, written)
            assert (answer.status_code, answer.headers.get("Location")) == (302, address), written
        assert client.get(address.partition("#")[0]).status_code == 200


def test_name_is_told_of_in_plain_text(desk, client):
    titles = (
        "The Tale of the Mill",
        "حكاية",
        "annotated",
        "release 1",
        "note 1",
        "passage",
        "Drawing",
        "millstone",
    )
    for name, words in zip(_names(desk), titles, strict=True):
        for more in ("?info", "??"):
            told = _ask(client, name, more)
            assert told.headers["Content-Type"] == "text/plain; charset=utf-8"
            lines = dict(line.split(": ", 1) for line in told.content.decode().splitlines()[1:])
            assert told.content.decode().startswith("erc:\n")
            assert words in lines["what"], (name, lines)
            assert lines["ark"] == name or name.startswith(f"ark:/{NAAN}/d1")
            assert "trial" in lines["how"]
    raw = client.get(f"/{name}", REQUEST_URI=f"/{name}?")
    assert raw.headers["Content-Type"].startswith("text/plain")


def test_mistyped_name_says_so_and_a_hidden_thing_is_like_none(desk, client):
    hidden = make_work("secret", access=Access.DRAFT)
    name = ark.mint(NAAN, "work", desk.work.public_id)
    wrong = name[:-1] + ("0" if name[-1] != "0" else "1")

    assert "mistyped" in _ask(client, wrong).content.decode()
    answers = [
        _ask(client, ark.mint(NAAN, "work", one), more)
        for one in (hidden.public_id, "2" * 16)
        for more in ("", "?info")
    ]
    assert {answer.status_code for answer in answers} == {404}
    for odd in ("/x", "/n!", "/p9_1", "/p0_99999999", f"/n{desk.notes['masons'].public_id}"):
        assert _ask(client, name + odd).status_code == 404, odd
    assert _ask(client, name.replace(NAAN, "12345")).status_code == 404


def test_what_was_withdrawn_or_taken_down_leaves_its_tombstone_under_its_name(desk, client, people):
    release = desk.edition.releases.get()
    withdraw_release(release=release.public_id, reason="خطأٌ في النصّ", by=people["editor"])
    shared.forget()
    for kind, one in (("release", release.public_id), ("edition", desk.edition.public_id)):
        name = ark.mint(NAAN, kind, one)
        page, told = _ask(client, name), _ask(client, name, "?info")
        assert (page.status_code, told.status_code) == (410, 410)
        assert "خطأٌ في النصّ" in page.content.decode()
        assert "withdrawn" in told.content.decode()

    take_down(desk.work, reason=TakedownReason.COURT, by=people["archivist"])
    shared.forget()
    name = ark.mint(NAAN, "work", desk.work.public_id)
    assert _ask(client, name).status_code == _ask(client, name, "?info").status_code == 410
    assert "Mill" not in _ask(client, name, "?info").content.decode()


def test_names_are_cited_only_when_the_site_has_a_number_of_its_own(desk, client, settings):
    html = client.get(PAGE).content.decode()
    assert f"ark:/{NAAN}/r1" in html
    assert "for trials" in html
    assert f'rel="cite-as" href="{SITE}/editions/mill-edition/1/"' in html

    settings.ARK_NAAN, settings.ARK_IS_TEST = "12345", False
    shared.forget()
    page = client.get(PAGE)
    html, name = page.content.decode(), ark.mint("12345", "release", desk.edition.releases.get().public_id)
    assert f'rel="cite-as" href="{SITE}/{name}"' in html
    assert "for trials" not in html
    assert f'<{SITE}/{name}>; rel="cite-as"' in page.headers["Link"]
    assert client.get(f"/{name}", headers={"Accept-Language": "en"}).headers["Location"] == PAGE
    assert '"propertyID": "ARK"' in html


def _metas(html: str) -> dict[str, list[str]]:
    """Return what a reference manager gathers of meta elements (Zotero's "Embedded Metadata" reads these names)."""
    found: dict[str, list[str]] = {}
    for name, content in re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">', html):
        found.setdefault(name, []).append(unescape(content))
    return found


def test_reference_managers_find_all_of_it_in_the_page(desk, client):
    html = client.get(PAGE).content.decode()
    metas = _metas(html)
    assert (metas["og:type"], metas["citation_title"], metas["citation_author"]) == (
        ["book"],
        ["The Mill, annotated"],
        ["Salim"],
    )
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", metas["citation_publication_date"][0])
    assert metas["DC.contributor"] == ["Hind"]
    assert metas["DC.identifier"] == [f"{SITE}/editions/mill-edition/1/"]

    coins = _coins(html)
    assert coins["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert coins["rft.genre"] == ["book"]
    assert (coins["rft.btitle"], coins["rft.au"], coins["rft.edition"]) == (
        ["The Mill, annotated"],
        ["Salim"],
        ["1"],
    )

    assert (coins["rft.contributor"], coins["rft_id"]) == (["Hind"], [f"{SITE}/editions/mill-edition/1/"])

    work = client.get("/en/works/mill/").content.decode()
    assert _metas(work)["citation_title"] == ["The Tale of the Mill"]
    schema = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])
    assert schema["author"] == [{"@type": "Person", "name": "Salim"}]
    assert {one["encodingFormat"] for one in schema["encoding"]} >= {"application/ld+json", "text/csv"}


def _coins(html: str) -> dict[str, list[str]]:
    return parse_qs(unescape(re.search(r'<span class="Z3988" title="([^"]*)">', html)[1]))


def test_zotero_makes_a_picture_of_a_picture_a_film_of_a_film_and_a_document_of_a_document(desk, client):
    # Its COinS reader takes the last `rft.type` that is a name of its own types; it knows none of Dublin Core's.
    kinds = {
        f"/en/images/{desk.image.public_id}/": "artwork",
        f"/en/videos/{desk.video.public_id}/": "videoRecording",
    }
    for page, kind in {**kinds, "/en/works/mill/": "document"}.items():
        coins = _coins(client.get(page).content.decode())
        assert coins["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
        assert coins["rft.type"][-1] == kind
        assert coins["rft.title"][0]
        assert coins["rft.identifier"] == coins["rft_id"]


def test_note_and_passage_are_cited_on_their_own_pages_in_every_form(desk, client):
    note = desk.notes["masons"].public_id
    release = client.get(f"{PAGE}?note={note}").content.decode()
    cite = f"/en/cite/editions/mill-edition/1/?note={note}"
    assert f'href="{cite}"' in release

    page = client.get(cite)
    html = page.content.decode()
    assert all(f'<bdi lang="en">{style}</bdi>' in html for style in ("APA", "Chicago", "MLA", "Harvard"))
    assert "note 1 on “\u2068الحجّارون\u2069”" in html
    assert 'name="cite-style"' in html
    csl = client.get(f"/editions/mill-edition/1/cite/csl?note={note}&language=en").json()[0]
    assert (csl["type"], csl["container-title"]) == ("chapter", "The Mill, annotated")
    assert csl["URL"] == f"{SITE}/editions/mill-edition/1/annotations/{note}"
    ris = client.get(f"/editions/mill-edition/1/cite/ris?note={note}").content.decode()
    assert ris.startswith("TY  - CHAP\r\n")
    assert "T2  - " in ris
    assert (
        "@incollection{" in client.get(f"/editions/mill-edition/1/cite/bibtex?note={note}").content.decode()
    )

    passage = client.get("/en/works/mill/?at=0-5").content.decode()
    assert "A passage is marked" in passage
    assert "/en/cite/works/mill/?text=" in passage
    assert client.get("/works/mill/cite/csl?language=en").json()[0]["title"] == "The Tale of the Mill"
    for odd in (
        "/en/cite/works/mill/?at=9-1",
        "/en/cite/works/nothing/",
        f"{cite}x",
        "/works/mill/cite/endnote",
    ):
        assert client.get(odd).status_code == 404, odd


def _links(header: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for href, rel in re.findall(r'<([^>]+)>; rel="([^"]+)"', header):
        found.setdefault(rel, []).append(href)
    return found


def test_pages_name_their_typed_links_and_the_linkset_names_them_all(desk, client):
    ask_release_export(release=desk.edition.releases.get().public_id, form="text", by=None)
    run_job(Job.objects.get(kind="build_release_export").pk)
    links = {}
    for _from_cache in range(2):
        links = _links(client.get(PAGE).headers["Link"])
    assert set(links) == {"cite-as", "type", "author", "license", "describedby", "item", "linkset"}
    assert links["license"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert len(links["item"]) == sum(one.is_quick for one in FORMATS.values())
    for href in [*links["author"], *links["item"], *links["describedby"]]:
        answer = client.get(href.removeprefix(SITE), follow=True)
        assert answer.status_code == 200, href
        if href in links["item"]:
            assert 'rel="collection"' in answer.headers["Link"]

    told = client.get(links["linkset"][0].removeprefix(SITE))
    contexts = {one["anchor"]: one for one in told.json()["linkset"]}
    assert told.headers["Content-Type"] == "application/linkset+json"
    assert [one["href"] for one in contexts[SITE + PAGE]["item"]] == links["item"]
    assert contexts[links["item"][0]]["collection"][1]["href"] == SITE + PAGE
    assert "cite-as" in _links(client.get("/ar/works/mill/").headers["Link"])
    assert client.get("/works/nothing/linkset.json").status_code == 404


def test_who_asked_to_be_erased_is_led_to_from_no_page(client, people, desk):
    Work.objects.filter(pk=desk.work.pk).update(creators=[{"name": str(people["scholar"]), "role": "author"}])
    Erasure.objects.create(account=people["scholar"], asked_by=people["scholar"], due_at=timezone.now())
    bump_epoch()

    for path in ("/en/works/mill/", "/en/editions/mill-edition/1/"):
        header = client.get(path).headers["Link"]
        authors = [part.split(">")[0].strip(" <") for part in header.split(",") if 'rel="author"' in part]
        assert [
            one for one in authors if client.get(urlsplit(one).path, follow=True).status_code != 200
        ] == []


def test_name_of_an_edition_that_was_taken_down_tells_so_while_its_next_release_waits(client, people, desk):
    desk.seal()
    take_down(desk.work, reason=TakedownReason.COURT, by=people["archivist"])
    address = f"/{ark.mint(NAAN, 'edition', desk.edition.public_id)}"

    assert client.get(address).status_code == client.get(f"{address}?info").status_code == 410
