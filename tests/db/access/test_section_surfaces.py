"""What shows a text whole leaves it out for those from whom a section of it is kept, and says so where it may."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from annotations.access.my_notes import my_notes_of, own_notes
from annotations.actions.publish import publish
from annotations.actions.save_draft import save_draft
from annotations.actions.seal import seal
from annotations.editions.gather import gather
from annotations.editions.preflight import Severity, preflight
from annotations.enums import Relation
from annotations.errors import PreflightFailed
from annotations.models import Annotation, Release
from annotations.values import ReferenceInput
from archive.access import ANYBODY, looks, viewer_of, visible_to
from archive.access.sections import closed_sections, in_part
from archive.actions.lift_section import lift_section
from archive.actions.rebuild_search import rebuild_search
from archive.actions.take_down import take_down
from archive.enums import Access, TakedownReason
from archive.exports.holding import holding
from archive.exports.members import members
from archive.exports.personal.gather import tables
from archive.models import Text, TextRevision
from archive.search.engine import search
from archive.views import shared
from tests.factories_editions import make_desk
from tests.factories_notes import make_accepted, make_note, make_text, place_of
from tests.factories_sections import keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english_and_anew(monkeypatch):
    monkeypatch.setattr(shared, "EPOCH_SECONDS", -1.0)
    with override("en"):
        yield


@pytest.fixture
def text(db):
    return make_text()


def test_an_author_keeps_their_note_without_the_words_that_it_is_on(text, people):
    note = make_note(text, "عبر القادمون", by=people["scholar"], body="لي")
    keep(text, "عبر القادمون", by=people["archivist"])
    rebuild_search()

    (own,) = own_notes(people["scholar"], my_notes_of(people["scholar"]))

    assert own.note == note
    assert own.sits is None
    assert search("القادمون", viewer_of(people["scholar"])).total == 0


def test_what_an_author_was_typing_has_no_word_of_the_section_any_more(client, text, people):
    scholar, words = people["scholar"], "عبر القادمون"
    place = {"text": text.public_id, "revision": 1, "start": 0, "end": 12, "exact": words}
    reference = {"relation": "cites", "target": dict(place), "label": words, "note": "n"}
    tag = {"value": "x", "label": "Stone"}
    data = {"body": "لي", "locus": place, "references": [reference], "tags": [tag]}
    save_draft(key="new", data=data, text=text.public_id, by=scholar)
    section = keep(text, words, by=people["archivist"])

    client.force_login(scholar)
    answers = [client.get(reverse(name)).content.decode() for name in ("my_notes", "note_drafts")]
    answers.append(client.get(reverse("note_draft", args=["new"])).content.decode())
    (table,) = [one for one in tables(for_owner=True) if one.key.model == "annotations.NoteDraft"]
    answers.append(json.dumps(list(table.rows(scholar, for_owner=True)), default=str, ensure_ascii=False))

    assert not [answer for answer in answers if words in answer or words in unescaped(answer)]
    assert all("لي" in unescaped(answer) for answer in answers)
    assert "Stone" in answers[2]
    lift_section(section_id=section.pk, version=None, reason="r", by=people["archivist"])
    assert client.get(reverse("note_draft", args=["new"])).json()["data"] == data


def unescaped(answer):
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), answer)


def test_nobody_finds_passages_of_the_text_but_those_who_may_read_it_whole(text, people):
    section = keep(text, "عبر القادمون", by=people["archivist"], access="members")
    rebuild_search()

    assert search("القادمون", ANYBODY).total == 0
    assert search("النهر", ANYBODY).counts == {}
    assert search("القادمون", viewer_of(people["member"])).total == 1
    lift_section(section_id=section.pk, version=None, reason="r", by=people["archivist"])
    assert search("القادمون", ANYBODY).total == 1


def test_the_workbench_and_the_api_say_why_they_do_not_show_the_text(client, text, people):
    keep(text, "عبر القادمون", by=people["archivist"])
    client.force_login(people["scholar"])

    bench = client.get(reverse("workbench", args=[text.public_id]))
    words = client.get(reverse("api-text-detail", args=[text.public_id]))
    doors = client.get(reverse("text_doors", args=[text.public_id]))

    assert bench.status_code == 403
    assert "A section of this text is kept from you" in bench.content.decode()
    assert words.status_code == 403
    assert words.json()["code"] == "text_kept_back"
    assert "مقطع منه محجوب عنك" in doors.content.decode()


def test_a_release_that_was_sealed_before_is_not_shown_while_the_section_is_kept(client, people):
    desk = make_desk(people)
    release = desk.release()
    address = reverse("release", args=[desk.edition.slug, 1])
    assert client.get(address).status_code == 200
    section = keep(desk.text, desk.text.current_revision.content[:6], by=people["archivist"])

    page = client.get(address)
    assert page.status_code == 403
    assert "This release is not shown now" in page.content.decode()
    assert client.get(reverse("edition", args=[desk.edition.slug])).status_code == 403
    for form in ("json", "plain", "jsonld"):
        assert client.get(reverse("release_download", args=[desk.edition.slug, 1, form])).status_code in (
            403,
            404,
        )
    assert client.get(reverse("api-release-snapshot", args=[release.public_id])).status_code == 404
    assert not visible_to(Release, people["scholar"]).exists()
    assert visible_to(Release, people["editor"]).exists()
    lift_section(section_id=section.pk, version=None, reason="r", by=people["archivist"])
    assert client.get(address).status_code == 200


def test_nothing_is_sealed_or_published_with_a_section_that_the_public_may_not_read(people):
    desk = make_desk(people)
    sealed = desk.seal()
    keep(desk.text, desk.text.current_revision.content[:6], by=people["archivist"], access="members")

    stops = {f.code for f in preflight(gather(desk.edition)) if f.severity == Severity.STOPS}
    assert stops == {"text_kept_back"}
    desk.edition.refresh_from_db()
    with pytest.raises(PreflightFailed):
        seal(edition=desk.edition.public_id, version=desk.edition.version, by=people["editor"])
    with pytest.raises(PreflightFailed):
        publish(release=sealed.public_id, by=None)


def test_words_of_the_section_that_another_text_leads_to_are_a_gap_in_its_release(client, people, text):
    desk = make_desk(people)
    pointing = ReferenceInput(Relation.CITES, place_of(text, "عبر القادمون"))
    make_accepted(
        desk.text,
        "النهر",
        body="قابل",
        references=(pointing,),
        author=people["scholar"],
        reviewer=people["reviewer"],
    )
    release = desk.release()
    notes = reverse("release_notes", args=[desk.edition.slug, 1])
    assert "عبر القادمون" in client.get(notes).content.decode()
    keep(text, "عبر القادمون", by=people["archivist"])

    page = client.get(notes).content.decode()
    assert "عبر القادمون" not in page
    assert "a place that is not public now" in page
    assert client.get(reverse("api-release-snapshot", args=[release.public_id])).status_code == 404
    export = b"".join(client.get(reverse("release_download", args=[desk.edition.slug, 1, "jsonld"])))
    assert "عبر القادمون" not in export.decode()


def test_no_package_holds_the_text_not_even_an_archivist_s(text, people):
    keep(text, "عبر القادمون", by=people["archivist"], access=Access.MEMBERS)

    held = holding(text.work, viewer_of(people["archivist"]))

    assert text.pk not in held.ids.texts


@pytest.mark.parametrize("by", ["section", "takedown"])
def test_no_package_quotes_the_text_where_another_leads_to_it(text, people, by):
    desk, words = make_desk(people, notes=False), "عبر القادمون"
    pointing = ReferenceInput(Relation.CITES, place_of(text, words))
    make_accepted(
        desk.text, "الحجّارون", references=(pointing,), author=people["scholar"], reviewer=people["reviewer"]
    )
    archivist = people["archivist"]

    def packed() -> str:
        held = holding(desk.work, viewer_of(archivist))
        return b"".join(part for one in members(held) for part in one.chunks).decode(errors="replace")

    assert words in packed()
    if by == "section":
        keep(text, words, by=archivist, access=Access.MEMBERS)
    else:
        take_down(text.work, reason=TakedownReason.SAFETY, by=archivist)
    assert words not in packed()


def test_borrowed_eyes_read_no_more_than_they_would_and_no_more_than_one_s_own(text, people):
    keep(text, "عبر القادمون", by=people["archivist"], access=Access.MEMBERS)
    staff = viewer_of(people["archivist"])

    assert closed_sections(looks.looking_as("anonymous", staff)).count() == 1
    assert closed_sections(looks.looking_as("member", staff)).count() == 0
    assert closed_sections(looks.looking_as("member", ANYBODY)).count() == 1
    assert visible_to(TextRevision, looks.looking_as("anonymous", staff)).filter(text=text).count() == 0


def test_who_does_not_see_the_work_learns_nothing_of_its_text_in_part(client, people):
    text = make_text(access=Access.DRAFT)
    keep(text, "عبر القادمون", by=people["archivist"])

    assert not in_part(Text.objects.all(), people["scholar"]).exists()
    assert client.get(reverse("api-text-detail", args=[text.public_id])).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_sections(
    client, text, people, django_assert_num_queries
):
    keep(text, "عبر القادمون", by=people["archivist"])
    client.get("/en/works/bridges/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/works/bridges/")
    for words in ("بنى أهل", "فاض النهر"):
        keep(text, words, by=people["archivist"], embargo_until=timezone.now() + datetime.timedelta(hours=1))

    with django_assert_num_queries(len(one)):
        client.get("/en/works/bridges/")
    assert Annotation.objects.count() == 0
