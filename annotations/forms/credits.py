"""The rows of credits in the form of an edition: who, their ORCID iD, and what they did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from annotations.citing.crediting import orcid_in, roles_in
from annotations.citing.identifiers import orcid_digits, orcid_of
from annotations.presenters.credit_lines import CREDIT_ROLES
from archive.presenters.languages import language_read
from archive.presenters.messages import sentence
from archive.presenters.roles import ROLES, role_code, role_words

PREFIX = "credits"
#: Rows that a form can be sent with; beyond them none is read.
MOST = 100
_ROW = re.compile(rf"{PREFIX}-(\d{{1,3}})-name_(?:ar|en)")
_ACT = re.compile(r"(up|down|out)-(\d{1,3})")

Credit = dict[str, Any]


class CreditForm(forms.Form):
    """One person; a row that says nothing is none."""

    name_ar = forms.CharField(label=_("Name in Arabic"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    orcid = forms.CharField(
        label=_("ORCID iD"), max_length=100, required=False,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off", "spellcheck": "false", "placeholder": "0000-0000-0000-0000"}),
    )  # fmt: skip
    role = forms.CharField(
        label=_("Role in words"), max_length=200, required=False, widget=forms.TextInput(attrs={"list": "credit-roles"})
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Roles of CRediT"), required=False, choices=[(role.value, words) for role, words in CREDIT_ROLES.items()],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    @property
    def chosen(self) -> list[str]:
        """The roles that are ticked, in words."""
        codes = set(self["roles"].value() or ())
        return [str(words) for role, words in CREDIT_ROLES.items() if role in codes]

    def clean_orcid(self) -> str:
        """Take an iD as it is pasted, and keep it bare."""
        typed: str = self.cleaned_data["orcid"]
        if not typed:
            return ""
        if orcid_digits(typed) is None:
            raise ValidationError(sentence("orcid_form"))
        found = orcid_of(typed)
        if found is None:
            raise ValidationError(sentence("orcid_check"))
        return found

    def clean(self) -> dict[str, Any]:
        """Somebody who did something has a name."""
        values: dict[str, Any] = super().clean() or {}
        says = any(values.get(name) for name in ("orcid", "role", "roles"))
        if says and not (values.get("name_ar") or values.get("name_en")):
            self.add_error("name_ar", sentence("required"))
        return values

    def typed(self) -> dict[str, Any]:
        """Return what stands in the row, right or wrong."""
        return {name: self[name].value() or ([] if name == "roles" else "") for name in self.fields}

    def credit(self) -> Credit | None:
        """Return the checked row as it is kept; None for an empty one. A role that catalogues know is kept by its code."""
        data = self.cleaned_data
        arabic, english = data["name_ar"], data["name_en"]
        if not (arabic or english):
            return None
        both = {"name_ar": arabic, "name_en": english} if arabic and english else {}
        found = {"name": arabic or english, "role": role_code(data["role"]) or data["role"], **both}
        codes = [role.value for role in CREDIT_ROLES if role.value in data["roles"]]
        return (
            found | ({"roles": codes} if codes else {}) | ({"orcid": data["orcid"]} if data["orcid"] else {})
        )


class CreditRows:
    """The rows of one form: those that were sent, else those that it begins with, and an empty one where there is none."""

    def __init__(self, data: Mapping[str, Any] | None, begun: Iterable[Mapping[str, Any]] = ()) -> None:
        if data is None:
            values = list(begun) or [{}]
            self.forms = [CreditForm(initial=row, prefix=f"{PREFIX}-{at}") for at, row in enumerate(values)]
        else:
            self.forms = [CreditForm(data, prefix=f"{PREFIX}-{number}") for number in _numbers(data)]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    @property
    def known_roles(self) -> list[str]:
        """Words that are proposed for roles; others may be typed."""
        return sorted(str(words) for words in ROLES.values())

    @property
    def blank(self) -> CreditForm:
        """The row that the script makes new ones of."""
        return CreditForm(prefix=f"{PREFIX}-__n__")

    def is_valid(self) -> bool:
        """Whether every row can be kept."""
        return all(row.is_valid() for row in self.forms)

    def typed(self) -> list[dict[str, Any]]:
        """Return what stands in the rows."""
        return [row.typed() for row in self.forms]

    def credits(self, kept: Sequence[Mapping[str, Any]]) -> list[Credit]:
        """Return the checked rows as they are kept; one that says what a kept line says leaves that as it is."""
        same = {_meaning(values_of(line)): dict(line) for line in kept}
        found = [credit for row in self.forms if (credit := row.credit()) is not None]
        return [same.get(_meaning(values_of(credit)), credit) for credit in found]


def _numbers(data: Mapping[str, Any]) -> list[int]:
    found = {int(match[1]) for name in data if (match := _ROW.fullmatch(name))}
    # One more than can be kept, so that somebody is told.
    return sorted(found)[: MOST + 1]


def values_of(credit: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the row of a kept line begins with; a name that stands alone goes where its letters belong."""
    arabic, english = str(credit.get("name_ar") or ""), str(credit.get("name_en") or "")
    name = str(credit.get("name") or "")
    if name not in (arabic, english):
        if not arabic and (english or language_read(name) == "ar"):
            arabic = name
        elif not english:
            english = name
    return {
        "name_ar": arabic, "name_en": english, "orcid": orcid_in(credit), "role": role_words(str(credit.get("role") or "")),
        "roles": [role.value for role in roles_in(credit)],
    }  # fmt: skip


def _meaning(values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(tuple(value) if isinstance(value, list) else value for value in values.values())


def acted(rows: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """Return the typed rows after a press on one of their buttons: "add", "up-2", "down-0", "out-1"; others change nothing."""
    if act == "add":
        return [*rows, {}][:MOST]
    match = _ACT.fullmatch(act)
    if match is None or int(match[2]) >= len(rows):
        return rows
    at = int(match[2])
    rest = rows[:at] + rows[at + 1 :]
    if match[1] == "out":
        return rest
    to = max(at - 1, 0) if match[1] == "up" else at + 1
    return [*rest[:to], rows[at], *rest[to:]]


def in_words(rows: Iterable[Mapping[str, Any]]) -> str:
    """Return rows as lines that two people can compare."""
    lines = []
    for row in rows:
        roles = [str(CREDIT_ROLES[role]) for role in CREDIT_ROLES if role in (row.get("roles") or ())]
        parts = [row.get("name_ar"), row.get("name_en"), row.get("role"), *roles, row.get("orcid")]
        lines.append(" · ".join(str(part) for part in parts if part))
    return "\n".join(filter(None, lines))
