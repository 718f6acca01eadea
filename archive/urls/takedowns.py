"""Addresses of taking down and putting back."""

from django.urls import URLPattern, URLResolver, path

from archive.views import takedowns

_KINDS = (("works", "work"), ("collections", "collection"), ("images", "image"), ("videos", "video"))

pages: list[URLPattern | URLResolver] = [
    path("desk/takedowns/", takedowns.takedowns, name="desk_takedowns"),
    *(
        path(
            f"desk/{area}/<slug:public_id>/take-down/",
            takedowns.take_down_page,
            {"kind": kind},
            name=f"take_down_{kind}",
        )
        for area, kind in _KINDS
    ),
]
plain: list[URLPattern | URLResolver] = []
