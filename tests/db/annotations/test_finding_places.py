"""The composer finds places by words, inside of things, and reads sources that were pasted."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.models import CrossReference
from annotations.presenters.cited import cited
from annotations.presenters.places_found import sentence_around
from annotations.values import NoteInput, RegionPlace, TimePlace
from archive.actions.rebuild_search import rebuild_search
from archive.enums import Access
from archive.models import Work
from tests.factories_editions import make_desk
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people):
    desk = make_desk(people)
    rebuild_search()
    return desk


def find(client, **asked):
    return client.get(reverse("find_places"), asked)


def results(client, **asked):
    return find(client, **asked).json()["results"]


def post(client, name, data):
    return client.post(reverse(name), json.dumps(data), content_type="application/json")


def test_passage_that_is_found_is_a_target_as_it_stands(scholar, desk):
    (found, *_rest) = results(scholar, q="الطاحونة", kind="passage")
    target = found["target"]
    content = desk.text.current_revision.content

    assert "الطاحونة" in target["exact"]
    assert content[target["start"] : target["end"]] == target["exact"]
    answer = scholar.post(
        reverse("text_notes", args=[desk.text.public_id]),
        json.dumps({
            "revision": target["revision"], "start": 0, "end": 5, "exact": content[:5], "body": "من هنا", "language": "ar",
            "references": [{"relation": "cites", "target": target, "note": ""}],
        }), content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 201
    assert CrossReference.objects.filter(target__anchors__exact=target["exact"]).exists()


@pytest.mark.parametrize(
    ("words", "first", "sentence"),
    [
        ("بنى الجسر. ثم عبر القوم؟ وبقي.", (15, 18), "ثم عبر القوم؟"),
        ("One. Two three.", None, "One."),
        ("a" * 400, (200, 203), "a" * 303),
        ("بلا نهاية", (0, 3), "بلا نهاية"),
    ],
)
def test_sentence_around_an_occurrence(words, first, sentence):
    low, high = sentence_around(words, first)

    assert words[low:high] == sentence


def test_term_leads_to_the_notes_that_bear_it(scholar, desk):
    (term,) = results(scholar, q="الطاحونة", kind="term")
    assert term["target"] is None

    found = results(scholar, **{"in": term["inside"]})

    assert found
    assert all(row["target"].keys() == {"annotation"} for row in found)


def test_picture_is_pointed_at_whole_or_in_a_part_that_a_note_is_on(scholar, desk, people):
    place = RegionPlace(desk.image.public_id, "rect", ((1, 1), (30, 20)))
    note = write_annotation(place=place, note=NoteInput(body="الرحى"), by=people["scholar"]).annotation

    whole, part = results(scholar, **{"in": f"image:{desk.image.public_id}"})

    assert whole["target"]["region"]["points"] == [[0, 0], [desk.image.width, desk.image.height]]
    assert part["target"] == {"annotation": note.public_id}
    assert "الرحى" in part["words"]


def test_film_is_pointed_at_in_its_seconds(scholar, desk, people):
    place = TimePlace(desk.video.public_id, 65, 70)
    note = write_annotation(place=place, note=NoteInput(body="الرحى"), by=people["scholar"]).annotation

    whole, part = results(scholar, **{"in": f"video:{desk.video.public_id}"})

    assert whole["target"]["video"] == desk.video.public_id
    assert part["target"] == {"annotation": note.public_id}
    assert part["words"].startswith("1:05–1:10")


def test_nothing_of_what_may_not_be_seen_is_found(scholar, desk):
    before = results(scholar, q="الطاحونة", kind="passage")
    Work.objects.filter(pk=desk.work.pk).update(access=Access.DRAFT)

    assert before
    assert results(scholar, q="الطاحونة", kind="passage") == []
    type(desk.image).objects.filter(pk=desk.image.pk).update(access=Access.DRAFT)
    for name in (f"image:{desk.image.public_id}", "image:nothing"):
        assert find(scholar, **{"in": name}).status_code == 404


def test_who_writes_no_notes_finds_no_places(client, people):
    client.force_login(people["member"])

    assert find(client, q="الطاحونة").status_code == 403
    assert post(client, "read_citation", {"pasted": "10.1000/182"}).status_code == 403


def test_finding_asks_as_many_questions_for_many_results_as_for_few(scholar, desk):
    def questions(query):
        with CaptureQueriesContext(connection) as asked:
            found = results(scholar, q=query, kind="passage")
        return len(found), len(asked)

    few, many = questions("الدفتر"), questions("من")

    assert few[0] != many[0]
    assert few[1] == many[1]


def test_pasted_source_is_read_and_cited_in_the_interfaces_language(scholar, desk):
    csl = {
        "type": "book", "title": "كتاب السدود", "author": [{"family": "الحلبي", "given": "خالد"}],
        "publisher": "دار الفرات", "publisher-place": "حلب", "issued": {"date-parts": [[1998]]},
    }  # fmt: skip

    answer = post(scholar, "read_citation", {"pasted": json.dumps(csl)})

    assert answer.json()["csl"] == csl
    citation = {"csl": csl, "pages": "12"}
    with override("en"):
        assert (
            cited(citation)
            == "خالد الحلبي, “\u2068كتاب السدود\u2069”, حلب: دار الفرات, 1998, p. \u206612\u2069"
        )
    with override("ar"):
        assert (
            cited(citation)
            == "خالد الحلبي، «\u2068كتاب السدود\u2069»، حلب: دار الفرات، 1998، ص \u206612\u2069"
        )
    refused = post(scholar, "read_citation", {"pasted": "no source"})
    assert (refused.status_code, refused.json()["code"]) == (422, "citation_unreadable")


def test_source_is_kept_with_its_csl_data_and_told_at_both_doors(scholar, desk):
    text, content = desk.text, desk.text.current_revision.content
    csl = {"type": "article-journal", "title": "Dams", "DOI": "10.1000/182"}
    body = {
        "revision": desk.text.current_revision.number, "start": 0, "end": 5, "exact": content[:5], "language": "ar",
        "references": [{"relation": "cites", "target": {"csl": csl, "pages": "7"}, "note": ""}],
    }  # fmt: skip

    answer = scholar.post(
        reverse("text_notes", args=[text.public_id]), json.dumps(body), content_type="application/json"
    )

    assert answer.status_code == 201
    assert answer.json()["references"][0]["target_url"] == "https://doi.org/10.1000/182"
    assert "Dams" in answer.json()["references"][0]["target_label"]
    kept = CrossReference.objects.get(citation__isnull=False, citation__title="Dams")
    assert kept.citation == {"url": "https://doi.org/10.1000/182", "title": "Dams", "pages": "7", "csl": csl}
    body["references"][0]["target"]["csl"] = {"type": "book", "title": {"evil": 1}}
    refused = scholar.post(
        reverse("text_notes", args=[text.public_id]), json.dumps(body), content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "citation_value")


def test_order_of_a_terms_notes_does_not_tell_which_is_being_written_anew(scholar, people, desk):
    bears = {
        "author": people["scholar"],
        "reviewer": people["reviewer"],
        "tags": (desk.terms["mill"].public_id,),
    }
    make_accepted(desk.text, "الدفتر القديم", **bears)
    scholar.force_login(people["reviewer"])
    asked = {"in": f"term:{desk.terms['mill'].public_id}"}
    before = results(scholar, **asked)
    note = desk.notes["bridge"]
    note.refresh_from_db()

    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body="غير ذلك", tags=bears["tags"]), by=people["scholar"],
    )  # fmt: skip

    assert results(scholar, **asked) == before
    assert len(before) == 2
