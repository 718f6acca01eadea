"""The basket: its page with forms, and the door through which workbenches fill it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.access.basket import basket_of, stands
from annotations.access.my_notes import my_notes_of, own_notes
from annotations.access.notes import shown_to
from annotations.access.relations import offered_relations
from annotations.actions.pick_up import MAX_PLACES, pick_up
from annotations.actions.put_out import empty_basket, put_out
from annotations.actions.revise_annotation import revise_annotation
from annotations.enums import AnnotationStatus
from annotations.forms.basket import PutDownForm
from annotations.models import Annotation
from annotations.presenters.basket import basket_json, basket_rows
from annotations.presenters.incoming import target_of
from annotations.values import NoteTarget, ReferenceInput
from annotations.views.json_door import body_of, json_door
from annotations.views.notes import said_before
from annotations.views.requests import Request
from archive.access import require_may
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.presenters.markup import plain_excerpt
from archive.presenters.messages import sentence

#: Notes that are offered where a place is put down without a script.
OFFERED = 60


def _list(request: Request) -> HttpResponseBase:
    require_may(request.viewer, "add", Annotation)
    places = basket_json(request.viewer, basket_of(request.viewer))
    return JsonResponse({"places": places, "most": MAX_PLACES})


def _pick_up(request: Request) -> HttpResponseBase:
    target = body_of(request).get("target")
    if not isinstance(target, dict):
        raise Invalid("required", field="target")
    row = pick_up(target=target_of(target), by=request.user)
    (place,) = basket_json(request.viewer, stands(request.viewer, [row]))
    return JsonResponse(place, status=201)


def _put_out(request: Request, public_id: str) -> HttpResponseBase:
    if not put_out(place=public_id, by=request.user):
        raise NotVisible("not_visible")
    return HttpResponse(status=204)


basket = json_door(get=_list, post=_pick_up)
picked_place = json_door(delete=_put_out)


@login_required
def basket_page(request: Request) -> HttpResponseBase:
    """Show what was picked up; put places out, or let one of one's notes point at one."""
    require_may(request.viewer, "add", Annotation)
    picked = basket_of(request.viewer)
    rows = basket_rows(request.viewer, picked)
    notes = _own_notes(request)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    form = PutDownForm(
        request.POST if act == "put_down" else None, initial={"language": get_language()},
        places=[(row["id"], row["label"]) for row in rows if row["target"]],
        notes=[(f"{note.public_id}.{note.version}", label) for note, label in notes],
        relations=offered_relations(request.viewer),
    )  # fmt: skip
    if act and (act != "put_down" or form.is_valid()):
        try:
            return redirect(_do(request, act, form, {row["id"]: row["target"] for row in rows}))
        except HashiyaError as error:
            if act == "put_down":
                form.add_error(None, sentence(error.code, error.params))
            else:
                messages.error(request, sentence(error.code, error.params))
    context = {"rows": rows, "most": MAX_PLACES, "form": form, "may_put_down": bool(notes)}
    return render(request, "annotations/basket/page.html", context)


def _own_notes(request: Request) -> list[tuple[Any, str]]:
    """Return the notes that this person may revise, those changed last first, with their words."""
    rows = my_notes_of(request.viewer).exclude(status=AnnotationStatus.WITHDRAWN)
    own = own_notes(request.viewer, rows[:OFFERED])
    found = []
    for one in own:
        version = one.note.newest_version
        if version is None or "revise" not in one.acts:
            continue
        one.note.version = version.public_id
        words = plain_excerpt(version.body) or (one.sits.exact if one.sits else "") or one.note.public_id
        found.append((one.note, words[:100]))
    return found


def _do(request: Request, act: str, form: PutDownForm, targets: Mapping[str, Any]) -> str:
    """Do what was posted; return where to go on."""
    here = reverse("basket")
    match act:
        case "put_out":
            put_out(place=request.POST.get("place", ""), by=request.user)
            messages.success(request, _("It is out of your basket."))
        case "empty":
            empty_basket(by=request.user)
            messages.success(request, _("Your basket is empty."))
        case "pick_up_note":
            pick_up(target=NoteTarget(request.POST.get("note", "")), by=request.user)
            messages.success(request, _("Picked up: it is in your basket."))
        case "put_down":
            return _put_down(request, form, targets)
        case _:
            raise Invalid("choice_unknown")
    return here


def _put_down(request: Request, form: PutDownForm, targets: Mapping[str, Any]) -> str:
    public_id, _dot, version = form.cleaned_data["note"].partition(".")
    relation, is_inverse = form.chosen
    note = shown_to(request.viewer).select_related("group").filter(public_id=public_id).first()
    if note is None:
        raise NotVisible("not_visible")
    pointing = ReferenceInput(
        relation, target_of(targets[form.cleaned_data["place"]]), note=form.cleaned_data["remark"].strip(),
        is_inverse=is_inverse, note_language=form.cleaned_data["language"],
    )  # fmt: skip
    said = said_before(note)
    revise_annotation(
        annotation=public_id, version_id=version, note=replace(said, references=(*said.references, pointing)),
        by=request.user,
    )  # fmt: skip
    messages.success(request, _("Your note points there now. It is a draft until you hand it in."))
    return reverse("note_page", args=[public_id])
