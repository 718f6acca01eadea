"""A form field in our dress: label, help and errors are tied to the control, and it knows its direction."""

from __future__ import annotations

from django import forms
from django.template.loader import render_to_string


class SampleForm(forms.Form):
    title_ar = forms.CharField(label="Title", help_text="As in the catalogue.")
    title_en = forms.CharField(required=False)
    about = forms.CharField(widget=forms.Textarea, required=False)
    address = forms.EmailField(required=False)
    agreed = forms.BooleanField(label="I agree")
    access = forms.ChoiceField(
        choices=[("public", "Public"), ("members", "Members")], widget=forms.RadioSelect
    )


def rendered(name: str, form: forms.Form | None = None) -> str:
    return render_to_string("components/field.html", {"field": (form or SampleForm())[name]})


def test_arabic_field_is_written_right_to_left() -> None:
    page = rendered("title_ar")

    assert 'lang="ar"' in page
    assert 'dir="rtl"' in page


def test_english_field_and_address_are_written_left_to_right() -> None:
    assert 'dir="ltr"' in rendered("title_en")
    assert 'dir="ltr"' in rendered("address")


def test_free_text_leaves_its_direction_to_what_is_typed() -> None:
    assert "dir=" not in rendered("about")


def test_help_and_error_are_named_by_the_control() -> None:
    page = rendered("title_ar", SampleForm(data={}))

    assert 'aria-describedby="id_title_ar_helptext id_title_ar_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_title_ar_helptext"' in page
    assert 'id="id_title_ar_error"' in page


def test_optional_field_says_so_and_required_does_not() -> None:
    assert "field__optional" in rendered("title_en")
    assert "field__optional" not in rendered("title_ar")


def test_box_to_tick_stands_inside_its_label() -> None:
    page = rendered("agreed")

    assert page.index('<label class="check"') < page.index('type="checkbox"') < page.index("I agree")


def test_group_of_dots_has_a_legend() -> None:
    page = rendered("access")

    assert "<fieldset" in page
    assert "<legend" in page
    assert page.count('type="radio"') == 2
