"""A line of time with the terms that have a date, and the same as a list in order.

The drawing shows just what the page of the list shows. It is written for a reader's eye and for a keyboard: every bar is a
link, in the order of the list.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from django.core.paginator import Page, Paginator
from django.utils.functional import Promise
from django.utils.translation import get_language_bidi, pgettext_lazy
from django.utils.translation import gettext as _

from annotations.charting.axis import Stretch, above, around, beside, chosen, cut
from annotations.charting.lanes import Bar, Scale, bars, touches
from annotations.presenters.charted import Charted
from annotations.presenters.other_calendars import hijri_words, julian_words
from archive.presenters.edtf_words import edtf_words, year_words
from archive.presenters.moments import month_name
from archive.text.edtf_spans import Span, date_of, span_of
from archive.text.words import shortened

#: Terms of a page, and so of a drawing.
PER_PAGE = 100
#: Units: the width of the drawing, what its head takes, the columns of counts in it, a lane, a bar, a letter.
WIDE, HEAD, COLUMN, LANE, BAR, LETTER = 960, 62, 26, 48, 12, 8.4
LETTERS = 34
#: A narrower stretch, at an end of the line, has no label.
LEAST_TICK = 28

#: How a piece of a bar is drawn, in words.
STYLES: dict[str, str | Promise] = {
    "sure": pgettext_lazy("date", "Known"), "within": pgettext_lazy("date", "Somewhere in this time"),
    "about": pgettext_lazy("date", "About"), "perhaps": pgettext_lazy("date", "Perhaps"),
    "both": pgettext_lazy("date", "Perhaps, and about"), "open": pgettext_lazy("date", "Open, goes on"),
    "unknown": pgettext_lazy("date", "End unknown"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dated:
    """A term with its date, in words of every calendar."""

    term: Charted
    span: Span
    words: str
    hijri: str
    julian: str

    @property
    def anchor(self) -> float:
        """The day by which it stands in the order: before all others when it has no beginning."""
        if self.span.first is not None:
            return self.span.first
        return self.span.end.first if self.span.end and self.span.unknown_start else -math.inf

    @property
    def is_sure(self) -> bool:
        """Whether its days are known."""
        return all(edge is not None and edge.is_sure for edge in (self.span.start, self.span.end))


@dataclass(frozen=True, slots=True)
class DrawnPiece:
    """A part of a bar; numbers are units of the drawing."""

    x: float
    width: float
    style: str


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A term on the line."""

    item: Dated
    pieces: tuple[DrawnPiece, ...]
    is_point: bool
    label: str
    label_x: float
    y: int
    #: Arrows of what goes on beyond the line or has no end, as SVG paths.
    arrows: tuple[str, ...]

    @property
    def bar_y(self) -> int:
        """Where its pieces are."""
        return self.y + LANE - BAR - 8

    @property
    def middle(self) -> float:
        """The middle of a point."""
        return self.pieces[0].x + self.pieces[0].width / 2


@dataclass(frozen=True, slots=True)
class Tick:
    """A stretch of the line: how many terms touch it, its name, and by what it is chosen."""

    x: float
    width: float
    label: str
    name: str
    count: int
    #: Height of its column.
    height: float
    value: str

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return self.x + self.width / 2

    @property
    def top(self) -> float:
        """Where its column begins."""
        return COLUMN - self.height


@dataclass(slots=True)
class TimeChart:
    """The whole."""

    page: Page[Dated]
    #: The items of the page under the names of their times.
    groups: list[tuple[str, list[Dated]]]
    #: Terms whose date is none that can be drawn.
    unread: list[Charted]
    ticks: list[Tick] = field(default_factory=list)
    bars: list[DrawnBar] = field(default_factory=list)
    height: int = 0
    styles: list[tuple[str, str]] = field(default_factory=list)
    #: The chosen stretch, those around it (name, value), and the ones before and after.
    chosen: str = ""
    trail: list[tuple[str, str]] = field(default_factory=list)
    earlier: str = ""
    later: str = ""
    total: int = 0
    width: int = WIDE
    bar: int = BAR
    column: int = COLUMN


def time_chart(terms: Sequence[Charted], *, value: str = "", number: int = 1) -> TimeChart:
    """Return the line of these terms, or of the stretch `value` (`annotations.charting.axis.chosen`), a page of it."""
    dated, unread = _read(terms)
    window = chosen(value)
    inside = [item for item in dated if not window or touches(item.span, window.first, window.last)]
    page = Paginator(inside, PER_PAGE).get_page(number)
    chart = TimeChart(page, [], unread, total=len(inside))
    if window:
        _lead(chart, window)
    if page.object_list:
        _draw(chart, inside, window)
    return chart


def _read(terms: Sequence[Charted]) -> tuple[list[Dated], list[Charted]]:
    dated, unread = [], []
    for term in terms:
        if not term.date.strip():
            continue
        span = span_of(term.date)
        if span is None:
            unread.append(term)
        else:
            words = edtf_words(term.date)
            dated.append(Dated(term, span, words, hijri_words(span), julian_words(span)))
    far = max((item.span.last or 0 for item in dated), default=0) + 1
    dated.sort(
        key=lambda item: (item.anchor, item.span.last or far, item.term.label.text.casefold(), item.term.key)
    )
    return dated, sorted(unread, key=lambda term: (term.label.text.casefold(), term.key))


