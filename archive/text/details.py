"""The places and the further details of a description, as they are kept: small facts, of which only whole ones count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from archive.enums import DetailTerm


def said(item: Any, *terms: str) -> list[str]:
    """Return what an item says under these terms, in its order."""
    return [value for term, value in statements(item.details) if term in terms]


def statements(details: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Yield the term and the words of each statement that has both."""
    for each in details:
        if isinstance(each, dict) and each.get("term") in set(DetailTerm) and each.get("value"):
            yield str(each["term"]), str(each["value"])


def places_of(item: Any, language: str = "") -> list[tuple[str, str]]:
    """Return the name of each place, in this language where it has one of its own, and what it is to the item."""
    return [
        (str(place.get(f"name_{language}") or place["name"]), str(place.get("role") or ""))
        for place in item.places
        if isinstance(place, dict) and place.get("name")
    ]


def with_what_is_known(facts: Iterable[dict[str, Any]], before: Iterable[Any]) -> list[dict[str, Any]]:
    """Return makers or places as lines and cells name them, with what is known of each beside name and role."""
    known = {fact.get("name"): fact for fact in before if isinstance(fact, dict)}
    return [
        {**{part: said for part, said in known.get(fact["name"], {}).items() if part != "role"}, **fact}
        for fact in facts
    ]
