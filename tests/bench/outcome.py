"""What a bench found: a figure, the limit it is held to, and whether it keeps it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One figure beside its limit."""

    what: str
    #: None: it could not be measured here, which counts as missed.
    figure: float | None
    limit: float
    unit: str
    #: Whether the figure may be as much as the limit at most; else it must be at least as much.
    is_ceiling: bool
    #: What it was measured against, or why it was not measured.
    beside: str = ""

    @property
    def met(self) -> bool:
        """Whether the promise is kept."""
        if self.figure is None:
            return False
        return self.figure <= self.limit if self.is_ceiling else self.figure >= self.limit

    def __str__(self) -> str:
        figure = "not measured" if self.figure is None else f"{_number(self.figure)} {self.unit}".rstrip()
        limit = f"{'at most' if self.is_ceiling else 'at least'} {_number(self.limit)} {self.unit}".rstrip()
        verdict = "pass" if self.met else "FAIL"
        return f"{verdict}  {self.what:54} {figure:>16}   {limit:22} {self.beside}".rstrip()


def at_most(what: str, figure: float | None, limit: float, unit: str = "", *, beside: str = "") -> Outcome:
    """Return a figure that may not be greater than the limit."""
    return Outcome(what, figure, limit, unit, True, beside)


def at_least(what: str, figure: float | None, limit: float, unit: str = "", *, beside: str = "") -> Outcome:
    """Return a figure that may not be smaller than the limit."""
    return Outcome(what, figure, limit, unit, False, beside)


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}".rstrip("0").rstrip(".")
