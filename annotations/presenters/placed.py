"""Released notes on pictures and films: what they are called, the piece that a card shows, what is drawn and listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from django.templatetags.static import static
from django.utils.translation import gettext as _

from annotations.anchoring.lanes import lanes_of
from annotations.anchoring.regions import extent
from annotations.editions.values import FilmFacts, Json, MediaPlace, Note, PictureFacts, VideoFacts
from annotations.presenters.clock import clock, seconds_words
from annotations.presenters.issue import Issue, place_address
from annotations.presenters.labels import CATEGORIES
from annotations.presenters.media_place import Crop, crop_of, drawn
from annotations.presenters.quoting import in_quotes
from annotations.presenters.words import Said, said
from archive.models.names import film_name
from archive.presenters.markup import plain_excerpt
from archive.presenters.pins import Bar, Pin, Pins, Region
from archive.text.words import shortened

#: Code points of a note that a list shows, and of a quotation in a label.
EXCERPT, QUOTE_LENGTH = 90, 80
#: Rows of bars under a film, and the least part of it that a bar takes.
ROWS, LEAST = 4, 0.012


@dataclass(frozen=True, slots=True)
class Named:
    """What a note is called where it is linked to: the words that it is on, or its picture or film."""

    text: str
    language: str
    direction: str

    def __str__(self) -> str:
        return self.text


def label_of(issue: Issue, note: Note) -> Named:
    """Return what a note is called; of one that may not be read, that."""
    text = issue.snapshot.text
    if note.place is None:
        return Named(quotation(note.exact), text.language, text.direction)
    if not issue.shows(note):
        return _named(Said(_("a place that is not public now"), said({}).language))
    title = title_of(issue, note.place)
    return _named(Said(place_label(title.text, note.place), title.language))


def _named(words: Said) -> Named:
    return Named(words.text, words.language, words.direction)


def place_label(title: str, place: MediaPlace) -> str:
    """Return "«The river» (1:05–1:20)": a picture's or film's title, with the page or the seconds."""
    is_time = place.kind == "time"
    more = seconds_words(place.start_time, place.end_time) if is_time else page_words(place)
    return quotation(title) + (f" ({more})" if more else "")


def page_words(place: MediaPlace) -> str:
    """Return "Page 2" of a part of a later page; empty for all else."""
    return _("Page %(n)s") % {"n": place.page} if place.page > 1 else ""


def title_of(issue: Issue, place: MediaPlace) -> Said:
    """Return what a picture or a film was called when the release was sealed."""
    kind, ident = place.member
    row = issue.book.pictures.get(ident) if kind == "image" else issue.book.films.get(ident)
    if isinstance(row, FilmFacts):
        return film_title(row)
    return (
        picture_title(row) if row else Said(_("Image") if kind == "image" else _("Video"), said({}).language)
    )


def picture_title(picture: PictureFacts) -> Said:
    """Return what a picture of a release is called."""
    title = said(picture.title)
    return title or Said(_("Image without a title"), title.language)


def film_title(film: FilmFacts | VideoFacts) -> Said:
    """Return what a film of a release is called: by its title, else by its provider and id."""
    title = said(film.title)
    return title or Said(film_name(film.provider, film.external_id, film.url), title.language)


def quotation(words: str) -> str:
    """Return quoted words, shortened, in the marks of the page's language."""
    return in_quotes(shortened(words, QUOTE_LENGTH))


def gap_words(note: Note) -> str:
    """Return what stands in the place of a note that may not be read now."""
    if note.place and note.place.kind == "time":
        return _("This note is on a film that is not public now.")
    return _("This note is on a picture that is not public now.")


def place_html(issue: Issue, note: Note) -> str:
    """Return where a note lies, as its card shows it: a piece of the picture with the region in it, or the seconds."""
    place = note.place
    assert place is not None
    title, href = title_of(issue, place), escape(issue.entry_url(note))
    crop = crop_in(issue, place)
    line = f'<a href="{href}"><bdi lang="{title.language}">{escape(title.text)}</bdi></a>'
    words = page_words(place) if place.kind == "region" else ""
    if words:
        line += f" · {escape(words)}"
    if place.kind == "time":
        line += f" {_play(issue, place)}"
    elif not crop and not issue.shown.has_picture(place.member[1]):
        covered = _("Parts of this picture were covered after this release was sealed")
        line += f" · {escape(covered)}"
    piece = _piece(crop, href, _("The part of the picture that this note is on")) if crop else ""
    return f'<div class="note-place">{piece}<p class="note-place__words">{line}</p></div>'


def crop_in(issue: Issue, place: MediaPlace) -> Crop | None:
    """Return the piece of a picture around a region; None of what may not be shown, or only behind a warning."""
    ident = place.member[1]
    if place.region is None or not place.sha256:
        return None
    if not issue.shown.has_picture(ident) or issue.warned_of("image", ident):
        return None
    return crop_of(place.region, ident, page=place.page, size=(place.width, place.height))


def _piece(crop: Crop, href: str, alternative: str) -> str:
    attrs = "".join(f' {name}="{escape(value)}"' for name, value in crop.drawn.items())
    return (
        f'<a class="crop" href="{href}"><img src="{escape(crop.src)}" width="{crop.width}" height="{crop.height}" '
        f'alt="{escape(alternative)}" loading="lazy" decoding="async"><svg class="crop__shape" '
        f'viewBox="{crop.view_box}" aria-hidden="true" focusable="false"><{crop.tag}{attrs}></{crop.tag}></svg></a>'
    )


