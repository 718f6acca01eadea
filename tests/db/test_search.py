"""One box finds a word in every dress, shows it on the vocalised original, and tells nobody of what they may not see."""

from __future__ import annotations

import hashlib

import pytest

from archive.access import ANYBODY, viewer_of
from archive.actions.rebuild_search import rebuild_search
from archive.enums import Access
from archive.models import Text, TextRevision, Work
from archive.search import engine
from archive.search.engine import search
from archive.search.snippets import snippet_of
from archive.search.tokens import parse

pytestmark = pytest.mark.django_db

VOWELLED = "مَرَرْنا بِالكَاسْتِيلُو صباحًا، ثم عدنا إلى السُّوقِ القديم."


def make_work(slug: str, *paragraphs: str, access: str = Access.PUBLIC) -> Work:
    content = "\n".join(paragraphs)
    blocks, at = [], 0
    for paragraph in paragraphs:
        blocks.append(
            {"kind": "paragraph", "start": at, "end": at + len(paragraph), "path": "1", "attrs": {}}
        )
        at += len(paragraph) + 1
    work = Work.objects.create(slug=slug, title_ar=f"عنوان {slug}", title_en=f"Title {slug}", access=access)
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    text.current_revision = TextRevision.objects.create(
        text=text, number=1, language="ar", direction="rtl", content=content, length=len(content),
        sha256=hashlib.sha256(content.encode()).hexdigest(), blocks=blocks, marks=[],
    )  # fmt: skip
    text.save()
    return work


def test_a_name_is_found_behind_its_prefix_and_highlighted_with_its_vowels():
    make_work("a", VOWELLED)
    rebuild_search()

    hit = search("الكاستيلو", ANYBODY).hits[0]

    assert [hit.snippet[start:end] for start, end in hit.spans] == ["بِالكَاسْتِيلُو"]
    assert hit.ways == {"attached": ["بِالكَاسْتِيلُو"]}
    assert hit.url.endswith("#b1")


def test_the_exact_form_comes_first():
    make_work("prefixed", "وصلوا بالسوق إلى الباب")
    make_work("plain", "هذا السوق كبير")
    rebuild_search()

    labels = [hit.snippet for hit in search("السوق", ANYBODY, kind="passage").hits]

    assert labels == ["هذا السوق كبير", "وصلوا بالسوق إلى الباب"]


def test_all_words_must_occur_and_the_last_may_be_unfinished():
    make_work("a", "السوق القديم", "السوق الجديد")
    rebuild_search()

    assert [h.snippet for h in search("السوق القد", ANYBODY, kind="passage").hits] == ["السوق القديم"]


@pytest.mark.parametrize(
    "query", ['"', "AND", "a OR b*", "'; DROP", ":*", "\\", "(", "سوق NOT x", "؟", "", "  "]
)
def test_no_query_can_break_the_engine(query):
    make_work("a", VOWELLED)
    rebuild_search()

    assert search(query, ANYBODY).total >= 0


def test_what_may_not_be_seen_is_neither_found_nor_counted(people):
    make_work("open", "كلمة نادرة هنا")
    make_work("hidden", "كلمة نادرة هناك", access=Access.DRAFT)
    rebuild_search()

    assert search("نادرة", ANYBODY).total == 1
    assert search("نادرة", viewer_of(people["scholar"])).total == 1
    assert search("نادرة", viewer_of(people["archivist"])).total == 2


def test_rebuilding_gives_the_same_table_and_drops_what_is_gone():
    work = make_work("a", "سطر", "آخر")
    rebuild_search()
    first = search("سطر", ANYBODY).total

    rebuild_search()

    assert search("سطر", ANYBODY).total == first == 1
    assert search(work.title_en, ANYBODY).counts == {"work": 1}


def test_number_of_queries_does_not_grow_with_the_results(django_assert_max_num_queries):
    for number in range(30):
        make_work(f"w{number}", "كلمة واحدة")
    rebuild_search()

    with django_assert_max_num_queries(6):
        assert len(search("كلمة", ANYBODY).hits) == 20


