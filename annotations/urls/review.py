"""Addresses of the reviewer's desk: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path

from annotations.views import review

pages: list[URLPattern | URLResolver] = [
    path("desk/review/", review.review_queue, name="review_queue"),
    path("desk/review/<str:public_id>/", review.review_submission, name="review_submission"),
]
plain: list[URLPattern | URLResolver] = []
