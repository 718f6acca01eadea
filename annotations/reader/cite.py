"""Pages on how to cite what is pointed at, its citation as a file, and the typed links of its page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from annotations.presenters.citation_forms import FORMS
from annotations.presenters.cite_block import cite_block
from annotations.presenters.cited_things import cite_pointed
from annotations.presenters.pointed import Pointed, at_names
from annotations.reader.releases import gone
from annotations.reader.signposting import links_of, linkset
from archive.views.shared import shared


@shared
def page(request: HttpRequest, page: str, **names: Any) -> HttpResponseBase:
    """Show how to cite a work, release, picture or film, or the note or passage in it that the address asks for."""
    pointed = at_names(page, names, request.GET.dict())
    if pointed is None:
        if page == "release" and at_names(page, names, {}) is None:
            return gone(request, names["slug"], names["number"])
        raise Http404
    context = {"cite": cite_block(pointed), "pointed": pointed}
    return render(request, "annotations/public/cite.html", context)


@shared
def download(request: HttpRequest, page: str, form: str, **names: Any) -> HttpResponse:
    """Send the citation as BibTeX, RIS or CSL-JSON, in the language that the address asks for."""
    with override(asked_language(request)):
        pointed = at_names(page, names, request.GET.dict()) if form in FORMS else None
        if pointed is None:
            raise Http404
        return as_file(pointed, form)


def as_file(pointed: Pointed, form: str) -> HttpResponse:
    """Return a citation to be kept."""
    write, media_type, ending = FORMS[form]
    cited = cite_pointed(pointed)
    headers = {"Content-Disposition": f'attachment; filename="{cited.key}.{ending}"'}
    return HttpResponse(write(cited), content_type=media_type, headers=headers)


def asked_language(request: HttpRequest) -> str:
    """Return the language that an address names; the site's own for any other word, so that caches may keep it."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


@shared
def links(request: HttpRequest, page: str, **names: Any) -> JsonResponse:
    """Send the typed links of a page as a linkset."""
    with override(settings.LANGUAGE_CODE):
        pointed = at_names(page, names, {})
        if pointed is None:
            raise Http404
        found = links_of(pointed, cite_block(pointed))
    pages = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            pages.append(f"{settings.PUBLIC_URL}{reverse(page, kwargs=names)}")
    return JsonResponse(linkset(pages, found), content_type="application/linkset+json")
