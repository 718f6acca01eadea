"""Addresses of packages."""

from django.urls import URLPattern, URLResolver, path

from archive.views import package_arrivals, take_outs

pages: list[URLPattern | URLResolver] = [
    path("desk/works/<slug:public_id>/take-out/", take_outs.take_out_work, name="take_out_work"),
    path(
        "desk/collections/<slug:public_id>/take-out/",
        take_outs.take_out_collection,
        name="take_out_collection",
    ),
    path("desk/packages/<slug:public_id>/", take_outs.take_out, name="take_out"),
    path("desk/bring-in/", package_arrivals.package_arrivals, name="package_arrivals"),
    path("desk/bring-in/<slug:public_id>/", package_arrivals.package_arrival, name="package_arrival"),
    path("desk/bring-in/<slug:public_id>/confirm/", package_arrivals.confirm, name="package_arrival_confirm"),
]
plain: list[URLPattern | URLResolver] = [
    path("files/packages/<slug:public_id>", take_outs.take_out_file, name="take_out_file"),
]
