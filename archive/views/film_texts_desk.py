"""The texts of a film as archivists tie them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from archive.access import visible_to
from archive.actions.change_tie import change_tie
from archive.actions.tie_text import tie_text
from archive.actions.untie_text import untie_text
from archive.errors import HashiyaError
from archive.forms.captures import TieForm
from archive.models import Transcript, Video
from archive.presenters import desk_words
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found, page_of, version_of


@require_http_methods(["GET", "POST"])
@desk_view(Transcript)
def film_texts(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """The texts of one film, and a form to tie another."""
    video = found(Video, request, public_id)
    named = request.POST.get("text", "")
    form = TieForm(request.POST or None, viewer=request.viewer, video=video, named=named)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            data = form.cleaned_data
            try:
                tie_text(video=video, text=data["text"], kind=data["kind"], by=request.user)
            except HashiyaError as error:
                form.add_error(None, sentence(error.code, error.params))
                status = error.status
            else:
                messages.success(request, _("The text is tied to the film."))
                return redirect("desk_film_texts", public_id)
    rows = (
        visible_to(Transcript, request.viewer).filter(video=video).select_related("text__work", "created_by")
    )
    context = {
        "item": video, "form": form, "page_obj": page_of(rows.order_by("pk"), request),
        "kinds": desk_words.TRANSCRIPT_KINDS,
    }  # fmt: skip
    return render(request, "archive/desk/film_texts.html", context, status=status)


@require_POST
@desk_view(Transcript, "change")
def change(request: DeskRequest, public_id: str) -> HttpResponse:
    """Say anew what a tied text is to its film."""
    tie = found(Transcript.objects.select_related("video"), request, public_id)
    try:
        change_tie(
            tie_id=tie.pk, version=version_of(request), kind=request.POST.get("kind", ""), by=request.user
        )
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("It is said anew what the text is to the film."))
    return redirect("desk_film_texts", tie.video.public_id)


@require_POST
@desk_view(Transcript, "change")
def untie(request: DeskRequest, public_id: str) -> HttpResponse:
    """Untie a text from its film; both stay."""
    tie = found(Transcript.objects.select_related("video"), request, public_id)
    try:
        untie_text(tie_id=tie.pk, version=version_of(request), by=request.user)
    except HashiyaError as error:
        messages.error(request, sentence(error.code, error.params))
    else:
        messages.success(request, _("The text is untied; it stays in the archive."))
    return redirect("desk_film_texts", tie.video.public_id)
