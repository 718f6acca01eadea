"""Sections of a text are kept from readers: what is left is read, what is kept is nowhere."""

from __future__ import annotations

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from archive.access import ANYBODY, visible_to
from archive.errors import NotAllowed
from archive.models import Text, TextRevision, TextSection
from archive.views import shared
from tests.factories_notes import CONTENT, add_revision, make_text
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def text(db):
    return make_text()


def test_the_page_of_a_work_shows_what_is_left_and_says_what_is_kept(client, text, archivist):
    keep(text, "عبر القادمون", by=archivist)

    page = client.get("/en/works/bridges/").content.decode()

    assert "القادمون" not in page
    assert "كتاب الجسور" in page
    assert "فاض النهر" in page
    assert "This section is kept by the archive and not open to readers." in page
    assert not visible_to(Text, ANYBODY).filter(pk=text.pk).exists()
    assert not visible_to(TextRevision, ANYBODY).filter(text=text).exists()


@pytest.fixture
def desk(client, archivist):
    client.force_login(archivist)
    return client


def test_an_archivist_keeps_a_section_looks_changes_and_gives_it_free(desk, text):
    work = text.work.public_id
    offered = desk.get(f"/en/desk/works/texts/{text.public_id}/keep/").content.decode()
    assert "كتاب الجسور" in offered
    assert "ثم عبر القادمون" in offered

    looked = desk.get(f"/en/desk/works/texts/{text.public_id}/keep/?first=3&last=3").content.decode()
    assert "3 to 3" in looked
    assert "ثم عبر القادمون" in looked

    sent = {
        "first": 3,
        "last": 3,
        "revision": 1,
        "access": "members",
        "reason": "A witness asked.",
        "key": "k",
    }
    answer = desk.post(f"/en/desk/works/texts/{text.public_id}/keep/", sent)
    again = desk.post(f"/en/desk/works/texts/{text.public_id}/keep/", sent)
    section = TextSection.objects.get()
    assert answer.status_code == again.status_code == 302
    page = f"/en/desk/works/sections/{section.public_id}/"
    assert page in answer["Location"]
    assert "A witness asked." in desk.get(page).content.decode()

    changed = {"act": "change", "version": section.version, "access": "draft", "reason": "Fewer."}
    assert desk.post(page, changed).status_code == 302
    stale = desk.post(page, changed)
    assert stale.status_code == 412
    section.refresh_from_db()
    assert section.access == "draft"
    assert "Blocks 3 to 3" in desk.get(f"/en/desk/works/{work}/sections/").content.decode()

    free = {"act": "lift", "lift-version": section.version, "lift-reason": "They agree now."}
    assert desk.post(page, free).status_code == 302
    assert visible_to(Text, ANYBODY).filter(pk=text.pk).exists()
    assert "They agree now." in desk.get(page).content.decode()
    assert desk.post(page, free | {"lift-version": section.version + 1}).status_code == 422


