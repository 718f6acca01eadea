"""Addresses of the workbench: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path

from annotations.api import note_lists, note_reports, own_notes, place_lists, text_notes_file
from annotations.views import (
    basket,
    carried,
    charts,
    doors,
    drafts,
    finding,
    media_notes,
    media_workbench,
    my_notes,
    neighborhood,
    note_history,
    note_imports,
    notes,
    others,
    spans,
    suggested,
    suggestions,
    talk,
    wording,
    workbench,
)

pages: list[URLPattern | URLResolver] = [
    path("workbench/images/<str:public_id>/", media_workbench.image_workbench, name="workbench_image"),
    path("workbench/videos/<str:public_id>/", media_workbench.video_workbench, name="workbench_video"),
    path("workbench/images/<str:public_id>/doors/", doors.image_doors, name="image_doors"),
    path("workbench/videos/<str:public_id>/doors/", doors.video_doors, name="video_doors"),
    path("workbench/<str:public_id>/", workbench.workbench, name="workbench"),
    path("workbench/<str:public_id>/doors/", doors.doors, name="text_doors"),
    path("workbench/<str:public_id>/carried/", carried.carried, name="carried"),
    path(
        "workbench/<str:public_id>/carried/notes.<str:form>",
        note_lists.carried_notes_file,
        name="carried_notes_file",
    ),
    path("workbench/<str:public_id>/bring-in/", note_imports.note_import_new, name="text_note_import"),
    path(
        "workbench/<str:public_id>/notes.<str:form>", text_notes_file.text_notes_file, name="text_notes_file"
    ),
    path(
        "workbench/images/<str:public_id>/notes.<str:form>",
        note_lists.image_notes_file,
        name="image_notes_file",
    ),
    path(
        "workbench/videos/<str:public_id>/notes.<str:form>",
        note_lists.video_notes_file,
        name="video_notes_file",
    ),
    path("desk/notes/bring-in/", note_imports.note_import_new, name="note_import_new"),
    path("desk/notes/files/<str:public_id>/", note_imports.note_import, name="note_import"),
    path(
        "desk/notes/files/<str:public_id>/report.csv",
        note_reports.note_import_report,
        name="note_import_report",
    ),
    *(
        path(f"desk/notes/files/<str:public_id>/{act}/", view, name=f"note_import_{act}")
        for act, view in (
            ("apply", note_imports.note_import_apply),
            ("undo", note_imports.note_import_undo),
            ("choose", note_imports.note_import_choose),
            ("again", note_imports.note_import_again),
            ("forget", note_imports.note_import_forget),
        )
    ),
    path("desk/others/", others.others, name="others"),
    path("desk/others/occurrences.<str:form>", place_lists.others_file, name="others_file"),
    path("desk/notes/notes.<str:form>", own_notes.my_notes_file, name="my_notes_file"),
    path("desk/suggestions/", suggestions.suggestions, name="suggestions"),
    path("desk/suggestions/list.<str:form>", place_lists.suggestions_file, name="suggestions_file"),
    path("desk/notes/<str:public_id>/talk/", talk.talk, name="talk"),
    path("desk/notes/<str:public_id>/wording/", wording.wording, name="wording"),
    path("desk/notes/<str:public_id>/history/", note_history.note_history, name="note_history"),
    path("desk/notes/", my_notes.my_notes, name="my_notes"),
    *(
        path(
            f"desk/references/{kind}/<str:ident>/",
            neighborhood.neighborhood,
            {"kind": kind},
            name=f"{kind}_references",
        )
        for kind in ("note", "work", "term", "image", "video")
    ),
    *(
        path(
            f"desk/{which}/{kind}/<str:ident>/",
            charts.desk_chart,
            {"kind": kind, "which": which},
            name=f"{kind}_{which}",
        )
        for kind in ("text", "work", "image", "video")
        for which in ("timeline", "map")
    ),
    path("desk/basket/", basket.basket_page, name="basket"),
    path("desk/basket/places.<str:form>", place_lists.basket_file, name="basket_file"),
    path("notes/<str:public_id>/", my_notes.note_page, name="note_page"),
]
plain: list[URLPattern | URLResolver] = [
    path("workbench/texts/<str:public_id>/spans.json", spans.spans, name="text_spans"),
    path("workbench/texts/<str:public_id>/suggested.json", suggested.suggested, name="text_suggested"),
    path("workbench/texts/<str:public_id>/annotations", notes.text_notes, name="text_notes"),
    path("workbench/images/<str:public_id>/places.json", media_notes.image_places, name="image_places"),
    path("workbench/images/<str:public_id>/annotations", media_notes.image_notes, name="image_notes"),
    path("workbench/videos/<str:public_id>/places.json", media_notes.video_places, name="video_places"),
    path("workbench/videos/<str:public_id>/annotations", media_notes.video_notes, name="video_notes"),
    path("workbench/notes/<str:public_id>", notes.note, name="note"),
    path("workbench/notes/<str:public_id>/people", talk.people, name="note_people"),
    path("workbench/drafts", drafts.drafts, name="note_drafts"),
    path("workbench/drafts/<str:key>", drafts.draft, name="note_draft"),
    path("workbench/basket", basket.basket, name="picked_places"),
    path("workbench/basket/<str:public_id>", basket.picked_place, name="picked_place"),
    path("workbench/places/find", finding.find, name="find_places"),
    path("workbench/citation", finding.citation, name="read_citation"),
    path("workbench/terms", drafts.terms, name="find_terms"),
    path("workbench/preview", drafts.preview, name="note_preview"),
    path("workbench/submissions", drafts.submissions, name="submissions"),
]
