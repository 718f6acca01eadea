"""The current wording of a text as a page shows it to a viewer, with pictures, films and counts of notes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from annotations.presenters.film_page import capture_url, kept_words
from annotations.presenters.site_cards import title_of
from archive.access import Viewer, visible_to
from archive.enums import ImageState, MarkKind, VideoState
from archive.media.films import is_lost, playable
from archive.models import Capture, Derivative, Figure, Image, ImageTiles, TextRevision, Video, Work
from archive.presenters.article import Extras, Marked, Sheet, render_article
from archive.presenters.article_media import Act, Film, Picture, srcset_of
from archive.presenters.covering import label_of
from archive.presenters.films import embed_url, provider_name
from archive.presenters.iiif import page_id
from archive.presenters.kept_back import Wording
from archive.presenters.page_words import at_page, of_page, small_picture
from archive.presenters.veils import warned_of, with_warning
from archive.text.sections import Section

#: The copies that a figure offers, the widest last.
_COPIES = ("small", "medium", "large")


def article_of(
    revision: TextRevision | Wording,
    viewer: Viewer,
    *,
    section: Section,
    counts: Mapping[int, int],
    count_href: str,
    marked: Sequence[Marked] = (),
    annotating: bool = False,
) -> SafeString:
    """Return the inside of the article for one section; `annotating` adds the ways to its pictures' and films' notes."""
    extras = replace(
        extras_of(revision, viewer, annotating=annotating),
        counts=counts,
        count_href=count_href,
        marked=marked,
    )
    return render_article(
        content=revision.content, blocks=revision.blocks, marks=revision.marks, extras=extras,
        first=section.first, last=section.last,
    )  # fmt: skip


def extras_of(
    revision: TextRevision | Wording, viewer: Viewer, *, ident: str = "b", annotating: bool = False
) -> Extras:
    """Return the pictures and films of a wording, as this viewer sees them, and what is left out of it."""
    pictures, films = _pictures(revision, viewer), _films(revision, viewer)
    if annotating:
        pictures = {key: _annotated(picture) for key, picture in pictures.items()}
        films = {
            key: replace(film, act=Act(_("Annotate this film"), film.notes)) for key, film in films.items()
        }
    extras = Extras(pictures=pictures, films=films, ident=ident, sheets=_sheets(revision, viewer))
    if isinstance(revision, Wording):
        return replace(extras, gaps=revision.labels, numbers=revision.numbers)
    return extras


def _annotated(picture: Picture) -> Picture:
    """Return a picture with the way to its notes, where it is looked at closely; a gap leads nowhere."""
    if not picture.src:
        return picture
    return replace(
        picture,
        zoom="",
        act=Act(
            _("Annotate this picture"),
            at_page(reverse("workbench_image", args=[picture.veil]), picture.page, anchor=""),
        ),
    )


def counts_by_block(blocks: Sequence[Mapping[str, Any]], spans: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return how many of these spans begin in each block, by its index."""
    starts = [block["start"] for block in blocks]
    return dict(Counter(max(bisect_right(starts, start) - 1, 0) for start, _end in spans))


def _pictures(revision: TextRevision | Wording, viewer: Viewer) -> dict[str, Picture]:
    figures = list(Figure.objects.filter(text_id=revision.text_id))
    images = visible_to(Image, viewer).in_bulk([f.image_id for f in figures if f.image_id])
    copies: dict[tuple[int, int], list[Derivative]] = {}
    rows = Derivative.objects.current().filter(image__in=images, page__in={f.page for f in figures})
    for copy in rows.filter(name__in=_COPIES).order_by("width"):
        copies.setdefault((copy.image_id, copy.page), []).append(copy)
    tiled = set(
        ImageTiles.objects.current()
        .filter(image__in=images, page__in={f.page for f in figures})
        .values_list("image", "page")
    )
    warned = _warned(revision)
    # A picture that this viewer may not see is a gap like any other: not even that there is one is told.
    return {
        figure.key: _picture(
            images[figure.image_id],
            figure.page,
            copies.get((figure.image_id, figure.page), []),
            warned=warned,
            zoom=(figure.image_id, figure.page) in tiled,
        )
        if figure.image_id in images
        else Picture(gap=_("Missing figure"))
        for figure in figures
    }


