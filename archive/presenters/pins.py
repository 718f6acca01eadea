"""What is pinned to a picture or a film: regions drawn over it, bars under it, and the same as a list.

No text stands in any of it, so that it may stand inside an article: numbers and words are attributes, which the style
shows. It works without script, and in both directions of writing: a picture is not turned round, and time runs from
left to right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from archive.presenters.languages import direction_of

#: Pixels of the screen: the radius of a number, the height of a row of bars.
RADIUS, ROW = 13, 32


@dataclass(frozen=True, slots=True)
class Region:
    """A shape in the picture's own pixels, and where its number stands, in hundredths of the picture."""

    tag: str
    drawn: Mapping[str, str]
    left: float
    top: float
    #: Of the box around it. The larger is drawn first, so that the smaller can be hit.
    area: float = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """Seconds as a bar: its beginning and width in hundredths of the strip, and its row."""

    left: float
    width: float
    row: int


@dataclass(frozen=True, slots=True)
class Pin:
    """One thing that is pinned."""

    ident: str
    number: int
    category: str
    #: Said of it in full: "Note 3, place: …"; and what the list shows, in its own language.
    name: str
    words: str
    language: str
    href: str
    current: bool = False
    region: Region | None = None
    bar: Bar | None = None
    #: Of seconds: "1:05–1:20", what plays them, and where they are played without script.
    clock: str = ""
    seconds: str = ""
    play: str = ""
    play_name: str = ""


@dataclass(frozen=True, slots=True)
class Pins:
    """All that is pinned to one picture or film."""

    pins: Sequence[Pin] = ()
    #: What regions or bars are called together, and the list.
    label: str = ""
    list_label: str = ""
    #: Of a picture, its size in the pixels of its regions.
    width: float = 0
    height: float = 0
    #: Of a film, how long its strip is: "14:28".
    length: str = ""


NONE = Pins()


def regions_svg(pins: Pins) -> str:
    """Return the regions over a picture; empty when none lies on what is shown."""
    drawn = sorted(((pin, pin.region) for pin in pins.pins if pin.region), key=lambda one: -one[1].area)
    if not drawn or not pins.width or not pins.height:
        return ""
    box = f"0 0 {pins.width:g} {pins.height:g}"
    return (
        f'<svg class="pins pins--regions" role="group" aria-label="{escape(pins.label)}">'
        + "".join(_region(pin, region, box) for pin, region in drawn)
        + "</svg>"
    )


def _region(pin: Pin, region: Region, box: str) -> str:
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in region.drawn.items())
    shape = "".join(f'<{region.tag} class="pin__{line}"{attrs}></{region.tag}>' for line in ("halo", "edge"))
    return (
        f'{_opening(pin)}<svg width="100%" height="100%" viewBox="{box}" preserveAspectRatio="none">{shape}</svg>'
        f'<svg x="{region.left:g}%" y="{region.top:g}%" overflow="visible">{_number(pin.number)}</svg></a>'
    )


def _opening(pin: Pin) -> str:
    current = ' aria-current="true"' if pin.current else ""
    return (
        f'<a class="pin" href="{escape(pin.href)}" data-pin="{escape(pin.ident)}" '
        f'data-category="{escape(pin.category)}" aria-label="{escape(pin.name)}"{current}>'
    )


def _number(number: int) -> str:
    side = 2 * RADIUS
    return (
        f'<circle class="pin__disc" r="{RADIUS}"></circle><foreignObject x="{-RADIUS}" y="{-RADIUS}" width="{side}" '
        f'height="{side}"><b class="pin__number" data-n="{number}"></b></foreignObject>'
    )


def strip_svg(pins: Pins) -> str:
    """Return the bars under a film; empty without any."""
    bars = [(pin, pin.bar) for pin in pins.pins if pin.bar]
    if not bars:
        return ""
    rows = max(bar.row for _pin, bar in bars) + 1
    return (
        f'<div class="pin-strip" dir="ltr" data-from="0:00" data-to="{escape(pins.length)}">'
        f'<svg class="pins pins--strip" height="{rows * ROW + 4}" width="100%" role="group" '
        f'aria-label="{escape(pins.label)}">' + "".join(_bar(pin, bar) for pin, bar in bars) + "</svg></div>"
    )


def _bar(pin: Pin, bar: Bar) -> str:
    top = bar.row * ROW + 4
    return (
        f'{_opening(pin)}<rect class="pin__bar" x="{bar.left:g}%" y="{top}" width="{bar.width:g}%" height="{ROW - 4}" '
        f'rx="4"></rect><svg x="{bar.left:g}%" y="{top + ROW // 2 - 2}" overflow="visible">{_number(pin.number)}</svg></a>'
    )


def pin_list(pins: Pins) -> str:
    """Return the same as a list of links; empty without any."""
    if not pins.pins:
        return ""
    items = "".join(_item(pin) for pin in pins.pins)
    return f'<ol class="pin-list" aria-label="{escape(pins.list_label)}">{items}</ol>'


def _item(pin: Pin) -> str:
    play = ""
    if pin.play:
        play = (
            f'<a class="pin-list__play" href="{escape(pin.play)}" data-play="{escape(pin.seconds)}" dir="ltr" '
            f'data-label="{escape(pin.clock)}" aria-label="{escape(pin.play_name)}"></a>'
        )
    current = ' aria-current="true"' if pin.current else ""
    language = escape(pin.language)
    return (
        f'<li class="pin-list__item" data-category="{escape(pin.category)}">{play}'
        f'<a class="pin-list__note" href="{escape(pin.href)}" data-pin="{escape(pin.ident)}" '
        f'aria-label="{escape(pin.name)}"{current}><b class="pin-list__number" data-n="{pin.number}"></b>'
        f'<span class="pin-list__words" lang="{language}" dir="{direction_of(pin.language)}" '
        f'data-label="{escape(pin.words)}"></span></a></li>'
    )
