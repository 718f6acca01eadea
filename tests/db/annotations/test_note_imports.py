"""Notes of other systems: looked at first, brought in as drafts where their places are sure, and taken back as one."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override

from annotations.actions.import_notes import import_notes
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.write_annotation import write_annotation
from annotations.enums import TermKind
from annotations.models import Anchor, Annotation, NoteImport, Term
from annotations.values import NoteInput, TermInput
from archive.actions.run_job import run_job
from archive.models import Job
from tests.factories import make_user
from tests.factories_editions import make_desk, make_image
from tests.factories_films import make_video
from tests.factories_notes import CONTENT, add_revision, make_note, make_text, place_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scholar(people):
    return people["scholar"]


@pytest.fixture
def desk(client, scholar):
    client.force_login(scholar)
    return client


@pytest.fixture
def text(db):
    return make_text()


def quote(exact, prefix="", suffix=""):
    return {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix}


def hypothesis(*rows, **more):
    """Return an export of the client; rows are (id, selectors, text) with further fields."""
    notes = [
        {
            "id": ident, "uri": "https://blog.example/bridges", "user": "acct:salma@hypothes.is", "text": words, "tags": list(tags),
            "target": [{"source": "https://blog.example/bridges", "selector": selectors}], "references": [], "user_info": {"display_name": "سلمى"},
        }
        for ident, selectors, words, *tags in rows
    ]  # fmt: skip
    return json.dumps(
        {"export_date": "2026-01-01", "export_userid": "acct:salma@hypothes.is", "annotations": notes} | more
    ).encode()


def send(desk, data, *, text=None, name="notes.json", **more):
    url = reverse("text_note_import", args=[text.public_id]) if text else reverse("note_import_new")
    asked = {"unknown_tags": "words", "others": "out", "visibility": "open", "format": "", **more}
    answer = desk.post(url, {"file": SimpleUploadedFile(name, data), **asked})
    return answer, NoteImport.objects.order_by("-pk").first()


def act(desk, name, step, **more):
    answer = desk.post(reverse(f"note_import_{name}", args=[step.public_id]), more)
    step.refresh_from_db()
    return answer


def outcomes(step):
    return [(row.outcome, row.how, row.problem.get("code", "")) for row in step.rows.all()]


def words_at(note):
    anchor = Anchor.objects.get(locus=note.newest_version.locus)
    return CONTENT[anchor.start : anchor.end] if anchor.start is not None else None


def test_notes_are_looked_at_first_then_brought_in_as_drafts_credited_by_name(desk, text, scholar, people):
    term = propose_term(term=TermInput(kind=TermKind.CONCEPT, label_ar="جسر"), by=people["reviewer"])
    at = CONTENT.index("جسرًا من حجر")
    data = hypothesis(
        ("a1", [{"type": "TextPositionSelector", "start": at, "end": at + 12}, quote("جسرًا من حجر", "القرية ", " أبيض")], "حاشية", "جِسر", "بناء"),
        ("a2", [{"type": "TextPositionSelector", "start": 4, "end": 12}, quote("خشب", "من ", ".")], "moved"),
    )  # fmt: skip

    answer, step = send(desk, data, text=text)

    assert answer.status_code == 302
    assert not Annotation.objects.exists()
    assert outcomes(step) == [("ready", "exact", ""), ("ready", "found", "")]
    page = desk.get(step.get_absolute_url()).content.decode()
    assert "جسرًا من حجر" in page
    assert "سلمى" in page

    act(desk, "apply", step)

    first, second = Annotation.objects.order_by("pk")
    assert (words_at(first), words_at(second)) == ("جسرًا من حجر", "خشب")
    assert (first.status, first.author, first.credited) == ("draft", scholar, "سلمى")
    assert first.newest_version.body.startswith("حاشية\n\n")
    assert first.newest_version.body.endswith("بناء")
    assert list(first.newest_version.tags.all()) == [term]
    assert first.elsewhere == {"via": ["https://hypothes.is/a/a1"]}
    assert step.state == "applied"
    assert bytes(step.data or b"") == b""


def test_nothing_is_made_twice_and_the_step_is_undone_as_one_where_untouched(desk, text, scholar):
    data = hypothesis(
        ("a1", [quote("حجر أبيض", "من ", " قرب")], "one"), ("a2", [quote("خشب", "من ", ".")], "two")
    )
    step = send(desk, data, text=text)[1]
    act(desk, "apply", step)
    again = send(desk, data, text=text)[1]

    assert outcomes(again) == [("here", "found", "brought_in_before")] * 2
    act(desk, "apply", again)
    assert Annotation.objects.count() == 2
    assert again.state == "previewed"

    touched = Annotation.objects.order_by("pk").last()
    withdrawn_later = touched.public_id
    desk.post(
        reverse("my_notes"),
        {"act": "submit", "version": touched.newest_version.public_id, "key": "k", "message": ""},
    )
    act(desk, "undo", step)

    assert step.state == "undone"
    assert [row.outcome for row in step.rows.all()] == ["undone", "kept"]
    assert list(Annotation.objects.order_by("pk").values_list("status", flat=True)) == [
        "withdrawn",
        "submitted",
    ]
    assert withdrawn_later
    # What was taken back can be brought in again.
    assert [row.outcome for row in send(desk, data, text=text)[1].rows.all()] == ["ready", "here"]


def test_places_are_chosen_quoted_or_left_out_and_what_is_not_placed_is_told_with_its_words(desk, text):
    data = hypothesis(
        ("a1", [quote("الجسر")], "=SUM(A1)"), ("a2", [quote("nothing like it")], "lost"),
        ("a3", [{"type": "TextPositionSelector", "start": 10**7, "end": 10**8}], "past"), ("a4", [quote("حجر أبيض")], "sure"),
    )  # fmt: skip
    step = send(desk, data, text=text)[1]

    assert outcomes(step) == [
        ("ask", "several", "several_places"), ("out", "none", "quote_missing"), ("out", "none", "past_end"), ("ready", "found", ""),
    ]  # fmt: skip
    report = desk.get(reverse("note_import_report", args=[step.public_id]))
    rows = list(csv.DictReader(io.StringIO(b"".join(report).decode("utf-8-sig"))))
    assert [row["body"] for row in rows] == ["'=SUM(A1)", "lost", "past"]
    assert all(row["reason"] for row in rows)

    second = CONTENT.index("الجسر", CONTENT.index("سقط"))
    answer = act(
        desk,
        "choose",
        step,
        **{"place-1": f"{second}-{second + 5}", "words-2": "من خشب", "place-4": "out", "words-3": "الجسر"},
    )
    assert answer.status_code == 302
    assert [row.outcome for row in step.rows.all()] == ["ready", "ready", "out", "out"]
    act(desk, "choose", step, **{"place-1": "5-999999"})
    assert step.rows.first().start == second
    act(desk, "apply", step)

    assert [words_at(note) for note in Annotation.objects.order_by("pk")] == ["الجسر", "من خشب"]
    assert Anchor.objects.order_by("pk").first().start == second


def test_notes_without_a_sure_place_wait_among_the_places_to_check_if_that_is_asked_for(desk, text):
    step = send(
        desk,
        hypothesis(("a1", [quote("الجسر")], "several"), ("a2", [quote("كلمات ليست هنا أبدا")], "lost")),
        text=text,
    )[1]

    act(desk, "apply", step)
    assert not Annotation.objects.exists()
    act(desk, "apply", step, waiting="1")

    assert [row.outcome for row in step.rows.all()] == ["waits", "waits"]
    page = desk.get(reverse("carried", args=[text.public_id])).content.decode()
    assert "several" in page
    assert "lost" in page
    assert "كلمات ليست هنا أبدا" in page
    lost = Annotation.objects.order_by("pk").last()
    desk.post(
        reverse("carried", args=[text.public_id]),
        {"note": lost.public_id, "attempt": "1", "words": "الطاحونة"},
    )
    act(desk, "undo", step)
    assert [row.outcome for row in step.rows.all()] == ["undone", "kept"]


def test_unknown_tags_are_proposed_and_known_ones_found_by_spelling_and_by_authority(desk, text, people):
    given = {"label_ar": "حلب", "authority": {"geonames": "170063"}}
    aleppo = propose_term(term=TermInput(kind=TermKind.PLACE, **given), establish=True, by=people["reviewer"])
    table = (
        "UUID,FILE,QUOTE_TRANSCRIPTION,ANCHOR,TYPE,URI,VOCAB_LABEL,LAT,LNG,COMMENTS,TAGS\n"
        "u1,a.txt,حجر أبيض,char-offset:3,PLACE,http://sws.geonames.org/170063/,Alep,36,37,,نهر\n"
    )  # fmt: skip
    step = send(desk, table.encode(), text=text, name="r.csv", unknown_tags="propose")[1]
    act(desk, "apply", step)

    note = Annotation.objects.get()
    tags = {term.label_ar: term.status for term in note.newest_version.tags.all()}
    assert tags == {"حلب": "established", "نهر": "proposed"}
    assert aleppo in note.newest_version.tags.all()
    assert (note.newest_version.category, note.credited) == ("place", "")


def test_notes_on_other_sites_are_told_left_out_or_kept_private_and_sources_are_chosen(desk, text):
    data = json.loads(
        hypothesis(
            ("a1", [quote("حجر أبيض")], "here"),
            ("a2", [quote("سقط الجسر")], "here too"),
            ("a3", [quote("words of there")], "there"),
        )
    )
    data["annotations"][2]["uri"] = data["annotations"][2]["target"][0]["source"] = (
        "https://other.example/page"
    )
    step = send(desk, json.dumps(data).encode(), text=text)[1]

    assert outcomes(step)[2] == ("out", "none", "other_source")
    act(desk, "again", step, **{"source-0": "here", "source-1": "out", "others": "elsewhere"})
    assert outcomes(step)[2] == ("ready", "elsewhere", "")
    act(desk, "apply", step)

    third = Annotation.objects.order_by("pk").last()
    assert (third.text, third.visibility, third.newest_version.locus.target["source"]) == (
        None,
        "private",
        "https://other.example/page",
    )


def test_a_text_that_was_corrected_meanwhile_is_looked_at_again_and_nothing_is_half_made(desk, text):
    step = send(desk, hypothesis(("a1", [quote("حجر أبيض")], "one")), text=text)[1]
    add_revision(text, "مقدمة. " + CONTENT)
    act(desk, "apply", step)

    assert step.state == "previewed"
    assert step.asked["stopped"]["code"] == "text_changed_since"
    assert not Annotation.objects.exists()
    act(desk, "again", step)
    act(desk, "apply", step)
    assert step.state == "applied"
    assert Annotation.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"", 422), (b"{", 422), (b"<a", 422), (b"[" * 99, 422), (b"a,b\n1,2", 422), (b"\x00\x01\x02", 422)],
)
def test_what_is_no_file_of_notes_is_refused_in_words(desk, text, data, status):
    answer, step = send(desk, data, text=text)

    assert answer.status_code == status
    assert step is None


def test_long_words_many_tags_and_highlights_are_told(desk, text):
    rows = [
        ("a1", [quote("حجر أبيض")], "x" * 100_000), ("a2", [quote("فاض النهر")], "t", *[f"t{n}" for n in range(41)]),
        ("a3", [quote("سقط الجسر", "النهر ", "، ف")], ""),
    ]  # fmt: skip
    step = send(desk, hypothesis(*rows), text=text)[1]

    if step.state == "planning":
        run_job(step.job_id)
        step.refresh_from_db()
    assert [row.problem["code"] for row in step.rows.all()] == [
        "body_too_long",
        "tags_too_many",
        "highlight_only",
    ]
    assert desk.get(step.get_absolute_url()).status_code == 200


def test_a_long_file_is_read_applied_and_undone_by_jobs_all_or_nothing(desk, text, scholar, monkeypatch):
    rows = [(f"a{n}", [quote("حجر أبيض")], "word " * 100) for n in range(220)]
    step = send(desk, hypothesis(*rows), text=text)[1]
    assert step.state == "planning"
    assert 'data-job="' in desk.get(step.get_absolute_url()).content.decode()
    run_job(step.job_id)
    step.refresh_from_db()
    assert step.rows.filter(outcome="ready").count() == 220
    assert step.data is None

    act(desk, "apply", step)
    assert step.state == "applying"
    assert not Annotation.objects.exists()
    made = []

    def broken(self, row, make=None):
        made.append(row)
        if len(made) > 100:
            raise RuntimeError("killed")
        return original(self, row)

    from annotations.actions._note_rows import NoteMaker

    original = NoteMaker.make
    with monkeypatch.context() as patched:
        patched.setattr(NoteMaker, "make", broken)
        run_job(step.job_id)
    assert len(made) > 100
    assert not Annotation.objects.exists()
    type(step.job).objects.filter(pk=step.job_id).update(state="queued", not_before=None)
    run_job(step.job_id)
    assert Annotation.objects.filter(status="draft").count() == 220
    step.refresh_from_db()
    act(desk, "undo", step)
    run_job(step.job_id)
    assert Annotation.objects.filter(status="withdrawn").count() == 220


def test_the_pages_ask_no_more_of_the_database_for_more_notes(desk, text, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for size in (2, 20):
        step = send(
            desk,
            hypothesis(*[(f"s{size}-{n}", [quote("حجر أبيض")], "w", "نهر") for n in range(size)]),
            text=text,
        )[1]
        desk.get(step.get_absolute_url())
        with CaptureQueriesContext(
            connection,
        ) as seen:
            desk.get(step.get_absolute_url())
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("form", ["jsonld", "csv", "xml"])
def test_what_is_taken_out_comes_back_in_at_the_same_places(client, desk, text, people, scholar, form):
    term = propose_term(term=TermInput(kind=TermKind.CONCEPT, label_ar="جسر"), by=people["reviewer"])
    for words, occurrence in (("الجسر", 1), ("الجسر", 2), ("خشب", 1), (" أبيض ", 1)):
        note = NoteInput(body=f"عن *{words}*\n\nسطر <b> & [آخر](https://a.example/)", tags=(term.public_id,))
        write_annotation(place=place_of(text, words, occurrence), note=note, by=scholar)
    before = [
        (words_at(note), note.newest_version.body, Anchor.objects.get(locus=note.newest_version.locus).start)
        for note in Annotation.objects.order_by("pk")
    ]
    data = b"".join(desk.get(reverse("text_notes_file", args=[text.public_id, form])).streaming_content)

    assert {row.problem["code"] for row in send(desk, data, text=text)[1].rows.all()} == {"own_note"}
    client.force_login(people["editor"])
    step = send(client, data, text=text)[1]
    act(client, "apply", step)

    made = Annotation.objects.filter(author=people["editor"]).order_by("pk")
    after = [
        (words_at(note), note.newest_version.body, Anchor.objects.get(locus=note.newest_version.locus).start)
        for note in made
    ]
    assert after == before
    assert all(
        list(note.newest_version.tags.all()) == [term] and note.credited == str(scholar) for note in made
    )


def test_my_notes_go_out_and_come_back_without_a_text_being_chosen(client, desk, text, people, scholar):
    note = make_note(text, "حجر أبيض", body="x", by=scholar)
    data = b"".join(desk.get(reverse("my_notes_file", args=["jsonld"])).streaming_content)
    withdraw_annotation(annotation=note.public_id, version_id=note.newest_version.public_id, by=scholar)
    step = send(desk, data)[1]
    act(desk, "apply", step)

    assert words_at(Annotation.objects.get(status="draft")) == "حجر أبيض"
    client.force_login(people["member"])
    assert client.get(reverse("note_import_new")).status_code == 403


def test_a_command_tells_what_would_become_of_a_file_and_brings_it_in(text, scholar, tmp_path, capsys):
    from django.core.management import call_command

    path = tmp_path / "notes.json"
    path.write_bytes(hypothesis(("a1", [quote("حجر أبيض")], "one"), ("a2", [quote("الجسر")], "two")))
    call_command("import_notes", str(path), text=text.public_id, by=scholar.email, report="json")
    told = json.loads(capsys.readouterr().out)
    assert [note["outcome"] for note in told["notes"]] == ["ready", "ask"]
    assert not NoteImport.objects.exists()
    call_command("import_notes", str(path), text=text.public_id, by=scholar.email, apply=True)
    assert Annotation.objects.get().author == scholar
    assert "brought in" in capsys.readouterr().out


def test_terms_are_never_made_for_a_file_that_is_only_looked_at(scholar, text):
    import_notes(
        data=hypothesis(("a1", [quote("حجر أبيض")], "w", "new")),
        filename="n.json",
        text=text.public_id,
        unknown_tags="propose",
        by=scholar,
    )

    assert not Term.objects.exists()


def test_notes_on_pictures_and_films_of_the_archive_stand_on_their_parts(desk, people, scholar, settings):
    image, hidden = make_image(by=people["archivist"]), make_image(by=people["archivist"], access="draft")
    video = make_video(by=people["archivist"])
    site = settings.PUBLIC_URL

    def on(source, value):
        body = {"type": "TextualBody", "value": "x"}
        return {
            "type": "Annotation",
            "body": body,
            "target": {"source": source, "selector": {"type": "FragmentSelector", "value": value}},
        }

    data = [
        on(f"{site}/api/images/{image.public_id}/", "xywh=percent:10,10,50,50"),
        on(f"{site}/api/videos/{video.public_id}/", "t=5,65"),
        on(f"{site}/api/images/{hidden.public_id}/", "xywh=1,2,3,4"),
        on(f"{site}/api/images/{image.public_id}/", "nonsense"),
        on("https://other.example/i.jpg", "xywh=1,2,3,4"),
    ]
    step = send(desk, json.dumps(data).encode())[1]

    assert [code for _outcome, _how, code in outcomes(step)] == [
        "",
        "",
        "not_here",
        "part_unknown",
        "no_text",
    ]
    with override("ar"):
        page = desk.get(step.get_absolute_url()).content.decode()
    assert "0:05–1:05" in page
    assert "رسم الطاحونة" in page
    act(desk, "apply", step)
    region, seconds = Annotation.objects.order_by("pk")
    assert region.newest_version.locus.region["points"] == [[120.0, 90.0], [720.0, 540.0]]
    assert (seconds.video, seconds.newest_version.locus.end_time) == (video, 65.0)


def test_what_says_nothing_is_never_given_a_place(desk, text):
    step = send(desk, hypothesis(("a1", [quote("حجر أبيض")], "")), text=text)[1]
    act(desk, "choose", step, **{"place-1": "0-4"})

    assert outcomes(step) == [("out", "found", "highlight_only")]


def test_who_is_not_told_that_a_released_note_was_taken_back_gets_it_in_the_file_too(client, people):
    desk = make_desk(people)
    desk.release()
    note = desk.notes["masons"]
    url = reverse("text_notes_file", args=[desk.text.public_id, "csv"])

    another = make_user("another@example.org", "scholar")

    def told():
        client.force_login(another)
        return b"".join(client.get(url).streaming_content).decode()

    before = told()
    note.refresh_from_db()
    withdraw_annotation(annotation=note.public_id, version_id=note.newest_version.public_id, by=note.author)

    assert note.public_id in before
    assert told() == before


def test_one_file_looked_at_twice_is_brought_in_once(desk, text):
    data = hypothesis(("a1", [quote("حجر أبيض", "من ", " قرب")], "one"))
    first, second = (send(desk, data, text=text)[1] for _time in range(2))

    act(desk, "apply", first)
    act(desk, "apply", second)

    assert Annotation.objects.count() == 1
    assert outcomes(second) == [("here", "found", "brought_in_before")]


def test_a_tag_that_names_a_term_merged_since_means_the_one_that_stays(desk, text, people, settings):
    mill, wheel = (
        propose_term(
            term=TermInput(kind=TermKind.PLACE, label_ar=name), establish=True, by=people["reviewer"]
        )
        for name in ("الطاحونة", "الرحى")
    )
    merge_term(term=wheel.public_id, version=wheel.version, into=mill.public_id, by=people["reviewer"])
    tag = {
        "type": "SpecificResource",
        "purpose": "tagging",
        "source": f"{settings.PUBLIC_URL}/api/terms/{wheel.public_id}/",
    }
    note = {
        "type": "Annotation", "body": [{"type": "TextualBody", "value": "x"}, tag],
        "target": {"source": f"{settings.PUBLIC_URL}/api/texts/{text.public_id}/", "selector": quote("حجر أبيض")},
    }  # fmt: skip
    act(desk, "apply", send(desk, json.dumps([note]).encode(), text=text)[1])

    assert list(Annotation.objects.get().newest_version.tags.all()) == [mill]


def test_a_step_whose_job_gave_up_can_be_gone_on_with_or_forgotten(desk, text):
    data = hypothesis(("a1", [quote("حجر أبيض", "من ", " قرب")], "one"))
    gave_up = Job.objects.create(kind="apply_notes", state="failed")
    steps = [send(desk, data, text=text)[1] for _time in range(2)]
    NoteImport.objects.update(state="applying", job=gave_up)

    page = desk.get(steps[0].get_absolute_url()).content.decode()
    act(desk, "apply", steps[0])
    desk.post(reverse("note_import_forget", args=[steps[1].public_id]))

    assert reverse("note_import_forget", args=[steps[0].public_id]) in page
    assert (steps[0].state, Annotation.objects.count()) == ("applied", 1)
    assert list(NoteImport.objects.all()) == [steps[0]]
    NoteImport.objects.update(state="undoing", job=gave_up)
    act(desk, "undo", steps[0])
    assert steps[0].state == "undone"
