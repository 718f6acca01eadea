"""The desk of the relations: which there are, add, rename, retire and take up again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from annotations.access.relations import uses_of_relations
from annotations.actions.add_relation import add_relation
from annotations.actions.change_relation import change_relation
from annotations.actions.retire_relation import retire_relation, take_up_relation
from annotations.forms.relation import RelationForm, initial_of
from annotations.models import NamedRelation
from annotations.presenters.labels import relation_label
from annotations.views.requests import Request
from archive.access import require_may, visible_to
from archive.errors import HashiyaError, Invalid, NotVisible
from archive.presenters.messages import sentence
from archive.text.numbers import whole_number


@login_required
def relations_desk(request: Request) -> HttpResponseBase:
    """List the relations by both their names, those that were retired apart."""
    require_may(request.viewer, "change", NamedRelation)
    relations = list(visible_to(NamedRelation, request.viewer))
    uses = uses_of_relations(request.viewer, [row.code for row in relations])
    rows = [(row, uses.get(row.code, 0)) for row in relations]
    context = {
        "used": [row for row in rows if row[0].retired_at is None],
        "retired": [row for row in rows if row[0].retired_at is not None],
    }
    return render(request, "annotations/relations_desk/list.html", context)


@login_required
def relation_new(request: Request) -> HttpResponseBase:
    """Add a relation."""
    require_may(request.viewer, "add", NamedRelation)
    form = RelationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = add_relation(relation=form.values(), by=request.user)
        except Invalid as error:
            _refuse(form, error)
        else:
            messages.success(
                request, _("“%(name)s” can be chosen from now on.") % {"name": relation_label(row.words)}
            )
            return redirect("relations_desk")
    return render(request, "annotations/relations_desk/form.html", {"form": form})


@login_required
def relation_edit(request: Request, public_id: str) -> HttpResponseBase:
    """Rename a relation, retire it or take it up again."""
    require_may(request.viewer, "change", NamedRelation)
    row = visible_to(NamedRelation, request.viewer).filter(public_id=public_id).first()
    if row is None:
        raise NotVisible("not_visible")
    act = request.POST.get("act", "save") if request.method == "POST" else ""
    form = RelationForm(request.POST if act == "save" else None, initial=initial_of(row), relation=row)
    status = 200
    if act and (act != "save" or form.is_valid()):
        try:
            _do(request, row, form, act)
            return redirect("relations_desk")
        except HashiyaError as error:
            status = error.status
            _refuse(form, error) if act == "save" else messages.error(
                request, sentence(error.code, error.params)
            )
    context = {
        "form": form, "relation": row, "label": relation_label(row.words),
        "inverse": relation_label(row.words, backwards=True), "current": initial_of(row) if status == 412 else None,
        "uses": uses_of_relations(request.viewer, [row.code]).get(row.code, 0),
    }  # fmt: skip
    return render(request, "annotations/relations_desk/form.html", context, status=status)


def _do(request: Request, row: NamedRelation, form: RelationForm, act: str) -> None:
    version, name = whole_number(request.POST.get("version", "")), {"name": relation_label(row.words)}
    common: dict[str, Any] = {"relation": row.public_id, "version": version, "by": request.user}
    match act:
        case "save":
            change_relation(values=form.values(), **common)
            messages.success(request, _("Saved."))
        case "retire":
            retire_relation(**common)
            messages.success(
                request, _("“%(name)s” is retired. References that were made with it stay readable.") % name
            )
        case "take_up":
            take_up_relation(**common)
            messages.success(request, _("“%(name)s” can be chosen from now on.") % name)
        case _:
            raise Invalid("choice_unknown")


def _refuse(form: RelationForm, error: HashiyaError) -> None:
    field = error.params.get("field")
    form.add_error(field if field in form.fields else None, sentence(error.code, error.params))
