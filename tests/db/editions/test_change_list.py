"""What changed from release to release: written by the system for the editor, and taken away as a file by readers."""

from __future__ import annotations

import csv
import io
import json

import pytest

from archive.enums import Access
from archive.views.shared import forget
from tests.factories_editions import MILL, Desk, add_wording, move_notes, place_notes
from tests.factories_notes import make_accepted

pytestmark = pytest.mark.django_db
FILE = "/en/editions/mill-edition/2/compare/1/"


def correct(desk: Desk) -> None:
    """Change a word of the text, add a note, leave one out and rename the edition."""
    rows = [*MILL[:4], ("paragraph", MILL[4][1].replace("الحور", "الزيتون"), None, {}), *MILL[5:]]
    revision = add_wording(desk.text, rows)
    move_notes(desk, revision)
    make_accepted(
        desk.text, "الزيتون", body="=شجر", author=desk.people["scholar"], reviewer=desk.people["reviewer"]
    )
    desk.edition.refresh_from_db()
    desk.edition.excluded.add(desk.notes["year"])
    desk.edition.title_en = "The Mill, annotated anew"
    desk.edition.save()


def typed(desk: Desk, **words: str) -> dict[str, str]:
    desk.edition.refresh_from_db()
    return {"version": str(desk.edition.version), "list_changes": "1", "title_en": "TYPED", **words}


def asked(editor, desk: Desk, **words: str):
    answer = editor.post(f"/en/desk/editions/{desk.edition.public_id}/plan/", typed(desk, **words))
    assert answer.status_code == 200
    return answer.context["form"].initial


def test_the_list_of_changes_is_written_in_both_languages_after_what_was_typed(editor, desk):
    desk.release()
    correct(desk)

    form = asked(editor, desk, change_note_en="With thanks to a reader.")

    assert form["change_note_en"].splitlines() == [
        "With thanks to a reader.", "The text changed in 1 place.", "1 note was added: «الزيتون».", "1 note was left out.",
        "Changed besides: the title.",
    ]  # fmt: skip
    assert form["change_note_ar"].splitlines() == [
        "تغيّر النصّ في موضع واحد.", "أضيفت حاشية واحدة: «الزيتون».", "حُذفت حاشية واحدة.", "وتغيّر أيضًا: العنوان.",
    ]  # fmt: skip
    assert form["title_en"] == "TYPED"
    desk.edition.refresh_from_db()
    assert desk.edition.change_note_en == ""


def test_pressing_again_writes_nothing_twice(editor, desk):
    desk.release()
    correct(desk)
    first = asked(editor, desk)

    again = asked(editor, desk, **{name: first[name] for name in ("change_note_ar", "change_note_en")})

    assert again["change_note_en"] == first["change_note_en"]


def test_it_is_edited_saved_and_read_by_everybody_line_by_line(editor, desk, client):
    desk.release()
    correct(desk)
    form = asked(editor, desk)
    edited = form["change_note_en"].replace("Changed besides", "And")
    desk.edition.change_note_en = edited
    desk.edition.save()

    release = desk.release()

    assert json.loads(release.snapshot)["change_note"]["en"] == edited
    client.logout()
    page = client.get(FILE).content.decode()
    assert "The text changed in 1 place.<br>1 note was added" in page
    assert "And: the title." in page


def test_nothing_changed_is_told_and_nothing_is_written(editor, desk):
    desk.release()

    answer = editor.post(f"/en/desk/editions/{desk.edition.public_id}/plan/", typed(desk))

    assert answer.context["form"].initial["change_note_en"] == ""
    assert "Nothing that is read differs from release 1." in answer.content.decode()


def test_without_a_release_there_is_no_button(editor, desk):
    address = f"/en/desk/editions/{desk.edition.public_id}/plan/"
    assert 'name="list_changes"' not in editor.get(address).content.decode()
    assert asked(editor, desk, change_note_en="First.")["change_note_en"] == "First."

    desk.release()

    assert 'name="list_changes"' in editor.get(address).content.decode()


def test_the_comparison_is_taken_away_as_a_table_and_as_json(client, desk):
    first = desk.release()
    correct(desk)
    second = desk.release()

    page = client.get(FILE).content.decode()
    table = client.get(FILE, {"as": "csv"})
    value = client.get(FILE, {"as": "json"}).json()

    assert '<a href="?as=csv" download>' in page
    assert table["Content-Disposition"] == 'attachment; filename="changes-1-2.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode())))
    assert [(row["what"], row["change"]) for row in rows] == [
        ("text", "changed"), ("note", "added"), ("note", "left_out"), ("title", "changed"),
    ]  # fmt: skip
    assert "الحور." in rows[0]["before"]
    assert "الزيتون." in rows[0]["after"]
    assert rows[1]["after"] == "'=شجر"
    assert (rows[2]["note"], rows[2]["number_after"]) == (desk.notes["year"].public_id, "")
    assert [value["from"]["sha256"], value["to"]["sha256"]] == [first.manifest_hash, second.manifest_hash]
    assert [(row["what"], row["change"]) for row in value["changes"]] == [
        (row["what"], row["change"]) for row in rows
    ]
    assert value["changes"][1]["after"] == "=شجر"


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_note_on_what_is_hidden_now_is_in_no_file_and_in_no_list(client, desk, form):
    desk.release()
    place_notes(desk)
    desk.release()
    shown = client.get(FILE, {"as": form}).content.decode()
    assert "العجلة في الرسم" in shown

    desk.image.access = Access.DRAFT
    desk.image.save()
    forget()
    hidden = client.get(FILE, {"as": form}).content.decode()

    assert "العجلة في الرسم" not in hidden
    assert desk.notes["region"].public_id not in hidden
    assert "The stone" in hidden


def test_a_release_that_is_not_public_is_compared_for_nobody(client, desk):
    desk.release()
    correct(desk)
    desk.seal()

    for query in ({}, {"as": "csv"}, {"as": "json"}):
        assert client.get(FILE, query).status_code == 404
