"""Each operation, drawn before and after."""

import pytest

from archive.enums import BlockKind, MarkKind, ProblemKind
from archive.errors import OperationRefused
from archive.text import operations
from archive.text.types import ParsedText, Problem, Repair
from tests.unit.text.drawn import drawn, shown


def replaced(before: str, old: str, new: str) -> str:
    text = drawn(before)
    start = text.content.index(old)
    result = operations.replace_span(text, start, start + len(old), new)
    operations.check(result)
    return shown(result)


@pytest.mark.parametrize(
    ("before", "old", "new", "after"),
    [
        ("زار الرحالة المدينه ثم عاد", "المدينه", "المدينة", "زار الرحالة المدينة ثم عاد"),
        # A link keeps its words when one of their letters is mended; it does not grow over its neighbors.
        ("رأى [قلعة المدينه](#) أولا", "المدينه", "المدينة", "رأى [قلعة المدينة](#) أولا"),
        ("رأى [القلعة](#) أولا", "القلعة أولا", "القلعة الكبيرة أولا", "رأى [القلعة](#) الكبيرة أولا"),
        ("رأى [القلعة](#) أولا", "رأى القلعة", "رأى من بعيد القلعة", "رأى من بعيد [القلعة](#) أولا"),
        # A mark whose words are all exchanged stays on the new ones when nothing else was edited.
        ("the *old* mill", "old", "burnt", "the *burnt* mill"),
        # It goes when its words go with their neighbors.
        ("the *old* mill burns", "old mill", "fire", "the fire burns"),
        ("the *old* mill", "old ", "", "the mill"),
        # An edit inside a mark stays inside.
        ("*one two three*", "two", "2 and", "*one 2 and three*"),
        ("one\n*two*\nthree", "two", "twenty-two", "one\n*twenty-two*\nthree"),
    ],
)
def test_replaced_words_keep_the_marks_of_what_survives(before, old, new, after):
    assert replaced(before, old, new) == after


def test_replacing_beyond_a_block_is_refused():
    with pytest.raises(OperationRefused) as refused:
        operations.replace_span(drawn("one\ntwo"), 1, 5, "x")

    assert refused.value.code == "crosses_blocks"


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_replacing_with_what_cannot_be_stored_is_refused(text):
    with pytest.raises(OperationRefused) as refused:
        operations.replace_span(drawn("one"), 0, 1, text)

    assert refused.value.code == "unstorable"


def test_typed_line_end_becomes_a_line_break():
    result = operations.edit_block(drawn("one two"), 0, "one\r\ntwo")

    operations.check(result)
    assert result.content == "one\ntwo"
    assert [mark.kind for mark in result.marks] == [MarkKind.LINE_BREAK]
    assert len(result.blocks) == 1


def test_edited_block_keeps_the_rest_of_the_text():
    text = drawn("# Title\nfirst *word*\nlast [link](#)")

    result = operations.edit_block(text, 1, "first real word")

    assert shown(result) == "# Title\nfirst real *word*\nlast [link](#)"


def test_level_of_a_heading_changes():
    result = operations.set_level(drawn("# One\ntext"), 0, 3)

    assert result.blocks[0].level == 3


@pytest.mark.parametrize(("index", "level"), [(0, 0), (0, 7), (1, 2), (9, 2)])
def test_level_that_does_not_fit_is_refused(index, level):
    with pytest.raises(OperationRefused):
        operations.set_level(drawn("# One\ntext"), index, level)


@pytest.mark.parametrize(
    ("before", "index", "kind", "after"),
    [
        ("one\ntwo", 0, BlockKind.HEADING, "# one\ntwo"),
        ("# one\ntwo", 0, BlockKind.PARAGRAPH, "one\ntwo"),
        ("- one\n- two\n- three", 1, BlockKind.PARAGRAPH, "- one\ntwo\n- three"),
        ("- one\ntwo", 1, BlockKind.LIST_ITEM, "- one\n- two"),
    ],
)
def test_kind_of_a_block_changes(before, index, kind, after):
    result = operations.set_kind(drawn(before), index, kind)

    operations.check(result)
    assert shown(result) == after


def test_paragraph_that_becomes_a_point_joins_the_list_before_it():
    result = operations.set_kind(drawn("- one\ntwo"), 1, BlockKind.LIST_ITEM)

    assert [block.path for block in result.blocks] == ["1.1.1", "1.2.1"]