def _lead(chart: TimeChart, window: Stretch) -> None:
    chart.chosen = stretch_name(window)
    chart.trail = [(stretch_name(one), one.value) for one in above(window)]
    chart.earlier, chart.later = (one.value if one else "" for one in beside(window))


def _draw(chart: TimeChart, inside: Sequence[Dated], window: Stretch | None) -> None:
    shown = list(chart.page.object_list)
    scale = Scale(*((window.first, window.last) if window else _extent(shown)), float(WIDE))
    stretches = cut(scale.first, scale.last)
    chart.groups = _groups(shown, stretches)
    chart.ticks = _ticks(stretches, inside, scale)
    labels = [shortened(item.term.label.text, LETTERS) for item in shown]
    found = bars([(item.span, LETTER * len(label)) for item, label in zip(shown, labels, strict=True)], scale)
    chart.bars = [_bar(bar, shown[bar.key], labels[bar.key]) for bar in found]
    chart.height = HEAD + LANE * (max(bar.lane for bar in found) + 1) + 8
    used = {piece.style for bar in found for piece in bar.pieces}
    chart.styles = [(style, str(words)) for style, words in STYLES.items() if style in used]


def _extent(shown: Sequence[Dated]) -> tuple[int, int]:
    edges = [edge for item in shown for edge in (item.span.start, item.span.end) if edge]
    first, last = min(edge.first for edge in edges), max(edge.last for edge in edges)
    # What has no beginning, or no end, needs room to show that.
    room = max((last - first) // 16, 2 * 366)
    first -= room if any(item.span.start is None for item in shown) else 0
    last += room if any(item.span.end is None for item in shown) else 0
    return around(first, last)


def _groups(shown: Sequence[Dated], stretches: Sequence[Stretch]) -> list[tuple[str, list[Dated]]]:
    def name(item: Dated) -> str:
        found = next((one for one in stretches if one.first <= item.anchor <= one.last), None)
        return stretch_name(found) if found else _("Before that")

    return [(key, list(items)) for key, items in groupby(shown, key=name)]


def _ticks(stretches: Sequence[Stretch], inside: Sequence[Dated], scale: Scale) -> list[Tick]:
    counts = [sum(touches(item.span, one.first, one.last) for item in inside) for one in stretches]
    most = max(counts, default=0) or 1
    ticks = []
    for one, count in zip(stretches, counts, strict=True):
        start = scale.x(one.first)
        width = scale.x(one.last + 1) - start
        height = round(max(COLUMN * count / most, 3 if count else 0), 1)
        ticks.append(
            Tick(round(_turned(start, width), 1), round(width, 1), _label(one) if width >= LEAST_TICK else "", stretch_name(one), count, height,
                 one.value if count else "")
        )  # fmt: skip
    return ticks


def _turned(x: float, width: float) -> float:
    """Return where something stands when time goes where writing goes."""
    return WIDE - x - width if get_language_bidi() else x


def _bar(bar: Bar, item: Dated, label: str) -> DrawnBar:
    pieces = tuple(
        DrawnPiece(round(_turned(piece.x, piece.width), 1), round(piece.width, 1), piece.style)
        for piece in bar.pieces
    )
    y = HEAD + LANE * bar.lane
    middle = y + LANE - 8 - BAR / 2
    arrows = []
    if bar.before and bar.x <= 0 and not item.span.unknown_start:
        arrows.append(_arrow(0, middle, -1))
    if bar.after and bar.end >= WIDE and not item.span.unknown_end:
        arrows.append(_arrow(WIDE, middle, 1))
    x = WIDE - bar.label_x if get_language_bidi() else bar.label_x
    return DrawnBar(item, pieces, bar.is_point, label, round(x, 1), y, tuple(arrows))


def _arrow(x: float, middle: float, way: int) -> str:
    """Return the point of an arrow at an end of the line, outside it."""
    if get_language_bidi():
        x, way = WIDE - x, -way
    return f"M{x:g} {middle - 8:g}L{x + 9 * way:g} {middle:g}L{x:g} {middle + 8:g}Z"


def _label(stretch: Stretch) -> str:
    """Return what stands under a stretch: for many years the first of them."""
    year, month, day = date_of(stretch.first)
    if stretch.unit == "day":
        return str(day)
    return month_name(month) if stretch.unit == "month" else year_words(year)


def stretch_name(stretch: Stretch) -> str:
    """Return a stretch in words: "1330–1339", "November 1330"."""
    (year, month, day), last = date_of(stretch.first), date_of(stretch.last)[0]
    if stretch.unit == "day":
        return f"{day} {month_name(month)} {year_words(year)}"
    if stretch.unit == "month":
        return f"{month_name(month)} {year_words(year)}"
    return year_words(year) if year == last else f"{year_words(year)}–{year_words(last)}"
