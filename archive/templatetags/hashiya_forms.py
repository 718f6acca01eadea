"""Filters that `components/field.html` dresses a bound field with."""

from __future__ import annotations

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()

_DIRECTIONS = {"ar": "rtl", "en": "ltr"}
_WRITTEN = (forms.TextInput, forms.Textarea)
_LATIN = (forms.EmailInput, forms.URLInput, forms.NumberInput, forms.PasswordInput)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one box to tick, whose label follows it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.filter
def is_choices(field: BoundField) -> bool:
    """Whether the field is a group of ticks or dots, which needs a legend instead of a label."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def dressed(field: BoundField) -> SafeString:
    """Render the control: it names its help and errors, and its direction follows what is written in it.

    A translated field (`title_ar`) has the direction of its language whatever the interface's; addresses and
    numbers run left to right; the style sheet lets other text find its own.
    """
    return field.as_widget(attrs={**_direction(field), **_description(field)})


def _direction(field: BoundField) -> dict[str, str]:
    widget = field.field.widget
    if "dir" in widget.attrs:
        return {}
    language = field.name.rpartition("_")[2]
    if isinstance(widget, _WRITTEN) and language in _DIRECTIONS:
        return {"lang": language, "dir": _DIRECTIONS[language]}
    if isinstance(widget, _LATIN):
        return {"dir": "ltr"}
    return {}


def _description(field: BoundField) -> dict[str, str]:
    parts = [f"{field.auto_id}_helptext"] if field.help_text else []
    if field.errors:
        parts.append(f"{field.auto_id}_error")
    described = {"aria-describedby": " ".join(parts)} if parts else {}
    return described | ({"aria-invalid": "true"} if field.errors else {})
