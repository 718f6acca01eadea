"""Addresses of the vocabulary's desk: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path, re_path

from annotations.views import (
    authorities,
    relations_desk,
    term_tree,
    term_uses,
    terms_desk,
    vocabulary_files,
    vocabulary_steps,
)

pages: list[URLPattern | URLResolver] = [
    path("desk/terms/", terms_desk.terms_desk, name="terms_desk"),
    path("desk/terms/new/", terms_desk.term_new, name="term_new"),
    path("desk/relations/", relations_desk.relations_desk, name="relations_desk"),
    path("desk/relations/new/", relations_desk.relation_new, name="relation_new"),
    path("desk/relations/<str:public_id>/", relations_desk.relation_edit, name="relation_edit"),
    path("desk/terms/tree/", term_tree.term_tree, name="term_tree"),
    path("desk/terms/import/", vocabulary_files.vocabulary_import, name="vocabulary_import"),
    path("desk/terms/vocabulary.<slug:form>", vocabulary_files.vocabulary_export, name="vocabulary_export"),
    path("desk/terms/authorities/", authorities.authority_files, name="authority_files"),
    path("desk/terms/authorities/<str:public_id>/", authorities.authority_file, name="authority_file"),
    path("desk/terms/steps/", vocabulary_steps.vocabulary_steps, name="vocabulary_steps"),
    path("desk/terms/steps/<str:public_id>/", vocabulary_steps.vocabulary_step, name="vocabulary_step"),
    path(
        "desk/terms/steps/<str:public_id>/undo/",
        vocabulary_steps.vocabulary_step_undo,
        name="vocabulary_step_undo",
    ),
    path(
        "desk/terms/steps/<str:public_id>/apply/",
        vocabulary_steps.vocabulary_step_apply,
        name="vocabulary_step_apply",
    ),
    path("desk/terms/<str:public_id>/", terms_desk.term_edit, name="term_edit"),
    path("desk/terms/<str:public_id>/branch/", term_tree.term_branch, name="term_branch"),
    path("desk/terms/<str:public_id>/move/", term_tree.term_move, name="term_move"),
    path("desk/terms/<str:public_id>/reconcile/", authorities.term_reconcile, name="term_reconcile"),
    path("desk/terms/<str:public_id>/uses/", term_uses.term_uses, name="term_uses"),
    re_path(
        r"^desk/terms/(?P<public_id>[^/]+)/uses\.(?P<form>csv|jsonld)$",
        term_uses.term_uses_file,
        name="term_uses_file",
    ),
]
plain: list[URLPattern | URLResolver] = []
