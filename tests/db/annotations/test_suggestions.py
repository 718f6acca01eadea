"""Suggestions: dates and known names that no note has, accepted, changed or dismissed; dismissed stays dismissed."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.access.suggestions import suggestions_in
from annotations.actions.accept_suggestion import Accepted, accept_suggestion
from annotations.actions.dismiss_suggestion import dismiss_suggestion, take_back_dismissal
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.enums import AnnotationStatus, Category, SuggestionKind, TermKind, TermStatus
from annotations.models import Annotation, Dismissal, Term
from annotations.values import Name, TermInput
from archive.access import as_viewer
from archive.errors import NotAllowed, NotVisible
from archive.models import AuditEvent
from archive.models.base import InsertOnlyError
from tests.factories_notes import add_revision, make_note, make_text, place_of

pytestmark = pytest.mark.django_db

WORDS = (
    "أخبار الطاحونة\n"
    "وصل نديم إلى الطاحونة في 17 تموز 2016، وغادر في 3 آب.\n"
    "ثم عاد نديم إلى وادي الريحان سنة 605 هـ كما قيل، ومكث بوادي الريحان."
)


@pytest.fixture
def text(people):
    return make_text(WORDS)


@pytest.fixture
def valley(people):
    names = (Name("ar", "وادي الرياحين"),)
    term = TermInput(
        kind=TermKind.PLACE, label_ar="وادي الريحان", label_en="The valley of basil", names=names
    )
    return propose_term(term=term, by=people["scholar"])


def address(text, **query):
    return f"/en/desk/suggestions/?text={text.public_id}" + "".join(f"&{k}={v}" for k, v in query.items())


def seen(who, text):
    text.refresh_from_db()
    return suggestions_in(as_viewer(who), text)


def said(who, text):
    return [(one.exact, *one.proposals) for one in seen(who, text)]


def names(page):
    return re.findall(r'name="suggestion" value="([^"]+)"', page)


DATES = [("17 تموز 2016", "2016-07-17"), ("3 آب", "2016-08-03"), ("سنة 605 هـ", "1208/1209")]


def test_dates_are_suggested_where_they_stand(people, text):
    found = seen(people["scholar"], text)

    assert [(one.exact, *one.proposals) for one in found] == DATES
    for one in found:
        assert text.current_revision.content[one.start : one.end] == one.exact


def test_a_heading_ends_what_a_year_is_good_for(people):
    text = make_text("أخبار سنة 2016م\nوصل في 3 آب.", slug="news")
    revision = text.current_revision
    assert [one.proposals for one in seen(people["scholar"], text)] == [("2016",), ("2016-08-03",)]

    blocks = [{**block, "kind": "heading"} for block in revision.blocks]
    from archive.models import TextRevision

    other = make_text("خبر", slug="other")
    again = TextRevision.objects.create(
        text=other, number=2, language="ar", direction="rtl", content=revision.content,
        length=revision.length, sha256=revision.sha256, blocks=blocks, marks=[],
    )  # fmt: skip
    other.current_revision = again
    other.save()
    assert [one.proposals for one in seen(people["scholar"], other)] == [("2016",), ("XXXX-08-03",)]


def test_names_are_suggested_by_variants_and_behind_prefixes(people, text, valley):
    add_revision(text, WORDS + "\nويقال له وادي الرياحين.")

    found = [one for one in seen(people["scholar"], text) if one.kind == SuggestionKind.NAME]

    assert [one.exact for one in found] == ["وادي الريحان", "بوادي الريحان", "وادي الرياحين"]
    assert {tuple(one.proposals) for one in found} == {(valley.public_id,)}


def test_a_name_of_several_terms_is_suggested_with_all_of_them_and_one_is_chosen(
    scholar, people, text, valley
):
    person = propose_term(term=TermInput(kind=TermKind.PERSON, label_ar="وادي الريحان"), by=people["scholar"])
    page = scholar.get(address(text, kind="name")).content.decode()

    assert "choose who or what is meant" in page
    scholar.post(address(text), {"suggestion": names(page)[0], "accept": person.public_id})

    note = Annotation.objects.get()
    assert note.newest_version.category == Category.PERSON
    assert [tag.term for tag in note.newest_version.version_tags.all()] == [person]


def test_an_ambiguous_name_is_never_accepted_without_a_choice(scholar, people, text, valley):
    propose_term(term=TermInput(kind=TermKind.PERSON, label_ar="وادي الريحان"), by=people["scholar"])
    page = scholar.get(address(text, kind="name")).content.decode()

    scholar.post(address(text), {"suggestion": names(page)[0], "accept": "1"})

    assert not Annotation.objects.exists()


def test_short_and_common_words_concepts_and_merged_terms_are_not_suggested(people, text):
    for kind, label in ((TermKind.PERSON, "في"), (TermKind.PERSON, "ثم"), (TermKind.CONCEPT, "نديم")):
        propose_term(term=TermInput(kind=kind, label_ar=label), by=people["scholar"])
    gone = propose_term(term=TermInput(kind=TermKind.PERSON, label_ar="نديم"), by=people["scholar"])
    Term.objects.filter(pk=gone.pk).update(
        merged_into=propose_term(term=TermInput(kind=TermKind.PERSON, label_ar="آخر"), by=people["scholar"])
    )

    assert said(people["scholar"], text) == DATES


def test_what_a_visible_note_tags_already_is_not_suggested(people, text, valley):
    make_note(text, "وادي الريحان", by=people["scholar"], tags=(valley.public_id,))

    assert [one.exact for one in seen(people["scholar"], text) if one.kind == SuggestionKind.NAME] == [
        "بوادي الريحان"
    ]
    # Others do not see the draft, and are told nothing of it.
    assert sum(one.kind == SuggestionKind.NAME for one in seen(people["reviewer"], text)) == 2


def test_an_accepted_date_is_a_draft_with_a_term_in_both_languages(scholar, people, text):
    page = scholar.get(address(text)).content.decode()

    for _twice in range(2):
        scholar.post(address(text), {"suggestion": names(page)[0], "accept": "1", "key": "k"})

    note = Annotation.objects.get()
    term = Term.objects.get(kind=TermKind.DATE)
    assert (note.status, note.author, note.newest_version.category) == (
        AnnotationStatus.DRAFT, people["scholar"], Category.DATE,
    )  # fmt: skip
    assert (term.date_edtf, term.status, term.label_en) == ("2016-07-17", TermStatus.PROPOSED, "17 July 2016")
    assert "2016" in term.label_ar
    assert term.label_ar != term.label_en
    assert [tag.term for tag in note.newest_version.version_tags.all()] == [term]
    assert said(people["scholar"], text) == DATES[1:]
    assert AuditEvent.objects.filter(action="suggestion.accepted").count() == 1


def test_a_date_of_the_vocabulary_is_used_again_and_a_hijri_one_keeps_its_words(people, text):
    place, date = place_of(text, "سنة 605 هـ"), Accepted(edtf="1208/1209", said="سنة 605 هـ")
    other = place_of(text, "2016")

    accept_suggestion(place=place, accepted=date, language="ar", by=people["scholar"])
    accept_suggestion(place=other, accepted=Accepted(edtf="1208/1209"), language="ar", by=people["scholar"])

    term = Term.objects.get(kind=TermKind.DATE)
    assert "سنة 605 هـ" in term.names.values_list("name", flat=True)


def test_a_changed_suggestion_is_accepted_as_it_was_changed(scholar, people, text):
    page = scholar.get(address(text, change=1)).content.decode()
    assert 'value="2016-07-17"' in page
    send = {"suggestion": names(page)[0], "change": "1", "body": "على الأرجح."}

    wrong = scholar.post(address(text), {**send, "edtf": "the 17th"}).content.decode()
    assert "the 17th" in wrong
    assert not Annotation.objects.exists()
    assert not Term.objects.exists()

    scholar.post(address(text), {**send, "edtf": "2016-07-17~"})
    assert Term.objects.get().date_edtf == "2016-07-17~"
    assert Annotation.objects.get().newest_version.body == "على الأرجح."


def test_a_name_is_changed_to_another_term(scholar, people, text, valley):
    other = propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="وادٍ آخر"), by=people["scholar"])
    name = names(scholar.get(address(text, kind="name")).content.decode())[0]

    unknown = scholar.post(
        address(text), {"suggestion": name, "change": "1", "term": "nobody"}
    ).content.decode()
    assert "No term has this name" in unknown
    scholar.post(address(text), {"suggestion": name, "change": "1", "term": "واد آخر"})

    assert [tag.term for tag in Annotation.objects.get().newest_version.version_tags.all()] == [other]


def test_dismissed_stays_dismissed_for_everybody_in_every_later_wording(scholar, people, text, valley):
    page = scholar.get(address(text)).content.decode()
    for name in names(page)[:1] + [name for name in names(page) if name.startswith("name.")][:1]:
        scholar.post(address(text), {"suggestion": name, "dismiss": "1"})

    add_revision(text, "مقدمة جديدة قبل كل شيء.\n" + WORDS)

    for who in ("scholar", "reviewer"):
        assert said(people[who], text) == DATES[1:]
    other = make_text(WORDS, slug="other")
    assert len(said(people["scholar"], other)) == 5


def test_a_dismissal_is_recorded_once_and_can_be_taken_back(scholar, people, text):
    page = scholar.get(address(text)).content.decode()
    for _twice in range(2):
        scholar.post(address(text), {"suggestion": names(page)[0], "dismiss": "1"})
    row = Dismissal.objects.get()
    assert "Suggest it again" in scholar.get(address(text)).content.decode()

    scholar.post(address(text), {"take_back": row.public_id})

    assert said(people["scholar"], text) == DATES
    assert list(AuditEvent.objects.filter(action__startswith="suggestion.").values_list("action", flat=True)) == [
        "suggestion.dismissed", "suggestion.dismissal_taken_back",
    ]  # fmt: skip
    with pytest.raises(NotVisible):
        take_back_dismissal(dismissal=row.public_id, by=people["scholar"])
    with pytest.raises(InsertOnlyError):
        row.delete()
    # And dismissed anew.
    scholar.post(address(text), {"suggestion": names(page)[0], "dismiss": "1"})
    assert said(people["scholar"], text) == DATES[1:]


def test_only_who_writes_notes_and_may_read_the_whole_text_dismisses(people, text):
    given = {
        "text": text.public_id,
        "kind": SuggestionKind.DATE,
        "words": "3 اب",
        "proposals": ["2016-08-03"],
    }
    with pytest.raises(NotAllowed):
        dismiss_suggestion(**given, by=people["member"])
    text.work.access = "draft"
    text.work.save()
    with pytest.raises(NotVisible):
        dismiss_suggestion(**given, by=people["scholar"])


def test_the_page_is_for_who_writes_notes_in_texts_they_may_read(client, people, text):
    client.force_login(people["member"])
    assert client.get(address(text)).status_code == 403
    text.work.access = "draft"
    text.work.save()
    client.force_login(people["scholar"])
    assert client.get(address(text)).status_code == 404


def test_keys_belong_to_the_current_suggestion_and_move_it(scholar, text):
    first = scholar.get(address(text)).content.decode()
    at = seen_start = re.search(r'at=(\d+)#current" data-key="j"', first)[1]
    second = scholar.get(address(text, at=at)).content.decode()

    for page in (first, second):
        for key in "acd":
            assert page.count(f'data-key="{key}"') == 1
    assert 'data-key="k"' not in first
    assert 'data-key="k"' in second
    assert second.index('id="current"') > second.index("17 July 2016")
    assert seen_start.isdigit()


def test_queries_do_not_grow_with_what_is_suggested(scholar, people, valley):
    few, many = (
        make_text(WORDS, slug="few"),
        make_text(WORDS + "\nفي 5 أيار 1999 بوادي الريحان." * 100, slug="many"),
    )
    counts = []
    for text in (few, many):
        scholar.get(address(text))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = scholar.get(address(text)).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(names(page)) == 30


def test_a_suggestion_of_an_earlier_wording_is_not_accepted(scholar, people, text):
    name = names(scholar.get(address(text)).content.decode())[0]
    add_revision(text, "مقدمة.\n" + WORDS)

    page = scholar.post(address(text), {"suggestion": name, "accept": "1"}, follow=True).content.decode()

    assert "suggested no more" in page
    assert not Annotation.objects.exists()


def test_the_workbench_leads_who_writes_notes_to_the_suggestions(scholar, people, text):
    def page():
        return scholar.get(f"/en/workbench/{text.public_id}/").content.decode()

    assert f"/en/desk/suggestions/?text={text.public_id}" in page()
    scholar.force_login(people["archivist"])
    assert "suggest" not in page()


def test_the_workbench_is_told_where_to_mark_suggestions(scholar, people, text, valley):
    answer = scholar.get(f"/workbench/texts/{text.public_id}/suggested.json").json()

    content = text.current_revision.content
    assert answer["revision"] == 1
    assert [content[start:end] for start, end in answer["places"]] == [
        "17 تموز 2016", "3 آب", "وادي الريحان", "سنة 605 هـ", "بوادي الريحان",
    ]  # fmt: skip
    scholar.force_login(people["member"])
    assert scholar.get(f"/workbench/texts/{text.public_id}/suggested.json").status_code == 403


def test_a_dismissal_holds_of_the_term_that_it_was_merged_into(people, text, valley):
    by = people["reviewer"]
    basil = TermInput(kind=TermKind.PLACE, label_ar="الريحانية", label_en="Basil")
    stays = propose_term(term=basil, establish=True, by=by)
    found = next(one for one in seen(by, text) if one.kind == SuggestionKind.NAME)
    dismiss_suggestion(
        text=text.public_id, kind=found.kind, words=found.words, proposals=found.proposals, by=by
    )

    merge_term(term=valley.public_id, version=valley.version, into=stays.public_id, by=by)

    assert said(by, text) == DATES


def pressed(who, text, **body):
    return who.post(
        f"/workbench/texts/{text.public_id}/suggested.json", body, content_type="application/json"
    )


def test_a_press_in_the_text_shows_what_is_suggested_there_alone(scholar, people, text):
    first, second, _third = seen(people["scholar"], text)
    door = f"/workbench/texts/{text.public_id}/suggested.json"

    cards = scholar.get(f"{door}?at={second.start}").json()["cards"]
    nothing = scholar.get(f"{door}?at={first.end}").json()["cards"]

    assert re.findall(r'data-suggestion="([^"]+)"', cards) == [second.name]
    assert "2016-08-03" in cards
    assert 'data-act="dismiss"' in cards
    assert not nothing.strip()
    assert scholar.get(f"{door}?at=x").status_code == 422


def test_what_is_pressed_is_accepted_once_or_dismissed(scholar, people, text):
    first, second, _third = seen(people["scholar"], text)

    made = [pressed(scholar, text, suggestion=first.name, act="accept", key="k") for _press in range(2)]
    gone = pressed(scholar, text, suggestion=second.name, act="dismiss")

    assert "مسوّدة" in made[0].json()["said"]
    assert made[1].status_code == 409
    assert made[1].json()["detail"]
    assert gone.status_code == 200
    assert Annotation.objects.get().author == people["scholar"]
    assert [one.exact for one in seen(people["scholar"], text)] == ["سنة 605 هـ"]


def test_a_name_of_several_terms_is_not_taken_without_a_choice(scholar, people, text, valley):
    propose_term(
        term=TermInput(kind=TermKind.GROUP, label_ar="وادي الريحان", label_en="The band"),
        by=people["scholar"],
    )
    name = next(one for one in seen(people["scholar"], text) if len(one.terms) > 1)

    refused = pressed(scholar, text, suggestion=name.name, act="accept")
    taken = pressed(scholar, text, suggestion=name.name, act="accept", term=valley.public_id)

    assert refused.status_code == 422
    assert taken.status_code == 200


@pytest.mark.parametrize("act", ["frobnicate", "", None])
def test_an_act_that_is_none_does_nothing(scholar, people, text, act):
    (first, *_rest) = seen(people["scholar"], text)

    assert pressed(scholar, text, suggestion=first.name, act=act).status_code == 422
    assert not Annotation.objects.exists()


def test_members_press_nothing(client, people, text):
    (first, *_rest) = seen(people["scholar"], text)
    client.force_login(people["member"])

    assert pressed(client, text, suggestion=first.name, act="accept").status_code == 403
    assert not Annotation.objects.exists()