@pytest.mark.parametrize(
    "odd",
    [
        {"first": "0"}, {"first": "3", "last": "2"}, {"last": "99"}, {"first": "x"}, {"access": "public"},
        {"access": "restricted"}, {"reason": " "}, {"access": "nobody"}, {"readers": "nobody@example.org"},
        {"down_because": "mood"}, {"sentence_en": "x" * 501}, {"embargo_until": "0001-01-01T00:00"},
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_words_and_keeps_nothing(desk, text, odd):
    sent = {"first": 3, "last": 3, "revision": 1, "access": "draft", "reason": "r", "key": ""}

    answer = desk.post(f"/en/desk/works/texts/{text.public_id}/keep/", sent | odd)

    assert answer.status_code == 422
    assert not TextSection.objects.exists()


def test_another_wording_meanwhile_keeps_nothing_and_asks_to_choose_again(desk, text):
    add_revision(text, f"{CONTENT}\nسطر.")
    sent = {"first": 3, "last": 3, "revision": 1, "access": "draft", "reason": "r"}

    answer = desk.post(f"/en/desk/works/texts/{text.public_id}/keep/", sent, follow=True)

    assert "Somebody accepted another wording meanwhile" in answer.content.decode()
    assert not TextSection.objects.exists()


def test_only_archivists_keep_sections(client, text, people):
    for role in ("member", "scholar", "reviewer", "editor"):
        client.force_login(people[role])
        assert client.get(f"/en/desk/works/texts/{text.public_id}/keep/").status_code == 403
        with pytest.raises(NotAllowed):
            keep(text, "عبر", by=people[role])


@pytest.mark.parametrize(
    ("values", "readers", "words"),
    [
        ({}, set(), "This section is kept by the archive and not open to readers."),
        ({"access": "members"}, {"member", "scholar", "reviewer"}, "This section is for members with an account."),
        ({"access": "restricted"}, {"member"}, "This section is for people who were named for it."),
        ({"access": "public", "embargo_until": HOUR}, set(), "This section is kept back until"),
        ({"access": "members", "embargo_until": HOUR}, set(), "To them, it opens on"),
        ({"access": "public", "down_because": "court", "sentence_en": "Case 9."}, set(), "An order of a court. Case 9."),
    ],
)  # fmt: skip
def test_each_reads_what_is_theirs_and_is_told_why_the_rest_is_not(
    client, text, people, values, readers, words
):
    values = {k: timezone.now() + v if isinstance(v, datetime.timedelta) else v for k, v in values.items()}
    if values.get("access") == "restricted":
        values["readers"] = [people["member"]]
    keep(text, "عبر القادمون", by=people["archivist"], **values)

    for who in (None, "member", "scholar", "reviewer", "editor", "archivist", "administrator"):
        client.logout()
        if who:
            client.force_login(people[who])
        page = client.get("/en/works/bridges/").content.decode()
        reads = who in readers | {"editor", "archivist", "administrator"}
        assert ("القادمون" in page) is reads, who
        assert (words in page) is not reads, who
        assert client.get(reverse("api-text-current", args=[text.public_id])).status_code == (
            200 if reads else 403
        )


def test_reason_of_a_gap_is_said_in_words_beside_the_text_and_leads_to_its_place(client, text, archivist):
    keep(text, "عبر القادمون", by=archivist, access="members")

    page = client.get("/en/works/bridges/").content.decode()

    (ident,) = re.findall(r'<div id="([^"]+)" class="block kept-back"', page)
    assert f'<a href="#{ident}">This section is for members with an account.</a>' in page
    assert page.index(f'href="#{ident}"') < page.index('<article class="article"')


def test_an_embargo_that_is_over_opens_the_section_without_anybody_doing_anything(client, text, archivist):
    keep(text, "عبر القادمون", by=archivist, access="public", embargo_until=timezone.now() + HOUR)
    TextSection.objects.update(embargo_until=timezone.now() - HOUR)

    assert "القادمون" in client.get("/en/works/bridges/").content.decode()


def test_a_page_that_was_kept_for_everybody_is_not_given_out_any_more(client, text, archivist, monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)
    assert "القادمون" in client.get("/en/works/bridges/").content.decode()

    keep(text, "عبر القادمون", by=archivist)

    answer = client.get("/en/works/bridges/")
    assert "القادمون" not in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_nothing_tells_how_long_the_section_is_nor_asks_for_its_words_by_place(client, text, archivist):
    keep(text, "عبر القادمون", by=archivist)
    at = CONTENT.index("النهر")

    plain = client.get("/en/works/bridges/").content.decode()
    probes = [f"?at={at}-{at + 5}", "?at=80-90&revision=1", "?whole=1", "?section=1", "?marked=1"]

    assert f'id="b4" data-start="{CONTENT.index("ثم عبر")}"' in plain
    assert f'data-length="{len(CONTENT) - len(CONTENT.split(chr(10))[2]) - 1}"' in plain
    for probe in probes:
        page = client.get(f"/en/works/bridges/{probe}").content.decode()
        assert (
            page.split("<article")[1].split("</article>")[0]
            == plain.split("<article")[1].split("</article>")[0]
        )
