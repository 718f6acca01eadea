"""The vocabulary as SKOS and as a table: handed out, taken in row by row, all or none, and taken back."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from annotations.actions import import_terms
from annotations.actions.change_term import change_term
from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind
from annotations.exports.vocabulary import written
from annotations.models import Term, VocabularyStep
from annotations.presenters.term_values import stored
from annotations.values import Match, Name, TermInput
from archive.access import visible_to
from archive.actions.run_job import run_job
from archive.models import Job
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db

PREFIX = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix : <https://thesaurus.example/> .
"""
RIVERS = (
    PREFIX
    + """
:waters a skos:Concept ; skos:prefLabel "المياه"@ar , "Waters"@en .
:quwayq a skos:Concept ; skos:prefLabel "قويق"@ar ; skos:altLabel "Chalus"@la ; skos:broader :waters ;
  geo:lat "36.2" ; geo:long "37.1" ; skos:exactMatch <http://www.wikidata.org/entity/Q3089> .
"""
)


@pytest.fixture
def keeper(people):
    return people["reviewer"]


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


def add(label, by, **more):
    values = {"kind": TermKind.PLACE, "label_ar": label, **more}
    return propose_term(term=TermInput(**values), establish=True, by=by)


def send(desk, content, name="terms.ttl", **more):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    answer = desk.post(reverse("vocabulary_import"), {"file": file, "kind": "concept", "format": "", **more})
    return answer, VocabularyStep.objects.order_by("-pk").first()


def apply(desk, step):
    desk.post(reverse("vocabulary_step_apply", args=[step.public_id]))
    step.refresh_from_db()


def undo(desk, step):
    desk.post(reverse("vocabulary_step_undo", args=[step.public_id]))
    step.refresh_from_db()


def outcomes(step):
    return dict(step.rows.values_list("label", "outcome"))


def whole(keeper):
    above = add("المياه", keeper, label_en="Waters", notation="1")
    return above, add(
        'قويق "النهر"', keeper, label_en="Quwayq", broader=above.public_id, kind=TermKind.PLACE,
        names=(Name("ar", "نهر حلب"), Name("ota-Latn", "Kuveyk", "preferred"), Name("fa", "قویغ", "hidden")),
        description_ar="سطر\nوآخر", scope_note_en="Not the valley.", notation="1.1", latitude=36.2, longitude=37.1,
        date_edtf="1235/1236~", authority={"wikidata": "Q3089", "geonames": "170063"},
        matches=(Match("close", "https://e.example/1"),),
    )  # fmt: skip


@pytest.mark.parametrize("form", ["ttl", "jsonld", "csv"])
def test_what_was_handed_out_comes_back_the_same(desk, keeper, form):
    terms = whole(keeper)
    said = [stored(Term.objects.get(pk=term.pk)) for term in terms]
    file = b"".join(desk.get(reverse("vocabulary_export", args=[form])))

    _answer, step = send(desk, file, f"vocabulary.{form}")

    assert set(outcomes(step).values()) == {"same"}, list(step.rows.values("before", "after", "problem"))
    for term in terms:
        term.delete() if not Term.objects.filter(broader=term).exists() else None
    Term.objects.filter(pk=terms[0].pk).delete()
    if form == "csv":
        # Ids of terms that are not there are told, lest a wrong table makes everything twice.
        _answer, step = send(desk, file, f"vocabulary.{form}")
        assert set(step.rows.values_list("problem__code", flat=True)) == {"term_id_unknown"}
        rows = list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))
        names = {row["id"]: row["label_ar"] for row in rows}
        out = io.StringIO()
        writer = csv.DictWriter(out, rows[0])
        writer.writeheader()
        writer.writerows(row | {"id": "", "broader": names.get(row["broader"], "")} for row in rows)
        file = out.getvalue().encode()
    _answer, step = send(desk, file, f"vocabulary.{form}", establish="on")
    apply(desk, step)
    again = [stored(Term.objects.get(label_en=name)) for name in ("Waters", "Quwayq")]
    ids = {"": "", terms[0].public_id: Term.objects.get(label_en="Waters").public_id}
    for before, after in zip(said, again, strict=True):
        assert after == before | {"broader": ids[before["broader"]]}


