"""A source outside as a sentence in the interface's language, and as CSL data for reference managers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from archive.presenters.addresses import safe_href
from archive.presenters.listing import comma, in_quotes

Json = Mapping[str, Any]
#: Authors that are named; of more, the first and "and others".
NAMED = 3


def cited(citation: Json) -> str:
    """Return a source with the pages that are meant, ready to be read."""
    csl = citation.get("csl")
    pages = str(citation.get("pages") or "")
    if not isinstance(csl, Mapping):
        label = str(citation.get("title") or citation.get("url") or "")
        return f"{label}{comma()}{pages}" if pages else label
    parts = [_names(csl), _title(csl), *_where(csl), _pages(pages or str(csl.get("page") or ""))]
    return comma().join(part for part in parts if part) or str(citation.get("url") or "")


def cited_url(citation: Json) -> str:
    """Return where a source is read; empty when nobody said it, or when a page should not lead there."""
    return safe_href(str(citation.get("url") or ""))


def _names(csl: Json) -> str:
    for role, words in (("author", "%(names)s"), ("editor", _("%(names)s (ed.)")), ("director", "%(names)s")):
        people = csl.get(role) or []
        if people:
            names = comma().join(_person(person) for person in people[:NAMED])
            return words % {"names": names + (_(" and others") if len(people) > NAMED else "")}
    return ""


def _person(person: Json) -> str:
    if person.get("literal"):
        return str(person["literal"])
    parts = (
        person.get("given"),
        person.get("non-dropping-particle"),
        person.get("family"),
        person.get("suffix"),
    )
    return " ".join(str(part) for part in parts if part)


def _title(csl: Json) -> str:
    title = str(csl.get("title") or "")
    return in_quotes(f"\u2068{title}\u2069") if title else ""


def _where(csl: Json) -> list[str]:
    """Return what it appeared in, who translated and edited it, where and when it was published."""
    container, kind = str(csl.get("container-title") or ""), csl.get("type")
    found = []
    if container:
        found.append(_("in %(container)s") % {"container": container} if kind == "chapter" else container)
    if csl.get("translator"):
        names = comma().join(_person(person) for person in csl["translator"][:NAMED])
        found.append(_("translated by %(names)s") % {"names": names})
    if csl.get("volume"):
        found.append(_("vol. %(number)s") % {"number": csl["volume"]})
    if csl.get("issue"):
        found.append(pgettext("of a periodical", "no. %(number)s") % {"number": csl["issue"]})
    if csl.get("edition"):
        found.append(_("edition %(number)s") % {"number": csl["edition"]})
    publisher = ": ".join(str(csl[name]) for name in ("publisher-place", "publisher") if csl.get(name))
    found += [publisher, _date(csl.get("issued") or {})]
    if csl.get("DOI"):
        found.append(f"\u2066doi:{csl['DOI']}\u2069")
    elif csl.get("ISBN") and not csl.get("title"):
        found.append(f"\u2066ISBN {csl['ISBN']}\u2069")
    elif not csl.get("title") and csl.get("URL"):
        found.append(f"\u2066{csl['URL']}\u2069")
    return found


def _date(date: Json) -> str:
    """Return the year, or the words that somebody wrote instead of one."""
    if date.get("literal"):
        return str(date["literal"])
    parts = date.get("date-parts") or []
    years = [_year(part[0]) for part in parts if part]
    return "–".join(years)


def _year(year: int) -> str:
    return str(year) if year > 0 else _("%(year)s BC") % {"year": 1 - year}


def _pages(pages: str) -> str:
    """Return the pages with their word in front; what is no number says itself what it is."""
    if not pages:
        return ""
    first = pages.strip()[:1]
    return _("p. %(pages)s") % {"pages": f"\u2066{pages}\u2069"} if first.isdigit() else pages
