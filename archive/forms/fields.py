"""Fields that hold small lists as lines."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.actions.describe import LONGEST_FACT, readers_at
from archive.errors import Invalid
from archive.models import User
from archive.presenters.details import TERMS, term_named
from archive.presenters.messages import sentence
from archive.text.details import statements
from archive.text.years import has_known_year

_NO_DETAIL = _("“%(line)s” begins with no term of the list. Write one detail a line: term: words.")


class LinesField(forms.CharField):
    """Small facts, one a line, two parts each: `[{first: …, second: …}]`."""

    widget = forms.Textarea

    def __init__(self, *, first: str, second: str, separator: str, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}), **kwargs)
        self.first, self.second, self.separator = first, second, separator

    def prepare_value(self, value: Any) -> str:
        """Return the facts as lines."""
        if not isinstance(value, list):
            return value or ""
        return "\n".join(
            f" {self.separator} ".join(part for part in (self._part(each, 0), self._part(each, 1)) if part)
            for each in value
        )

    def _part(self, fact: Any, index: int) -> str:
        return str(fact.get((self.first, self.second)[index], "")) if isinstance(fact, dict) else ""

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Return the lines as facts."""
        facts = []
        for line in str(value or "").splitlines():
            first, _separator, second = (part.strip() for part in line.partition(self.separator))
            if first:
                facts.append(
                    {self.first: first[:200], self.second: second[:200]}
                    if second
                    else {self.first: first[:200]}
                )
        return facts

    def validate(self, value: Any) -> None:
        """A list is never too short."""

    def run_validators(self, value: Any) -> None:
        """The lines were cut to size already."""


class IdentifiersField(LinesField):
    """Identifiers: "isbn: 978…"."""

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Return the lines as identifiers; one without a scheme is local."""
        facts = super().to_python(value)
        return [f if len(f) == 2 else {"scheme": "local", "value": f["scheme"]} for f in facts]


class DetailsField(LinesField):
    """Further details: "publisher: …", the term in the language of the page, or in the other, or as its code."""

    def prepare_value(self, value: Any) -> str:
        """Return the details as lines, their terms in the language of the page."""
        if not isinstance(value, list):
            return value or ""
        return "\n".join(f"{TERMS[term]}: {words}" for term, words in statements(value))

    def to_python(self, value: Any) -> list[dict[str, str]]:
        """Return the lines as details; refuse one without a term of the list."""
        details = []
        for line in str(value or "").splitlines():
            words, colon, said = (part.strip() for part in line.partition(":"))
            term = term_named(words)
            if line.strip() and not (colon and term and said):
                raise forms.ValidationError(_NO_DETAIL % {"line": line.strip()[:60]})
            if term:
                details.append({"term": term, "value": said[:LONGEST_FACT]})
        return details


class MomentField(forms.DateTimeField):
    """A moment in a year that calendars and databases know."""

    def clean(self, value: Any) -> Any:
        """Refuse other years."""
        moment = super().clean(value)
        if moment is not None and not has_known_year(moment):
            raise forms.ValidationError(sentence("not_a_moment", {"value": str(value)[:60]}))
        return moment


class ReadersField(forms.CharField):
    """Accounts by the addresses with which they sign in, one a line; closed ones are not shown."""

    widget = forms.Textarea
    #: Closed accounts that the item names: the form may have been opened before they were closed.
    closed: Iterable[User] = ()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            required=False,
            max_length=20_000,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> str:
        """Return the accounts as lines of addresses."""
        if value is None or isinstance(value, str):
            return value or ""
        return "\n".join(sorted(user.email for user in value if user.is_active))

    def clean(self, value: Any) -> Any:
        """Return the accounts; refuse an address that is nobody's."""
        try:
            return readers_at(super().clean(value).splitlines(), closed=self.closed)
        except Invalid as error:
            raise forms.ValidationError(sentence(error.code, error.params)) from error
