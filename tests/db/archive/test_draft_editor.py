"""The editor of a draft as a browser without scripts meets it: what is typed is kept, what is not touched stays."""

from __future__ import annotations

import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from archive.actions.abandon_draft import abandon_draft
from archive.actions.edit_blocks import edit_blocks
from archive.actions.edit_draft import edit_draft
from archive.actions.undo_draft_step import undo_draft_step
from archive.errors import Stale
from archive.models import AuditEvent, TextDraft
from tests.corpus import article_bytes
from tests.factories_archive import make_draft, make_revision

pytestmark = pytest.mark.django_db

BOX = re.compile(r'<textarea[^>]* name="text-(\d+)"[^>]*>\n?(.*?)</textarea>', re.S)
LOST = re.compile(r'<textarea[^>]* name="(lost-\d+)"[^>]*>\n?(.*?)</textarea>', re.S)
ADDRESS = re.compile(r'<input[^>]* name="(href-\w+)" value="([^"]*)"')
HIDDEN = re.compile(r'<input type="hidden" name="([\w-]+)" value="([^"]*)"')


@pytest.fixture(params=["ar", "en"])
def language(request):
    with translation.override(request.param):
        yield request.param


def address(draft: TextDraft, query: str = "") -> str:
    return reverse("draft_edit", args=[draft.public_id]) + query


