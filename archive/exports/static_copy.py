"""A copy to be read from a disk, without a server: what the public sees of a work or a collection, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.template.loader import render_to_string
from django.utils import translation

from archive.access import ANYBODY, VIEW, allows
from archive.enums import BlockKind
from archive.errors import Invalid
from archive.exports.holding import Holding, holding
from archive.exports.members import Member, bytes_of
from archive.models import Derivative, Figure, TextRevision, Video, Work
from archive.models.names import name_of
from archive.presenters.addresses import is_address, safe_href
from archive.presenters.article import Extras, render_article
from archive.presenters.article_media import Film, Picture
from archive.presenters.covering import label_of
from archive.presenters.details import details_in_words
from archive.presenters.edtf_words import edtf_words
from archive.presenters.languages import direction_of, language_label
from archive.presenters.markup import render_markdown
from archive.presenters.page_words import of_page
from archive.presenters.rights import rights_label
from archive.presenters.roles import role_words
from archive.presenters.veils import warned_of
from archive.text.details import places_of

_HTML, _TEXT = "text/html; charset=utf-8", "text/plain; charset=utf-8"
#: The copy that is put on the disk is the widest of these that there is.
_COPIES = ("large", "medium", "small")


@dataclass(frozen=True, slots=True)
class Copy:
    """What all pages of a copy need: its rows, its pictures by the image's key and page, when and where it was made."""

    held: Holding
    pictures: dict[tuple[int, int], Derivative]
    films: dict[tuple[str, str], Video]
    at: datetime
    site: str


def of_public(held: Holding) -> Holding:
    """Return what the public sees of the same work or collection, whoever asks.

    Raises Invalid("nothing_public").
    """
    if not allows(ANYBODY, VIEW, held.root):
        raise Invalid("nothing_public")
    return holding(held.root, ANYBODY)


def members(held: Holding, *, at: datetime, site: str) -> Iterator[Member]:
    """Yield the files of the copy, always in the same order; raises Invalid("nothing_public")."""
    public = of_public(held)
    copy = Copy(
        public, _pictures(public), {(v.provider, v.external_id): v for v in public.videos()}, at, site
    )
    chooser = render_to_string("archive/static_copy/chooser.html", {"languages": _languages(copy)})
    yield Member("index.html", _HTML, "index.html", [chooser.encode()])
    yield Member(
        "style.css", "text/css", "Style", [render_to_string("archive/static_copy/style.css").encode()]
    )
    for code, _name in settings.LANGUAGES:
        yield from _in_language(copy, code)
    pages = _pages(copy)
    for image in public.images():
        for page in pages.get(image.pk, ()):
            derivative = copy.pictures[image.pk, page]
            yield Member(
                _picture_path(image, page), derivative.media_type, image.public_id,
                bytes_of(derivative.stored_file.sha256), derivative.stored_file.sha256,
            )  # fmt: skip


def _pages(copy: Copy) -> dict[int, list[int]]:
    """Return by image the pages that the copy shows: the first, and those in figures of its texts."""
    pages: dict[int, list[int]] = {}
    for image, page in sorted(copy.pictures):
        pages.setdefault(image, []).append(page)
    return pages


def _pictures(held: Holding) -> dict[tuple[int, int], Derivative]:
    """Return the widest copy of each image, and of those of its later pages that a figure shows."""
    rows = Derivative.objects.current().filter(image__in=held.ids.images, name__in=_COPIES)
    figures = Figure.objects.filter(text__in=held.ids.texts, image=OuterRef("image"), page=OuterRef("page"))
    rows = rows.filter(Q(page=1) | Exists(figures), media_type="image/webp")
    return {
        (row.image_id, row.page): row for row in rows.select_related("stored_file").order_by("width", "pk")
    }


def _languages(copy: Copy) -> list[dict[str, str]]:
    return [
        {
            "code": code,
            "name": _own_name(code),
            "dir": direction_of(code),
            "title": _said(copy.held.root, "title", code),
        }
        for code, _name in settings.LANGUAGES
    ]


