"""Addresses of the history of descriptions."""

from django.urls import URLPattern, URLResolver, path

from archive.presenters.described_values import KINDS
from archive.views import description_history

pages: list[URLPattern | URLResolver] = [
    pattern
    for kind in KINDS
    for pattern in (
        path(
            f"desk/{kind}s/<slug:public_id>/history/", description_history.history, {"kind": kind},
            name=f"{kind}_history",
        ),
        path(
            f"desk/{kind}s/<slug:public_id>/history/compare/", description_history.compare, {"kind": kind},
            name=f"{kind}_compare",
        ),
        path(
            f"desk/{kind}s/<slug:public_id>/history/restore/", description_history.restore, {"kind": kind},
            name=f"{kind}_restore",
        ),
    )
]  # fmt: skip
plain: list[URLPattern | URLResolver] = []
