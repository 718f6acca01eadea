"""What is typed where a picked place is put down without a script."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from annotations.models import NamedRelation
from annotations.presenters.labels import relation_label
from annotations.values import MAX_REFERENCE_NOTE
from archive.presenters.languages import NAMES

#: Stands between a relation's code and the word for its direction.
_BACKWARDS = "~"


def relation_choices(relations: Iterable[NamedRelation]) -> list[tuple[str, str]]:
    """Return both directions of each relation as the choices of a field; what reads alike from both ends once."""
    found = []
    for row in relations:
        found.append((row.code, relation_label(row.words)))
        if not row.is_symmetric:
            found.append((f"{row.code}{_BACKWARDS}", relation_label(row.words, backwards=True)))
    return found


class PutDownForm(forms.Form):
    """Which place which of one's notes points at, and how."""

    place = forms.ChoiceField(label=_("The place to point at"))
    note = forms.ChoiceField(label=_("From which of your notes"))
    relation = forms.ChoiceField(label=_("Relation"))
    remark = forms.CharField(
        label=_("A note on the relation"), max_length=MAX_REFERENCE_NOTE, required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of that note"), choices=list(NAMES.items()))

    def __init__(
        self, *args: Any, places: Sequence[tuple[str, str]], notes: Sequence[tuple[str, str]],
        relations: Iterable[NamedRelation], **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for name, choices in (("place", places), ("note", notes), ("relation", relation_choices(relations))):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    @property
    def chosen(self) -> tuple[str, bool]:
        """The code of the relation, and whether it is read backwards."""
        code = str(self.cleaned_data["relation"])
        return code.removesuffix(_BACKWARDS), code.endswith(_BACKWARDS)
