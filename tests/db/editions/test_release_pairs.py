"""A release read beside the release of its translation: only where the very wordings of both were paired."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.actions.compose_edition import compose_edition
from annotations.actions.withdraw_release import withdraw_release
from annotations.editions.paired_texts import bonds_of, rows_between
from annotations.editions.reading import read_snapshot
from annotations.models import Release
from archive.enums import Access
from archive.models import Text
from archive.views.shared import forget
from tests.factories_editions import add_wording, plan
from tests.factories_notes import make_accepted
from tests.factories_pairs import ARABIC, ENGLISH, ROWS, Pair, make_pair
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db
PAGE = "/en/editions/{}/1/"
UNPAIRED = "no two releases have the wordings that are paired"


@pytest.fixture
def pair(people) -> Pair:
    return make_pair(people)


def page(client, query: str = "", slug: str = "bridge-ar") -> str:
    response = client.get(PAGE.format(slug) + query)
    assert response.status_code == 200
    return response.content.decode()


def beside(release: Release) -> str:
    return f"?beside={release.public_id}"


def test_both_are_read_side_by_side_each_with_its_notes_language_and_direction(client, pair):
    _arabic, english = pair.release()

    html = page(client, beside(english))

    assert html.index("حجرٍ أبيض") < html.index("white stone")
    second = re.search(r'id="row-2">.*?id="row-3">', html, re.DOTALL)[0]
    assert '<div class="article" lang="ar" dir="rtl"><p id="b2"' in second
    assert '<div class="article" lang="en" dir="ltr"><p id="t2"' in second
    assert f'id="note-{pair.arabic.note.public_id}"' in second
    assert f'id="note-{pair.english.note.public_id}"' in second
    assert f'data-note="{pair.english.note.public_id}"' in second
    third = html[html.index('id="row-3">') :]
    assert 'id="t3"' in third
    assert 'id="t4"' in third


def test_each_release_offers_the_other_and_the_way_back(client, pair):
    arabic, english = pair.release()

    assert f'href="{PAGE.format("bridge-ar")}{beside(english)}"' in page(client)
    assert f'href="{PAGE.format("bridge-en")}{beside(arabic)}"' in page(client, slug="bridge-en")
    shown = page(client, beside(arabic), "bridge-en")
    assert f'href="{PAGE.format("bridge-en")}" aria-current="true" data-beside="off"' in shown
    assert shown.index("white stone") < shown.index("حجرٍ أبيض")


def test_an_alignment_that_is_not_approved_pairs_nothing(client, pair):
    _arabic, english = pair.release()
    pair.pair([[3, 4, 0]], approved=False)
    forget()

    assert "data-pairs" not in page(client, beside(english))
    assert "beside=" not in page(client)
    assert UNPAIRED not in page(client)


def test_a_correction_of_the_rows_is_followed_at_once(client, pair):
    _arabic, english = pair.release()
    assert page(client, beside(english)).count('class="pair"') == 3

    pair.pair([[1, 1, 0], [2, 3, 1]])
    forget()

    html = page(client, beside(english))
    assert html.count('<div class="pair" id') == 1
    assert "whether they still belong together is to be checked" in html


def test_wordings_that_were_paired_but_not_released_are_said_plainly(client, pair):
    pair.arabic.release()

    html = page(client)

    assert UNPAIRED in html
    assert 'href="/en/works/bridge/"' in html
    assert "beside=" not in html


def test_a_release_of_another_wording_is_not_put_beside(client, pair, people):
    pair.arabic.release()
    add_wording(pair.english.text, [*ENGLISH[:3], ("paragraph", "and then crosses over.", None, {})])
    pair.english.edition.excluded.add(pair.english.note)
    english = pair.english.release()

    assert "data-pairs" not in page(client, beside(english))
    assert UNPAIRED in page(client)


def test_the_newest_release_that_has_the_paired_wording_is_shown_and_a_newer_one_told(client, pair):
    _arabic, english = pair.release()
    add_wording(pair.english.text, [*ENGLISH[:3], ("paragraph", "and then crosses over.", None, {})])
    pair.english.edition.excluded.add(pair.english.note)
    newer = pair.english.release()
    forget()

    assert "Release 2 of it is newer" in page(client, beside(english))
    assert "data-pairs" not in page(client, beside(newer))


@pytest.mark.parametrize("how", ["withdrawn", "draft", "unknown"])
def test_what_may_not_be_read_is_not_offered_and_changes_nothing(client, pair, how):
    _arabic, english = pair.release()
    if how == "withdrawn":
        withdraw_release(release=english.public_id, reason="خطأ", by=None)
    elif how == "draft":
        pair.work.access = Access.DRAFT
        pair.work.save()
        forget()
        assert client.get(PAGE.format("bridge-ar") + beside(english)).status_code == 404
        return
    query = "?beside=xxxxxxxxxxxxxxxx" if how == "unknown" else beside(english)
    forget()

    asked = page(client, query).replace(query, "").replace(quote(query), "")
    forget()

    assert "data-pairs" not in asked
    assert asked == page(client)


def test_a_translation_whose_text_was_declared_otherwise_since_is_not_paired(client, pair):
    _arabic, english = pair.release()
    Text.objects.filter(pk=pair.english.text.pk).update(translation_of=None)
    forget()

    assert "data-pairs" not in page(client, beside(english))


def test_a_section_that_is_kept_back_since_takes_the_translation_away(client, pair, people):
    _arabic, english = pair.release()
    keep(Text.objects.get(pk=pair.english.text.pk), "and then crosses.", by=people["archivist"])
    forget()

    html = page(client, beside(english))

    assert "data-pairs" not in html
    assert "beside=" not in page(client)
    assert "white stone" not in html
    assert UNPAIRED not in html


def test_a_note_leads_to_its_row_in_either_column(client, pair, people):
    rows = [("paragraph", f"الفقرة {n}.", None, {}) for n in range(90)]
    other = [("paragraph", f"Paragraph {n}.", None, {}) for n in range(90)]
    add_wording(pair.arabic.text, [*ARABIC, *rows])
    add_wording(pair.english.text, [*ENGLISH, *other])
    for side in (pair.arabic, pair.english):
        side.text.refresh_from_db()
        side.edition.excluded.add(side.note)
    late = make_accepted(
        pair.english.text,
        "Paragraph 80.",
        author=people["scholar"],
        reviewer=people["reviewer"],
        language="en",
    )
    pair.pair([*ROWS, *[[1, 1, 0]] * 90])
    _arabic, english = pair.release()

    first, found = page(client, beside(english)), page(client, f"{beside(english)}&note={late.public_id}")

    assert "Paragraph 80." not in first
    assert f'id="note-{late.public_id}"' in found
    assert 'aria-current="true"' in found[found.index("Paragraph 79.") : found.index("Paragraph 81.")]
    assert "الفقرة 79." in page(client, f"{beside(english)}&page=3")
    assert page(client, f"{beside(english)}&page=999") != first


def test_a_page_of_pairs_asks_no_more_for_more_rows(client, pair):
    def asked() -> int:
        _arabic, english = pair.release()
        forget()
        client.get(PAGE.format("bridge-ar") + beside(english))
        forget()
        with CaptureQueriesContext(connection) as queries:
            page(client, beside(english))
        return len(queries)

    before = asked()
    for side, words in ((pair.arabic, ARABIC), (pair.english, ENGLISH)):
        add_wording(side.text, [*words, *[("paragraph", f"{n} …", None, {}) for n in range(30)]])
        side.edition.excluded.add(side.note)
        side.edition.refresh_from_db()
    pair.pair([*ROWS, *[[1, 1, 0]] * 30])
    arabic, english = pair.arabic.release(), pair.english.release()
    forget()
    address = f"/en/editions/bridge-ar/{arabic.number}/{beside(english)}"
    client.get(address)
    forget()

    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).content.decode().count('class="pair"') == 33

    assert len(queries) <= before


def test_a_part_without_a_translation_stands_alone(client, pair, people):
    further = Text.objects.create(
        work=pair.work, language="ar", direction="rtl", order=2, title_ar="الباب الثاني"
    )
    add_wording(further, [("paragraph", "أمّا الطاحونة فعلى النهر.", None, {})])
    texts = [pair.arabic.text.public_id, further.public_id]
    whole = compose_edition(text=texts[0], plan=plan(slug="bridge-both", parts=texts), by=people["editor"])
    pair.arabic.edition = whole
    arabic, english = pair.release()

    here, there = read_snapshot(arabic), read_snapshot(english)
    rows = rows_between(here, there, bonds_of(here)[0])
    html = page(client, beside(english), "bridge-both")

    words = [
        (
            [here.text.content[b["start"] : b["end"]] for b in here.text.blocks[slice(*row.left)]],
            [there.text.content[b["start"] : b["end"]] for b in there.text.blocks[slice(*row.right)]],
        )
        for row in rows
    ]
    assert (["بُني الجسر من حجرٍ أبيض."], ["The bridge was built of white stone."]) in words
    assert (["أمّا الطاحونة فعلى النهر."], []) in words
    assert [block for left, _right in words for block in left] == [
        here.text.content[b["start"] : b["end"]] for b in here.text.blocks
    ]
    assert "أمّا الطاحونة" in html
