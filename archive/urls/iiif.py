"""Addresses of the IIIF services: without a language, since programs ask them."""

from django.urls import URLPattern, URLResolver, path, register_converter

from archive.views import iiif, iiif_collections, iiif_films


class PageConverter:
    """An image by its id, or a later page of it: `id:2`."""

    regex = r"[-a-zA-Z0-9_]+(?::(?:[2-9]|[1-9][0-9]{1,3}))?"

    def to_python(self, value: str) -> str:
        """Return it as it is."""
        return value

    def to_url(self, value: str) -> str:
        """Return it as it is."""
        return value


register_converter(PageConverter, "picture")
pages: list[URLPattern | URLResolver] = []
plain: list[URLPattern | URLResolver] = [
    path("iiif/3/<picture:public_id>", iiif.base, name="iiif_image"),
    path("iiif/3/<picture:public_id>/info.json", iiif.info, name="iiif_info"),
    path(
        "iiif/3/<picture:public_id>/<str:region>/<str:size>/<str:rotation>/<slug:quality>.<slug:extension>",
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
    path(
        "iiif/presentation/3/videos/<slug:public_id>/manifest",
        iiif_films.film_manifest,
        name="iiif_film_manifest",
    ),
    path(
        "iiif/presentation/3/collections/<slug:public_id>/collection",
        iiif_collections.collection,
        name="iiif_collection",
    ),
]
