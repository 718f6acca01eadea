"""Addresses of the IIIF services: without a language, since programs ask them."""

from django.urls import URLPattern, URLResolver, path

from archive.views import iiif

pages: list[URLPattern | URLResolver] = []
plain: list[URLPattern | URLResolver] = [
    path("iiif/3/<slug:public_id>", iiif.base, name="iiif_image"),
    path("iiif/3/<slug:public_id>/info.json", iiif.info, name="iiif_info"),
    path(
        "iiif/3/<slug:public_id>/<str:region>/<str:size>/<str:rotation>/<slug:quality>.<slug:extension>",
        iiif.image,
        name="iiif_pixels",
    ),
    path(
        "iiif/presentation/3/images/<slug:public_id>/manifest",
        iiif.image_manifest,
        name="iiif_image_manifest",
    ),
    path(
        "iiif/presentation/3/works/<slug:public_id>/manifest", iiif.work_manifest, name="iiif_work_manifest"
    ),
]
