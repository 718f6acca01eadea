"""How browsers and programs search here: the OpenSearch description, in the language of its address."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from archive.views.shared import shared


@shared
def opensearch(request: HttpRequest) -> HttpResponse:
    """Describe the search."""
    context = {
        "address": f"{settings.PUBLIC_URL}{reverse('search')}?q=", "page": f"{settings.PUBLIC_URL}{reverse('search')}",
        "own": f"{settings.PUBLIC_URL}{reverse('opensearch')}",
    }  # fmt: skip
    return render(
        request, "annotations/public/opensearch.xml", context,
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )  # fmt: skip