def test_snippet_shows_no_markdown_and_keeps_to_the_language_of_the_interface():
    Work.objects.create(
        slug="mill", access=Access.PUBLIC, title_ar="الطاحونة", title_en="The mill",
        description_ar="**الطاحونة** على [النهر](https://example.org/river)، قرب Mill Lane.",
        description_en="The *mill* on the [river](https://example.org/river).",
    )  # fmt: skip
    rebuild_search()

    english = search("mill", ANYBODY, language="en").hits[0]
    arabic = search("mill", ANYBODY, language="ar").hits[0]

    assert english.snippet == "The mill on the river."
    assert [english.snippet[start:end] for start, end in english.spans] == ["mill"]
    assert (english.language, arabic.language) == ("en", "ar")
    assert arabic.snippet == "الطاحونة على النهر، قرب Mill Lane."


@pytest.mark.parametrize(
    ("query", "ways"),
    [
        ("السوق", {"exact": ["السوق"]}),
        ("السُّوقُ", {"folded": ["السوق"]}),
        ("سوق", {"attached": ["السوق"]}),
        ("القدي", {"begun": ["القديم"]}),
    ],
)
def test_a_result_says_how_its_words_matched(query, ways):
    make_work("a", "السوق القديم")
    rebuild_search()

    assert search(query, ANYBODY, kind="passage").hits[0].ways == ways


def test_the_page_tells_the_kind_of_every_result_and_how_it_matched(client):
    make_work("a", "السوق القديم")
    rebuild_search()

    html = client.get("/en/search/?q=سوق").content.decode()

    assert "Passage</span>" in html
    assert "With a prefix or an ending: <bdi>«السوق»</bdi>" in " ".join(html.split())


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("maps", "An old MAP of the canal"),
        ("map", "Two maps of the canal"),
        ("city", "The cities of the north"),
        ("المياه", "وَبِالمِيَاهِ تُسقى البساتين"),
        ("وبالمياه", "المِياهُ قليلة"),
    ],
)
def test_plurals_endings_and_prefixes_are_understood_and_told(asked, written):
    make_work("a", written)
    rebuild_search()

    (hit,) = search(asked, ANYBODY, kind="passage").hits

    assert len(hit.spans) == 1
    [(start, end)] = hit.spans
    assert hit.ways == {"attached": [hit.snippet[start:end]]}
    assert search(asked, ANYBODY, kind="passage").total == 1


def test_an_english_word_as_asked_comes_before_its_other_number():
    make_work("many", "Two maps of the canal")
    make_work("one", "A map of the canal")
    rebuild_search()

    assert search("map", ANYBODY, kind="passage").hits[0].snippet == "A map of the canal"


def test_every_result_shows_what_matched(client, people):
    work = make_work("a", VOWELLED)
    Work.objects.filter(pk=work.pk).update(
        title_ar="نهر حلب", title_en="The river of Aleppo", description_ar="وصف [هنا](https://example.org/hidden)",
    )  # fmt: skip
    rebuild_search()

    named = search("river", ANYBODY, kind="work", language="ar").hits[0]

    assert search("hidden", ANYBODY).total == 0
    evidence = named.label_spans or named.spans or (named.named.spans if named.named else [])
    assert evidence
    arabic = client.get("/ar/search/", {"q": "river"}).content.decode()
    english = client.get("/en/search/", {"q": "river"}).content.decode()
    assert "<mark>river</mark>" in arabic
    assert "<mark>river</mark>" in english


def test_word_at_the_end_of_a_long_stretch_is_still_marked():
    shown = snippet_of(
        "ـ " + "ا" * 40 + " " + "ن" * 170, parse("ن" * 170), is_markdown=False, language="ar", wanted=""
    )

    assert shown.spans


def test_no_kind_of_thing_fills_the_list_by_its_number(monkeypatch):
    monkeypatch.setattr(engine, "CANDIDATES", 4)
    for number in range(6):
        make_work(f"w{number}", "عنوان قديم.", "عنوان جديد.")
    rebuild_search()

    found = search("عنوان", ANYBODY)

    assert found.counts == {"passage": 12, "work": 6}
    assert [hit.kind for hit in found.hits].count("passage") == 2
    assert [hit.kind for hit in found.hits].count("work") == 2
