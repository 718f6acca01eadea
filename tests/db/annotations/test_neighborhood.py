"""The references around a note, a work and a term: a table, a drawing of it, and both to take away, for those who see them."""

from __future__ import annotations

import csv
import itertools
import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from annotations.models import CrossReference, Locus
from annotations.presenters.drawing import MOST, drawing
from annotations.presenters.neighborhood import Node, Tie
from annotations.values import Citation, NoteTarget, ReferenceInput, WholePlace
from archive.enums import Access
from archive.models import Work
from tests.factories_editions import make_term
from tests.factories_notes import make_accepted, make_note, make_text, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts():
    return make_text(), make_text(slug="mills")


def page(client, subject, ident, /, **asked):
    return client.get(f"/en/desk/references/{subject}/{ident}/", asked)


def rows_of(answer):
    return re.findall(r'id="reference-(\w+)"', answer.content.decode())


def point(text, words, *references, by):
    return make_note(text, words, by=by, references=references)


def test_note_is_told_with_what_it_points_at_and_what_points_at_it(scholar, people, texts):
    by = people["scholar"]
    target = make_note(texts[1], "الطاحونة", by=by, body="في الطاحونة")
    here = point(
        texts[0], "حجر أبيض", ReferenceInput("cites", NoteTarget(target.public_id), "انظر", note_language="ar"),
        ReferenceInput("explains", Citation(title="كتاب السدود"), is_inverse=True), by=by,
    )  # fmt: skip
    point(texts[1], "سقط الجسر", ReferenceInput("continues", place_of(texts[0], "من حجر أبيض قرب")), by=by)

    words = page(scholar, "note", here.public_id).content.decode()

    assert len(rows_of(page(scholar, "note", here.public_id))) == 3
    for label in ("cites", "is explained by", "is continued by", "انظر", "كتاب السدود"):
        assert label in words
    # The drawing holds the same ends, each a link or a source without an address.
    assert words.count('class="neighborhood__node"') == 3
    there = page(scholar, "note", target.public_id).content.decode()
    assert "is cited by" in there
    assert "انظر" in there


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 4), ({"relation": "cites"}, 2), ({"direction": "out"}, 3), ({"direction": "in"}, 1),
        ({"kind": "note"}, 2), ({"kind": "passage"}, 1), ({"kind": "outside"}, 1), ({"kind": "image"}, 0),
        ({"relation": "cites", "direction": "in"}, 1), ({"relation": "' OR 1=1", "kind": "x", "direction": "y"}, 0),
        ({"kind": "x", "direction": "y"}, 4), ({"page": "99"}, 4),
    ],
)  # fmt: skip
def test_references_of_a_work_are_filtered(scholar, people, texts, asked, count):
    by = people["scholar"]
    other = make_note(texts[1], "الطاحونة", by=by)
    point(
        texts[0], "حجر أبيض", ReferenceInput("cites", NoteTarget(other.public_id)),
        ReferenceInput("explains", place_of(texts[1], "السوق")), ReferenceInput("quotes", Citation(title="كتاب")), by=by,
    )  # fmt: skip
    point(texts[1], "سقط الجسر", ReferenceInput("cites", place_of(texts[0], "الطاحونة")), by=by)

    assert len(rows_of(page(scholar, "work", "bridges", **asked))) == count


def test_references_of_a_term_are_those_of_the_notes_that_bear_it(scholar, people, texts):
    term = make_term("mill", "الطاحونة", "The mill")
    make_note(
        texts[0], "حجر أبيض", by=people["scholar"], tags=(term.public_id,),
        references=(ReferenceInput("cites", place_of(texts[1], "السوق")),),
    )  # fmt: skip
    point(texts[0], "السوق", ReferenceInput("quotes", place_of(texts[1], "السوق")), by=people["scholar"])

    answer = page(scholar, "term", "mill")

    assert len(rows_of(answer)) == 1
    assert "The mill" in answer.content.decode()


def test_whole_work_is_pointed_at(scholar, people, texts):
    point(
        texts[0],
        "حجر أبيض",
        ReferenceInput("see_also", WholePlace(texts[1].work.public_id)),
        by=people["scholar"],
    )

    assert Locus.objects.get(kind="whole").work == texts[1].work
    assert len(rows_of(page(scholar, "work", "mills", direction="in"))) == 1
    assert len(rows_of(page(scholar, "work", "bridges", kind="work"))) == 1


def test_nothing_of_what_may_not_be_seen_is_told_or_counted(client, people, texts):
    by = people["scholar"]
    hidden = make_note(texts[1], "الطاحونة", by=by, body="سرّ")
    note = make_accepted(
        texts[0], author=by, reviewer=people["reviewer"],
        references=(
            ReferenceInput("cites", NoteTarget(hidden.public_id)), ReferenceInput("quotes", place_of(texts[1], "السوق")),
            ReferenceInput("explains", Citation(title="كتاب")),
        ),
    )  # fmt: skip
    client.force_login(people["member"])

    # Another's draft is seen at its place alone; that a note is there is told nowhere.
    assert len(rows_of(page(client, "note", note.public_id, kind="note"))) == 0
    assert len(rows_of(page(client, "note", note.public_id, kind="passage"))) == 2
    Work.objects.filter(slug="mills").update(access=Access.DRAFT)
    for form in ("", "csv", "jsonld"):
        answer = page(client, "note", note.public_id, **({"as": form} if form else {}))
        told = b"".join(answer).decode() if answer.streaming else answer.content.decode()
        assert "سرّ" not in told
        assert "السوق" not in told
        assert hidden.public_id not in told
        assert "كتاب" in told
    assert len(rows_of(page(client, "note", note.public_id))) == 1
    assert page(client, "work", "mills").status_code == 404
    assert page(client, "nothing", "mills").status_code == 404
    client.logout()
    assert page(client, "note", note.public_id).status_code == 302