def _own_name(code: str) -> str:
    return str(translation.get_language_info(code)["name_local"])


def _in_language(copy: Copy, code: str) -> Iterator[Member]:
    """Yield the pages of one language; each is made when it is written, so that one at a time is in memory."""
    yield _page(copy, code, "index.html", "index", lambda: _index(copy))
    for work in copy.held.works():
        yield _page(copy, code, f"works/{work.public_id}.html", "work", partial(_work, copy, work))
    for image in copy.held.images():
        if (image.pk, 1) in copy.pictures:
            yield _page(copy, code, f"images/{image.public_id}.html", "image", partial(_image, copy, image))


def _page(copy: Copy, code: str, path: str, template: str, context: Callable[[], dict[str, Any]]) -> Member:
    """Return one page of a language; `context` is asked for while that language is set."""
    return Member(f"{code}/{path}", _HTML, path, _rendered(copy, code, path, template, context))


def _rendered(
    copy: Copy, code: str, path: str, template: str, context: Callable[[], dict[str, Any]]
) -> Iterator[bytes]:
    top = "../" * (path.count("/") + 1)
    languages = [(other, _own_name(other), f"{top}{other}/{path}") for other, _name in settings.LANGUAGES]
    with translation.override(code):
        about = {
            "top": top,
            "both": languages,
            "site": copy.site,
            "at": copy.at,
            "address": settings.PUBLIC_URL,
        }
        html = render_to_string(f"archive/static_copy/{template}.html", {**context(), **about})
    yield html.encode()


def _index(copy: Copy) -> dict[str, Any]:
    images = [
        {**_facts(image), "src": _src(copy, image), "page": f"images/{image.public_id}.html"}
        for image in copy.held.images()
        if (image.pk, 1) in copy.pictures
    ]
    shelves = [shelf for shelf in copy.held.collections() if shelf != copy.held.root]
    return {
        "root_facts": _facts(copy.held.root), "works": [_card(copy, work) for work in copy.held.works()],
        "images": images, "shelves": [_facts(shelf) for shelf in shelves],
    }  # fmt: skip


def _image(copy: Copy, image: Any) -> dict[str, Any]:
    return {
        "facts": _facts(image), "src": _src(copy, image), "alternative": _said(image, "alternative"),
        "covered": label_of(image),
        "pages": [
            {"number": page, "src": _picture_path(image, page)} for page in _pages(copy)[image.pk] if page > 1
        ],
    }  # fmt: skip


def _card(copy: Copy, work: Work) -> dict[str, Any]:
    cover = work.cover if (work.cover_id, 1) in copy.pictures else None
    return {
        **_facts(work),
        "page": f"works/{work.public_id}.html",
        "cover": _src(copy, cover) if cover and not cover.warnings else "",
    }


def _work(copy: Copy, work: Work) -> dict[str, Any]:
    texts = sorted(
        (text for text in work.texts.all() if text.pk in copy.held.ids.texts), key=lambda t: (t.order, t.pk)
    )
    return {"facts": _facts(work), "texts": [_text(copy, text) for text in texts if text.current_revision_id]}


def _text(copy: Copy, text: Any) -> dict[str, Any]:
    revision = TextRevision.objects.get(pk=text.current_revision_id)
    article = render_article(
        content=revision.content, blocks=revision.blocks, marks=revision.marks,
        extras=Extras(pictures=_figures(copy, text), films=_named(copy)),
    )  # fmt: skip
    return {
        "language": text.language, "dir": text.direction, "number": revision.number, "article": article,
        "films": _films(copy, revision),
    }  # fmt: skip


def _figures(copy: Copy, text: Any) -> dict[str, Picture]:
    return {
        figure.key: _figure(copy, text.work, figure.image, figure.page)
        if (figure.image_id, figure.page) in copy.pictures
        else Picture(gap=translation.gettext("Missing figure"))
        for figure in text.figures.all()
    }


