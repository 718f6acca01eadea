"""Releases of what is hard to show: odd titles, many notes on a word, none, only pictures; each is read and taken away."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.utils import timezone

from annotations.actions.change_edition import change_edition
from annotations.models import Edition, Release
from archive.actions.add_image import add_image
from archive.actions.erase_account import erase_account
from archive.actions.make_derivatives import make_derivatives
from archive.actions.take_down import take_down
from archive.enums import Access, ImageState, TakedownReason
from archive.errors import Invalid
from archive.models import Erasure, Figure, Text
from archive.views import shared
from tests.factories_archive import png, send
from tests.factories_editions import RIGHTS, Desk, add_wording, make_desk, make_work, plan
from tests.factories_notes import make_accepted, make_note

pytestmark = pytest.mark.django_db

PUNCTUATED = "\"Mill\" <b>'&amp;'</b> a/b\\c:*?|%20#1;{x}=…\u202eelim\u202c\r\nSet-Cookie: a=b ../../etc"
PAGE = "/en/editions/mill-edition/1/"
REST = ("", "?whole=1", "notes/", "index/", "references/", "timeline/", "map/", "downloads/", "annotations", "spans.json?from=0&to=9")  # fmt: skip
QUICK = ("text", "markdown", "csv", "jsonld", "tei", "iiif")


def _pages(client) -> dict[str, str]:
    """Return every page of the release; each must be there."""
    found = {}
    for rest in REST:
        answer = client.get(f"{PAGE.removeprefix('/en') if rest == 'annotations' else PAGE}{rest}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, (rest, answer.status_code)
        found[rest] = body.decode()
    return found


def _taken_away(client) -> None:
    """Take the release away in each form that is made while one waits; the name is one line, and no path."""
    for form in QUICK:
        answer = client.get(f"/editions/mill-edition/1/download/{form}")
        assert answer.status_code == 200, form
        assert b"".join(answer.streaming_content), form
        name = unquote(re.search(r"filename\*=UTF-8''([^;]+)", answer.headers["Content-Disposition"])[1])
        assert not set('/\\\r\n"<>:|?*') & set(name), name


def _plan(desk: Desk, **fields) -> None:
    desk.edition.refresh_from_db()
    change_edition(
        edition=desk.edition.public_id,
        version=desk.edition.version,
        by=desk.people["editor"],
        plan=plan(**fields),
    )


def test_title_with_every_sign_is_shown_as_it_is_and_breaks_no_header(desk, client):
    _plan(desk, title={"ar": PUNCTUATED, "en": PUNCTUATED})
    desk.release()

    pages = _pages(client)
    title = " ".join(Edition.objects.get(pk=desk.edition.pk).title_en.split())
    assert "<b>" not in re.search(r"<title>(.*?)</title>", pages[""], re.S)[1]
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", pages[""], re.S)[1]
    assert title in " ".join(unescape(re.sub(r"<[^>]+>", "", heading)).split())
    _taken_away(client)
    for form in ("bibtex", "ris", "csl"):
        cited = client.get(f"/editions/mill-edition/1/cite/{form}?language=en")
        assert cited.status_code == 200
        assert "set-cookie" not in {name.lower() for name in cited.headers}
    assert "\nSet-Cookie" not in client.get("/editions/mill-edition/1/cite/ris?language=en").content.decode()


@pytest.mark.parametrize("body", ["\u202e\u2066\u200f", "\u200b \u2069", "\ufeff"])
def test_note_of_nothing_but_signs_of_direction_is_empty(desk, body):
    with pytest.raises(Invalid) as refused:
        make_note(desk.text, "الحجّارون", body=body, by=desk.people["scholar"])

    assert refused.value.params["field"] == "body"


def test_forty_notes_on_one_word_are_all_read_and_numbered(desk, client):
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    notes = [make_accepted(desk.text, "الحور", body=f"حاشية {place}", **by) for place in range(40)]
    desk.release()

    pages = _pages(client)
    for note in notes:
        assert pages[""].count(f'id="note-{note.public_id}"') == 1
        assert f'id="note-{note.public_id}"' in pages["notes/"]
    numbers = dict(
        re.findall(r'<article class="note" id="note-(\w+)".*?<span class="numeric[^>]*>(\d+)<', pages[""])
    )
    assert [int(number) for number in numbers.values()] == list(range(1, len(numbers) + 1)), (
        "each has its own, in order"
    )
    assert {note.public_id for note in notes} <= set(numbers)
    _taken_away(client)


def test_release_without_a_note_is_a_text_to_read(desk, client):
    _plan(desk, rule={"languages": ["fa"]})
    release = desk.release()

    assert not release.notes.exists()
    pages = _pages(client)
    assert "على ضفّة النهر" in pages[""]
    _taken_away(client)


def test_release_of_pictures_alone_is_read(people, client):
    desk = make_desk(people)
    work = make_work("album")
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_wording(text, (("figure", "", None, {"figure": "f1"}), ("figure", "", None, {"figure": "f2"})))
    thin = add_image(
        arrival=send(png(1, 20_000), filename="thin.png", by=people["archivist"]), by=people["archivist"],
        values={"title_ar": "خيط", "title_en": "A thread", "alternative_ar": "خيط", "alternative_en": "A thread",
                "rights_uri": RIGHTS, "access": Access.PUBLIC},
    )  # fmt: skip
    thin = make_derivatives(image_id=thin.pk)
    assert thin.state == ImageState.READY, "one pixel wide and twenty thousand high"
    for key, image in (("f1", desk.image), ("f2", thin)):
        Figure.objects.create(text=text, key=key, image=image)
    Edition.objects.filter(pk=desk.edition.pk).update(work=work, text=text)
    desk.release()

    pages = _pages(client)
    assert pages[""].count("<figure") == 2
    assert "A thread" in pages[""]
    assert Release.objects.get().notes.count() == 0
    _taken_away(client)


def test_work_that_is_withdrawn_takes_every_page_and_file_of_its_edition_along(desk, client, people):
    desk.release()
    _pages(client)
    take_down(desk.work, reason=TakedownReason.COURT, by=people["archivist"])
    shared.forget()

    plain = PAGE.removeprefix("/en")
    addresses = [
        f"{plain if rest == 'annotations' else PAGE}{rest}" for rest in (*REST, "search/?q=الطاحونة")
    ]
    for address in [*addresses, *(f"{plain}download/{form}" for form in QUICK)]:
        answer = client.get(address)
        assert answer.status_code in (404, 410), address
        assert "الحجّارون" not in answer.content.decode(), address
    assert "Mill, annotated" not in client.get("/en/editions/").content.decode()


def test_notes_of_an_account_that_was_erased_stay_under_a_name_that_is_nobodys(desk, client):
    desk.release()
    scholar = desk.people["scholar"]
    name = str(scholar)
    erasure = Erasure.objects.create(account=scholar, asked_by=scholar, due_at=timezone.now())
    assert erase_account(erasure_id=erasure.pk)
    shared.forget()

    for note in desk.notes.values():
        assert f'id="note-{note.public_id}"' in _pages(client)[""]
    _taken_away(client)
    desk.release()
    second = client.get(PAGE.replace("/1/", "/2/")).content.decode()
    assert f'id="note-{desk.notes["masons"].public_id}"' in second
    assert f"<bdi>{name}</bdi>" not in second