def test_skos_is_shown_first_then_applied_and_taken_back(desk, keeper):
    answer, step = send(desk, RIVERS)
    page = desk.get(answer.headers["Location"]).content.decode()

    assert not Term.objects.exists()
    assert "قويق" in page
    assert outcomes(step) == {"المياه": "new", "قويق": "new"}
    apply(desk, step)
    river = Term.objects.get(label_ar="قويق")
    assert (river.kind, river.broader.label_en, river.latitude, river.authority) == (
        "place", "Waters", 36.2, {"wikidata": "Q3089"},
    )  # fmt: skip
    assert ("la", "Chalus") in river.names.values_list("language", "name")
    assert river.status == "proposed"
    undo(desk, step)
    assert step.state == "undone"
    assert not Term.objects.exists()


def test_same_file_again_finds_its_terms(desk):
    _answer, first = send(desk, RIVERS)
    apply(desk, first)

    _answer, again = send(desk, RIVERS)

    assert set(outcomes(again).values()) == {"same"}


def test_what_others_call_the_same_is_the_same_term(desk, keeper):
    mine = add("نهر قويق", keeper, authority={"wikidata": "Q3089"})

    _answer, step = send(desk, RIVERS)
    apply(desk, step)

    mine.refresh_from_db()
    assert mine.label_ar == "قويق"
    assert mine.latitude == 36.2
    undo(desk, step)
    mine.refresh_from_db()
    assert (mine.label_ar, mine.latitude, mine.broader) == ("نهر قويق", None, None)


def test_cycle_in_broader_terms_is_refused_with_its_rows_and_nothing_is_taken_in(desk):
    circle = PREFIX + (
        ':a a skos:Concept ; skos:prefLabel "أ"@ar ; skos:broader :c .\n'
        ':b a skos:Concept ; skos:prefLabel "ب"@ar ; skos:broader :a .\n'
        ':c a skos:Concept ; skos:prefLabel "ج"@ar ; skos:broader :b .\n'
        ':d a skos:Concept ; skos:prefLabel "د"@ar .\n'
    )

    _answer, step = send(desk, circle)

    assert outcomes(step) == {"أ": "refused", "ب": "refused", "ج": "refused", "د": "new"}
    assert set(step.rows.filter(outcome="refused").values_list("problem__code", flat=True)) == {
        "broader_circle"
    }
    apply(desk, step)
    assert step.state == "previewed"
    assert not Term.objects.exists()


def test_circle_through_what_is_here_already_is_refused(desk, keeper):
    above = add("فوق", keeper)
    below = add("تحت", keeper, broader=above.public_id)

    _answer, step = send(desk, f"id,broader\n{above.public_id},{below.public_id}\n", "t.csv")

    assert step.rows.get().problem["code"] == "broader_circle"


def test_branch_that_is_turned_over_in_one_file_is_taken_in(desk, keeper):
    """Each step alone would be a circle; the file as a whole is none."""
    above = add("فوق", keeper)
    below = add("تحت", keeper, broader=above.public_id)
    other = add("أخرى", keeper)

    table = f"id,broader\n{above.public_id},{below.public_id}\n{below.public_id},{other.public_id}\n"
    _answer, step = send(desk, table, "t.csv")
    apply(desk, step)

    above.refresh_from_db()
    below.refresh_from_db()
    assert (above.broader, below.broader) == (below, other)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonld", '{"@context": "http://evil.example/c.jsonld", "@id": "x"}', "evil.example"),
        (
            "a.jsonld",
            '{"@context": [{"a": {"@id": "u:", "@context": "http://evil.example/"}}]}',
            "evil.example",
        ),
        ("a.jsonld", '{"@context": {"@import": "http://evil.example/"}}', "evil.example"),
        ("a.jsonld", "[" * 500 + "]" * 500, "nested"),
        ("a.ttl", "@prefix : <http://x/> . :a :b " + "[:b " * 3000 + ":c" + "]" * 3000 + " .", "nested"),
        ("a.ttl", "this is no turtle", "could not be read"),
        ("a.ttl", b"\xff\xfe\x00", "not a text"),
        ("a.ttl", "@prefix : <http://x/> . :a :b :c .", "skos:Concept"),
        ("a.csv", "who,what\n1,2\n", "label_ar"),
        ("a.exe", "x", "Choose a format"),
    ],
)
def test_hostile_and_broken_files_are_refused_in_words(desk, name, content, said):
    answer = desk.post(
        reverse("vocabulary_import").replace("/ar/", "/en/"),
        {"file": SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode()), "kind": "place"},
    )  # fmt: skip

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not VocabularyStep.objects.exists()


