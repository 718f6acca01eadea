"""Figures and films of a text: no text of their own stands in them, so that the article's text stays its content."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from archive.presenters.addresses import is_address
from archive.presenters.films import beginning_at
from archive.presenters.languages import direction_of
from archive.presenters.pins import NONE, Pins, pin_list, regions_svg, strip_svg
from archive.presenters.veils import veil


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done with a picture or a film, and where."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a figure shows; without `src`, a labelled gap that says why."""

    src: str = ""
    srcset: str = ""
    width: int = 0
    height: int = 0
    alternative: str = ""
    #: Where the whole picture is.
    href: str = ""
    #: Said in place of the picture: "Missing figure", "Not public".
    gap: str = ""
    #: Whether it is missing only until its copies are made.
    is_coming: bool = False
    #: What readers are warned of before it is shown, in words; and its name in the memory of a session.
    warning: str = ""
    veil: str = ""
    #: Said of the picture itself: that parts of it are covered.
    remark: str = ""
    act: Act | None = None
    #: Which page of the image it is.
    page: int = 1
    #: The image service by which a script shows it close, in place; empty: it is looked at on the image's own page.
    zoom: str = ""
    #: What notes are on parts of it.
    pins: Pins = NONE


@dataclass(frozen=True, slots=True)
class Film:
    """What a video block offers before the click."""

    href: str = ""
    embed: str = ""
    #: The archive's own copy, played in the provider's place.
    capture: str = ""
    label: str = ""
    #: What the film is called, said where the text has only its address; and the language of that.
    title: str = ""
    title_language: str = ""
    #: Where its notes are written.
    notes: str = ""
    act: Act | None = None
    #: What notes are on seconds of it.
    pins: Pins = NONE


def srcset_of(copies: Iterable[tuple[str, int]]) -> str:
    """Return a `srcset` of addresses and widths in pixels; of two copies that are equally wide the first."""
    by_width: dict[int, str] = {}
    for address, width in copies:
        by_width.setdefault(width, address)
    return ", ".join(f"{address} {width}w" for width, address in by_width.items())


def figure_html(
    ident: str, lead: str, words: str, attrs: Mapping[str, Any], pictures: Mapping[str, Picture]
) -> str:
    """Return a figure with its picture, or a labelled gap; `lead` and `words` are markup already."""
    key = str(attrs.get("figure", ""))
    picture = pictures.get(key) or Picture(gap=_("Missing figure"))
    caption = f"<figcaption>{lead}{words}</figcaption>"
    if not picture.src:
        gap, key = escape(picture.gap or _("Missing figure")), escape(key)
        mark = f'<span class="figure__gap" role="img" aria-label="{gap}"></span>'
        if picture.href:
            mark = f'<a class="figure__gap" href="{escape(picture.href)}" aria-label="{gap}"></a>'
        kind = "figure--coming" if picture.is_coming else "figure--missing"
        return (
            f'<figure {ident} class="block figure {kind} gap" data-figure="{key}" data-label="{gap}">'
            f"{mark}{pin_list(picture.pins)}{caption}</figure>"
        )
    shown = plate(picture)
    said = ""
    if picture.remark:
        remark = escape(picture.remark)
        said = f'<span class="figure__remark" role="note" data-label="{remark}" aria-label="{remark}"></span>'
    zoom = f' data-zoom="{escape(picture.zoom)}"' if picture.zoom else ""
    return (
        f'<figure {ident} class="block figure" data-figure="{escape(key)}"{zoom}>{shown}{said}{_act(picture.act)}'
        f"{pin_list(picture.pins)}{caption}</figure>"
    )


def plate(picture: Picture) -> str:
    """Return a picture with what is pinned to it drawn over it, all of it behind its warning."""
    size = f' width="{picture.width}" height="{picture.height}"' if picture.width else ""
    srcset = (
        f' srcset="{escape(picture.srcset)}" sizes="(min-width: 50rem) 42rem, 100vw"'
        if picture.srcset
        else ""
    )
    image = (
        f'<img src="{escape(picture.src)}"{srcset}{size} alt="{escape(picture.alternative)}" loading="lazy" '
        'decoding="async">'
    )
    # Without words for the picture the link would have no name.
    name = "" if picture.alternative.strip() else f' aria-label="{escape(_("Open the picture"))}"'
    linked = (
        f'<a class="figure__link" href="{escape(picture.href)}"{name}>{image}</a>' if picture.href else image
    )
    drawn = regions_svg(picture.pins)
    if drawn:
        linked = f'<div class="plate">{linked}{drawn}</div>'
    if picture.warning:
        linked = f'<div class="veiled">{veil(picture.warning, picture.veil)}{linked}</div>'
    return linked


def film_html(
    ident: str, lead: str, words: str, attrs: Mapping[str, Any], films: Mapping[str, Film], *, plain: str = ""
) -> str:
    """Return a film as a figure that a script makes playable; `lead` and `words` are markup already.

    Where its words in the text (`plain`) are nothing but an address, its title stands above them.
    """
    key = f"{attrs.get('provider', '')}:{attrs.get('video_id', '')}"
    film = films.get(key) or Film(href=str(attrs.get("url", "")))
    label = escape(film.label or _("Play the video here; this asks its provider for it"))
    player = beginning_at(film.embed, int(attrs.get("start", 0)))
    embed = f' data-embed="{escape(player)}"' if player else ""
    if film.capture:
        start = int(attrs.get("start", 0))
        embed = f' data-capture="{escape(film.capture)}{f"#t={start}" if start > 0 else ""}"'
    named, name = _name(film) if is_address(plain) else ("", "")
    return (
        f'<figure {ident} class="block video" data-video="{escape(key)}"{embed} data-label="{label}"{named}>'
        f'<button type="button" class="video-card__play video__play" hidden aria-label="{label}"></button>'
        f"{_act(film.act)}{strip_svg(film.pins)}{pin_list(film.pins)}"
        f"<figcaption>{lead}{name}{words}</figcaption></figure>"
    )


def _name(film: Film) -> tuple[str, str]:
    """Return the attribute and the mark that say a film's title; no text, so that the article keeps its own."""
    if not film.title:
        return "", ""
    title, language = escape(film.title), escape(film.title_language)
    direction = direction_of(film.title_language)
    mark = f'<span class="video__name" lang="{language}" dir="{direction}" data-title="{title}" aria-hidden="true"></span>'
    return f' aria-label="{title}"', mark


def _act(act: Act | None) -> str:
    """Return the link; its words are attributes, which the style shows."""
    if act is None:
        return ""
    label = escape(act.label)
    return f'<a class="figure__act" href="{escape(act.href)}" data-label="{label}" aria-label="{label}"></a>'
