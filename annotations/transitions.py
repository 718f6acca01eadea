"""Which step may follow which: the tables that actions ask, and the diagrams that are drawn from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from annotations.enums import AnnotationStatus as Status
from annotations.enums import Outcome, ReleaseStatus, TermStatus
from archive.errors import InvalidTransition


class Act(StrEnum):
    """What can be done to a note."""

    REVISE = "revise"
    SUBMIT = "submit"
    ACCEPT = "accept"
    RETURN = "return"
    DECLINE = "decline"
    VOUCH = "vouch"
    DISSENT = "dissent"
    REATTACH = "reattach"
    WITHDRAW = "withdraw"


class ReleaseAct(StrEnum):
    """What can be done to a sealed release."""

    PUBLISH = "publish"
    SCHEDULE = "schedule"
    CANCEL = "cancel"
    WITHDRAW = "withdraw"


#: The step that each outcome of a review is.
OF_OUTCOME: Mapping[Outcome, Act] = {
    Outcome.ACCEPT: Act.ACCEPT, Outcome.RETURN: Act.RETURN, Outcome.DECLINE: Act.DECLINE,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """A state machine: for each state the acts that are possible in it, and where they lead."""

    name: str
    start: str
    steps: Mapping[str, Mapping[str, str]]

    def move(self, state: str, act: str) -> str:
        """Return the state after `act`.

        Raises InvalidTransition when the table has no such step.
        """
        after = self.steps[state].get(act)
        if after is None:
            raise InvalidTransition("invalid_transition", state=str(state), act=str(act))
        return after

    def acts(self, state: str) -> frozenset[str]:
        """Return what is possible in a state."""
        return frozenset(self.steps[state])

    def states_for(self, act: str) -> frozenset[str]:
        """Return the states in which `act` is possible."""
        return frozenset(state for state, steps in self.steps.items() if act in steps)

    def arrows(self) -> Iterator[tuple[str, str, str]]:
        """Yield every step as (state, act, state after it)."""
        for state, steps in self.steps.items():
            for act, after in steps.items():
                yield state, act, after


#: A returned note is revised before it is handed in again, since a reviewer decides a version only once. What
#: was declined stays so: its author withdraws it or writes another. A note put on another passage by hand
#: asks for approval again. To vouch is to accept what another reviewer has accepted: it stays accepted. To dissent is to
#: return or decline that, which only who reviews independently does: it stays accepted too, but lacks that approval.
ANNOTATION = Table(
    "annotation",
    Status.DRAFT,
    {
        Status.DRAFT: {
            Act.REVISE: Status.DRAFT, Act.SUBMIT: Status.SUBMITTED,
            Act.REATTACH: Status.DRAFT, Act.WITHDRAW: Status.WITHDRAWN,
        },
        Status.SUBMITTED: {
            Act.REVISE: Status.DRAFT,
            Act.ACCEPT: Status.ACCEPTED, Act.RETURN: Status.RETURNED, Act.DECLINE: Status.DECLINED,
            Act.REATTACH: Status.SUBMITTED, Act.WITHDRAW: Status.WITHDRAWN,
        },
        Status.RETURNED: {
            Act.REVISE: Status.DRAFT, Act.REATTACH: Status.RETURNED, Act.WITHDRAW: Status.WITHDRAWN,
        },
        Status.DECLINED: {Act.WITHDRAW: Status.WITHDRAWN},
        Status.ACCEPTED: {
            Act.REVISE: Status.DRAFT, Act.VOUCH: Status.ACCEPTED, Act.DISSENT: Status.ACCEPTED,
            Act.REATTACH: Status.SUBMITTED, Act.WITHDRAW: Status.WITHDRAWN,
        },
        Status.WITHDRAWN: {},
    },
)  # fmt: skip

TERM = Table(
    "term", TermStatus.PROPOSED,
    {TermStatus.PROPOSED: {"establish": TermStatus.ESTABLISHED}, TermStatus.ESTABLISHED: {}},
)  # fmt: skip

#: One that is scheduled is published by the clock alone; until then its day is changed or called off, since nobody read
#: it yet. From what was public nothing leads back: another wording is another release.
RELEASE = Table(
    "release", ReleaseStatus.SEALED,
    {
        ReleaseStatus.SEALED: {
            ReleaseAct.PUBLISH: ReleaseStatus.PUBLISHED, ReleaseAct.SCHEDULE: ReleaseStatus.SCHEDULED,
            ReleaseAct.WITHDRAW: ReleaseStatus.WITHDRAWN,
        },
        ReleaseStatus.SCHEDULED: {
            ReleaseAct.PUBLISH: ReleaseStatus.PUBLISHED, ReleaseAct.SCHEDULE: ReleaseStatus.SCHEDULED,
            ReleaseAct.CANCEL: ReleaseStatus.SEALED, ReleaseAct.WITHDRAW: ReleaseStatus.WITHDRAWN,
        },
        ReleaseStatus.PUBLISHED: {ReleaseAct.WITHDRAW: ReleaseStatus.WITHDRAWN},
        ReleaseStatus.WITHDRAWN: {},
    },
)  # fmt: skip

TABLES = (ANNOTATION, TERM, RELEASE)


def diagram(table: Table) -> str:
    """Return the table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {table.start}"]
    lines += [f"    {state} --> {after}: {act}" for state, act, after in table.arrows()]
    lines += [f"    {state} --> [*]" for state, steps in table.steps.items() if not steps]
    return "\n".join(lines)
