"""IIIF Image API 3.0 (level 2) and Presentation API 3.0 manifests of images and works."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import override
from django.views.decorators.http import require_safe

from archive.access import ANYBODY, allows, visible_to
from archive.errors import Busy, Invalid, NotVisible
from archive.media import gate, iiif, tiles
from archive.models import Figure, Image, ImageTiles, Work
from archive.presenters import iiif as presenter
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, found
from archive.views.shared import current_epoch, keep_as_is

_LD = 'application/ld+json;profile="{}"'
View = Callable[..., HttpResponse]


def for_programs(view: View) -> View:
    """Answer 404 in the same plain bytes for all that is not there, or not for this viewer."""

    @functools.wraps(view)
    def wrapper(request: DeskRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except (Http404, NotVisible):
            return _open(HttpResponse("Not found.", status=404, content_type="text/plain"))

    return wrapper


@require_safe
@for_programs
def base(request: DeskRequest, public_id: str) -> HttpResponse:
    """Send those who ask for the service itself to what it says of itself."""
    row = _tiles(request, public_id)
    return _open(HttpResponse(status=303, headers={"Location": f"{_address(row)}/info.json"}))


@require_safe
@for_programs
def info(request: DeskRequest, public_id: str) -> HttpResponse:
    """What this image service can do."""
    row = _tiles(request, public_id)
    said = presenter.information(
        _address(row), row.width, row.height, tile=tiles.TILE, factors=tiles.factors(row.width, row.height),
        max_area=iiif.MAX_AREA, rights=row.image.rights_uri,
    )  # fmt: skip
    response = json(request, said, presenter.IMAGE_CONTEXT)
    response.headers["Link"] = f'<{presenter.PROFILE}>;rel="profile"'
    return kept(request, response, row.image)


@require_safe
@for_programs
def image(
    request: DeskRequest, public_id: str, region: str, size: str, rotation: str, quality: str, extension: str
) -> HttpResponse:
    """Pixels: a tile as it lies on the disk, or what is put together from tiles."""
    epoch = current_epoch()
    row = _tiles(request, public_id)
    full = (row.width, row.height)
    try:
        wanted = iiif.wanted(region, size, rotation, quality, extension, full=full)
    except Invalid as error:
        return _open(HttpResponse(sentence(error.code, error.params), status=400, content_type="text/plain"))
    canonical = wanted.canonical(full)
    # Keyed: the ETag of what is not public tells nobody what it is.
    etag = f'"{salted_hmac("archive.iiif", f"{row.stored_file.sha256}/{canonical}", algorithm="sha256").hexdigest()[:32]}"'
    if gate.matches(etag, request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304)
    else:
        entry = tiles.aligned(wanted, full)
        sha256 = row.stored_file.sha256
        try:
            data = tiles.read(sha256, entry) if entry else tiles.render(sha256, wanted, full)
        except Busy as error:
            words = sentence(error.code)
            return _open(
                HttpResponse(words, status=503, content_type="text/plain", headers={"Retry-After": "2"})
            )
        response = HttpResponse(data, content_type=iiif.FORMATS[wanted.format])
        response.headers["Content-Security-Policy"] = gate.SANDBOX
    response.headers["ETag"] = etag
    response.headers["Link"] = (
        f'<{presenter.PROFILE}>;rel="profile",<{_address(row)}/{canonical}>;rel="canonical"'
    )
    response = kept(request, response, row.image)
    if response.headers["Cache-Control"].startswith("public"):
        keep_as_is(request, response, epoch)
    return response


@require_safe
@for_programs
def image_manifest(request: DeskRequest, public_id: str) -> HttpResponse:
    """The manifest of one image, each of its pages a canvas."""
    rows = list(_seen(request).filter(image__public_id=public_id))
    if not rows:
        raise Http404
    image = rows[0].image
    address = f"{settings.PUBLIC_URL}{reverse('iiif_image_manifest', args=[public_id])}"
    said = presenter.manifest(image, address, _canvases(rows, address), homepage(image))
    return kept(request, json(request, said, presenter.PRESENTATION_CONTEXT), image)


@require_safe
@for_programs
def work_manifest(request: DeskRequest, public_id: str) -> HttpResponse:
    """The manifest of a work: the pictures of its texts that the viewer may see, in their order, each page once."""
    work = found(Work, request, public_id)
    figures = visible_to(Figure, request.viewer).filter(text__work=work)
    seen = visible_to(Image, request.viewer).filter(pk__in=figures.order_by().values("image"))
    # In one condition: another figure of the picture, elsewhere, can show another page of it.
    shown = Q(image__figures__in=figures, page=F("image__figures__page"))
    rows = ImageTiles.objects.current().filter(shown, image__in=seen)
    rows = rows.select_related("image").order_by("image__figures__pk")
    address = f"{settings.PUBLIC_URL}{reverse('iiif_work_manifest', args=[public_id])}"
    canvases = _canvases(list({row.pk: row for row in rows}.values()), address, warned=work.warnings)
    if not canvases:
        raise Http404
    said = presenter.manifest(work, address, canvases, homepage(work))
    return kept(request, json(request, said, presenter.PRESENTATION_CONTEXT), work, own_view=True)


def _canvases(rows: list[ImageTiles], address: str, *, warned: Iterable[str] = ()) -> list[dict[str, Any]]:
    base, cover = address.removesuffix("/manifest"), f"{settings.PUBLIC_URL}{static('hashiya/covered.svg')}"
    return [presenter.canvas(row, base, _address(row), warned=warned, cover=cover) for row in rows]


def _seen(request: DeskRequest) -> QuerySet[ImageTiles]:
    """Return the pyramids of the images that the viewer may see, page by page."""
    rows = ImageTiles.objects.current().filter(image__in=visible_to(Image, request.viewer))
    return rows.select_related("image", "stored_file")


def _tiles(request: DeskRequest, page_id: str) -> ImageTiles:
    """Return the pyramid of a page that the viewer may see; 404 when there is none, for whatever reason."""
    public_id, _colon, page = page_id.partition(":")
    row = _seen(request).filter(image__public_id=public_id, page=int(page or 1)).first()
    if row is None:
        raise Http404
    return row


def _address(row: ImageTiles) -> str:
    name = presenter.page_id(row.image.public_id, row.page)
    return f"{settings.PUBLIC_URL}{reverse('iiif_image', args=[name])}"


def homepage(item: Any) -> str:
    """Return the address of the thing's page, in the language of the house."""
    with override("ar"):
        return f"{settings.PUBLIC_URL}{item.get_absolute_url()}"


def json(request: DeskRequest, said: dict[str, Any], context: str) -> HttpResponse:
    """Answer as JSON-LD, or as plain JSON to those who do not ask for it."""
    plain = "ld+json" not in request.headers.get("Accept", "application/ld+json")
    kind = "application/json" if plain else _LD.format(context)
    response = JsonResponse(said, content_type=kind, json_dumps_params={"ensure_ascii": False})
    response.headers["Vary"] = "Accept"
    return response


def kept(request: DeskRequest, response: HttpResponse, item: Any, *, own_view: bool = False) -> HttpResponse:
    """Say who may keep the answer: nobody, unless everybody may see the thing; and then only while asking again.

    `own_view`: what the answer names besides the thing itself differs by viewer.
    """
    public = allows(ANYBODY, "view", item) and not (own_view and request.user.is_authenticated)
    response.headers["Cache-Control"] = (
        "public, max-age=0, must-revalidate" if public else "private, no-store"
    )
    return _open(response)


def _open(response: HttpResponse) -> HttpResponse:
    """Let viewers on other sites read it, without anybody's cookies."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
