"""The page on which a text is made of a PDF's words."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from archive.access import require
from archive.actions.start_import import start_import
from archive.errors import HashiyaError, NotVisible
from archive.forms.imports import PdfTextForm
from archive.media.page_words import has_words
from archive.models import Image
from archive.presenters.messages import sentence
from archive.views.desk_tools import DeskRequest, desk_view, found


@require_http_methods(["GET", "POST"])
@desk_view(Image)
def text_of_pdf(request: DeskRequest, public_id: str) -> HttpResponseBase:
    """Choose the language and the work, and promise the reading; its report is that of any import."""
    row = found(Image.objects.select_related("arrival__stored_file"), request, public_id)
    if not row.is_pdf:
        raise NotVisible("not_visible")
    require(request.user, "change", row)
    form, status = PdfTextForm(request.POST or None, viewer=request.viewer), 200
    if request.method == "POST":
        status = 422
        try:
            if form.is_valid():
                run = start_import(arrival=row.arrival, image=row, by=request.user, **form.cleaned_data)
                return redirect(reverse("import_run", args=[run.public_id]))
        except HashiyaError as error:
            status = error.status
            form.add_error(None, sentence(error.code, error.params))
    context = {
        "item": row,
        "form": form,
        "has_words": has_words(row),
        "back": reverse("desk_image", args=[public_id]),
    }
    return render(request, "archive/desk/text_of_pdf.html", context, status=status)
