"""Citations in the usual styles, as they are read in English and Arabic."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from annotations.presenters.citation import Citation, direction, in_words
from annotations.presenters.citation_forms import as_bibtex, as_csl, as_ris
from annotations.presenters.citation_styles import styled
from annotations.presenters.cite_block import CiteBlock

RELEASE = Citation(
    key="mill-2", title="The Mill, annotated", language="en", authors=("Salim Haddad",), editors=("Hind Omar", "Rim Said"),
    annotators=("Nour Ali",), number=2, site="House of Books", published_at=datetime(2026, 3, 1, tzinfo=UTC),
    url="https://archive.example/editions/mill/2/", manifest_hash="0" * 64,
)  # fmt: skip
NOTE = replace(RELEASE, kind="note", note=5, quoted="the old bridge", note_author="Nour Ali")
PASSAGE = replace(RELEASE, kind="passage", quoted="the old bridge")
WORK = replace(
    RELEASE, kind="work", work_kind="letter", title="Letters", authors=(), editors=(), annotators=(), number=0,
    published_at=None, date="1871~", url="https://archive.example/works/letters/",
)  # fmt: skip
ARABIC = replace(
    RELEASE,
    title="الطاحونة",
    authors=("سليم حدّاد",),
    editors=("هند عمر",),
    annotators=("نور علي",),
    site="دار الكتب",
)

ENGLISH_WORDS = {
    "apa": (RELEASE, "Salim Haddad. (2026). The Mill, annotated (Hind Omar & Rim Said, Eds.; Nour Ali, Ann.; release 2). "
                     "House of Books. https://archive.example/editions/mill/2/"),
    "chicago": (RELEASE, "Salim Haddad, The Mill, annotated, release 2, ed. Hind Omar and Rim Said, annotated by Nour Ali "
                         "(House of Books, 2026), https://archive.example/editions/mill/2/."),
    "mla": (RELEASE, "Salim Haddad. The Mill, annotated. Edited by Hind Omar and Rim Said, annotated by Nour Ali, release 2, "
                     "House of Books, 2026, https://archive.example/editions/mill/2/."),
    "harvard": (RELEASE, "Salim Haddad (2026) The Mill, annotated. Release 2. Edited by Hind Omar and Rim Said. "
                         "Annotated by Nour Ali. House of Books. Available at: https://archive.example/editions/mill/2/."),
}  # fmt: skip


def _in(code: str, citation: Citation, language: str = "en") -> str:
    with override(language):
        return next(one.text for one in styled(citation) if one.code == code)


@pytest.mark.parametrize("code", list(ENGLISH_WORDS))
def test_release_in_every_style(code):
    citation, words = ENGLISH_WORDS[code]

    assert _in(code, citation) == words


def test_note_is_its_own_authors_and_stands_in_the_edition():
    assert _in("chicago", NOTE) == (
        "Nour Ali, note 5 on “the old bridge”, in The Mill, annotated, release 2, ed. Hind Omar and Rim Said, annotated by "
        "Nour Ali (House of Books, 2026), https://archive.example/editions/mill/2/."
    )
    assert _in("apa", NOTE).startswith(
        "Nour Ali. (2026). Note 5 on “the old bridge”. In Hind Omar & Rim Said (Eds.), The Mill, annotated ("
    )
    assert _in("mla", NOTE).startswith("Nour Ali. Note 5 on “the old bridge”. The Mill, annotated, edited by")
    assert _in("harvard", NOTE).startswith(
        "Nour Ali (2026) note 5 on “the old bridge”, in Hind Omar and Rim Said (Eds.) The Mill, annotated. Release 2."
    )


@pytest.mark.parametrize("code", ["apa", "chicago", "mla", "harvard"])
def test_passage_is_told_in_every_style_and_a_work_without_a_name_begins_with_its_title(code):
    assert "passage “the old bridge”" in _in(code, PASSAGE).lower()
    words = _in(code, WORK)
    assert words.startswith("Letters")
    assert "1871" in words
    assert "release" not in words
    assert ".." not in words
    assert "  " not in words
    assert ", (" not in words
    assert ", ," not in words
    assert "()" not in words


def test_arabic_citation_is_set_as_arabic_is():
    assert _in("apa", ARABIC, "ar") == (
        "سليم حدّاد. (2026). الطاحونة (هند عمر، محرِّر؛ نور علي، محشٍّ؛ الإصدار 2). دار الكتب. https://archive.example/editions/mill/2/"
    )
    assert "في الطاحونة" in _in(
        "chicago", replace(ARABIC, kind="note", note=5, quoted="الجسر", note_author="نور علي"), "ar"
    )
    for code in ("chicago", "mla", "harvard"):
        words = _in(code, ARABIC, "ar")
        assert "," not in words, words
        assert "edited" not in words.lower()
    assert "متاح على: https" in _in("harvard", ARABIC, "ar")


def test_titles_and_addresses_are_told_apart_in_markup_and_nothing_else_is_markup():
    with override("ar"):
        html = next(one.html for one in styled(replace(RELEASE, title="<b>Mill</b>")) if one.code == "mla")

    assert '<cite dir="auto">&lt;b&gt;Mill&lt;/b&gt;</cite>' in html
    assert '<bdi dir="ltr">https://archive.example/editions/mill/2/</bdi>' in html


FSI, PDI = "\u2068", "\u2069"


def test_name_that_is_written_the_other_way_is_set_apart_and_no_other():
    mixed = replace(
        NOTE, note_author="سليم", annotators=("سليم", "Nour Ali"), quoted="الجسر", title="الطاحونة"
    )

    with override("en"):
        words = in_words(mixed)
        chicago = next(one for one in styled(mixed) if one.code == "chicago")

    assert words.startswith(
        f"{FSI}سليم{PDI}, note 5 on “{FSI}الجسر{PDI}”, “{FSI}الطاحونة{PDI}”, edited by Hind Omar, Rim Said, "
        f"annotated by {FSI}سليم{PDI}, Nour Ali, release 2"
    )
    assert chicago.text.startswith(
        f"{FSI}سليم{PDI}, note 5 on “{FSI}الجسر{PDI}”, in {FSI}الطاحونة{PDI}, release 2, ed. Hind"
    )
    assert '<cite dir="auto">الطاحونة</cite>' in chicago.html
    with override("ar"):
        assert f"«{FSI}The Mill, annotated{PDI}»" in in_words(RELEASE)
        assert FSI not in in_words(ARABIC)


@pytest.mark.parametrize(("language", "way"), [("en", "ltr"), ("ar", "rtl")])
def test_citation_runs_as_its_own_words_do_whoever_it_names(language, way):
    with override(language):
        html = render_to_string("annotations/public/_cite.html", {"cite": _block(ARABIC)})

    assert html.count(f'class="cite__text" dir="{way}"') == 1
    assert html.count(f'class="cite__styled" dir="{way}"') == 4


def _block(citation: Citation) -> CiteBlock:
    return CiteBlock(
        citation=citation, words=in_words(citation), direction=direction(), styles=styled(citation), forms=(), coins="",
        meta=(), embed="", url="", report="", ark_url="",
    )  # fmt: skip


@pytest.mark.parametrize("write", [as_bibtex, as_ris, as_csl])
def test_forms_for_machines_have_no_signs_of_direction(write):
    mixed = replace(NOTE, note_author="سليم", annotators=("سليم",), quoted="الجسر", title="الطاحونة")

    with override("en"):
        told = write(mixed)

    assert "سليم" in told
    assert not {FSI, PDI} & set(told)