def form_of(page) -> dict[str, str]:
    """Return what a browser would send back if nothing were typed."""
    words = page.content.decode()
    form = words[words.index('id="draft-edit"') : words.rindex("</form>")]
    fields = {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
    fields |= {name: html.unescape(value) for name, value in [*ADDRESS.findall(form), *LOST.findall(form)]}
    boxes = {f"text-{number}": html.unescape(text) for number, text in BOX.findall(form)}
    return fields | {name: text.replace("\n", "\r\n") for name, text in boxes.items()}


def saved(desk, draft, query: str = "", **typed: str):
    form = form_of(desk.get(address(draft, query)))
    return desk.post(address(draft), form | {name.replace("_", "-"): text for name, text in typed.items()})


def test_page_of_blocks_shows_their_markdown_and_the_report_beside(desk, archivist, language):
    draft = make_draft(article_bytes(), by=archivist)

    page = desk.get(address(draft))
    words = page.content.decode()

    assert page.status_code == 200
    assert len(BOX.findall(words)) == 50
    assert form_of(page)["text-0"].startswith("## ")
    assert f'lang="{draft.language}" dir="rtl"' in words
    assert 'value="apply:' in words
    assert 'class="beside beside--open"' in words


def test_page_that_holds_a_block_is_the_one_that_is_asked_for(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)

    assert "text-60" in form_of(desk.get(address(draft, "?block=60")))
    assert "text-50" in form_of(desk.get(address(draft, "?page=2")))
    assert desk.get(address(draft, "?page=9999&block=x")).status_code == 200


def test_article_sent_back_as_it_came_changes_nothing(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)
    pages = -(-len(draft.blocks) // 50)

    for number in range(1, pages + 1):
        page = desk.post(address(draft), form_of(desk.get(address(draft, f"?page={number}"))))
        assert page.status_code == 302

    after = TextDraft.objects.get()
    assert (after.version, after.sha256, after.steps.count()) == (1, draft.sha256, 0)


def test_whole_page_is_one_step_that_undo_takes_back(desk, archivist):
    draft = make_draft(by=archivist)

    page = saved(desk, draft, text_0="## في وصف *القنطرة*", text_1="بُني الجسر\n\nمن طينٍ أبيض.", text_3="")

    assert page.status_code == 302
    assert page["Location"].endswith("?page=1#e1")
    after = TextDraft.objects.get()
    kinds = [(block["kind"], block["level"]) for block in after.blocks]
    assert kinds == [("heading", 2), ("paragraph", None), ("paragraph", None), ("heading", 2)]
    assert after.content == "في وصف القنطرة\nبُني الجسر\nمن طينٍ أبيض.\nالطريق إليه"
    assert [(mark["kind"], mark["start"], mark["end"]) for mark in after.marks] == [("emphasis", 7, 14)]
    assert [step.label for step in after.steps.all()] == ["edit_page"]
    assert AuditEvent.objects.filter(action="draft.changed").count() == 1

    undo_draft_step(draft_id=draft.pk, version=2, by=archivist)
    assert TextDraft.objects.get().sha256 == draft.sha256


def test_stale_page_keeps_all_that_was_typed_and_shows_what_stands_now(desk, archivist, language):
    draft = make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    edit_draft(draft_id=draft.pk, version=1, operation="edit", block=1, text="بُني من خشب.", by=archivist)
    edit_draft(draft_id=draft.pk, version=2, operation="insert", block=0, text="سطر جديد", by=archivist)

    page = desk.post(address(draft), form | {"text-1": "بُني من طين.", "text-3": "يمشي القادم."})

    again = form_of(page)
    assert page.status_code == 412
    assert TextDraft.objects.get().version == 3
    assert again["version"] == "3"
    # The block that nobody else touched has moved, and what was typed with it; of the other both wordings are shown.
    assert again["text-4"] == "يمشي القادم."
    assert again["text-2"] == "بُني من طين."
    assert page.content.decode().count("بُني من خشب.") == 1
    assert page.content.decode().count('class="draft-row draft-row--unsaved"') == 2

    assert desk.post(address(draft), again).status_code == 302
    assert TextDraft.objects.get().content.split("\n") == [
        "سطر جديد", "في وصف القنطرة", "بُني من طين.", "الطريق إليه", "يمشي القادم.",
    ]  # fmt: skip


def test_words_stay_at_their_own_block_when_another_says_the_same(desk, archivist):
    draft = make_draft("x\n\nsame\n\ny\n\nsame\n\nz\n", by=archivist)
    form = form_of(desk.get(address(draft)))
    edit_draft(draft_id=draft.pk, version=1, operation="edit", block=1, text="theirs", by=archivist)

    page = desk.post(address(draft), form | {"text-1": "same, mine"})

    again = form_of(page)
    assert page.status_code == 412
    assert [again[f"text-{index}"] for index in range(5)] == ["x", "same, mine", "y", "same", "z"]
    assert re.findall(r'class="draft-row__stands" id="said-(\d+)"', page.content.decode()) == ["1"]
    desk.post(address(draft), again)
    assert TextDraft.objects.get().content.split("\n") == ["x", "same, mine", "y", "same", "z"]


def test_last_block_of_a_page_stays_when_the_next_page_begins_with_the_same_words(desk, archivist):
    words = [f"word {number}" for number in range(49)] + ["same"] * 9
    draft = make_draft("\n\n".join(words), by=archivist)
    form = form_of(desk.get(address(draft)))
    edit_draft(draft_id=draft.pk, version=1, operation="edit", block=49, text="theirs", by=archivist)

    page = desk.post(address(draft), form | {"text-49": "same, mine"})

    assert form_of(page)["text-49"] == "same, mine"
    assert re.findall(r'class="draft-row__stands" id="said-(\d+)"', page.content.decode()) == ["49"]


def test_page_is_known_again_behind_much_that_came_in(desk, archivist):
    draft = make_draft("\n\n".join(f"word {number}" for number in range(60)), by=archivist)
    form = form_of(desk.get(address(draft, "?page=2")))
    edit_blocks(draft_id=draft.pk, version=1, typed={0: "\n\n".join(["word 55"] * 31)}, by=archivist)

    page = desk.post(address(draft), form | {"text-55": "mine"})

    assert form_of(page)["text-85"] == "mine"
    assert "draft-row__stands" not in page.content.decode()


def test_words_for_a_block_that_is_gone_are_given_back(desk, archivist):
    draft = make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    for version in (1, 2, 3):
        edit_draft(draft_id=draft.pk, version=version, operation="delete", block=1, by=archivist)

    page = desk.post(address(draft), form | {"text-3": "كلام لا يضيع", "text-2": "ولا هذا"})

    words = page.content.decode()
    assert page.status_code == 412
    assert "كلام لا يضيع" in words
    assert "ولا هذا" in words


def test_words_without_a_block_come_back_with_each_page_until_they_are_emptied(desk, archivist):
    draft = make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    edit_draft(draft_id=draft.pk, version=1, operation="delete", block=3, by=archivist)

    again = form_of(desk.post(address(draft), form | {"text-3": "كلام لا يضيع"}))
    assert again["lost-4"] == "كلام لا يضيع"
    # Neither a save nor a refusal nor another stale page drops them.
    desk.post(address(draft), again | {"text-1": "بُني من طين."})
    again = form_of(desk.get(address(draft)))
    assert (again["text-1"], again["lost-4"]) == ("بُني من طين.", "كلام لا يضيع")
    again = form_of(desk.post(address(draft), again | {"text-1": "[x](<a b>)", "lost-4": "كلام آخر"}))
    assert again["lost-4"] == "كلام آخر"
    stale = desk.post(address(draft), form | {"text-3": "وهذا", "lost-4": "كلام آخر"})
    assert form_of(stale)["lost-4"] == "كلام آخر\n\nوهذا"
    # A page without them, of another window, says nothing about them.
    desk.post(address(draft), {name: text for name, text in again.items() if name != "lost-4"})
    again = form_of(desk.get(address(draft)))
    assert again["lost-4"] == "كلام آخر\n\nوهذا"

    desk.post(address(draft), again | {"lost-4": " "})
    assert "lost-4" not in form_of(desk.get(address(draft)))


def test_words_without_a_block_are_shown_to_nobody_else_and_at_no_other_draft(desk, people, archivist):
    draft, other = make_draft(by=archivist), make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    edit_draft(draft_id=draft.pk, version=1, operation="delete", block=3, by=archivist)
    desk.post(address(draft), form | {"text-3": "كلام لا يضيع"})

    assert "lost-" not in desk.get(address(other)).content.decode()
    desk.force_login(people["administrator"])
    assert "lost-" not in desk.get(address(draft)).content.decode()


def test_page_says_which_saves_were_taken(desk, archivist):
    draft = make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    assert 'data-taken=""' in desk.get(address(draft)).content.decode()

    desk.post(address(draft), form | {"text-1": "[x](<a b>)"})
    desk.post(address(draft), form | {"text-1": "كلام"})
    desk.post(address(draft), form | {"text-1": "كلام آخر"})

    assert 'data-taken="1.1"' in desk.get(address(draft)).content.decode()


def test_address_that_was_typed_beside_a_block_stays_until_it_is_used(desk, archivist):
    draft = make_draft("قال [الشيخ](#) كلامًا.\n\nثم قال\n", by=archivist)
    problem = draft.problems.get(kind="dead_link")
    name, wanted = f"href-{problem.public_id}", 'https://example.org/"ا'
    first = form_of(desk.get(address(draft)))
    assert first[name] == ""

    desk.post(address(draft), first | {name: wanted, "text-1": "ثم سكت"})
    saved_ = form_of(desk.get(address(draft)))
    refused = desk.post(address(draft), saved_ | {name: f"{wanted}1", "text-1": "[x](<a b>)"})
    stale = desk.post(address(draft), first | {name: f"{wanted}2", "text-1": "وقال"})

    assert saved_[name] == wanted
    assert (refused.status_code, form_of(refused)[name]) == (422, f"{wanted}1")
    assert (stale.status_code, form_of(stale)[name]) == (412, f"{wanted}2")
    # An address that is refused stays as well; one that is used does not come back with its problem.
    again = form_of(stale)
    desk.post(address(draft), again | {name: "a b", "decide": f"apply:{problem.public_id}"})
    again = form_of(desk.get(address(draft)))
    assert again[name] == "a b"
    desk.post(address(draft), again | {name: wanted, "decide": f"apply:{problem.public_id}"})
    undo_draft_step(draft_id=draft.pk, version=TextDraft.objects.get().version, by=archivist)
    assert form_of(desk.get(address(draft)))[name] == ""


def test_refused_words_are_kept_and_their_block_is_named(desk, archivist, language):
    draft = make_draft(by=archivist)

    page = saved(desk, draft, text_1="بُني [الجسر](<a b>) من طين.", text_2="## الطريق")

    words = page.content.decode()
    assert page.status_code == 422
    assert form_of(page)["text-1"] == "بُني [الجسر](<a b>) من طين."
    assert form_of(page)["text-2"] == "## الطريق"
    assert 'href="#e2"' in words
    assert words.count('class="field__error"') == 1
    assert TextDraft.objects.get().version == 1


def test_text_without_a_block_is_refused(desk, archivist):
    draft = make_draft("واحد\n\nاثنان\n", by=archivist)

    page = saved(desk, draft, text_0="", text_1="  ")

    assert page.status_code == 422
    assert "\nواحد</textarea>" not in page.content.decode()
    assert TextDraft.objects.get().version == 1


def test_decision_beside_a_block_saves_what_was_typed(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)
    problem = draft.problems.filter(kind="suspected_cut").first()
    block = sum(each["start"] <= problem.start for each in draft.blocks) - 1
    first = block // 50 * 50
    form = form_of(desk.get(address(draft, f"?block={block}")))
    name = next(name for name in form if name.startswith("text-") and int(name[5:]) not in (block, block + 1))

    page = desk.post(address(draft), form | {name: "كلام جديد", "decide": f"apply:{problem.public_id}"})

    problem.refresh_from_db()
    assert page["Location"].startswith(address(draft, f"?page={first // 50 + 1}#e"))
    assert problem.state == "fixed"
    assert "كلام جديد" in TextDraft.objects.get().content
    assert TextDraft.objects.get().version == 3

    form = form_of(desk.get(address(draft)))
    other = draft.problems.filter(state="open").first()
    desk.post(address(draft), form | {"decide": f"dismiss:{other.public_id}"})
    other.refresh_from_db()
    assert other.state == "dismissed"


def test_address_of_a_lost_link_is_given_beside_its_block(desk, archivist):
    draft = make_draft("قال [الشيخ](#) كلامًا.\n", by=archivist)
    problem = draft.problems.get(kind="dead_link")
    form = form_of(desk.get(address(draft)))

    wanted = {"decide": f"apply:{problem.public_id}", f"href-{problem.public_id}": "https://example.org/"}
    desk.post(address(draft), form | wanted)

    assert form_of(desk.get(address(draft)))["text-0"] == "قال [الشيخ](https://example.org/) كلامًا."


@pytest.mark.parametrize("decide", ["", "eat:x", "apply:nothing", "apply"])
def test_odd_decision_is_told_and_saves_the_page(desk, archivist, decide):
    draft = make_draft(by=archivist)

    page = saved(desk, draft, text_1="كلام آخر", decide=decide)

    assert page.status_code == 302
    assert "كلام آخر" in TextDraft.objects.get().content


def test_correction_starts_in_the_editor_and_leads_to_what_changes(desk, archivist, language):
    revision = make_revision(by=archivist)

    page = desk.post(reverse("text_correct", args=[revision.text.public_id]), follow=True)

    draft = TextDraft.objects.get(base=revision)
    assert page.redirect_chain[-1][0] == address(draft)
    form = form_of(page)
    page = desk.post(
        address(draft), form | {"text-1": "بُني الجسر من طينٍ أبيض.", "then": "changes"}, follow=True
    )
    assert page.redirect_chain[-1][0] == reverse("draft_changes", args=[draft.public_id])
    assert "<ins>طينٍ</ins>" in page.content.decode()


def test_closed_draft_is_read_and_what_was_typed_for_it_is_given_back(desk, archivist):
    draft = make_draft(by=archivist)
    form = form_of(desk.get(address(draft)))
    abandon_draft(draft_id=draft.pk, version=1, by=archivist)

    page = desk.post(address(draft), form | {"text-1": "كلام"})

    assert page.status_code == 409
    assert "\nكلام</textarea>" in page.content.decode()
    assert desk.get(address(draft))["Location"] == reverse("draft_text", args=[draft.public_id])


def test_undo_on_the_editor_leads_back_to_its_page(desk, archivist):
    draft = make_draft(article_bytes(), by=archivist)
    saved(desk, draft, "?page=2", text_51="كلام آخر")

    page = desk.post(
        reverse("draft_undo", args=[draft.public_id]), {"version": 2, "back": "edit", "back_page": "2"}
    )

    assert page["Location"] == address(draft, "?page=2")


def test_form_without_a_version_is_refused(desk, archivist):
    assert desk.post(address(make_draft(by=archivist)), {"text-0": "x"}).status_code == 428


def test_others_find_no_editor(client, people, archivist):
    draft = make_draft(by=archivist)
    client.force_login(people["scholar"])

    # The desk's door is shut, whether there is such a draft or not.
    assert client.get(address(draft)).status_code == 403
    assert client.post(address(draft), {"version": 1, "text-0": "x"}).status_code == 403
    assert client.get(reverse("draft_edit", args=["nothing"])).status_code == 403
    assert TextDraft.objects.get().version == 1


def test_editor_asks_as_often_for_fifty_blocks_as_for_three(desk, archivist):
    counts = []
    for number in (3, 50):
        draft = make_draft("\n\n".join(f"قال [الشيخ {n}](#) كلامًا." for n in range(number)), by=archivist)
        assert draft.problems.count() == number
        with CaptureQueriesContext(connection) as counted:
            desk.get(address(draft))
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_saving_asks_as_often_for_fifty_blocks_as_for_three(desk, archivist):
    counts = []
    for number in (3, 50):
        draft = make_draft("\n\n".join(f"كلام {n} في *الطريق*" for n in range(number)), by=archivist)
        form = form_of(desk.get(address(draft)))
        typed = {name: f"{text} إليه" for name, text in form.items() if name.startswith("text-")}
        with CaptureQueriesContext(connection) as counted:
            assert desk.post(address(draft), form | typed).status_code == 302
        counts.append(len(counted))

    assert counts[0] == counts[1]


def test_action_with_a_stale_version_changes_nothing(archivist):
    draft = make_draft(by=archivist)
    edit_blocks(draft_id=draft.pk, version=1, typed={1: "كلام"}, by=archivist)

    with pytest.raises(Stale):
        edit_blocks(draft_id=draft.pk, version=1, typed={0: "# في وصف القنطرة"}, by=archivist)
