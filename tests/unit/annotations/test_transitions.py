"""Which step may follow which, every state by every act."""

from __future__ import annotations

import itertools

import pytest

from annotations.enums import AnnotationStatus, Outcome, TermStatus
from annotations.transitions import ANNOTATION, OF_OUTCOME, TABLES, TERM, Act, diagram
from archive.errors import InvalidTransition

D, S, R, N, A, W = AnnotationStatus  # draft, submitted, returned, declined, accepted, withdrawn

#: Written out by hand, row by row, as the specification has it: "" is no step.
EXPECTED = {
    #              draft submitted returned declined accepted withdrawn
    Act.REVISE:   (D,    D,        D,       "",      D,       ""),
    Act.SUBMIT:   (S,    "",       "",      "",      "",      ""),
    Act.ACCEPT:   ("",   A,        "",      "",      "",      ""),
    Act.RETURN:   ("",   R,        "",      "",      "",      ""),
    Act.DECLINE:  ("",   N,        "",      "",      "",      ""),
    Act.VOUCH:    ("",   "",       "",      "",      A,       ""),
    Act.DISSENT:  ("",   "",       "",      "",      A,       ""),
    Act.REATTACH: (D,    S,        R,       "",      S,       ""),
    Act.WITHDRAW: (W,    W,        W,       W,       W,       ""),
}  # fmt: skip


@pytest.mark.parametrize(("act", "state"), list(itertools.product(Act, AnnotationStatus)))
def test_every_state_by_every_act(act, state):
    expected = EXPECTED[act][list(AnnotationStatus).index(state)]

    if expected:
        assert ANNOTATION.move(state, act) == expected
        assert state in ANNOTATION.states_for(act)
    else:
        with pytest.raises(InvalidTransition):
            ANNOTATION.move(state, act)
        assert act not in ANNOTATION.acts(state)


def test_refused_step_says_what_was_tried():
    with pytest.raises(InvalidTransition) as refused:
        ANNOTATION.move(D, Act.ACCEPT)

    assert refused.value.params == {"state": "draft", "act": "accept"}


def test_proposed_term_is_established_once():
    assert TERM.move(TermStatus.PROPOSED, "establish") == TermStatus.ESTABLISHED
    with pytest.raises(InvalidTransition):
        TERM.move(TermStatus.ESTABLISHED, "establish")


def test_every_outcome_is_a_step_from_what_was_handed_in():
    assert set(OF_OUTCOME) == set(Outcome)
    assert all(ANNOTATION.states_for(act) == {S} for act in OF_OUTCOME.values())


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_state_can_be_reached_from_the_first(table):
    reached, fresh = {table.start}, {table.start}
    while fresh:
        fresh = {after for state, _act, after in table.arrows() if state in fresh} - reached
        reached |= fresh

    assert reached == set(table.steps)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_diagram_has_every_arrow(table):
    drawn = diagram(table)

    for state, act, after in table.arrows():
        assert f"    {state} --> {after}: {act}\n" in drawn + "\n"
    assert drawn.startswith("stateDiagram-v2")
