"""A translation beside its original: declared, paired, corrected, approved, read, and carried along."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation as interface

from archive.actions.accept_draft import accept_draft
from archive.actions.align_texts import align_texts, newest
from archive.actions.bring_in import bring_in
from archive.actions.correct_alignment import correct_alignment
from archive.actions.declare_translation import declare_translation
from archive.actions.edit_draft import edit_draft
from archive.actions.parse_import import parse_import
from archive.actions.run_job import run_job
from archive.actions.start_correction import start_correction
from archive.actions.start_import import start_import
from archive.enums import TextRole
from archive.errors import Conflict, Invalid, OperationRefused, Stale
from archive.models import Alignment, AuditEvent, Job, Text, Work
from archive.views import shared
from tests.factories_archive import make_revision, send

pytestmark = pytest.mark.django_db
ENGLISH = """# Describing the bridge

The bridge was built of white stone.

## The way to it

Whoever comes from the market walks until the water,

and then crosses to the other bank.
"""


@pytest.fixture
def pair(people):
    """A public work in Arabic, and its English translation, paired as the archive proposes."""
    by = people["archivist"]
    original = make_revision(access="public", by=by).text
    return declared(original, people)


def declared(original, people, words=ENGLISH):
    by = people["archivist"]
    run = start_import(arrival=send(words, by=by), language="en", work=original.work, by=by)
    draft = parse_import(run_id=run.pk)
    text = accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by).text
    declare_translation(
        text_id=text.pk, version=text.version, original=original, translator="A. Reader", by=by
    )
    run_job(Job.objects.get(kind="align_texts", dedupe_key=str(text.pk), state="queued").pk)
    return Text.objects.get(pk=text.pk)


def shape(text):
    return [row[:2] for row in newest(text).rows]


def act(text, people, name, **values):
    return correct_alignment(
        text_id=text.pk, read=newest(text).public_id, act=name, values=values, by=people["archivist"]
    )


def correct(text, people, block, words):
    """Give a text a new revision in which one block has other words, and let its pairs follow."""
    by = people["archivist"]
    draft = start_correction(text_id=text.pk, by=by)
    draft = edit_draft(
        draft_id=draft.pk, operation="edit", block=block, text=words, version=draft.version, by=by
    )
    accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)
    for job in Job.objects.filter(kind="align_texts", state="queued"):
        run_job(job.pk)


def page(text, client, **query):
    with interface.override("en"):
        address = reverse("side_by_side", args=[text.work.slug])
    return client.get(address, {"text": text.public_id, **query})


def test_declared_translation_is_paired_and_waits_for_an_archivist(client, pair):
    assert (pair.role, pair.translator) == (TextRole.TRANSLATION, "A. Reader")
    assert shape(pair) == [[1, 1], [1, 1], [1, 1], [1, 2]]
    assert newest(pair).origin == "proposed"
    assert page(pair, client).status_code == 404, "nobody reads it before it is approved"
    assert "side-by-side" not in client.get(pair.work.get_absolute_url()).content.decode()


def test_approved_pairs_are_read_side_by_side_each_in_its_direction(client, people, pair):
    act(pair, people, "approve")

    answer = page(pair, client)
    words = answer.content.decode()

    assert answer.status_code == 200
    assert words.index("حجرٍ أبيض") < words.index("white stone") < words.index("القادم من السوق")
    assert '<div class="pair__cell article" lang="ar" dir="rtl">' in words
    assert '<div class="pair__cell article" lang="en" dir="ltr">' in words
    assert "A. Reader" in words
    for text in (pair, pair.translation_of):
        assert f'?text={text.public_id}"' in words
        offered = client.get(pair.work.get_absolute_url(), {"text": text.public_id}).content.decode()
        assert f"/side-by-side/?text={pair.public_id}" in offered
    assert "public" in answer.headers["Cache-Control"]


def test_pairs_of_a_hidden_work_are_like_nothing_to_who_may_not_see_it(client, people, pair):
    act(pair, people, "approve")
    Work.objects.update(access="draft")

    assert page(pair, client).status_code == 404
    client.force_login(people["editor"])
    shown = page(pair, client)
    assert shown.status_code == 200
    assert "no-store" in shown.headers["Cache-Control"]


def test_archivist_corrects_rows_and_takes_changes_back_one_by_one(people, pair):
    act(pair, people, "shift", row=3, side="right", step=-1)
    assert shape(pair) == [[1, 1], [1, 1], [1, 2], [1, 1]]
    act(pair, people, "merge", row=2)
    act(pair, people, "split", row=0, left=1, right=0)
    assert shape(pair) == [[1, 0], [0, 1], [1, 1], [2, 3]]

    act(pair, people, "undo")
    act(pair, people, "undo")
    assert shape(pair) == [[1, 1], [1, 1], [1, 2], [1, 1]]
    act(pair, people, "undo")
    assert shape(pair) == [[1, 1], [1, 1], [1, 1], [1, 2]]
    with pytest.raises(Conflict):
        act(pair, people, "undo")
    assert AuditEvent.objects.filter(action="alignment.corrected").count() == 6


def test_what_does_not_fit_or_was_made_from_an_older_state_changes_nothing(people, pair):
    read = newest(pair).public_id
    for values in ({"row": 99}, {"row": 3, "left": 5, "right": 5}, {}):
        with pytest.raises(OperationRefused):
            act(pair, people, "split", **values)
    act(pair, people, "merge", row=0)

    with pytest.raises(Stale):
        correct_alignment(text_id=pair.pk, read=read, act="merge", values={"row": 0}, by=people["archivist"])
    assert Alignment.objects.count() == 2


def test_pairs_are_facts(people, pair):
    known = newest(pair)

    with pytest.raises(IntegrityError), transaction.atomic():
        Alignment.objects.filter(pk=known.pk).update(is_approved=True)
    after = {
        "original": known.original, "translation": known.translation, "rows": known.rows, "before": known,
        "origin": "corrected",
    }  # fmt: skip
    Alignment.objects.create(**after)
    with pytest.raises(IntegrityError), transaction.atomic():
        Alignment.objects.create(**after)


def test_corrected_text_takes_its_pairs_along_and_marks_what_changed(client, people, pair):
    act(pair, people, "approve")

    correct(pair.translation_of, people, 1, "بُني الجسر من حجرٍ أسود.")

    carried = newest(pair)
    assert (carried.origin, carried.is_approved) == ("carried", True)
    assert carried.rows == [[1, 1, 0], [1, 1, 1], [1, 1, 0], [1, 2, 0]]
    words = page(pair, client).content.decode()
    assert "حجرٍ أسود" in words
    assert words.count("is to be checked") == 1
    act(pair, people, "right", row=1)
    shared.forget()  # An epoch is believed for a second.
    assert "is to be checked" not in page(pair, client).content.decode()
    count = Alignment.objects.count()
    align_texts(text_id=pair.pk, by=None)
    assert Alignment.objects.count() == count, "run twice, it does nothing"


def test_until_the_pairs_have_followed_readers_see_the_wordings_that_were_paired(client, people, pair):
    act(pair, people, "approve")
    by = people["archivist"]
    draft = start_correction(text_id=pair.pk, by=by)
    draft = edit_draft(
        draft_id=draft.pk, operation="edit", block=1, text="Black stone.", version=draft.version, by=by
    )
    accept_draft(draft_id=draft.pk, sha256=draft.sha256, by=by)

    words = page(pair, client).content.decode()

    assert "white stone" in words
    assert "corrected since" in words


def test_what_is_no_translation_of_this_work_is_refused(people, pair):
    by = people["archivist"]
    other = make_revision(by=by).text
    original = pair.translation_of
    for text, of, code in (
        (pair, other, "other_work"), (pair, pair, "translates_itself"), (other, pair, "other_work"),
        (original, original, "translates_itself"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=code):
            declare_translation(text_id=text.pk, version=text.version, original=of, by=by)
    with pytest.raises(Stale):
        declare_translation(text_id=pair.pk, version=1, original=None, by=by)


def test_text_that_stands_by_itself_again_has_no_pairs_to_read(client, people, pair):
    act(pair, people, "approve")

    declare_translation(text_id=pair.pk, version=pair.version, original=None, by=people["archivist"])

    assert page(pair, client).status_code == 404


def test_long_texts_are_paged_and_cost_the_same_number_of_queries(
    client, people, django_assert_max_num_queries
):
    paragraphs = "\n\n".join(f"فقرة رقم {n} من كلام طويل." for n in range(95))
    original = make_revision(f"# باب\n\n{paragraphs}\n", access="public", by=people["archivist"]).text
    text = declared(
        original, people, "# Part\n\n" + "\n\n".join(f"Paragraph {n} of long words." for n in range(95))
    )
    act(text, people, "approve")

    with django_assert_max_num_queries(20):
        first = page(text, client).content.decode()
    last = page(text, client, page=3).content.decode()
    odd = page(text, client, page="99999999999999999999")

    assert first.count('id="row-') == 40
    assert "Paragraph 94" in last
    assert "Paragraph 94" not in first
    assert odd.status_code == 200


def test_desk_corrects_by_plain_forms_and_tells_of_a_stale_page(client, people, pair):
    client.force_login(people["archivist"])
    with interface.override("en"):
        address = reverse("desk_pairs", args=[pair.public_id])
    read = newest(pair).public_id

    shown = client.get(address).content.decode()
    moved = client.post(address, {"read": read, "do": "shift:3:right:-1"})
    stale = client.post(address, {"read": read, "do": "merge:0"})
    odd = client.post(address, {"read": newest(pair).public_id, "do": "split:9:x"}, follow=True)

    assert "shift:3:right:-1" in shown
    assert moved.headers["Location"].endswith("?row=3#row-4")
    assert shape(pair) == [[1, 1], [1, 1], [1, 2], [1, 1]]
    assert stale.status_code == 412
    assert "does not fit" in odd.content.decode()
    client.post(address, {"read": newest(pair).public_id, "do": "approve"})
    assert newest(pair).is_approved


def test_desk_declares_a_translation(client, people, pair):
    client.force_login(people["archivist"])
    with interface.override("en"):
        address = reverse("declare_translation", args=[pair.public_id])
    sent = {"version": pair.version, "original": "", "translator": ""}

    alone = client.post(address, sent)
    stale = client.post(address, sent)

    assert alone.status_code == 302
    assert stale.status_code == 412
    assert Text.objects.get(pk=pair.pk).translation_of is None


def test_api_tells_parts_translations_and_pairs(client, people, pair):
    address = f"/api/texts/{pair.public_id}/"
    assert client.get(f"{address}alignment/").status_code == 404
    act(pair, people, "approve")

    text = client.get(address).json()
    told = client.get(f"{address}alignment/").json()

    assert text["translation_of"] == pair.translation_of.public_id
    assert (text["order"], text["title_en"], text["translator"]) == (1, "", "A. Reader")
    assert (told["count"], told["pages"], told["original_revision"]) == (4, 1, 1)
    last = told["rows"][-1]
    assert last["translation"]["last"] - last["translation"]["first"] == 2
    content = client.get(f"{address}revisions/current/").json()["content"]
    assert content[last["translation"]["start"] : last["translation"]["end"]].startswith("Whoever comes")


def test_parts_translations_and_pairs_are_taken_out_and_brought_in(people, tmp_path):
    point = transaction.savepoint()
    pair = declared(make_revision(access="public", by=people["archivist"]).text, people)
    act(pair, people, "shift", row=3, side="right", step=-1)
    act(pair, people, "approve")
    Text.objects.filter(pk=pair.translation_of_id).update(title_ar="الأول", title_en="First")
    rows = newest(pair).rows
    call_command("export_work", pair.work.slug, "--to", str(tmp_path / "bag"))
    transaction.savepoint_rollback(point)
    assert not Work.objects.exists()

    again = bring_in(path=tmp_path / "bag", by=people["administrator"])

    original, translation = again.texts.order_by("order")
    assert (original.title_ar, original.title_en) == ("الأول", "First")
    assert (translation.translation_of, translation.translator) == (original, "A. Reader")
    known = newest(translation)
    assert (known.rows, known.is_approved, known.origin) == (rows, True, "brought_in")
