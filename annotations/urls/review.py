"""Addresses of the reviewer's desk: `pages` stand under a language, `plain` do not."""

from django.urls import URLPattern, URLResolver, path

from annotations.api import note_lists
from annotations.views import assigning, reports, review, review_several

pages: list[URLPattern | URLResolver] = [
    path("desk/review/", review.review_queue, name="review_queue"),
    path("desk/review/notes.<str:form>", note_lists.review_notes_file, name="review_notes_file"),
    path("desk/review/several/", review_several.review_chosen, name="review_chosen"),
    path("desk/review/figures/", review.review_figures, name="review_figures"),
    path("desk/review/reports/", reports.reports, name="reports"),
    path("desk/review/reports/<slug:public_id>/", reports.desk_report, name="desk_report"),
    path("report/", reports.report, name="report"),
    path("report/<slug:public_id>/", reports.answer, name="report_answer"),
    path("desk/review/<slug:public_id>/several/", review_several.review_several, name="review_several"),
    path("desk/review/<slug:public_id>/assign/", assigning.assign, name="assign_submission"),
    path("desk/review/<str:public_id>/", review.review_submission, name="review_submission"),
]
plain: list[URLPattern | URLResolver] = []