def _play(issue: Issue, place: MediaPlace) -> str:
    film = issue.book.films.get(place.member[1])
    key = f"{film.provider}:{film.external_id}" if film else ""
    icon = f'<svg class="icon" aria-hidden="true" focusable="false"><use href="{static("hashiya/icons.svg")}#play"></use></svg>'
    return (
        f'<a class="note-place__play" href="{escape(place_address(place))}" data-play="{seconds(place)}" '
        f'data-film="{escape(key)}" aria-label="{escape(_play_name(place))}">{icon}'
        f'<bdi dir="ltr">{escape(written(place))}</bdi></a>'
    )


def _play_name(place: MediaPlace) -> str:
    return _("Play %(part)s") % {"part": written(place)}


def seconds(place: MediaPlace) -> str:
    """Return "65-80.5", as scripts and addresses have it."""
    return f"{place.start_time or 0:g}-{place.end_time or 0:g}"


def written(place: MediaPlace) -> str:
    """Return "1:05–1:20"."""
    start, end = place.start_time or 0, place.end_time or 0
    return clock(start) if int(start) == int(end) else f"{clock(start)}–{clock(end)}"


def pins_of(
    issue: Issue,
    kind: str,
    ident: str,
    *,
    current: str = "",
    inline: bool = True,
    page: int = 1,
    block: int | None = None,
) -> Pins:
    """Return what is drawn over a picture, or laid under a film, and listed below; nothing of what may not be read.

    Of a figure, `page` is the page of the picture that it shows and `block` its place: it has the notes that were
    pinned to it, of which those on other pages are listed and not drawn.
    """
    notes = issue.book.on.get((kind, ident), ()) if issue.shown.has(kind, ident) else ()
    if block is not None:
        notes = [note for note in notes if note.place and note.place.block == block]
    if not notes:
        return Pins()
    if kind == "video":
        length = _length(issue, ident, notes)
        bars = _bars([note.place for note in notes if note.place], length)
        pins = [_pin(issue, note, current, inline, bar=bar) for note, bar in zip(notes, bars, strict=True)]
        return Pins(pins, _("Notes along the film"), _("Notes on this film"), length=clock(length))
    pins = [_pin(issue, note, current, inline, page=page) for note in notes]
    first = next((n.place for n in notes if n.place and n.place.page == page), None)
    return Pins(
        pins, _("Notes drawn on the picture"), _("Notes on this picture"),
        width=first.width if first else 0, height=first.height if first else 0,
    )  # fmt: skip


def _pin(
    issue: Issue, note: Note, current: str, inline: bool, *, bar: Bar | None = None, page: int = 1
) -> Pin:
    place = note.place
    assert place is not None
    category = str(CATEGORIES.get(note.category, ""))
    words = plain_excerpt(note.body, length=EXCERPT) if note.body else category
    elsewhere = page_words(place) if place.page != page else ""
    name = _("Note %(number)s, %(category)s: %(words)s") % {
        "number": note.number, "category": category, "words": words
    }  # fmt: skip
    is_time = place.kind == "time"
    return Pin(
        ident=note.id, number=note.number, category=note.category,
        name=f"{name} ({elsewhere})" if elsewhere else name, words=f"{words} ({elsewhere})" if elsewhere else words,
        language=note.language if note.body else said({}).language,
        href=f"#note-{note.id}" if inline else issue.listed_url(note), current=note.id == current,
        region=_region(place, page), bar=bar,
        clock=written(place) if is_time else "", seconds=seconds(place) if is_time else "",
        play=place_address(place) if is_time else "", play_name=_play_name(place) if is_time else "",
    )  # fmt: skip


def _region(place: MediaPlace, page: int) -> Region | None:
    """Return what is drawn of a region on the page that readers are shown."""
    if place.region is None or place.page != page or not place.width or not place.height:
        return None
    left, top, right, bottom = extent(place.region["shape"], place.region["points"])
    tag, attrs = drawn(place.region)
    x, y = _corner(place.region, left, top, right)
    # The number stands on the shape, and whole within the picture.
    at = [min(max(100 * part, 3.0), 97.0) for part in (x / place.width, y / place.height)]
    return Region(tag, attrs, round(at[0], 2), round(at[1], 2), area=(right - left) * (bottom - top))


def _corner(region: Json, left: float, top: float, right: float) -> tuple[float, float]:
    """Return the point of an outline at which its number stands: a corner, or the highest point."""
    if region["shape"] == "rect":
        return left, top
    if region["shape"] == "ellipse":
        return (left + right) / 2, top
    x, y = min(region["points"], key=lambda point: (point[1], point[0]))
    return x, y


def _length(issue: Issue, ident: str, notes: Sequence[Note]) -> float:
    """Return how many seconds the strip under a film stands for."""
    film = issue.book.films.get(ident)
    ends = [note.place.end_time or 0.0 for note in notes if note.place]
    return max(1.0, (film.duration or 0.0) if film else 0.0, *ends)


def _bars(places: Sequence[MediaPlace], length: float) -> list[Bar]:
    parts = [(place.start_time or 0.0, place.end_time or 0.0) for place in places]
    least = length * LEAST
    # Rows are given out as the film runs, whatever the notes' numbers.
    running = sorted(range(len(parts)), key=lambda at: (parts[at][0], -parts[at][1]))
    rows = dict(zip(running, lanes_of([parts[at] for at in running], least, ROWS), strict=True))
    return [
        Bar(round(100 * start / length, 2), round(100 * max(end - start, least) / length, 2), rows[at])
        for at, (start, end) in enumerate(parts)
    ]