def test_table_is_taken_away_as_csv_and_json_ld(scholar, people, texts):
    by = people["scholar"]
    point(
        texts[0],
        "حجر أبيض",
        ReferenceInput("explains", Citation(title="=HYPERLINK(1)"), "انظر", is_inverse=True),
        by=by,
    )
    point(texts[1], "سقط الجسر", ReferenceInput("cites", place_of(texts[0], "الطاحونة")), by=by)

    with override("en"):
        table = b"".join(page(scholar, "work", "bridges", **{"as": "csv"}).streaming_content).decode(
            "utf-8-sig"
        )
        data = json.loads(b"".join(page(scholar, "work", "bridges", **{"as": "jsonld"}).streaming_content))

    first, second = list(csv.DictReader(table.splitlines()))
    assert (first["direction"], first["relation_label"], first["there_kind"]) == ("in", "is cited by", "note")
    assert (second["relation_label"], second["there"], second["note"]) == (
        "is explained by",
        "'=HYPERLINK(1)",
        "انظر",
    )
    cited, explained = data["first"]["items"]
    assert cited["hashiya:relationName"] == [
        {"@value": "يستشهد بـ", "@language": "ar"},
        {"@value": "cites", "@language": "en"},
    ]
    assert (explained["motivation"], explained["hashiya:inverse"], explained["hashiya:relation"]) == (
        "linking",
        True,
        "explains",
    )


def test_five_thousand_references_are_paged_and_drawn_in_part(scholar, people, texts):
    note = make_note(texts[0], by=people["scholar"])
    version = note.newest_version
    CrossReference.objects.bulk_create(
        CrossReference(
            version=version, relation="cites", citation={"url": "", "title": f"كتاب {n}", "pages": ""}
        )
        for n in range(5_000)
    )

    with CaptureQueriesContext(connection) as asked:
        answer = page(scholar, "note", note.public_id, page="100")
    words = answer.content.decode()

    assert len(rows_of(answer)) == 50
    assert words.count('class="neighborhood__node"') == MOST
    assert f"{5_000 - MOST} further references" in words
    assert len(asked) < 45
    lines = (
        b"".join(page(scholar, "note", note.public_id, **{"as": "csv"}).streaming_content)
        .decode()
        .splitlines()
    )
    assert len(lines) == 5_001


def test_page_asks_as_many_questions_for_many_references_as_for_few(scholar, people, texts):
    def questions():
        with CaptureQueriesContext(connection) as asked:
            page(scholar, "work", "bridges")
        return len(asked)

    def add(words):
        other = make_note(texts[1], words, by=people["scholar"])
        point(
            texts[0], words, ReferenceInput("cites", NoteTarget(other.public_id)),
            ReferenceInput("quotes", place_of(texts[1], words)), by=people["scholar"],
        )  # fmt: skip

    add("الطاحونة")
    questions()
    few = questions()
    for words in ("حجر أبيض", "السوق", "سقط الجسر"):
        add(words)

    assert questions() == few


def ties(count, *, direction="out"):
    here = Node("note", "here", "هنا")
    return [
        Tie(str(n), "cites", "cites", direction, here, Node("outside", f"b{n}", f"كتاب {n}"))
        for n in range(count)
    ]


def test_drawing_is_the_same_each_time_and_mirrored_for_the_other_script():
    both = ties(3) + ties(2, direction="in")
    with override("en"):
        first, again = drawing("هنا", both, total=5), drawing("هنا", both, total=5)
    with override("ar"):
        mirrored = drawing("هنا", both, total=5)

    assert first == again
    assert {node.x < 480 for node in first.nodes if node.is_target} == {False}
    assert {node.x < 480 for node in mirrored.nodes if node.is_target} == {True}


def test_nodes_of_a_drawing_never_lie_on_each_other():
    found = drawing("هنا", ties(80) + ties(20, direction="in"), total=100)

    assert len(found.nodes) == MOST
    assert found.further == 100 - MOST
    for side in (True, False):
        tops = sorted(node.y for node in found.nodes if (node.x < 480) == side)
        assert all(later - earlier >= 34 for earlier, later in itertools.pairwise(tops))
    assert all(0 <= node.y <= found.height - 34 for node in found.nodes)


def test_the_thing_itself_stands_in_the_first_screen_and_an_empty_side_takes_no_room():
    here = Node("note", "here", "هنا")
    with override("en"):
        long = drawing("هنا", ties(50) + ties(2, direction="in"), total=52)
        alone = drawing("هنا", [Tie("1", "cites", "cites", "out", here, Node("work", "w", "كتاب"))], total=1)

    assert long.middle <= 220
    assert min(node.y for node in long.nodes) < 60
    assert (long.left, long.width) == (0, 960)
    assert (alone.left, alone.left + alone.width) == (long.center_x - 8, 960)


def test_references_to_one_thing_are_one_node_with_their_number():
    one = Node("work", "w", "كتاب")
    many = [Tie(str(n), "cites", "cites", "out", one, one) for n in range(3)]

    (node,) = drawing("هنا", many, total=3).nodes

    assert (node.count, node.label) == (3, "كتاب")