def test_point_that_leaves_the_middle_of_a_list_leaves_two_lists():
    result = operations.set_kind(drawn("- one\n- two\n- three"), 1, BlockKind.PARAGRAPH)

    assert [block.path for block in result.blocks] == ["1.1.1", "2", "3.1.1"]


@pytest.mark.parametrize(
    ("before", "first", "second", "separator", "after"),
    [
        ("وصل القوم إلى\nالوادي مساء.\nثم رحلوا.", 0, 1, " ", "وصل القوم إلى الوادي مساء.\nثم رحلوا."),
        ("an exam-\nple.", 0, 1, "", "an exam-ple."),
        # A picture between the two parts comes after them.
        ("they went\n! a mill\nto [town](#).", 0, 2, " ", "they went to [town](#).\n! a mill"),
        # A point of a list takes in the paragraph that goes on with it, and the list goes on.
        ("- one\n- two and\nthree.\nEnd.", 1, 2, " ", "- one\n- two and three.\nEnd."),
        # White space at the seam is not doubled.
        ("one \ntwo", 0, 1, " ", "one two"),
    ],
)
def test_two_blocks_are_joined(before, first, second, separator, after):
    result = operations.join_blocks(drawn(before), first, second, separator=separator)

    operations.check(result)
    assert shown(result) == after


@pytest.mark.parametrize(("first", "second"), [(1, 0), (0, 0), (0, 6), (0, 99)])
def test_blocks_that_are_no_neighbors_are_not_joined(first, second):
    with pytest.raises(OperationRefused):
        operations.join_blocks(drawn("a\nb\nc\nd\ne\nf\ng"), first, second)


@pytest.mark.parametrize(
    ("before", "at", "after"),
    [
        ("one two\nthree", "two", "one\ntwo\nthree"),
        ("- one two\n- three", "two", "- one\n- two\n- three"),
        ("# one two\nthree", "two", "# one\ntwo\nthree"),
        ("a [long link](#) b", "link", "a [long](#)\n[link](#) b"),
    ],
)
def test_block_is_split_and_white_space_at_the_seam_goes(before, at, after):
    text = drawn(before)

    result = operations.split_block(text, text.content.index(at))

    operations.check(result)
    assert shown(result) == after


@pytest.mark.parametrize("offset", [0, 3, 4, 7])
def test_block_is_not_split_at_its_edges(offset):
    with pytest.raises(OperationRefused):
        operations.split_block(drawn("one\ntwo"), offset)


def test_split_is_undone_by_join():
    text = drawn("# T\none *two* three [four](#)\nfive")
    at = text.content.index("three")

    assert operations.join_blocks(operations.split_block(text, at), 1, 2) == text


def test_caption_becomes_a_missing_figure():
    result = operations.make_missing_figure(drawn("text.\ncaption"), 1)

    assert result.blocks[1].kind == BlockKind.FIGURE
    assert result.blocks[1].attrs == {"missing": True}


def test_link_gets_a_target_and_mark_can_be_taken_off():
    text = drawn("a [b](#) c")

    assert shown(operations.set_link(text, 0, " https://example.org/b ")) == "a [b](https://example.org/b) c"
    assert shown(operations.remove_mark(text, 0)) == "a b c"
    assert shown(operations.add_mark(text, MarkKind.EMPHASIS, 0, 1)) == "*a* [b](#) c"


@pytest.mark.parametrize(("index", "href"), [(0, ""), (0, "two words"), (1, "https://example.org"), (2, "#")])
def test_link_without_a_target_is_refused(index, href):
    with pytest.raises(OperationRefused):
        operations.set_link(drawn("a [b](#) *c*"), index, href)


def test_blocks_are_taken_out_and_put_in():
    text = drawn("one\n- two\n- three")

    assert shown(operations.delete_block(text, 1)) == "one\n- three"
    assert shown(operations.insert_block(text, 3, BlockKind.PARAGRAPH, "end")) == "one\n- two\n- three\nend"
    inside = operations.insert_block(text, 2, BlockKind.LIST_ITEM, "and")
    assert shown(inside) == "one\n- two\n- and\n- three"
    assert [block.path for block in inside.blocks] == ["1", "2.1.1", "2.2.1", "2.3.1"]


def test_last_block_is_not_taken_out():
    with pytest.raises(OperationRefused) as refused:
        operations.delete_block(drawn("one"), 0)

    assert refused.value.code == "empty_text"


