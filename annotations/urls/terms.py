"""Addresses of the vocabulary's desk: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path

from annotations.views import relations_desk, terms_desk

pages: list[URLPattern | URLResolver] = [
    path("desk/terms/", terms_desk.terms_desk, name="terms_desk"),
    path("desk/terms/new/", terms_desk.term_new, name="term_new"),
    path("desk/relations/", relations_desk.relations_desk, name="relations_desk"),
    path("desk/relations/new/", relations_desk.relation_new, name="relation_new"),
    path("desk/relations/<str:public_id>/", relations_desk.relation_edit, name="relation_edit"),
    path("desk/terms/<str:public_id>/", terms_desk.term_edit, name="term_edit"),
]
plain: list[URLPattern | URLResolver] = []
