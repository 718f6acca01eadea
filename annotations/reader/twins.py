"""Addresses that name a release twice: a number with zeros before it leads to the one without."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.views.decorators.http import require_safe

_EDITION = re.compile(r"(.*?/editions/[-\w]+/)(.*)\Z", re.DOTALL)
_ZEROS = re.compile(r"(?:\A|(?<=/compare/))0+(?=[0-9]+/)")


@require_safe
def unpadded(request: HttpRequest) -> HttpResponse:
    """Lead to the address without the zeros, whether or not there is anything: only the address itself is looked at."""
    path, mark, query = request.get_full_path().partition("?")
    found = _EDITION.match(path)
    assert found is not None  # The addresses that lead here have both parts.
    return HttpResponsePermanentRedirect(f"{found[1]}{_ZEROS.sub('', found[2])}{mark}{query}")