def _figure(copy: Copy, work: Any, image: Any, page: int) -> Picture:
    warned = warned_of(work.warnings, image.warnings)
    if warned:  # Nothing covers it here: it is seen on its own page, after its warning.
        return Picture(gap=warned)
    derivative = copy.pictures[image.pk, page]
    return Picture(
        src=f"../../{_picture_path(image, page)}", width=derivative.width, height=derivative.height,
        alternative=of_page(_said(image, "alternative"), page), href=f"../images/{image.public_id}.html{f'#page-{page}' if page > 1 else ''}",
        remark=label_of(image),
    )  # fmt: skip


def _named(copy: Copy) -> dict[str, Film]:
    """Return what the films in a text are called; where they are is told below it."""
    return {
        f"{provider}:{ident}": Film(title=name_of(video), title_language=_language_of(video, "title"))
        for (provider, ident), video in copy.films.items()
    }


def _films(copy: Copy, revision: TextRevision) -> list[dict[str, str]]:
    """Return what the text calls its films and, of those that the public sees, where they are: none plays from a disk."""
    return [
        _film(copy, block["attrs"], revision.content[block["start"] : block["end"]])
        for block in revision.blocks
        if block["kind"] == BlockKind.VIDEO
    ]


def _film(copy: Copy, attrs: Mapping[str, Any], words: str) -> dict[str, str]:
    video = copy.films.get((str(attrs.get("provider", "")), str(attrs.get("video_id", ""))))
    if video is None:
        return {"words": words, "url": "", "warning": ""}
    title = name_of(video) if is_address(words) else ""
    return {"words": title or words, "url": safe_href(video.url), "warning": warned_of(video.warnings)}


def _facts(item: Any) -> dict[str, Any]:
    """Return what a page says of an item, in the language that is set."""
    return {
        "title": name_of(item), "description": render_markdown(_said(item, "description")),
        "creators": [_creator(one) for one in item.creators if isinstance(one, dict)],
        "date": edtf_words(item.date_edtf) if item.date_edtf else "",
        "language": language_label(item.language) if getattr(item, "language", "") else "",
        "rights": rights_label(item.rights_uri) if item.rights_uri else "", "rights_uri": item.rights_uri,
        "holder": _said(item, "rights_holder"), "provenance": render_markdown(_said(item, "provenance")),
        "warning": _warning(item), "identifiers": item.identifiers,
        "places": places_of(item, translation.get_language()), "details": details_in_words(item.details),
        "address": f"{settings.PUBLIC_URL}{item.get_absolute_url()}",
    }  # fmt: skip


def _creator(one: Mapping[str, Any]) -> dict[str, str]:
    name = one.get(f"name_{translation.get_language()}") or one.get("name", "")
    return {"name": name, "role": role_words(str(one.get("role") or ""))}


def _warning(item: Any) -> str:
    """Return the kinds that readers are warned of, and what is said besides."""
    parts = (warned_of(getattr(item, "warnings", ())), _said(item, "content_warning"))
    return " · ".join(part for part in parts if part)


def _said(item: Any, field: str, code: str = "") -> str:
    """Return a field in a language, or in another that has it."""
    first = code or translation.get_language() or ""
    codes = [first, *(other for other, _name in settings.LANGUAGES if other != first)]
    return next((words for one in codes if (words := getattr(item, f"{field}_{one}", ""))), "")


def _language_of(item: Any, field: str) -> str:
    """Return the language in which `_said` says a field."""
    first = translation.get_language() or ""
    codes = [first, *(other for other, _name in settings.LANGUAGES if other != first)]
    return next((code for code in codes if getattr(item, f"{field}_{code}", "")), first)


def _src(copy: Copy, image: Any) -> str:
    """Return where a picture lies from the folder of the copy; empty when there is none."""
    return _picture_path(image) if (image.pk, 1) in copy.pictures else ""


def _picture_path(image: Any, page: int = 1) -> str:
    return f"pictures/{image.public_id}{f'-{page}' if page > 1 else ''}.webp"
