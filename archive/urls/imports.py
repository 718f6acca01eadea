"""Addresses of texts on their way in: imports, drafts, corrections, background work."""

from django.urls import URLPattern, URLResolver, path

from archive.views import (
    accept,
    desk,
    draft_changes,
    draft_edit,
    drafts,
    imports,
    jobs,
    pairs_desk,
    parts_desk,
)

pages: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk, name="desk"),
    path("desk/news/read/", desk.read_news, name="read_news"),
    path("desk/texts/", imports.texts, name="desk_texts"),
    path("desk/texts/upload/", imports.upload, name="import_upload"),
    path("desk/texts/parts/", parts_desk.parts_upload, name="parts_upload"),
    path("desk/texts/imports/<slug:public_id>/replace/", parts_desk.replace, name="replace_part"),
    path("desk/texts/<slug:public_id>/translation/", pairs_desk.translation, name="declare_translation"),
    path("desk/texts/<slug:public_id>/pairs/", pairs_desk.pairs, name="desk_pairs"),
    path("desk/texts/<slug:public_id>/correct/", accept.correct, name="text_correct"),
    path("desk/texts/imports/<slug:public_id>/", imports.run, name="import_run"),
    path("desk/texts/imports/<slug:public_id>/again/", imports.again, name="import_again"),
    path("desk/texts/drafts/<slug:public_id>/", drafts.draft, name="draft"),
    path("desk/texts/drafts/<slug:public_id>/text/", drafts.draft_text, name="draft_text"),
    path("desk/texts/drafts/<slug:public_id>/edit/", draft_edit.draft_edit, name="draft_edit"),
    path("desk/texts/drafts/<slug:public_id>/blocks/", drafts.draft_blocks, name="draft_blocks"),
    path("desk/texts/drafts/<slug:public_id>/blocks/<int:number>/", draft_changes.block, name="draft_block"),
    path("desk/texts/drafts/<slug:public_id>/problems/", draft_changes.decide_kind, name="draft_decide_kind"),
    path(
        "desk/texts/drafts/<slug:public_id>/problems/<slug:problem_id>/",
        draft_changes.decide,
        name="draft_decide",
    ),
    path("desk/texts/drafts/<slug:public_id>/undo/", draft_changes.undo, name="draft_undo"),
    path("desk/texts/drafts/<slug:public_id>/abandon/", draft_changes.abandon, name="draft_abandon"),
    path("desk/texts/drafts/<slug:public_id>/changes/", accept.draft_changes, name="draft_changes"),
    path("desk/texts/drafts/<slug:public_id>/accept/", accept.accept, name="draft_accept"),
    path("jobs/<slug:public_id>/", jobs.job, name="job"),
]
plain: list[URLPattern | URLResolver] = []
