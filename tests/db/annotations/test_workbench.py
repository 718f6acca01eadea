"""The workbench's JSON, and its page that works without a script."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.actions.propose_term import propose_term
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import Category, Relation, TermKind, Visibility
from annotations.models import Annotation, NoteDraft
from annotations.presenters.labels import TERM_KINDS
from annotations.values import Name, NoteInput, ReferenceInput, TermInput
from archive.enums import Access
from archive.models import Group
from tests.factories_notes import (
    CONTENT,
    add_revision,
    make_accepted,
    make_note,
    make_text,
    place_of,
    submit_note,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


def sent(place, **more):
    return {
        "revision": place.revision, "start": place.start, "end": place.end, "exact": place.exact,
        "prefix": "", "suffix": "", "body": "محلّي.", "language": "ar", "category": "place", **more,
    }  # fmt: skip


def spans_of(client, text, **query):
    return client.get(reverse("text_spans", args=[text.public_id]), query)


def decoded(value):
    """Return {id: (start, end, category)} as the script reads it."""
    start = 0
    found = {}
    for note, (distance, length, category) in zip(value["ids"], value["spans"], strict=True):
        start += distance
        found[note] = (start, start + length, list(Category)[category])
    return found


def post(client, url, data):
    return client.post(url, json.dumps(data), content_type="application/json")


def test_written_note_is_answered_and_lies_among_the_spans(scholar, text):
    place = place_of(text, "حجر أبيض")

    answer = post(scholar, reverse("text_notes", args=[text.public_id]), sent(place))

    note = answer.json()
    assert answer.status_code == 201
    assert (note["start"], note["end"], note["exact"]) == (place.start, place.end, "حجر أبيض")
    assert note["actions"] == ["revise", "submit", "reattach", "withdraw"]
    assert "<p" in note["body_html"]
    assert decoded(spans_of(scholar, text).json()) == {note["id"]: (place.start, place.end, "place")}


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"exact": "غيره"}, 409, "quote_mismatch"),
        ({"revision": 7}, 412, "revision_not_current"),
        ({"start": "x"}, 422, "number_required"),
        ({"category": "poem"}, 422, "choice_unknown"),
        ({"tags": ["nosuch"]}, 422, "term_unknown"),
        ({"body": ""}, 422, "note_empty"),
        ({"references": ["x"]}, 422, "list_required"),
    ],
)
def test_refusal_is_a_code_and_a_sentence(scholar, text, change, status, code):
    answer = post(
        scholar, reverse("text_notes", args=[text.public_id]), sent(place_of(text, "حجر أبيض"), **change)
    )

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(answer.json()["detail"]) > 10
    assert not Annotation.objects.exists()


def test_what_is_no_json_is_refused(scholar, text):
    url = reverse("text_notes", args=[text.public_id])

    for body in ("{", "[]", "[" * 100_000):
        assert scholar.post(url, body, content_type="application/json").status_code == 422


def test_spans_show_what_the_viewer_may_see_only(client, people, text):
    own = make_note(text, by=people["scholar"])
    accepted = make_accepted(text, "الطاحونة", author=people["editor"], reviewer=people["reviewer"])
    make_note(text, "خشب", by=people["editor"])

    def seen_by(who):
        client.force_login(people[who])
        return set(decoded(spans_of(client, text).json()))

    assert seen_by("scholar") == {own.public_id, accepted.public_id}
    assert seen_by("member") == {accepted.public_id}
    client.logout()
    assert spans_of(client, text).json()["ids"] == []


def test_spans_are_tagged_and_their_tag_changes_with_them(scholar, people, text):
    make_note(text, by=people["scholar"])
    first = spans_of(scholar, text)

    again = scholar.get(
        reverse("text_spans", args=[text.public_id]), headers={"If-None-Match": first["ETag"]}
    )
    make_note(text, "الطاحونة", by=people["scholar"])
    later = scholar.get(
        reverse("text_spans", args=[text.public_id]), headers={"If-None-Match": first["ETag"]}
    )

    assert (first.status_code, again.status_code, later.status_code) == (200, 304, 200)
    assert len(later.json()["ids"]) == 2
    assert first["Cache-Control"] == "private, no-cache"


def test_kept_spans_follow_the_viewers_groups(scholar, people, text):
    group = Group.objects.create(name="رفاق")
    people["editor"].groups.add(group)
    make_note(text, by=people["editor"], visibility=Visibility.GROUP, group=group.public_id)
    before = spans_of(scholar, text).json()["ids"]

    people["scholar"].groups.add(group)

    assert before == []
    assert len(spans_of(scholar, text).json()["ids"]) == 1


def test_spans_of_a_hidden_text_are_as_of_none(client, people):
    hidden = make_text(access=Access.DRAFT, slug="hidden")
    client.force_login(people["scholar"])

    there, nowhere = spans_of(client, hidden), client.get(reverse("text_spans", args=["nosuch"]))

    assert (
        (there.status_code, there.content) == (nowhere.status_code, nowhere.content) == (404, there.content)
    )


def test_notes_of_a_new_revision_are_said_to_be_carried_over(scholar, people, text):
    make_note(text, by=people["scholar"])
    add_revision(text, "مقدّمة\n" + CONTENT)

    spans = spans_of(scholar, text).json()
    page = scholar.get(reverse("workbench", args=[text.public_id])).content.decode()

    assert (spans["spans"], spans["carrying"]) == ([], 1)
    assert 'data-carrying="1"' in page


def test_list_has_the_notes_that_touch_a_stretch(scholar, people, text):
    place = place_of(text, "حجر أبيض")
    note = make_note(text, by=people["scholar"])
    make_note(text, "خشب", by=people["scholar"])

    def between(start, end):
        answer = scholar.get(reverse("text_notes", args=[text.public_id]), {"from": start, "to": end})
        return [n["id"] for n in answer.json()["annotations"]]

    assert between(place.start, place.end) == [note.public_id]
    assert between(place.end - 1, place.end) == [note.public_id]
    assert between(place.end, place.end + 1) == []
    assert len(between(0, len(CONTENT))) == 2


def test_long_list_goes_on(scholar, people, text, monkeypatch):
    monkeypatch.setattr("annotations.views.notes.PAGE", 2)
    made = {
        make_note(text, words, by=people["scholar"]).public_id
        for words in ("حجر", "أبيض", "قرب", "السوق", "خشب")
    }

    url, found, pages = reverse("text_notes", args=[text.public_id]), [], 0
    while url:
        answer = scholar.get(url).json()
        found += [note["id"] for note in answer["annotations"]]
        url, pages = answer["next"], pages + 1

    assert (set(found), len(found), pages) == (made, 5, 3)


def _full_note(text, by, term, number):
    words = CONTENT[number * 3 : number * 3 + 9]
    place = place_of(text, words)
    other = place_of(text, "خشب")
    references = (ReferenceInput(Relation.PARALLELS, other),)
    return make_note(text, place.exact, by=by, tags=(term.public_id,), references=references)


@pytest.mark.parametrize("path", ["text_notes", "text_spans", "workbench"])
def test_number_of_queries_is_the_same_for_three_notes_and_thirty(scholar, people, text, path):
    term = propose_term(term=TermInput(kind=TermKind.CONCEPT, label_ar="بناء"), by=people["scholar"])
    counts = []
    for size in (3, 30):
        while Annotation.objects.count() < size:
            _full_note(text, people["scholar"], term, Annotation.objects.count())
        with CaptureQueriesContext(connection) as captured:
            assert scholar.get(reverse(path, args=[text.public_id])).status_code == 200
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_change_names_its_version_and_a_stale_one_gets_both(scholar, people, text):
    note = make_note(text, by=people["scholar"])
    url, first = reverse("note", args=[note.public_id]), note.newest_version.public_id

    def patch(body, **headers):
        return scholar.patch(
            url, json.dumps({"body": body}), content_type="application/json", headers=headers
        )

    missing, done, stale = (
        patch("أ"),
        patch("أ", **{"If-Match": f'"{first}"'}),
        patch("ب", **{"If-Match": f'"{first}"'}),
    )

    assert (missing.status_code, done.status_code, stale.status_code) == (428, 200, 412)
    assert done.json()["version"] == 2
    assert stale.json()["current"]["body_source"] == "أ"
    assert stale.json()["yours"]["body"] == "ب"


def test_deleted_note_is_withdrawn(scholar, people, text):
    note = make_note(text, by=people["scholar"])

    answer = scholar.delete(
        reverse("note", args=[note.public_id]), headers={"If-Match": note.newest_version.public_id}
    )

    note.refresh_from_db()
    assert (answer.status_code, note.status) == (204, "withdrawn")


def test_draft_is_kept_found_again_and_theirs_alone(scholar, people, text, client):
    url = reverse("note_draft", args=[f"{text.public_id}.1.3.9"])
    typed = {"body": "نصف جم", "locus": {"text": text.public_id, "revision": 1, "start": 3, "end": 9}}

    kept = scholar.put(url, json.dumps(typed), content_type="application/json")
    found = scholar.get(reverse("note_drafts")).json()["drafts"]
    client.force_login(people["reviewer"])
    others = client.get(url).status_code, client.get(reverse("note_drafts")).json()["drafts"]

    assert kept.status_code == 200
    assert [(d["key"], d["data"]["body"], d["text"]) for d in found] == [
        (f"{text.public_id}.1.3.9", "نصف جم", text.public_id)
    ]
    assert others == (404, [])


def test_discarded_draft_is_gone(scholar, people):
    NoteDraft.objects.create(user=people["scholar"], key="k", data={})

    answer = scholar.delete(reverse("note_draft", args=["k"]))

    assert (answer.status_code, NoteDraft.objects.count()) == (204, 0)


def test_term_is_found_by_any_name_in_any_spelling(scholar, people):
    keeper = people["reviewer"]
    mill = propose_term(
        term=TermInput(
            kind=TermKind.PLACE, label_ar="الطاحونة", label_en="The Mill", names=(Name("ar", "رَحى النهر"),)
        ),
        by=keeper,
    )
    propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="الجسر", label_en="The Bridge"), by=keeper)

    for query in ("الطاحونه", "طاحون", "the mill", "mill", "رحى", "النهر"):
        terms = scholar.get(reverse("find_terms"), {"q": query}).json()["terms"]
        assert [t["id"] for t in terms] == [mill.public_id], query


def test_scholar_proposes_a_term_and_tags_with_it(scholar, text):
    term = post(
        scholar, reverse("find_terms"), {"kind": "place", "label_ar": "الطاحونة", "label_en": ""}
    ).json()

    note = post(
        scholar,
        reverse("text_notes", args=[text.public_id]),
        sent(place_of(text, "الطاحونة"), tags=[term["id"]]),
    ).json()

    assert (term["status"], term["kind_label"]) == ("proposed", str(TERM_KINDS["place"]))
    assert [(tag["label"], tag["kind"]) for tag in note["tags"]] == [("الطاحونة", "place")]


def test_preview_is_the_one_renderers(scholar):
    html = post(scholar, reverse("note_preview"), {"body": "**قوي** <script>x</script>"}).json()["html"]

    assert "<strong>" in html
    assert "<script" not in html


def test_submission_hands_in_and_says_where_its_fate_is_seen(scholar, people, text):
    note = make_note(text, by=people["scholar"])

    answer = post(
        scholar, reverse("submissions"), {"annotations": [note.newest_version.public_id], "message": "تفضّلوا"}
    )

    note.refresh_from_db()
    assert (answer.status_code, note.status) == (201, "submitted")
    assert "submission=" in answer.json()["url"]


def test_doors_that_write_are_closed_to_strangers(client, text):
    place = sent(place_of(text, "حجر أبيض"))

    answers = [
        post(client, reverse("text_notes", args=[text.public_id]), place),
        client.put(reverse("note_draft", args=["k"]), "{}", content_type="application/json"),
        post(client, reverse("find_terms"), {"kind": "place", "label_ar": "أ"}),
        post(client, reverse("note_preview"), {"body": "أ"}),
        post(client, reverse("submissions"), {"annotations": ["x"]}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 5


def test_article_on_the_page_is_the_text(scholar, text):
    page = scholar.get(reverse("workbench", args=[text.public_id]), {"marked": "1"}).content.decode()

    assert f'data-length="{len(CONTENT)}"' in page
    assert 'id="workbench-data"' in page


def test_note_named_by_the_address_is_a_real_mark(scholar, people, text):
    note = make_note(text, by=people["scholar"])

    page = scholar.get(reverse("workbench", args=[text.public_id]), {"note": note.public_id}).content.decode()

    assert f'data-note="{note.public_id}"' in page
    assert "<mark" in page


def test_note_can_be_written_without_a_script(scholar, text):
    url = reverse("workbench", args=[text.public_id])
    typed = {"words": "حجر أبيض", "body": "محلّي.", "category": "note", "language": "ar", "visibility": "open"}

    answer = scholar.post(url, typed)

    note = Annotation.objects.get()
    assert answer.status_code == 302
    assert f"note={note.public_id}" in answer["Location"]


def test_words_in_several_places_are_asked_about(scholar, text):
    url = reverse("workbench", args=[text.public_id])
    typed = {"words": "الجسر", "body": "أيّها؟", "category": "note", "language": "ar", "visibility": "open"}

    asked = scholar.post(url, typed).content.decode()
    second = place_of(text, "الجسر", 2)
    scholar.post(url, typed | {"place": f"{second.start}-{second.end}"})

    assert asked.count('name="place"') == CONTENT.count("الجسر")
    # The parts of a labelled choice stand under each other: a sentence is one of them.
    assert asked.count("<mark>الجسر</mark>") == len(
        re.findall(r"<span>[^<]*<mark>الجسر</mark>[^<]*</span>", asked)
    )
    assert Annotation.objects.get().newest_version.locus.anchors.get().start == second.start


def test_words_that_stand_nowhere_lose_nothing(scholar, text):
    typed = {
        "words": "لا وجود له",
        "body": "كلامي المحفوظ",
        "category": "note",
        "language": "ar",
        "visibility": "open",
    }

    page = scholar.post(reverse("workbench", args=[text.public_id]), typed).content.decode()

    assert "كلامي المحفوظ" in page
    assert not Annotation.objects.exists()


def test_reviewer_is_shown_what_was_handed_in_not_what_is_being_rewritten(client, people, text):
    note = make_accepted(text, author=people["scholar"], reviewer=people["reviewer"])
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=people["scholar"],
        note=NoteInput(body="ما زلت أكتب"),
    )  # fmt: skip
    client.force_login(people["reviewer"])

    def shown():
        return client.get(reverse("note", args=[note.public_id])).json()["body_source"]

    before = shown()
    submit_note(note)
    assert (before, shown()) == ("حجر محلّي.", "ما زلت أكتب")


@pytest.mark.parametrize("broken", ['"\\u0000"', '"\\ud800"', '["\\u0000"]', "NaN", "1e999"])
@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("put", "/workbench/drafts/k", "body"),
        ("post", "/workbench/preview", "body"),
        ("post", "/workbench/terms", "label_en"),
        ("post", "/workbench/submissions", "message"),
    ],
)
def test_what_no_database_can_hold_is_refused_in_words(client, scholar, method, path, field, broken):
    answer = getattr(client, method)(path, f'{{"{field}": {broken}}}', content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["detail"]


def test_a_body_beyond_the_limit_is_refused_in_words(client, scholar, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100

    answer = client.put("/workbench/drafts/k", {"body": "x" * 200}, content_type="application/json")

    assert answer.status_code == 422
    assert answer.json()["code"] == "request_too_large"
