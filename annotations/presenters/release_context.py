"""What the template of the reading page is given; preview and public page are the same page."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from annotations.citing.crediting import names_of, orcid_address, orcid_in, role_address, roles_in
from annotations.models import Release
from annotations.presenters.citation import Citation, in_words
from annotations.presenters.citation_forms import FORMS
from annotations.presenters.contributors import key_of, unlisted
from annotations.presenters.covers import Cover, cover_elsewhere, cover_of, elsewhere_json
from annotations.presenters.credit_lines import CREDIT_ROLES, credit_text, schema_roles
from annotations.presenters.issue import Issue
from annotations.presenters.labels import order_words
from annotations.presenters.register import arrival_lines
from annotations.presenters.release import Asked, Page, release_page
from annotations.presenters.schema_people import schema_people
from annotations.presenters.since import Since
from annotations.presenters.words import Said, said
from annotations.presenters.work_part import part_query
from archive.presenters.languages import language_read
from archive.presenters.roles import role_words

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})")


def asked_of(query: Mapping[str, str]) -> Asked:
    """Return what an address asks for; whatever is not understood is left out."""
    span = _SPAN.fullmatch(query.get("at", ""))
    return Asked(
        section=_number(query.get("section", "")),
        whole=query.get("whole") == "1",
        note=query.get("note", "")[:40],
        at=(int(span[1]), int(span[2])) if span and int(span[1]) < int(span[2]) else None,
        marked=query.get("marked") == "1",
        since=_number(query.get("since", "")),
        change=_number(query.get("change", "")),
        beside=query.get("beside", "")[:40],
    )


def _number(asked: str) -> int:
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 0


def release_context(
    issue: Issue, asked: Asked, *, citation: Citation | None, others: Iterable[Any] = (), data_base: str = "",
    since: Since | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return the template's context; `data_base` is where the script asks for spans and notes."""
    page = release_page(issue, asked, since)
    snapshot = issue.snapshot
    abroad = cover_elsewhere(issue) if citation else None
    span = f"?from={page.section.start}&to={page.section.end + 1}"
    return {
        "issue": issue, "page": page, "snapshot": snapshot, "text": snapshot.text,
        "work": _work(issue), **_people(issue, linked=citation is not None),
        "change_note": said(snapshot.change_note), "license": license_of(snapshot.license),
        "warning": said(snapshot.work.content_warning), "warned": issue.warned_of("work", snapshot.work.id),
        "citation": citation, "citation_words": in_words(citation) if citation else "",
        "citation_forms": list(FORMS) if citation else [],
        "others": list(others), "length": page.section.end - page.section.start,
        "spans_url": f"{data_base}spans.json{span}",
        "annotations_url": f"{data_base}annotations.json" + (f"?since={since.number}" if since else ""),
        "marked_url": f"{issue.base}?{page.query}marked=1", "turn": _turn(issue, page),
        "arrivals": arrival_lines(issue) if page.number in (0, 1) else [],
        "schema": _schema(issue, page, citation, abroad) if citation else None,
        "cover": cover_of(issue) if page.number in (0, 1) else None, "picture": abroad.src if abroad else "",
        "order": order_words(snapshot.order), **_since_words(issue, page, others),
        "canonical": f"{settings.PUBLIC_URL}{issue.base}"
        + part_query(text="", number=page.number, sections=len(issue.book.sections)),
    }  # fmt: skip


def _since_words(issue: Issue, page: Page, others: Iterable[Any]) -> dict[str, Any]:
    """Return the addresses of the shown part with what changed since the release before, and without."""
    part = page.query.partition("since=")[0]
    earlier = next((row.number for row in others if row.number < issue.snapshot.number), 0)
    return {
        "since_number": earlier, "since_url": f"{issue.base}?{part}since={earlier}" if earlier else "",
        "plain_url": f"{issue.base}?{part}".rstrip("?&"),
    }  # fmt: skip


