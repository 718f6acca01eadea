"""Merging and splitting terms: every use follows, and each is undone as one step."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from annotations.access.note_facts import read_note
from annotations.access.uses import released_uses, uses_of
from annotations.actions.change_term import change_term, establish_term, move_term
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.split_term import split_term
from annotations.actions.undo_step import undo_step
from annotations.editions.gather import gather
from annotations.editions.preflight import preflight
from annotations.enums import TermKind
from annotations.models import Edition, TagMove, Term, VersionTag, VocabularyStep
from annotations.presenters.findings import sentence_of
from annotations.values import Citation, Name, NoteInput, ReferenceInput, TermInput
from archive.errors import Conflict, Invalid, NotAllowed, NotVisible
from tests.factories_editions import make_desk
from tests.factories_notes import make_accepted, make_note, make_text

pytestmark = pytest.mark.django_db


def entry(label, **more):
    return TermInput(**{"kind": TermKind.PLACE, "label_ar": label, **more})


@pytest.fixture
def keeper(people):
    return people["reviewer"]


@pytest.fixture
def scholar(people):
    return people["scholar"]


@pytest.fixture
def text():
    return make_text()


def add(label, by, **more):
    return propose_term(term=entry(label, **more), establish=True, by=by)


def tags(who, note):
    return [term.label_ar for term in read_note(who, note).tags]


def revised(note, by, *, tag):
    note.refresh_from_db()
    revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id,
        note=NoteInput(body="نصّ آخر", tags=(tag.public_id,)), by=by,
    )  # fmt: skip


def the_step():
    return VocabularyStep.objects.get()


# --- Merge ---------------------------------------------------------------------------------------------


def test_undone_merge_puts_uses_names_and_branches_back(keeper, scholar, text):
    top = add("المياه", keeper)
    goes = add("القويق", keeper, broader=top.public_id, names=(Name("fa", "قویق"),))
    stays = add("نهر قويق", keeper)
    child = add("الجسر", keeper, broader=goes.public_id)
    note = make_note(text, by=scholar, tags=(goes.public_id,))
    rows = list(VersionTag.objects.values_list("version", "term"))
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)
    assert tags(scholar, note) == ["نهر قويق"]
    assert uses_of(scholar, [goes.pk, stays.pk]) == {stays.pk: 1}

    step = undo_step(step=the_step().public_id, by=keeper)

    goes.refresh_from_db()
    child.refresh_from_db()
    assert tags(scholar, note) == ["القويق"]
    assert (goes.merged_into, goes.broader, child.broader) == (None, top, goes)
    assert {name.name for name in stays.names.all()} == {"نهر قويق"}
    assert step.state == "undone"
    assert set(step.rows.values_list("outcome", flat=True)) == {"undone"}
    assert list(VersionTag.objects.values_list("version", "term")) == rows, "what was approved never changed"


def test_note_that_was_revised_since_stays_and_is_told(keeper, scholar, text):
    goes, stays = add("القويق", keeper), add("نهر قويق", keeper)
    first = make_note(text, by=scholar, tags=(goes.public_id,))
    second = make_note(text, "القادمون", by=scholar, tags=(goes.public_id,))
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)
    revised(first, scholar, tag=stays)

    step = undo_step(step=the_step().public_id, by=keeper)

    first.refresh_from_db()
    assert tags(scholar, first) == ["نهر قويق"]
    assert tags(scholar, second) == ["القويق"]
    assert {row.annotation_id: (row.outcome, row.problem.get("code")) for row in step.rows.filter(aspect="use")} == {
        first.pk: ("kept", "revised_since"), second.pk: ("undone", None),
    }  # fmt: skip


def test_branch_that_was_moved_since_stays_where_it_is(keeper):
    goes, stays, elsewhere = add("القويق", keeper), add("نهر قويق", keeper), add("العيون", keeper)
    child = add("الجسر", keeper, broader=goes.public_id)
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)
    child.refresh_from_db()
    move_term(term=child.public_id, version=child.version, broader=elsewhere.public_id, by=keeper)

    step = undo_step(step=the_step().public_id, by=keeper)

    child.refresh_from_db()
    assert child.broader == elsewhere
    assert step.rows.get(aspect="narrower").problem["code"] == "changed_since"


def test_undoing_never_makes_a_circle(keeper):
    """What it stood under was put below its own branch meanwhile."""
    top = add("المياه", keeper)
    goes = add("القويق", keeper, broader=top.public_id)
    stays = add("نهر قويق", keeper)
    child = add("الجسر", keeper, broader=goes.public_id)
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)
    move_term(term=top.public_id, version=1, broader=child.public_id, by=keeper)

    undo_step(step=the_step().public_id, by=keeper)

    for term in Term.objects.all():
        above, steps = term, 0
        while above is not None:
            above, steps = above.broader, steps + 1
            assert steps < 10


def test_merge_on_which_another_stands_is_undone_after_it(keeper, scholar, text):
    a, b, c = (add(label, keeper) for label in ("أ", "ب", "ج"))
    note = make_note(text, by=scholar, tags=(a.public_id,))
    merge_term(term=a.public_id, version=1, into=b.public_id, by=keeper)
    b.refresh_from_db()
    merge_term(term=b.public_id, version=b.version, into=c.public_id, by=keeper)
    later, earlier = VocabularyStep.objects.order_by("-pk")
    assert tags(scholar, note) == ["ج"]

    with pytest.raises(Conflict, match="step_overtaken"):
        undo_step(step=earlier.public_id, by=keeper)
    undo_step(step=later.public_id, by=keeper)
    assert tags(scholar, note) == ["ب"]
    undo_step(step=earlier.public_id, by=keeper)
    assert tags(scholar, note) == ["أ"]
    with pytest.raises(Conflict, match="step_not_ready"):
        undo_step(step=earlier.public_id, by=keeper)


def test_address_of_a_merged_term_leads_on_until_it_is_undone(client, keeper):
    goes, stays = add("القويق", keeper, slug="quwayq"), add("نهر قويق", keeper, slug="river")
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)

    answer = client.get(goes.get_absolute_url())

    assert (answer.status_code, answer.headers["Location"]) == (301, stays.get_absolute_url())
    undo_step(step=the_step().public_id, by=keeper)
    assert client.get(goes.get_absolute_url()).status_code == 200


def test_only_keepers_undo(keeper, people):
    goes, stays = add("القويق", keeper), add("نهر قويق", keeper)
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)

    with pytest.raises((NotAllowed, NotVisible)):
        undo_step(step=the_step().public_id, by=people["scholar"])


# --- Split ---------------------------------------------------------------------------------------------


def test_chosen_uses_bear_the_new_term_and_come_back(keeper, scholar, text):
    term = add("الجسر", keeper)
    old = make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(term.public_id,))
    new = make_accepted(text, "الجسر زمنًا", author=scholar, reviewer=keeper, tags=(term.public_id,))

    step = split_term(
        term=term.public_id, version=1, notes=[new.public_id], new=entry("الجسر الجديد"), by=keeper
    )

    other = Term.objects.get(label_ar="الجسر الجديد")
    assert (tags(keeper, old), tags(keeper, new)) == (["الجسر"], ["الجسر الجديد"])
    assert uses_of(keeper, [term.pk, other.pk]) == {term.pk: 1, other.pk: 1}
    assert VersionTag.objects.values("term").distinct().count() == 1
    undo_step(step=step.public_id, by=keeper)
    other.refresh_from_db()
    assert tags(keeper, new) == ["الجسر"]
    assert other.merged_into == term


def test_split_note_that_was_revised_since_keeps_the_new_term(keeper, scholar, text):
    term = add("الجسر", keeper)
    note = make_note(text, "جسرًا", by=scholar, tags=(term.public_id,))
    make_accepted(text, "الجسر زمنًا", author=scholar, reviewer=keeper, tags=(term.public_id,))
    other = add("الجسر الجديد", keeper)
    with pytest.raises(Invalid, match="use_unknown"):
        split_term(term=term.public_id, version=1, notes=[note.public_id], into=other.public_id, by=keeper)
    shown = make_accepted(text, "السوق", author=scholar, reviewer=keeper, tags=(term.public_id,))
    step = split_term(
        term=term.public_id, version=1, notes=[shown.public_id], into=other.public_id, by=keeper
    )
    revised(shown, scholar, tag=other)

    undo_step(step=step.public_id, by=keeper)

    assert tags(scholar, shown) == ["الجسر الجديد"]
    assert step.rows.get().problem["code"] == "revised_since"


def test_revised_note_keeps_what_a_split_made_of_it(keeper, scholar, text):
    """Its form shows the term that it is read as; sent back, the note says that term itself."""
    term, other = add("الجسر", keeper), add("الجسر الجديد", keeper)
    note = make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(term.public_id,))
    split_term(term=term.public_id, version=1, notes=[note.public_id], into=other.public_id, by=keeper)
    revised(note, scholar, tag=other)

    note.refresh_from_db()
    assert [tag.term for tag in note.newest_version.version_tags.all()] == [other]


def test_split_twice_is_undone_in_its_order(keeper, scholar, text):
    a, b, c = (add(label, keeper) for label in ("أ", "ب", "ج"))
    note = make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(a.public_id,))
    split_term(term=a.public_id, version=1, notes=[note.public_id], into=b.public_id, by=keeper)
    b.refresh_from_db()
    second = split_term(
        term=b.public_id, version=b.version, notes=[note.public_id], into=c.public_id, by=keeper
    )
    assert tags(keeper, note) == ["ج"]

    undo_step(step=second.public_id, by=keeper)

    assert tags(keeper, note) == ["ب"]


def test_split_asks_for_a_choice(keeper, text):
    term = add("الجسر", keeper)

    with pytest.raises(Invalid, match="nothing_chosen"):
        split_term(term=term.public_id, version=1, notes=[], new=entry("آخر"), by=keeper)


# --- The desk ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


def test_page_of_uses_shows_the_passage_and_splits(desk, keeper, scholar, text):
    term = add("الجسر", keeper)
    note = make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(term.public_id,))
    address = reverse("term_uses", args=[term.public_id])

    page = desk.get(address).content.decode()
    answer = desk.post(address, {"note": note.public_id, "version": 1, "label_ar": "جسر آخر"}, follow=True)

    assert "<mark" in page
    assert "جسرًا</mark>" in page
    assert "كتاب الجسور" in page
    assert answer.status_code == 200
    assert tags(keeper, note) == ["جسر آخر"]


def test_nobody_is_told_of_uses_that_they_may_not_see(client, keeper, scholar, people, text):
    """A private note counts for its author alone, on the page of uses and in the rows of a step."""
    goes, stays = add("القويق", keeper), add("نهر قويق", keeper)
    make_note(text, by=scholar, tags=(goes.public_id,), body="سرّي")
    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)
    client.force_login(keeper)

    page = client.get(the_step().get_absolute_url()).content.decode()
    uses = client.get(reverse("term_uses", args=[stays.public_id])).content.decode()
    table = client.get(reverse("term_uses_file", args=[stays.public_id, "csv"])).getvalue().decode()

    assert "سرّي" not in page + uses + table
    assert "جسرًا" not in page + uses + table
    client.force_login(scholar)
    assert "سرّي" in client.get(reverse("term_uses", args=[stays.public_id])).content.decode()


def test_uses_are_sent_as_table_and_data(desk, keeper, scholar, text):
    term = add("الجسر", keeper)
    note = make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(term.public_id,), body="=1+1")

    table = desk.get(reverse("term_uses_file", args=[term.public_id, "csv"])).getvalue().decode()
    data = desk.get(reverse("term_uses_file", args=[term.public_id, "jsonld"])).json()

    assert note.public_id in table
    assert "'=1+1" in table
    assert data["total"] == 1
    assert data["first"]["items"][0]["target"]["selector"]["exact"] == "جسرًا"


def test_uses_of_narrower_terms_are_found_when_asked_for(desk, keeper, scholar, text):
    above = add("المياه", keeper)
    below = add("الجسر", keeper, broader=above.public_id)
    make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(below.public_id,))
    address = reverse("term_uses", args=[above.public_id])

    assert "<mark" not in desk.get(address).content.decode()
    assert "<mark" in desk.get(address, {"narrower": "1"}).content.decode()
    found = desk.get("/api/annotations/", {"tag": above.public_id, "narrower": "1"}).json()
    assert found["count"] == 1
    assert desk.get("/api/annotations/", {"tag": above.public_id}).json()["count"] == 0


def test_page_of_uses_takes_the_same_number_of_queries_for_one_and_for_ten(desk, keeper, scholar, text):
    term = add("الجسر", keeper)
    counts = []
    for many in (1, 9):
        for _time in range(many):
            make_accepted(text, "جسرًا", author=scholar, reviewer=keeper, tags=(term.public_id,))
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("term_uses", args=[term.public_id]))
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_step_is_undone_at_the_desk(desk, keeper):
    goes, stays = add("القويق", keeper), add("نهر قويق", keeper)
    desk.post(reverse("term_edit", args=[goes.public_id]), {"act": "merge", "version": 1, "into": "نهر قويق"})
    merged = desk.get(reverse("term_edit", args=[goes.public_id])).content.decode()

    assert the_step().get_absolute_url() in merged
    desk.post(reverse("vocabulary_step_undo", args=[the_step().public_id]))
    assert Term.objects.get(pk=goes.pk).merged_into is None
    assert desk.get(reverse("vocabulary_steps")).status_code == 200
    assert stays.pk


# --- The tree ------------------------------------------------------------------------------------------


def test_branches_are_at_most_twelve_deep(keeper):
    above = ""
    for depth in range(12):
        above = add(f"مستوى {depth}", keeper, broader=above).public_id

    with pytest.raises(Invalid, match="branch_too_deep"):
        add("أعمق", keeper, broader=above)
    root = add("جذر", keeper)
    add("فرع", keeper, broader=root.public_id)
    eleventh = Term.objects.get(label_ar="مستوى 10")
    with pytest.raises(Invalid, match="branch_too_deep"):
        move_term(term=root.public_id, version=1, broader=eleventh.public_id, by=keeper)


def test_branch_moves_with_its_term_and_never_into_itself(desk, keeper):
    above, below = add("المياه", keeper), add("الأنهار", keeper)
    child = add("قويق", keeper, broader=below.public_id)
    address = reverse("term_move", args=[below.public_id])

    desk.post(address, {"version": 1, "broader": "المياه", "act": "move"})
    circle = desk.post(
        reverse("term_move", args=[above.public_id]), {"version": 1, "broader": "قويق", "act": "move"}
    )

    below.refresh_from_db()
    assert below.broader == above
    assert circle.status_code == 422
    assert Term.objects.get(pk=above.pk).broader is None
    desk.post(address, {"version": below.version, "act": "top"})
    assert Term.objects.get(pk=below.pk).broader is None
    assert Term.objects.get(pk=child.pk).broader == below


def test_tree_shows_its_top_and_sends_branches_when_asked(desk, keeper):
    above = add("المياه", keeper)
    add("الأنهار", keeper, broader=above.public_id)

    tree = desk.get(reverse("term_tree")).content.decode()
    branch = desk.get(reverse("term_branch", args=[above.public_id])).content.decode()
    at = desk.get(reverse("term_tree"), {"at": above.public_id}).content.decode()

    assert "المياه" in tree
    assert "الأنهار" not in tree
    assert reverse("term_branch", args=[above.public_id]) in tree
    assert "الأنهار" in branch
    assert "الأنهار" in at


def test_tree_takes_the_same_number_of_queries_for_three_and_for_thirty(desk, keeper):
    counts = []
    for size in (3, 30):
        while Term.objects.count() < size:
            add(f"نهر {Term.objects.count()}", keeper)
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("term_tree"))
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


def test_members_see_no_desk_of_the_vocabulary(client, people, keeper):
    term = add("المياه", keeper)
    client.force_login(people["member"])

    for name in ("term_uses", "term_branch", "term_move"):
        assert client.get(reverse(name, args=[term.public_id])).status_code == 403
    assert client.get(reverse("term_tree")).status_code == 403
    assert client.get(reverse("vocabulary_steps")).status_code == 403


# --- Names and links -----------------------------------------------------------------------------------


def test_names_in_any_language_and_form_are_kept(desk, keeper):
    term = add("حلب", keeper)
    desk.post(
        reverse("term_edit", args=[term.public_id]),
        {
            "kind": "place", "label_ar": "حلب", "version": 1, "act": "save",
            "name_language": ["ota-Latn", "fa", ""], "name_words": ["Haleb", "حلپ", ""], "name_form": ["preferred", "hidden", "alternative"],
            "links": "https://www.wikidata.org/wiki/Q41183\n~ https://example.org/halab\nhttps://vocab.getty.edu/tgn/7002738",
            "scope_note_en": "The city, not the governorate.", "notation": "SY-HL",
        },
    )  # fmt: skip

    term.refresh_from_db()
    assert set(term.names.values_list("language", "name", "form")) == {
        ("ar", "حلب", "preferred"), ("ota-Latn", "Haleb", "preferred"), ("fa", "حلپ", "hidden"),
    }  # fmt: skip
    assert term.authority == {"wikidata": "Q41183", "tgn": "7002738"}
    assert term.matches == [{"relation": "close", "url": "https://example.org/halab"}]
    assert (term.scope_note_en, term.notation) == ("The city, not the governorate.", "SY-HL")
    public = desk.get(term.get_absolute_url()).content.decode()
    assert "Haleb" in public
    assert "حلپ" not in public
    again = desk.get(reverse("term_edit", args=[term.public_id])).content.decode()
    assert "ota-Latn" in again
    assert "~ https://example.org/halab" in again


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"names": (Name("عربي", "x"),)}, "names"),
        ({"names": (Name("fa", "x", "preferred"), Name("fa", "y", "preferred"))}, "names"),
        ({"authority": {"wikidata": "41183"}}, "authority_wikidata"),
        ({"authority": {"gnd": "abc"}}, "authority_gnd"),
    ],
)
def test_what_is_wrong_with_names_and_links_is_told(keeper, wrong, field):
    with pytest.raises(Invalid) as refused:
        add("حلب", keeper, **wrong)

    assert refused.value.params["field"] == field


def test_pasted_address_becomes_its_identifier(keeper):
    term = add("حلب", keeper, authority={"geonames": "https://www.geonames.org/170063/aleppo.html"})

    assert term.authority == {"geonames": "170063"}


def test_established_and_changed_terms_keep_working(keeper, people):
    term = propose_term(term=entry("قويق"), by=people["scholar"])
    establish_term(term=term.public_id, version=1, by=keeper)
    change_term(term=term.public_id, version=2, values=entry("نهر قويق"), by=keeper)

    assert Term.objects.get().label_ar == "نهر قويق"


def test_pages_that_list_a_terms_notes_follow_a_split(keeper, scholar, text, client):
    before = add("القويق", keeper)
    book = ReferenceInput("explains", Citation(title="كتاب السدود"))
    note = make_accepted(text, author=scholar, reviewer=keeper, tags=(before.public_id,), references=(book,))
    after = split_term(
        term=before.public_id, version=before.version, notes=[note.public_id], new=entry("نهر قويق"), by=keeper
    ).other  # fmt: skip
    client.force_login(scholar)

    def told(term):
        around = client.get(f"/en/desk/references/term/{term.slug}/").content.decode()
        inside = client.get(reverse("find_places"), {"in": f"term:{term.public_id}"}).json()["results"]
        return "كتاب السدود" in around, [row["target"] for row in inside]

    assert told(after) == (True, [{"annotation": note.public_id}])
    assert told(before) == (False, [])


def test_split_that_a_later_one_moved_on_is_undone_after_that(keeper, scholar, text):
    first, second, third = add("القويق", keeper), add("نهر قويق", keeper), add("النهر", keeper)
    note = make_accepted(text, author=scholar, reviewer=keeper, tags=(first.public_id,))

    def split(term, other):
        term.refresh_from_db()
        return split_term(
            term=term.public_id, version=term.version, notes=[note.public_id], into=other.public_id, by=keeper
        )

    one, two = split(first, second), split(second, third)

    with pytest.raises(Conflict, match="step_overtaken"):
        undo_step(step=one.public_id, by=keeper)

    assert tags(scholar, note) == ["النهر"]
    undo_step(step=two.public_id, by=keeper)
    undo_step(step=one.public_id, by=keeper)
    assert tags(scholar, note) == ["القويق"]


def test_release_keeps_its_terms_through_splits_after_it_and_their_undoing(people, keeper, scholar):
    desk = make_desk(people, notes=False)
    first, second, third = add("أ", keeper), add("ب", keeper), add("ج", keeper)
    note = make_accepted(desk.text, "الحجّارون", author=scholar, reviewer=keeper, tags=(first.public_id,))

    def split(term, other):
        term.refresh_from_db()
        return split_term(
            term=term.public_id, version=term.version, notes=[note.public_id], into=other.public_id, by=keeper
        )

    split(first, second)
    release = desk.release()
    assert released_uses([release.pk]) == {second.pk: 1}
    later = split(second, third)
    assert released_uses([release.pk]) == {second.pk: 1}

    undo_step(step=later.public_id, by=keeper)

    assert released_uses([release.pk]) == {second.pk: 1}
    assert TagMove.objects.get().moved_at < release.sealed_at


def test_rule_that_names_a_split_or_merged_term_is_told_and_loses_no_tag_by_saving(
    people, keeper, scholar, client
):
    desk = make_desk(people, notes=False)
    term, apart, gone = add("النهر", keeper), add("القناة", keeper), add("السدّ", keeper)
    notes = [
        make_accepted(desk.text, words, author=scholar, reviewer=keeper, tags=(term.public_id,))
        for words in ("الحجّارون", "سنة 1890")
    ]
    Edition.objects.filter(pk=desk.edition.pk).update(rule={"tags": [term.public_id, gone.public_id]})
    desk.edition.refresh_from_db()

    def told() -> dict[str, str]:
        return {f.code: sentence_of(f) for f in preflight(gather(desk.edition)) if f.code.startswith("tag_")}

    assert told() == {}
    split_term(
        term=term.public_id, version=term.version, notes=[notes[0].public_id], into=apart.public_id, by=keeper
    )
    gone.refresh_from_db()
    term.refresh_from_db()
    merge_term(term=gone.public_id, into=term.public_id, version=gone.version, by=keeper)

    with translation.override("en"):
        said = told()
    assert "«النهر»" in said["tag_split"]
    assert "«القناة»" in said["tag_split"]
    assert "«السدّ»" in said["tag_merged"]
    assert {c.id for c in gather(desk.edition).taken} == {notes[1].public_id}
    client.force_login(people["editor"])
    form = client.get(reverse("desk_edition_plan", args=[desk.edition.public_id])).context["form"]
    assert form["tags"].value() == [term.public_id]
    assert term.public_id in dict(form.fields["tags"].choices)
    Edition.objects.filter(pk=desk.edition.pk).update(rule={"tags": [term.public_id, apart.public_id]})
    desk.edition.refresh_from_db()
    assert told() == {}
    Edition.objects.filter(pk=desk.edition.pk).update(rule={"tags": ["nothing"]})
    desk.edition.refresh_from_db()
    assert list(told()) == ["tag_gone"]


def test_nul_in_a_name_of_an_entry_names_nothing(client, keeper):
    answer = client.get("/reconcile/preview", {"id": f"{add('النهر', keeper).public_id}\x00"})

    assert answer.status_code == 404
