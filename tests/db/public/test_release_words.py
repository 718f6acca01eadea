"""A release speaks the language of its page: titles of films, roles, commas, citations."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.utils.translation import override

from annotations.presenters.citation import as_text
from annotations.presenters.citation_forms import as_bibtex, as_csl, as_ris
from annotations.presenters.release_context import credits_of
from annotations.presenters.released import citation_of, issue_of
from archive.models import SiteSettings
from archive.presenters.listing import listed
from archive.presenters.roles import ROLES, role_words
from tests.factories_editions import MILL, Desk, add_wording, make_desk
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db
PLAIN = "/editions/mill-edition/1/"
ADDRESS = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


def test_film_whose_words_are_its_address_is_called_by_its_title(people, client):
    bare = make_desk(people, notes=False)
    add_wording(
        bare.text, [(kind, ADDRESS if kind == "video" else words, *more) for kind, words, *more in MILL]
    )
    for words in ("الحجّارون", "سنة 1890"):
        make_accepted(bare.text, words, author=people["scholar"], reviewer=people["reviewer"])
    bare.release()

    for language, title in (("ar", "دوران الرحى"), ("en", "The millstone turns")):
        html = client.get(f"/{language}/editions/mill-edition/1/").content.decode()
        assert f'<span class="video__name" lang="{language}"' in html
        assert f'data-title="{title}"' in html
        assert f' aria-label="{title}"' in html


def test_film_that_the_text_names_keeps_that_name(desk, client):
    desk.release()

    assert "video__name" not in client.get("/en/editions/mill-edition/1/").content.decode()


@pytest.mark.parametrize(
    ("role", "arabic", "english"),
    [
        ("director", "مخرج", "director"), ("Producer", "منتج", "producer"), ("مخرج", "مخرج", "director"),
        ("keeper of the gate", "keeper of the gate", "keeper of the gate"), ("", "", ""),
    ],
)  # fmt: skip
def test_roles_are_in_the_words_of_the_page_whatever_they_were_written_in(role, arabic, english):
    with override("ar"):
        assert role_words(role) == arabic
    with override("en"):
        assert role_words(role) == english


def test_every_role_has_its_own_word_in_both_languages():
    for language in ("ar", "en"):
        with override(language):
            assert len({str(words) for words in ROLES.values()}) == len(ROLES)


def test_name_that_is_arabic_alone_says_so():
    with override("en"):
        first, second = credits_of([{"name": "هند", "role": "annotator"}, {"name": "هند", "name_en": "Hind"}])

    assert first == {"name": "هند", "language": "ar", "role": "annotator"}
    assert second == {"name": "Hind", "language": "en", "role": ""}


def test_lists_are_parted_as_the_page_does():
    with override("ar"):
        assert listed(["one", "two"]) == "one، two"
    with override("en"):
        assert listed(["هند", "سليم"]) == "هند, سليم"


@pytest.mark.parametrize("form", ["bibtex", "ris", "csl"])
def test_citation_is_in_the_language_that_is_asked_for(desk, client, form):
    SiteSettings.objects.update_or_create(
        pk=1, defaults={"name_ar": "دار الكتب", "name_en": "House of Books"}
    )
    desk.release()

    english = client.get(f"{PLAIN}cite/{form}?language=en").content.decode()
    arabic = client.get(f"{PLAIN}cite/{form}?language=ar").content.decode()

    assert "The Mill, annotated" in english
    assert "House of Books" in english
    assert "Hind" in english
    assert "الطاحونة: طبعة محشّاة" in arabic
    assert "دار الكتب" in arabic
    assert client.get(f"{PLAIN}cite/{form}?language=xx").content.decode() == arabic
    assert f"cite/{form}?language=en" in client.get("/en/editions/mill-edition/1/").content.decode()


def test_citation_falls_back_to_the_language_that_there_is(desk):
    issue = issue_of(desk.release())
    arabic = replace(issue.snapshot, title={"ar": "الطاحونة: طبعة محشّاة"})

    with override("en"):
        cited = citation_of(issue, arabic)
        text = as_text(cited)

    assert (cited.title, cited.language) == ("الطاحونة: طبعة محشّاة", "ar")
    assert "language = {ar}" in as_bibtex(cited)
    assert "، " not in text


def test_the_address_in_a_citation_runs_in_its_own_direction(desk, client):
    desk.release()

    page = client.get("/ar/editions/mill-edition/1/").content.decode()

    cited = page.split('<p class="cite__text"')[1].split("</p>")[0]
    assert cited.endswith("/editions/mill-edition/1/</bdi>")
    assert '<bdi dir="ltr">http' in cited


def test_plain_text_of_a_release_holds_no_markup(desk, client):
    desk.release()

    text = b"".join(client.get(f"{PLAIN}download/text").streaming_content).decode()

    assert "جاؤوا من الجبل." in text
    assert "**" not in text


def cited_by(desk: Desk, *, creators: list, credits: list, language: str = "en"):
    issue = issue_of(desk.release())
    work = replace(issue.snapshot.work, creators=tuple(creators))
    with override(language):
        return citation_of(issue, replace(issue.snapshot, work=work, credits=tuple(credits)))


def test_citation_names_who_wrote_the_text_who_edited_it_and_who_annotated_it(desk):
    cited = cited_by(
        desk,
        creators=[{"name": "سليم", "name_en": "Salim", "role": "مؤلف"}, {"name": "Nadia", "role": "photographer"}],
        credits=[{"name": "Hind", "role": "editor"}, {"name": "Omar", "role": "annotator"}, {"name": "Rim", "role": "publisher"}],
    )  # fmt: skip

    with override("en"):
        words = as_text(cited)
    bibtex, ris, csl = as_bibtex(cited), as_ris(cited), json.loads(as_csl(cited))[0]

    assert words.startswith("Salim, “The Mill, annotated”, edited by Hind, annotated by Omar, release 1 (")
    assert "  author = {{Salim}},\n  editor = {{Hind}},\n  annotator = {{Omar}}," in bibtex
    assert "AU  - Salim\r\nED  - Hind\r\nA4  - Omar\r\n" in ris
    assert (csl["author"], csl["editor"], csl["contributor"]) == (
        [{"literal": "Salim"}], [{"literal": "Hind"}], [{"literal": "Omar"}]
    )  # fmt: skip
    assert not {"Nadia", "Rim"} & set(words.replace(",", "").split())


def test_citation_of_a_text_without_a_named_author_gives_that_place_to_nobody(desk):
    cited = cited_by(desk, creators=[{"name": "Nadia", "role": "photographer"}], credits=[])

    assert cited.authors == cited.editors == ()
    assert cited.annotators == tuple(
        person.name for person in issue_of(desk.edition.releases.get()).snapshot.authors
    )
    assert "author =" not in as_bibtex(cited)
