"""Find the others: where else some words stand, one note on those that are ticked, and the step taken back."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.others import Scope, Sought, find_others, texts_in
from annotations.actions._many import MOST
from annotations.actions.propose_term import propose_term
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.spread_note import spread_note, undo_spread
from annotations.enums import AnnotationStatus, Category, TermKind
from annotations.models import Annotation, Spread
from annotations.values import NoteInput, TermInput
from archive.access import as_viewer
from archive.actions.index_entry import index_entry
from archive.errors import Invalid, NotVisible, Stale
from archive.models import AuditEvent
from tests.factories_notes import add_revision, make_note, make_text, place_of

pytestmark = pytest.mark.django_db

WORDS = (
    "الطريق إلى الطاحونة\n"
    "بنوا الجسر قرب الطاحونة، وبالطاحونة رحى واحدة.\n"
    "ولا طاحونةَ غيرها، ثم صارت للطاحونة ساقية."
)


def indexed(text):
    index_entry(kind="passage", object_id=text.pk)
    return text


@pytest.fixture
def text(people):
    return indexed(make_text(WORDS))


@pytest.fixture
def other(people):
    """A text of another work."""
    return indexed(make_text("خبر\nعند الطاحونة القديمة.", slug="other"))


def seen(who, *names, texts=None, **sought):
    found = find_others(as_viewer(who), Sought(names, **sought), texts)
    return [one.exact for _text, rows in found.by_text for one in rows]


def ticks(page):
    return re.findall(r'name="place" value="([^"]+)"( checked)?', page)


def test_words_are_found_in_every_dress_and_their_places_are_exact(people, text, other):
    found = find_others(as_viewer(people["scholar"]), Sought(("الطاحونة",)), None)

    assert seen(people["scholar"], "الطاحونة") == [
        "الطاحونة", "الطاحونة", "وبالطاحونة", "طاحونةَ", "للطاحونة", "الطاحونة",
    ]  # fmt: skip
    for place, rows in found.by_text:
        for one in rows:
            assert place.current_revision.content[one.start : one.end] == one.exact


def test_scope_narrows_to_the_text_the_work_or_the_shelf(people, text, other):
    viewer = as_viewer(people["scholar"])

    def many(scope):
        return len(seen(people["scholar"], "الطاحونة", texts=texts_in(scope, other, viewer)))

    assert [many(scope) for scope in (Scope.TEXT, Scope.WORK, Scope.COLLECTION, Scope.ARCHIVE)] == [
        1,
        1,
        1,
        6,
    ]


def test_texts_that_one_may_not_read_are_not_searched(people, text, other):
    other.work.access = "draft"
    other.work.save()

    assert len(seen(people["scholar"], "الطاحونة")) == 5
    assert len(seen(people["archivist"], "الطاحونة")) == 6


def test_what_the_passages_are_tagged_with_is_told_and_not_ticked(scholar, people, text, mill):
    make_note(text, "الطاحونة", by=people["scholar"], tags=(mill.public_id,))
    elsewhere = propose_term(term=TermInput(kind=TermKind.CONCEPT, label_ar="رحى"), by=people["scholar"])
    make_note(text, "وبالطاحونة", by=people["scholar"], tags=(elsewhere.public_id,))

    page = scholar.get(reverse("others"), {"term": mill.public_id}).content.decode()

    assert len(ticks(page)) == 5
    assert sum(bool(ticked) for _name, ticked in ticks(page)) == 3
    answer = scholar.get("/en/desk/others/", {"term": mill.public_id}).content.decode()
    assert "Has it already" in answer
    assert "Tagged here: رحى" in answer


def test_words_that_name_another_term_too_are_warned_of(scholar, people, text, mill):
    propose_term(term=TermInput(kind=TermKind.GROUP, label_ar="الطاحونة"), by=people["scholar"])

    page = scholar.get("/en/desk/others/", {"term": mill.public_id}).content.decode()

    assert "These words are also a name of:" in page


def test_ticked_passages_get_the_note_as_one_step_that_can_be_taken_back(scholar, people, text, mill):
    address = f"/en/desk/others/?term={mill.public_id}"
    names = [name for name, _ticked in ticks(scholar.get(address).content.decode())]
    said = {"act": "put", "term": "The mill", "category": "place", "language": "ar", "key": "k1"}

    for _twice in range(2):
        answer = scholar.post(address, {**said, "place": names[1:4]}, follow=True)

    page = answer.content.decode()
    assert Annotation.objects.count() == 3
    assert Spread.objects.count() == 1
    assert "3 drafts were written" in page
    for note in Annotation.objects.select_related("newest_version"):
        assert (note.status, note.author, note.newest_version.category) == (
            AnnotationStatus.DRAFT, people["scholar"], Category.PLACE,
        )  # fmt: skip
        assert [tag.term for tag in note.newest_version.version_tags.all()] == [mill]
    assert sum("Has it already" in part for part in page.split("<li>")) == 3
    undone = scholar.post(address, {"act": "undo", "spread": Spread.objects.get().public_id}, follow=True)
    assert "3 notes were taken back" in undone.content.decode()
    assert set(Annotation.objects.values_list("status", flat=True)) == {AnnotationStatus.WITHDRAWN}


def test_what_was_changed_since_stays_when_the_step_is_taken_back(people, text):
    places = [place_of(text, words) for words in ("الطاحونة", "للطاحونة")]
    spread = spread_note(places=places, note=NoteInput(body="مثلها"), words="الطاحونة", by=people["scholar"])
    changed = Annotation.objects.order_by("pk").first()
    revise_annotation(
        annotation=changed.public_id, version_id=changed.newest_version.public_id,
        note=NoteInput(body="غيرها"), by=people["scholar"],
    )  # fmt: skip

    done = undo_spread(spread=spread.public_id, by=people["scholar"])

    assert (done.undone, done.kept) == (1, 1)
    changed.refresh_from_db()
    assert changed.status == AnnotationStatus.DRAFT
    acts = AuditEvent.objects.filter(action__startswith="note.spread").values_list("action", flat=True)
    assert list(acts) == ["note.spread", "note.spread_undone"]


def test_all_or_nothing_when_the_text_was_corrected_meanwhile(scholar, people, text, mill):
    address = f"/en/desk/others/?term={mill.public_id}"
    names = [name for name, _ticked in ticks(scholar.get(address).content.decode())]
    add_revision(text, WORDS.replace("قرب", "عند"))

    said = {"act": "put", "term": "The mill", "category": "place", "language": "ar", "key": "k2"}
    answer = scholar.post(address, {**said, "place": names})

    assert answer.status_code == 200
    assert "The text was corrected meanwhile" in answer.content.decode()
    assert not Annotation.objects.exists()
    with pytest.raises(Stale):
        spread_note(
            places=[place_of(text, "الجسر"), replace(place_of(text, "رحى"), revision=1)],
            note=NoteInput(body="كلمة"), words="", by=people["scholar"],
        )  # fmt: skip
    assert not Annotation.objects.exists()


def test_no_note_is_put_on_other_words_while_the_index_is_of_an_earlier_wording(scholar, text, mill):
    address = f"/en/desk/others/?term={mill.public_id}"
    add_revision(text, "ثم إن " + WORDS)
    names = [name for name, _ticked in ticks(scholar.get(address).content.decode())]
    said = {"act": "put", "term": "The mill", "category": "place", "language": "ar", "key": "k3"}

    answer = scholar.post(address, {**said, "place": names})

    assert names
    assert answer.status_code == 200
    assert not Annotation.objects.exists()
    indexed(text)
    names = [name for name, _ticked in ticks(scholar.get(address).content.decode())]
    scholar.post(address, {**said, "place": names})
    assert Annotation.objects.count() == len(names)


def test_nothing_ticked_too_much_and_unknown_tags_are_told(scholar, people, text, mill):
    address = f"/en/desk/others/?term={mill.public_id}"
    name = ticks(scholar.get(address).content.decode())[0][0]
    said = {"act": "put", "category": "place", "language": "ar"}

    assert (
        "Tick at least one passage." in scholar.post(address, {**said, "term": "The mill"}).content.decode()
    )
    assert (
        "No term has this name"
        in scholar.post(address, {**said, "term": "؟", "place": name}).content.decode()
    )
    assert "Say what is to stand" in scholar.post(address, {**said, "place": name}).content.decode()
    for odd in ("x", "a.b.c.d.e", f"{text.public_id}.1.0.3", "nothing.1.0.3.0", f"{text.public_id}.1.-1.3.0"):
        assert scholar.post(address, {**said, "term": "The mill", "place": odd}).status_code == 200
    assert not Annotation.objects.exists()
    with pytest.raises(Invalid):
        spread_note(
            places=[place_of(text, "الجسر"), *(_letter(text, at) for at in range(MOST))],
            note=NoteInput(body="كلمة"), words="", by=people["scholar"],
        )  # fmt: skip


def _letter(text, at):
    place = place_of(text, "الجسر")
    return type(place)(place.text, place.revision, at, at + 1, text.current_revision.content[at : at + 1])


def test_a_step_is_known_to_who_took_it(scholar, people, text):
    spread = spread_note(
        places=[place_of(text, "الجسر")], note=NoteInput(body="كلمة"), words="الجسر", by=people["editor"]
    )

    with pytest.raises(NotVisible):
        undo_spread(spread=spread.public_id, by=people["scholar"])
    assert "الجسر" not in scholar.get(reverse("others")).content.decode()


def test_a_passage_and_a_note_begin_the_search_too(scholar, people, text, mill):
    content = text.current_revision.content
    start = content.index("الجسر")
    at = {"text": text.public_id, "at": f"{start}-{start + 5}"}
    note = make_note(text, "الطاحونة", by=people["scholar"], body="رحاها حجر", tags=(mill.public_id,))

    passage = scholar.get(reverse("others"), at).content.decode()
    again = scholar.get(reverse("others"), {"note": note.public_id}).content.decode()

    assert len(ticks(passage)) == 1
    assert len(ticks(again)) == 5
    assert "رحاها حجر" in again
    for odd in ({"text": "x"}, {"note": "x"}, {"term": "x"}):
        assert scholar.get(reverse("others"), odd).status_code == 404
    for odd in ({"at": "9999999-3"}, {"words": "؟", "scope": "q"}, {"words": "ا" * 5_000}, {"from": "-1"}):
        assert scholar.get(reverse("others"), {"text": text.public_id} | odd).status_code == 200


def test_readers_without_notes_of_their_own_do_not_come_here(client, people):
    assert client.get(reverse("others")).status_code == 302
    client.force_login(people["member"])
    assert client.get(reverse("others")).status_code == 403


def test_pages_ask_the_database_as_often_for_many_as_for_few(scholar, people, mill):
    counts = []
    for number in range(2):
        for one in range(1 + 5 * number):
            content = "\n".join(f"سطر {n} عند الطاحونة" for n in range(1 + 4 * number))
            found = indexed(make_text(content, slug=f"t{number}-{one}"))
            make_note(found, "الطاحونة", by=people["scholar"], tags=(mill.public_id,))
        with CaptureQueriesContext(connection) as asked:
            page = scholar.get(reverse("others"), {"term": mill.public_id}).content.decode()
        counts.append((len(asked), len(ticks(page))))

    assert counts[0][1] < counts[1][1]
    assert counts[0][0] == counts[1][0]


def test_a_long_list_comes_in_pages_of_whole_passages(scholar, people, mill):
    content = "\n".join(f"سطر {n} عند الطاحونة" for n in range(95))
    indexed(make_text(content, slug="long"))
    address, names = f"/en/desk/others/?term={mill.public_id}", []

    while address:
        page = scholar.get(address).content.decode()
        names += [name for name, _ticked in ticks(page)]
        more = re.search(r'href="(\?[^"]+)" rel="next"', page)
        address = "/en/desk/others/" + more[1].replace("&amp;", "&") if more else ""

    assert len(names) == len(set(names)) == 95


def test_words_that_never_stand_together_are_looked_for_in_steps(scholar, people, monkeypatch):
    monkeypatch.setattr("archive.search.passages.LOOKED", 10)
    content = "\n".join([*(f"رحى ثم طاحونة {n}" for n in range(25)), "طاحونة رحى"])
    indexed(make_text(content, slug="apart"))
    address, pages, names = "/en/desk/others/?words=طاحونة+رحى&scope=archive&spelling=same", 0, []

    while address:
        page = scholar.get(address).content.decode()
        pages, names = pages + 1, names + ticks(page)
        more = re.search(r'href="(\?[^"]+)" rel="next"', page)
        address = "/en/desk/others/" + more[1].replace("&amp;", "&") if more else ""

    assert (pages, len(names)) == (3, 1)
