"""Spans drawn in brackets, so that a test is a picture."""

from annotations.anchoring import Placement, Span, carry_over


def read(drawn: str) -> tuple[str, int, int]:
    """Return the text without its brackets, and the span that they held."""
    start, end = drawn.index("["), drawn.index("]") - 1
    return drawn.replace("[", "").replace("]", ""), start, end


def draw(text: str, placement: Placement) -> str:
    """Return the text with the placement in brackets; without a place, the text alone."""
    if placement.start is None or placement.end is None:
        return text
    return f"{text[: placement.start]}[{text[placement.start : placement.end]}]{text[placement.end :]}"


def carried(before: str, after: str) -> Placement:
    """Carry the drawn span of `before` into `after` (drawn or not)."""
    old, start, end = read(before)
    new = after.replace("[", "").replace("]", "")
    return carry_over(old, new, [Span("note", start, end)])[0]