# Problems follow the text, and go when they are settled.


def a_problem(kind: ProblemKind, text: ParsedText, words: str, last: str = "", **facts: object) -> Problem:
    start = text.content.index(words)
    end = text.content.index(last) + len(last) if last else start + len(words)
    return Problem(kind, start, end, "", proposal=facts.pop("proposal", {}), params=facts)  # type: ignore[arg-type]


def with_problems(text: ParsedText, *problems: Problem) -> ParsedText:
    return ParsedText(text.content, text.blocks, text.marks, problems)


def test_problem_moves_with_its_words():
    text = drawn("one\ntwo [three](#)")
    text = with_problems(text, a_problem(ProblemKind.DEAD_LINK, text, "three", href="#"))

    result = operations.edit_block(text, 0, "one and more")

    assert [result.content[each.start : each.end] for each in result.problems] == ["three"]


def test_problems_are_applied_in_any_order():
    text = drawn("# Title\nthey went to\nthe old mill.\n# Other\nsee [there](#)")
    join = {"op": "join_blocks", "separator": " "}
    problems = (
        a_problem(ProblemKind.SUSPECTED_CUT, text, "to", "the old", proposal=join),
        a_problem(
            ProblemKind.HEADING_LEVEL, text, "Other", level=2, proposal={"op": "set_level", "level": 3}
        ),
        a_problem(
            ProblemKind.DEAD_LINK, text, "there", href="#", proposal={"op": "set_link", "needs": ["href"]}
        ),
    )
    values = {"href": "https://example.org"}
    results = set()
    for order in ([0, 1, 2], [2, 1, 0], [1, 0, 2]):
        result = with_problems(text, *problems)
        for kind in [problems[index].kind for index in order]:
            problem = next(each for each in result.problems if each.kind == kind)
            needed = values if problem.proposal.get("needs") else None
            result = operations.apply_proposal(result, problem, values=needed)
            operations.check(result)
        assert not result.problems
        results.add(shown(result) + str([block.level for block in result.blocks]))

    assert len(results) == 1


def test_proposal_that_needs_a_value_is_refused_without_it():
    text = drawn("see [there](#)")
    problem = a_problem(
        ProblemKind.DEAD_LINK, text, "there", href="#", proposal={"op": "set_link", "needs": ["href"]}
    )

    with pytest.raises(OperationRefused) as refused:
        operations.apply_proposal(with_problems(text, problem), problem)

    assert refused.value.code == "values_missing"


def test_problem_without_a_proposal_cannot_be_applied():
    text = drawn("see")

    with pytest.raises(OperationRefused) as refused:
        operations.apply_proposal(text, a_problem(ProblemKind.TORN_MARK, text, "see"))

    assert refused.value.code == "nothing_proposed"


@pytest.mark.parametrize(
    ("kind", "facts", "change"),
    [
        (ProblemKind.HEADING_LEVEL, {"level": 2}, lambda text: operations.set_level(text, 0, 3)),
        (
            ProblemKind.HEADING_LEVEL,
            {"level": 2},
            lambda text: operations.set_kind(text, 0, BlockKind.PARAGRAPH),
        ),
        (ProblemKind.BROKEN_ENCODING, {}, lambda text: operations.edit_block(text, 0, "Ti tle")),
        (ProblemKind.CONTROL_CHARACTER, {}, lambda text: operations.delete_block(text, 0)),
    ],
)
def test_problem_that_a_change_settles_goes(kind, facts, change):
    text = drawn("# Title\nmore")
    text = with_problems(text, a_problem(kind, text, "Title", **facts))

    assert change(text).problems == ()


def test_problem_keeps_the_name_that_its_owner_gave_it():
    text = drawn("one\ntwo")
    named = Problem(ProblemKind.TORN_MARK, 4, 7, "", key="p1")

    result = operations.edit_block(with_problems(text, named), 0, "longer")

    assert [(each.key, each.start) for each in result.problems] == [("p1", 7)]


def test_repairs_move_with_their_words():
    text = drawn("one\ntwo")
    text = ParsedText(text.content, text.blocks, repairs=(Repair("torn_mark", 4, 7, "t", "two"),))

    result = operations.edit_block(text, 0, "longer")

    assert [(each.start, each.end) for each in result.repairs] == [(7, 10)]
