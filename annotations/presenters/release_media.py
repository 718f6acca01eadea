"""The pictures and films of a release as they are shown now, with the notes that are on them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe  # noqa: TID251 - built from escaped parts only.
from django.utils.translation import gettext as _

from annotations.editions.values import FigureFacts, FilmFacts, PictureFacts, VideoFacts
from annotations.presenters.film_page import capture_url, kept_words
from annotations.presenters.issue import Issue
from annotations.presenters.placed import film_title, picture_title, pins_of
from annotations.presenters.words import said
from archive.presenters.article_media import Film, Picture, figure_html, film_html, srcset_of
from archive.presenters.films import embed_url, provider_name
from archive.presenters.iiif import page_id
from archive.presenters.page_words import at_page, of_page
from archive.presenters.veils import with_warning


def media_of(issue: Issue, *, current: str, inline: bool) -> dict[str, dict[str, Any]]:
    """Return the figures and films of the text by key, with their notes; `current` is the one that is shown marked."""
    pictures = {key: picture_of(issue, figure) for key, figure in issue.book.figures.items()}
    films = {key: film_of(issue, video) for key, video in issue.book.videos.items()}
    for key, figure in issue.book.figures.items():
        if figure.image:
            pins = pins_of(
                issue,
                "image",
                figure.image.id,
                current=current,
                inline=inline,
                page=figure.page,
                block=figure.block,
            )
            pictures[key] = replace(pictures[key], pins=pins)
    for key, video in issue.book.videos.items():
        pins = pins_of(issue, "video", video.id, current=current, inline=inline)
        films[key] = replace(films[key], pins=pins)
    return {"pictures": pictures, "films": films}


def beside(issue: Issue, *, current: str, inline: bool) -> list[SafeString]:
    """Return as figures what has notes and does not stand in the text; it is read after the end of that."""
    found = []
    for kind, ident in issue.book.beside:
        if not issue.shown.has(kind, ident):
            continue
        pins = pins_of(issue, kind, ident, current=current, inline=inline)
        mark = f'id="media-{escape(ident)}"'
        if kind == "image":
            picture = replace(kept_picture(issue, issue.book.pictures[ident]), pins=pins)
            words = _titled(picture_title(issue.book.pictures[ident]), reverse("image", args=[ident]))
            found.append(figure_html(mark, "", words, {"figure": ident}, {ident: picture}))
        else:
            film = issue.book.films[ident]
            key = f"{film.provider}:{film.external_id}"
            attrs = {"provider": film.provider, "video_id": film.external_id}
            words = _titled(film_title(film), reverse("video", args=[ident]))
            found.append(film_html(mark, "", words, attrs, {key: replace(film_of(issue, film), pins=pins)}))
    return [mark_safe(one) for one in found]  # noqa: S308 - every part is escaped.


def _titled(title: Any, url: str) -> str:
    return f'<a href="{escape(url)}" lang="{title.language}" dir="{title.direction}">{escape(title.text or url)}</a>'


def picture_of(issue: Issue, figure: FigureFacts) -> Picture:
    """Return what a figure shows now: the copies that the release keeps, or a gap that says why."""
    if figure.image is None:
        return Picture(gap=_("Missing figure"))
    return kept_picture(issue, figure.image, page=figure.page)


def kept_picture(issue: Issue, image: PictureFacts, *, page: int = 1) -> Picture:
    """Return what is shown now of a picture that the release keeps."""
    if not issue.shown.has("image", image.id):
        return Picture(gap=_("This picture is not public"))
    if not issue.shown.has_picture(image.id):
        gap = _(
            "Parts of this picture were covered after this release was sealed; its own page shows the rest"
        )
        return Picture(gap=gap, href=at_page(reverse("image", args=[image.id]), page))
    if not image.files:
        return Picture(gap=_("This picture is not ready yet"))
    best = max(image.files, key=lambda file: (file.width <= 1600, file.width))
    sizes = srcset_of(
        (issue.picture(f.name), f.width) for f in image.files if f.media_type == best.media_type
    )
    return Picture(
        src=issue.picture(best.name), width=best.width, height=best.height,
        srcset=sizes if "," in sizes else "",
        alternative=of_page(said(image.alternative).text, page), page=page,
        href=at_page(reverse("image", args=[image.id]), page), warning=issue.warned_of("image", image.id), veil=image.id,
        zoom=reverse("iiif_image", args=[page_id(image.id, page)]) if best.name in issue.shown.present else "",
    )  # fmt: skip


def film_of(issue: Issue, video: VideoFacts | FilmFacts) -> Film:
    """Return what a film offers before the click; one that is not public now offers nothing."""
    if video.id and not issue.shown.has("video", video.id):
        return Film(label=_("This video is not public"))
    warning = issue.warned_of("video", video.id) if video.id else ""
    title = film_title(video)
    film = Film(href=video.url, title=title.text, title_language=title.language)
    kept = issue.shown.kept.get(video.id)
    if kept is not None:
        label = with_warning(warning, kept_words(kept.captured_at))
        return replace(film, capture=capture_url(kept), label=label)
    if video.state == "gone":
        return replace(film, label=_("This video is no longer at its address"))
    embed = embed_url(video.provider, video.external_id)
    name = provider_name(video.provider)
    label = _("Nothing is asked of %(provider)s before you press play") % {"provider": name} if name else ""
    return replace(film, embed=embed, label=with_warning(warning, label))
