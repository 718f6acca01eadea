"""Addresses of the vocabulary's desk: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path

from annotations.views import terms_desk

pages: list[URLPattern | URLResolver] = [
    path("desk/terms/", terms_desk.terms_desk, name="terms_desk"),
    path("desk/terms/new/", terms_desk.term_new, name="term_new"),
    path("desk/terms/<str:public_id>/", terms_desk.term_edit, name="term_edit"),
]
plain: list[URLPattern | URLResolver] = []
