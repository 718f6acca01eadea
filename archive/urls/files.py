"""Addresses of bytes: random ids, never hashes."""

from django.urls import URLPattern, URLResolver, path

from archive.views import covering, files

pages: list[URLPattern | URLResolver] = []
plain: list[URLPattern | URLResolver] = [
    path("files/images/<slug:public_id>/original", files.original, name="original"),
    path("files/images/<slug:public_id>/pages.pdf", files.fresh_pdf, name="fresh_pdf"),
    path(
        "files/images/<slug:public_id>/uncovered/<int:page>",
        covering.uncovered_picture,
        name="uncovered_picture",
    ),
    path("files/images/<slug:public_id>/<slug:name>.webp", files.derivative, name="derivative"),
    path("files/videos/<slug:public_id>/picture.webp", files.video_picture, name="video_picture"),
    path("files/captures/<slug:public_id>", files.capture, name="capture"),
    path("files/captions/<slug:public_id>.vtt", files.captions, name="captions"),
    path("files/arrivals/<slug:public_id>", files.arrival, name="arrival"),
]
