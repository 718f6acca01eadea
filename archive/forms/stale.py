"""A form that was overtaken: what stands there now beside what was sent, and how to send it once more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from archive.errors import Stale
from archive.presenters.listing import listed
from archive.presenters.messages import sentence


def overtaken(
    form: forms.BaseForm, error: Stale, current: Mapping[str, Any], **hidden: object
) -> dict[str, Any]:
    """Return what the page of a stale form shows: the sentence, and (label, saved now, sent) where they differ.

    The words that were sent stay in the form. Its hidden fields become `hidden`, the version that is there now, so that
    whoever has compared both can send it once more.
    """
    rows = differing(form, current)
    data = form.data.copy()
    for name, value in hidden.items():
        data[form.add_prefix(name)] = str(value)
    form.data = data
    return {"stale": sentence(error.code, error.params), "differing": rows}


def differing(form: forms.BaseForm, current: Mapping[str, Any]) -> list[tuple[Any, str, str]]:
    """Return (label, what is there now, what was sent) for each visible field in which they differ."""
    rows = []
    for name, field in form.fields.items():
        if form[name].is_hidden:
            continue
        now, sent = _shown(field, field.prepare_value(current.get(name))), _shown(field, form[name].value())
        if now != sent:
            rows.append((field.label, now, sent))
    return rows


def _shown(field: forms.Field, value: Any) -> str:
    """Return a field's value in the words that a reader knows it by."""
    if isinstance(field, forms.ModelChoiceField):
        several = value if isinstance(value, (list, tuple, set)) else [value]
        keys = [each for each in several if each not in (None, "")]
        found = field.queryset.filter(**{f"{field.to_field_name or 'pk'}__in": keys})
        return listed(sorted(str(row) for row in found))
    if isinstance(field, forms.ChoiceField):
        several = value if isinstance(value, (list, tuple, set)) else [value]
        labels = {str(key): str(label) for key, label in _pairs(field.choices)}
        return listed(labels.get(str(each), str(each)) for each in several if each not in (None, ""))
    if isinstance(field, forms.DateTimeField):
        return str(value or "")[:16].replace(" ", "T")
    if isinstance(value, (list, tuple)):
        return listed(map(str, value))
    return str("" if value is None else value).replace("\r\n", "\n").strip()


def _pairs(choices: Any) -> list[tuple[Any, Any]]:
    """Return choices without their groups."""
    pairs: list[tuple[Any, Any]] = []
    for key, label in choices:
        pairs += label if isinstance(label, (list, tuple)) else [(key, label)]
    return pairs
