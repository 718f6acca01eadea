"""Typed links by which machines find their way from a page: in its `Link` header, and as a linkset (RFC 9264)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from annotations.citing.crediting import orcid_address, orcid_in
from annotations.exports import FORMATS
from annotations.exports.shelf import groups_of
from annotations.presenters.citation_forms import FORMS
from annotations.presenters.cite_block import CiteBlock
from annotations.presenters.contributors import key_of, unlisted
from annotations.presenters.export_lines import ExportGroup
from annotations.presenters.pointed import Pointed
from annotations.presenters.schema_people import TYPES_OF_WORKS

#: Authors that a header names; a linkset names all.
MOST_AUTHORS = 10
_TYPES = {"release": "Book", "image": "ImageObject", "video": "VideoObject"}


@dataclass(frozen=True, slots=True)
class Signpost:
    """One link."""

    rel: str
    href: str
    type: str = ""


def signposts(
    pointed: Pointed, *, authors: Sequence[str], license: str, groups: Sequence[ExportGroup] | None = None
) -> list[Signpost]:
    """Return the links of the page of a whole; `authors` are addresses of people."""
    own = _TYPES.get(pointed.kind) or TYPES_OF_WORKS.get(getattr(pointed.row, "kind", ""), "CreativeWork")
    found = [
        Signpost("cite-as", pointed.lasting),
        Signpost("type", "https://schema.org/AboutPage"), Signpost("type", f"https://schema.org/{own}"),
        *(Signpost("author", address) for address in authors),
    ]  # fmt: skip
    if license:
        found.append(Signpost("license", license))
    for form, (_write, media_type, _ending) in FORMS.items():
        found.append(Signpost("describedby", _at(f"{pointed.page}_cite", *pointed.names, form), media_type))
    return [
        *found,
        *items_of(pointed, groups),
        Signpost("linkset", linkset_url(pointed), "application/linkset+json"),
    ]


def items_of(pointed: Pointed, groups: Sequence[ExportGroup] | None = None) -> list[Signpost]:
    """Return the files of a release that can be fetched now: one that must be made first has a page, and no bytes yet.

    `groups` are its downloads where they are known already.
    """
    if pointed.kind != "release" or pointed.issue is None:
        return []
    groups = groups_of(pointed.issue) if groups is None else groups
    lines = (line for group in groups for line in group.lines if line.is_ready)
    return [
        Signpost("item", _at("release_download", *pointed.names, line.form), FORMATS[line.form].media_type)
        for line in lines
    ]


def linkset_url(pointed: Pointed) -> str:
    """Return where the linkset of a page is."""
    return _at(f"{pointed.page}_linkset", *pointed.names)


def _at(name: str, *parts: Any) -> str:
    return f"{settings.PUBLIC_URL}{reverse(name, args=parts)}"


def link_header(links: Sequence[Signpost]) -> str:
    """Return the value of a `Link` header."""
    authors = [link for link in links if link.rel == "author"][MOST_AUTHORS:]
    return ", ".join(_written(link) for link in links if link not in authors)


def _written(link: Signpost) -> str:
    media_type = link.type.partition(";")[0]
    return f'<{link.href}>; rel="{link.rel}"' + (f'; type="{media_type}"' if media_type else "")


def linkset(pages: Sequence[str], links: Sequence[Signpost]) -> dict[str, Any]:
    """Return a linkset in JSON: what each language's page links to, and that its items belong to it."""
    found: list[dict[str, Any]] = []
    for page in pages:
        context: dict[str, Any] = {"anchor": page}
        for link in links:
            if link.rel != "linkset":
                told = {"href": link.href} | ({"type": link.type.partition(";")[0]} if link.type else {})
                context.setdefault(link.rel, []).append(told)
        found.append(context)
    items = [link for link in links if link.rel == "item"]
    back = [{"href": page, "type": "text/html"} for page in pages]
    return {"linkset": [*found, *({"anchor": item.href, "collection": back} for item in items)]}


def links_of(
    pointed: Pointed, cite: CiteBlock, groups: Sequence[ExportGroup] | None = None
) -> list[Signpost]:
    """Return the typed links of the page of a whole; who asked to be erased is not among its authors."""
    named = [*_written_names(pointed.row)]
    if pointed.issue:
        people = pointed.issue.snapshot.authors
        named = [*_written_names(pointed.row.edition.work), *_names(pointed.issue.snapshot.credits)]
        named += [(person.name, "") for person in people]
    gone = unlisted() if named else set()
    # Each by what is known of them: a name alone does not make somebody the one who has an iD.
    authors = list(dict.fromkeys(_address_of(*one) for one in named if key_of(one[0]) not in gone))
    return signposts(pointed, authors=authors, license=cite.citation.license, groups=groups)


def _address_of(name: str, orcid: str) -> str:
    """Return by what machines know somebody: their ORCID iD, else their page here."""
    return orcid_address(orcid) if orcid else f"{settings.PUBLIC_URL}/people/{key_of(name)}/"


def _written_names(row: Any) -> list[tuple[str, str]]:
    return _names(getattr(row, "creators", ()))


def _names(people: Iterable[Any]) -> list[tuple[str, str]]:
    """Return names, each with its ORCID iD or nothing."""
    named = (one for one in people if isinstance(one, Mapping) and one.get("name"))
    return [(str(one["name"]), orcid_in(one)) for one in named]


def signposted(
    response: Any, pointed: Pointed, cite: CiteBlock, groups: Sequence[ExportGroup] | None = None
) -> Any:
    """Let the answer name its typed links."""
    response.headers["Link"] = link_header(links_of(pointed, cite, groups))
    return response
