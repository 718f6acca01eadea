"""What changed since an earlier release, told in the text, at the notes, and from any passage."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.reading import read_snapshot
from annotations.enums import Outcome
from annotations.models import Release
from annotations.values import NoteInput
from archive.enums import Access
from archive.views.shared import forget
from tests.factories_editions import MILL, Desk, add_wording, move_notes, place_notes, structured
from tests.factories_notes import decide_note, make_accepted, submit_note

pytestmark = pytest.mark.django_db
PAGE = "/en/editions/mill-edition/2/"


class _Article(HTMLParser):
    """The text of the article, as a browser has it."""

    text, depth = "", 0

    def handle_starttag(self, tag, attrs):
        if (tag == "article" and dict(attrs).get("id") == "text") or self.depth:
            self.depth += tag == "article"

    def handle_endtag(self, tag):
        self.depth -= bool(self.depth) and tag == "article"

    def handle_data(self, data):
        self.text += data if self.depth else ""


def text_of(html: str) -> str:
    reading = _Article()
    reading.feed(html)
    return reading.text


def without(html: str, query: str) -> str:
    """Return a page without what it repeats of its own address."""
    return html.replace(query, "").replace(quote(query), "")


def correct(desk: Desk) -> None:
    """Change a word, leave one out, add a paragraph and a note; leave a note out."""
    rows = [
        MILL[0],
        ("paragraph", "على ضفّة النهر طاحونةٌ بناها الحجّارون في سنة 1890.", None, {}),
        *MILL[2:4],
        ("paragraph", "يمرّ القادم من السوق بالجسر، ثم يهبط إلى الطاحونة بين أشجار الزيتون.", None, {}),
        *MILL[5:],
        ("paragraph", "وهذا قولٌ جديد.", None, {}),
    ]
    revision = add_wording(desk.text, rows)
    move_notes(desk, revision)
    desk.notes["new"] = make_accepted(
        desk.text, "الزيتون", body="شجر", author=desk.people["scholar"], reviewer=desk.people["reviewer"]
    )
    desk.edition.refresh_from_db()
    desk.edition.excluded.add(desk.notes["year"])


@pytest.fixture
def two(desk) -> Desk:
    """An edition with two releases."""
    desk.release()
    correct(desk)
    desk.release()
    return desk


def page(client, query: str = "?since=1", address: str = PAGE) -> str:
    response = client.get(address + query)
    assert response.status_code == 200
    return response.content.decode()


def test_the_text_shows_where_words_changed_and_stays_what_it_was(client, two):
    plain, told = page(client, ""), page(client)

    assert '<a id="change-1" class="was" href="#was-1" data-change="1" data-was="قديمة"' in told
    assert 'class="was" href="#was-2" data-change="2" data-was="الحور"' in told
    assert '<ins id="change-2" class="change" data-change="2">الزيتون</ins>' in told
    assert '<ins id="change-3" class="change" data-change="3">وهذا قولٌ جديد.</ins>' in told
    content = read_snapshot(Release.objects.get(number=2)).text.content
    assert text_of(told) == text_of(plain) == content
    assert "<ins" not in plain


def test_a_sign_stands_before_a_link_and_never_in_it(client, desk):
    desk.release()
    rows = [*MILL[:4], ("paragraph", MILL[4][1].replace("بين أشجار", "بين"), None, {}), *MILL[5:]]
    start = structured(rows)[0].index("الطاحونة بين")
    link = {"kind": "link", "start": start, "end": start + 16, "attrs": {"href": "https://example.org/"}}
    add_wording(desk.text, rows, [link])
    for note in desk.notes.values():
        desk.edition.excluded.add(note)
    desk.release()

    told = page(client)

    sign = told.index('class="was"')
    assert told.index("</a>", sign) < told.index('<a href="https://example.org/"')


def test_what_stood_there_is_told_below_the_text_with_the_way_to_it(client, two):
    told = page(client)

    line = re.search(r'<li class="item" data-stop="change-2" id="was-2">.*?</li>', told, re.DOTALL)[0]
    assert "<del>الحور</del><ins>الزيتون</ins>" in line
    assert 'href="/en/editions/mill-edition/1/?at=' in line
    assert f'href="{PAGE}?since=1&amp;change=2#change-2"' in line


def test_notes_tell_at_their_cards_how_they_changed(client, two):
    told = page(client)

    new = re.search(rf'id="note-{two.notes["new"].public_id}".*?</article>', told, re.DOTALL)[0]
    kept = re.search(rf'id="note-{two.notes["masons"].public_id}".*?</article>', told, re.DOTALL)[0]
    gone = re.search(rf'id="gone-{two.notes["year"].public_id}".*?</article>', told, re.DOTALL)[0]
    assert "New since release 1" in new
    assert "since release" not in kept
    assert "Left out since release 1" in gone
    assert "وقيل 1891." in gone
    assert "1 note left out" in told
    assert "3 changes in the text" in told


def test_a_note_that_was_rewritten_shows_the_difference_at_its_card(client, desk):
    desk.release()
    note = desk.notes["masons"]
    note = revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=desk.people["scholar"],
        note=NoteInput(body="جاؤوا من **الساحل** <b>.", language="ar", category="group"),
    )  # fmt: skip
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=desk.people["reviewer"])
    desk.release()

    told = page(client)

    card = re.search(rf'id="note-{note.public_id}".*?</article>', told, re.DOTALL)[0]
    assert "Changed since release 1" in card
    assert "الجبل" in card[card.index("<del>") : card.index("</del>")]
    assert "الساحل" in card[card.index("<ins>") : card.index("</ins>")]
    assert "&lt;b&gt;" in card
    assert "1 note changed" in told
    assert "in the text</span>" not in told


def test_the_script_gets_what_changed_with_the_notes(client, two):
    url = f"{PAGE.removeprefix('/en')}"
    answers = [
        client.get(f"/en{url}annotations.json{query}").json() for query in ("", "?since=1", "?since=9")
    ]

    told = [[note["id"] for note in answer["annotations"] if "change_html" in note] for answer in answers]
    assert told == [[], [two.notes["new"].public_id], []]


def test_the_release_chooser_leads_to_what_changed_and_back(client, two):
    assert f'href="{PAGE}?since=1"' in page(client, "")
    assert f'href="{PAGE}"' in page(client)
    assert "?since=" not in page(client, "", "/en/editions/mill-edition/1/")


@pytest.mark.parametrize(
    "query", ["?since=2", "?since=3", "?since=0", "?since=x", "?since=9999999", "?since=-1"]
)
def test_a_release_that_is_not_there_changes_nothing(client, two, query):
    assert without(page(client, query), query) == page(client, "")


def test_a_release_that_is_withdrawn_is_as_one_that_never_was(client, two):
    withdraw_release(release=Release.objects.get(number=1).public_id, reason="خطأ", by=None)
    forget()

    withdrawn = page(client)
    forget()

    assert without(withdrawn, "?since=1") == page(client, "")
    assert "since=1" not in page(client, "")
    assert client.get(f"{PAGE}readings/?at=0-5").content.decode().count('class="section stack reading"') == 0


def test_what_may_not_be_shown_now_is_not_told_as_changed(client, desk):
    desk.release()
    place_notes(desk)
    desk.release()
    assert page(client).count("New since release 1") == 2

    desk.image.access = Access.DRAFT
    desk.image.save()
    forget()
    told = page(client)

    assert "العجلة في الرسم" not in told
    assert told.count("New since release 1") == 1


def test_plain_pages_are_kept_and_the_same_for_everybody(client, two):
    first = client.get(PAGE)
    client.get(f"{PAGE}?since=1")

    with CaptureQueriesContext(connection) as queries:
        again = client.get(PAGE)

    assert again.content == first.content
    assert again["ETag"] == first["ETag"]
    assert len(queries) <= 1


def test_the_comparison_leads_into_both_texts(client, two):
    html = page(client, "", f"{PAGE}compare/1/")

    assert f'href="{PAGE}?since=1&amp;change=1#change-1"' in html
    assert f'href="{PAGE}?since=1&amp;change=3#change-3"' in html
    (start, end) = re.search(
        r'href="[^"]*change-2">[^<]*</a><a href="/en/editions/mill-edition/1/\?at=(\d+)-(\d+)#at-', html
    ).groups()
    assert "الحور" in read_snapshot(Release.objects.get(number=1)).text.content[int(start) : int(end)]


def passage(number: int, words: str) -> str:
    content = read_snapshot(Release.objects.get(number=number)).text.content
    start = content.index(words)
    return f"{start}-{start + len(words)}"


def test_a_passage_tells_how_it_reads_in_the_other_releases(client, two):
    other = page(client, f"?at={passage(2, 'أشجار الزيتون')}", f"{PAGE}readings/")
    same = page(client, f"?at={passage(2, 'حكاية الطاحونة')}", f"{PAGE}readings/")
    new = page(client, f"?at={passage(2, 'وهذا قولٌ جديد.')}", f"{PAGE}readings/")
    earlier = "/en/editions/mill-edition/1/"
    later = page(client, f"?at={passage(1, 'أشجار الحور')}", f"{earlier}readings/")

    assert "أشجار <del>الحور</del><ins>الزيتون</ins>" in other
    assert "New note" in other
    assert f"{earlier}?at={passage(1, 'أشجار الحور')}#at-" in other
    assert "The same words" in same
    assert "<del>" not in same
    assert "These words are not there" in new
    assert "أشجار <del>الحور</del><ins>الزيتون</ins>" in later
    assert "from release 1 to release 2" in later


def test_a_note_tells_how_its_words_read_in_the_other_releases(client, two):
    found = page(client, f"?note={two.notes['new'].public_id}", f"{PAGE}readings/")
    marked = page(client, f"?note={two.notes['new'].public_id}")

    assert "<del>الحور</del><ins>الزيتون</ins>" in found
    assert f'href="{PAGE}readings/?note={two.notes["new"].public_id}"' in marked
    assert 'href="/en/editions/mill-edition/2/readings/?at=' in page(client, "?block=5", f"{PAGE}notes/")


@pytest.mark.parametrize("query", ["", "?at=5-2", "?at=0-99999", "?at=x", "?note=nothing"])
def test_what_names_no_passage_has_no_readings(client, two, query):
    assert client.get(f"{PAGE}readings/{query}").status_code == 404


def test_one_release_alone_offers_no_readings(client, desk):
    desk.release()

    assert "readings" not in page(client, "?at=0-5", "/en/editions/mill-edition/1/")


def test_two_releases_are_compared_once_in_a_process(client, two, monkeypatch):
    page(client)
    forget()
    monkeypatch.setattr("annotations.presenters.compared.changed_runs", None)

    assert 'id="change-1"' in page(client)


def test_many_releases_cost_no_query_more(client, two):
    def asked(address: str) -> int:
        forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    asked(f"{PAGE}?since=1")
    before = asked(f"{PAGE}?since=1")
    for _ in range(3):
        two.edition.refresh_from_db()
        two.edition.title_en += "!"
        two.edition.save()
        two.release()

    assert asked(f"{PAGE}?since=1") <= before
