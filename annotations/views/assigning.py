"""Who of the reviewers is to decide on a submission."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from annotations.actions.assign_submission import DECIDE, assign_submission
from annotations.forms.assignment import AssignmentForm
from annotations.models import Assignment, Submission
from annotations.views.requests import Request
from archive.access import Viewer, allows, visible_to
from archive.errors import HashiyaError, NotVisible
from archive.models import User
from archive.presenters.messages import sentence


@login_required
@require_POST
def assign(request: Request, public_id: str) -> HttpResponseBase:
    """Write down who decides, and by when."""
    submission = visible_to(Submission, request.viewer).filter(public_id=public_id).first()
    if submission is None:
        raise NotVisible("not_visible")
    form = assignment_form(request.viewer, submission, request.POST)
    if form is None:
        raise NotVisible("not_visible")
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("review_submission", public_id)
    try:
        assign_submission(
            submission_id=submission.pk, reviewer=form.cleaned_data["reviewer"],
            due_on=form.cleaned_data["due_on"], by=request.user,
        )  # fmt: skip
        messages.success(request, _("Saved."))
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    return redirect("review_submission", public_id)


def assignment_form(viewer: Viewer, submission: Submission, data: Any = None) -> AssignmentForm | None:
    """Return the form; None for those who do not assign."""
    if not allows(viewer, "assign", submission):
        return None
    row = visible_to(Assignment, viewer).select_related("reviewer").filter(submission=submission).first()
    people = User.objects.filter(is_active=True, roles__code__in=DECIDE).exclude(pk=submission.author_id)
    rows = people.distinct().order_by("display_name", "pk")
    return AssignmentForm(data, reviewers=[(one.public_id, one.display_name) for one in rows], row=row)