def _warned(revision: TextRevision | Wording) -> Sequence[str]:
    """Return what readers are warned of in the work: its pictures are covered, whatever they say of themselves."""
    found = Work.objects.filter(texts=revision.text_id).values_list("warnings", flat=True).first()
    return found or ()


def _picture(
    image: Image, page: int, copies: Sequence[Derivative], *, warned: Sequence[str], zoom: bool
) -> Picture:
    if not copies and image.covered:
        return Picture(gap=_("Parts of this picture are being covered; it is back in a moment"))
    if not copies:
        if image.state == ImageState.BROKEN:
            return Picture(gap=_("This picture is not ready yet"))
        return Picture(gap=_("This picture is being prepared; it is here in a moment"), is_coming=True)
    addresses = [(reverse("derivative", args=[image.public_id, copy.address]), copy.width) for copy in copies]
    return Picture(
        src=addresses[-1][0], srcset=srcset_of(addresses),
        width=copies[-1].width, height=copies[-1].height,
        alternative=of_page(image.alternative, page), href=at_page(image.get_absolute_url(), page), page=page,
        remark=label_of(image), warning=warned_of(warned, image.warnings), veil=image.public_id,
        zoom=reverse("iiif_image", args=[page_id(image.public_id, page)]) if zoom else "",
    )  # fmt: skip


def _sheets(revision: TextRevision | Wording, viewer: Viewer) -> dict[str, Sheet]:
    """Return the pages of the PDF that the text was made of, as far as this viewer may see it, by their numbers."""
    if not any(mark["kind"] == MarkKind.PAGE_BREAK for mark in revision.marks):
        return {}
    image = visible_to(Image, viewer).filter(texts=revision.text_id).first()
    if image is None:
        return {}
    covered = bool(image.warnings or _warned(revision))
    pages = ImageTiles.objects.filter(image=image, pixels=image.pixels).values_list("page", flat=True)
    return {
        str(page): Sheet(
            at_page(image.get_absolute_url(), page), _("Page %(page)s of the PDF") % {"page": page},
            "" if covered else small_picture(image.public_id, page),
        )
        for page in pages
    }  # fmt: skip


def _films(revision: TextRevision | Wording, viewer: Viewer) -> dict[str, Film]:
    wanted = [
        block["attrs"]
        for block in revision.blocks
        if block["kind"] == "video" and block["attrs"].get("video_id")
    ]
    rows = visible_to(Video, viewer).filter(external_id__in=[attrs["video_id"] for attrs in wanted])
    films = list(rows)
    kept = playable([video.pk for video in films if is_lost(video)], viewer) if films else {}
    return {f"{v.provider}:{v.external_id}": _film(v, kept.get(v.pk)) for v in films}


def _film(video: Video, kept: Capture | None) -> Film:
    return replace(_played(video, kept), notes=reverse("workbench_video", args=[video.public_id]))


def _played(video: Video, kept: Capture | None) -> Film:
    warning, title = warned_of(video.warnings), title_of(video)
    film = Film(href=video.get_absolute_url(), title=title.text, title_language=title.language)
    if kept is not None:
        label = with_warning(warning, kept_words(kept.captured_at))
        return replace(film, capture=capture_url(kept), label=label)
    if video.state == VideoState.GONE:
        return replace(film, label=_("This video is gone from its provider"))
    name = provider_name(video.provider)
    label = _("Play; the film is fetched from %(provider)s") % {"provider": name} if name else ""
    embed = embed_url(video.provider, video.external_id)
    return replace(film, embed=embed, label=with_warning(warning, label))