def _people(issue: Issue, *, linked: bool) -> dict[str, Any]:
    """Return who is credited and who wrote the notes, with their pages; who asked to be erased has none."""
    snapshot = issue.snapshot
    but = unlisted() if linked else set()
    wrote = [names_of(person.name, snapshot.credits) for person in snapshot.authors]
    return {
        "credits": credits_of(snapshot.credits, linked=linked, but=but),
        "annotators": credits_of(wrote, linked=linked, but=but),
        "acceptors": credits_of(names_of(person.name, snapshot.credits) for person in snapshot.reviewers),
    }


def _work(issue: Issue) -> dict[str, Any]:
    work = issue.snapshot.work
    return {
        "title": said(work.title), "url": reverse("work", args=[work.slug]), "creators": credits_of(work.creators),
        "rights_holder": said(work.rights_holder), "rights": license_of(work.rights_uri),
    }  # fmt: skip


def credits_of(
    credits: Iterable[Mapping[str, Any]], *, linked: bool = False, but: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return names in the interface's language with their roles in words; when `linked`, with the pages of people.

    Those whose keys are in `but` have none. Who has an ORCID iD or roles of CRediT has `orcid`, `orcid_url` and `credited`.
    """
    language = said({}).language
    found = []
    for credit in credits:
        name, told = str(credit.get("name") or ""), _credited(credit, language)
        key = key_of(name) if linked and name else ""
        found.append(told | {"url": reverse("contributor", args=[key])} if key and key not in but else told)
    return found


def _credited(credit: Mapping[str, Any], language: str) -> dict[str, Any]:
    own, name = str(credit.get(f"name_{language}") or ""), str(credit.get("name") or "")
    told: dict[str, Any] = {
        "name": own or name, "language": language if own else language_read(name),
        "role": role_words(str(credit.get("role") or "")),
    }  # fmt: skip
    if orcid := orcid_in(credit):
        told |= {"orcid": orcid, "orcid_url": orcid_address(orcid)}
    if roles := roles_in(credit):
        told["credited"] = [{"words": CREDIT_ROLES[role], "url": role_address(role)} for role in roles]
    return told


_LICENSE = re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)")


def license_of(uri: str) -> dict[str, str]:
    """Return a licence's address and its usual name."""
    found = _LICENSE.search(uri)
    if found:
        return {"url": uri, "label": f"CC {found[1].upper()} {found[2]}"}
    if "creativecommons.org/publicdomain/zero" in uri:
        return {"url": uri, "label": "CC0 1.0"}
    if "publicdomain/mark" in uri:
        return {"url": uri, "label": _("Public domain")}
    if "rightsstatements.org" in uri:
        return {"url": uri, "label": uri.rstrip("/").split("/")[-2]}
    return {"url": uri, "label": uri}


def _turn(issue: Issue, page: Page) -> dict[str, Any]:
    """Return the sections before and after the shown one."""
    around: dict[str, Any] = {"previous": None, "next": None}
    if page.number > 1:
        around["previous"] = page.sections[page.number - 2]
    if 0 < page.number < len(page.sections):
        around["next"] = page.sections[page.number]
    return around


def _schema(issue: Issue, page: Page, citation: Citation, cover: Cover | None) -> dict[str, Any]:
    """Return the page's schema.org description."""
    snapshot = issue.snapshot
    title: Said = page.title
    data: dict[str, Any] = {
        "@context": "https://schema.org", "@type": "Book", "@id": issue.permalink, "url": issue.permalink,
        "name": title.text, "inLanguage": snapshot.text.language, "bookEdition": str(snapshot.number),
        **schema_people(citation), "license": snapshot.license,
        "isBasedOn": {"@type": "CreativeWork", "name": said(snapshot.work.title).text},
    }  # fmt: skip
    if credited := schema_roles(snapshot.credits, title.language):
        data["contributor"] = [*data.get("contributor", ()), *credited]
    if snapshot.credits:
        data["creditText"] = credit_text(snapshot.credits, title.language)
    if cover:
        data["image"] = elsewhere_json(cover)
    if issue.published_at:
        data["datePublished"] = issue.published_at.date().isoformat()
    return data


def label_of_release(release: Release) -> str:
    """Return "Release 2"."""
    return _("Release %(number)s") % {"number": release.number}