def test_table_says_of_each_row_why_it_is_refused(desk, keeper):
    term = add("قويق", keeper)
    table = (
        "id,kind,label_ar,date_edtf,latitude,longitude,broader,links,names_other,Remark\n"
        f"{term.public_id},place,قويق,1235~,,,,https://www.wikidata.org/wiki/Q3089,fa: قویق,x\n"
        ",place,الجسر,تموز,,,,,,\n"
        ",river,النهر,,,,,,,\n"
        ",place,البئر,,96,37,,,,\n"
        ",place,العين,,,,لا أحد,,,\n"
        ",place,,,,,,,,\n"
        f"{term.public_id},place,قويق,,,,,,,\n"
        "zzzz,place,الغريب,,,,,,,\n"
    )

    _answer, step = send(desk, table, "t.csv")

    problems = dict(step.rows.values_list("place", "problem__code"))
    assert problems == {
        2: None, 3: "bad_date", 4: "term_kind_unknown", 5: "coordinates_range", 6: "term_unnamed", 7: "label_required",
        8: "term_twice", 9: "term_id_unknown",
    }  # fmt: skip
    assert step.asked["left_out"] == ["Remark: 1"]


def test_step_leaves_what_was_changed_or_used_since(desk, keeper, people):
    _answer, step = send(desk, RIVERS, establish="on")
    apply(desk, step)
    river = Term.objects.get(label_ar="قويق")
    make_note(make_text(), by=people["scholar"], tags=(river.public_id,))

    undo(desk, step)

    assert {row.label: (row.outcome, row.problem.get("code")) for row in step.rows.all()} == {
        "قويق": ("kept", "made_in_use"), "المياه": ("kept", "made_in_use"),
    }  # fmt: skip
    assert Term.objects.count() == 2


def test_row_that_was_changed_after_the_preview_stops_the_whole_step(desk, keeper):
    term = add("قويق", keeper)
    table = f"id,label_en\n{term.public_id},Quwayq\n,New\n"
    _answer, step = send(desk, table, "t.csv")
    change_term(
        term=term.public_id, version=1, values=TermInput(kind=TermKind.PLACE, label_ar="غيره"), by=keeper
    )

    apply(desk, step)

    assert step.state == "previewed"
    assert step.rows.get(place=2).problem["code"] == "changed_since"
    assert Term.objects.count() == 1


def test_long_file_is_read_and_applied_by_jobs(desk, keeper, monkeypatch):
    monkeypatch.setattr(import_terms, "AT_ONCE", 10_000)
    many = "\n".join(
        f':t{i} a skos:Concept ; skos:prefLabel "مصطلح رقم {i} في القائمة الطويلة"@ar ; skos:broader :t{i // 10} .'
        if i else ':t0 a skos:Concept ; skos:prefLabel "الجذر"@ar .'
        for i in range(400)
    )  # fmt: skip
    _answer, step = send(desk, PREFIX + many)

    assert step.state == "planning"
    assert run_job(step.job_id) == "done"
    step.refresh_from_db()
    assert step.state == "previewed"
    apply(desk, step)
    assert step.state == "applying"
    assert run_job(step.job_id) == "done"
    step.refresh_from_db()
    assert step.state == "applied"
    assert Term.objects.filter(broader=None).count() == 1
    assert Term.objects.count() == 400
    assert not Job.objects.filter(state="failed").exists()


def test_nobody_else_imports_and_members_export_nothing(client, people):
    for role in ("member", "scholar"):
        client.force_login(people[role])
        assert client.get(reverse("vocabulary_import")).status_code == 403
    assert client.get(reverse("vocabulary_export", args=["ttl"])).status_code == 200
    client.force_login(people["member"])
    assert client.get(reverse("vocabulary_export", args=["ttl"])).status_code == 403


def test_kinds_and_branches_are_handed_out_alone(desk, keeper):
    above, below = whole(keeper)
    add("الفيضان", keeper, kind=TermKind.EVENT)

    events = b"".join(desk.get(reverse("vocabulary_export", args=["csv"]), {"kind": "event"})).decode()
    branch = b"".join(
        desk.get(reverse("vocabulary_export", args=["csv"]), {"under": above.public_id})
    ).decode()

    assert "الفيضان" in events
    assert "المياه" not in events
    assert below.public_id in branch
    assert "الفيضان" not in branch


def test_table_has_no_formula(keeper):
    add("=1+1", keeper)

    assert "'=1+1" in "".join(written(visible_to(Term, keeper), "csv", title=""))
