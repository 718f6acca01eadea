"""OAI-PMH 2.0: the catalogue as anybody sees it, for harvesters; what is seen no more is told as deleted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.access import harvest
from archive.access.harvest import Shelves, Told, Wanted
from archive.models import SiteSettings
from archive.presenters import dublin_core
from archive.presenters import oai as presenter
from archive.views.oai_arguments import Asked, Refused, read, token

#: Items in one part of a list.
PART = 100
#: A repository is named by a host of the net; a name like "localhost" is none.
_HOST = re.compile(r"[A-Za-z][A-Za-z0-9-]*(\.[A-Za-z][A-Za-z0-9-]*)+")
_MAIL = re.compile(r"\S+@(\S+\.)+\S+")
_SILENT = ("badVerb", "badArgument")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Answer a harvester; it asks as anybody, whoever is signed in."""
    query = request.POST if request.method == "POST" else request.GET
    address = f"{settings.PUBLIC_URL}{reverse('oai')}"
    try:
        root = _answer(query, address)
    except Refused as error:
        root = presenter.envelope(address, timezone.now(), _repeated(query, error.code))
        presenter.refuse(root, error.code, error.words)
    return HttpResponse(presenter.written(root), content_type="text/xml; charset=utf-8")


def _answer(query: QueryDict, address: str) -> Any:
    asked = read(query)
    root = presenter.envelope(address, timezone.now(), _repeated(query, ""))
    _VERBS[asked.verb](root, asked)
    return root


def _repeated(query: QueryDict, code: str) -> dict[str, str]:
    return {} if code in _SILENT else {name: query[name] for name in query}


def _identify(root: Any, asked: Asked) -> None:
    site = SiteSettings.objects.filter(pk=1).first()
    mails = (site.contact_email if site else "", settings.DEFAULT_FROM_EMAIL, f"nobody@{_host()}.invalid")
    said = {
        "repositoryName": (site.name if site else "") or "Hashiya",
        "baseURL": f"{settings.PUBLIC_URL}{reverse('oai')}",
        "protocolVersion": "2.0",
        "adminEmail": next(mail for mail in mails if _MAIL.fullmatch(mail)),
        "earliestDatestamp": presenter.moment(harvest.earliest() or timezone.now()),
        "deletedRecord": "persistent",
        "granularity": "YYYY-MM-DDThh:mm:ssZ",
    }
    namespace = _host() if _HOST.fullmatch(_host()) else ""
    presenter.identify(root, said, namespace, f"oai:{_host()}:work/23456789abcdefgh")


def _formats(root: Any, asked: Asked) -> None:
    if "identifier" in asked.arguments:
        _named(asked)
    presenter.formats(root)


def _sets(root: Any, asked: Asked) -> None:
    shelves = harvest.shelves()
    if not shelves.rows:
        raise Refused("noSetHierarchy", "There are no sets.")
    presenter.sets(
        root,
        (
            (
                row.public_id,
                row.title_ar or row.title_en or row.public_id,
                dublin_core.elements(row, _page(row)),
            )
            for row in shelves.rows.values()
        ),
    )


def _record(root: Any, asked: Asked) -> None:
    told = _named(asked)
    _write([told], presenter.listing(root, "GetRecord"), harvest.shelves(), full=True)


def _list(root: Any, asked: Asked) -> None:
    shelves = harvest.shelves()
    within = shelves.within(asked.set_spec) if asked.set_spec else None
    found = harvest.told(Wanted(asked.since, asked.before, within, after=asked.after), most=PART + 1)
    if not found:
        if asked.after:
            raise Refused("badResumptionToken", "Nothing is left of this list; begin again.")
        raise Refused("noRecordsMatch", "Nothing matches.")
    listed, part = presenter.listing(root, asked.verb), found[:PART]
    _write(part, listed, shelves, full=asked.verb == "ListRecords")
    if len(found) > PART:
        last = part[-1]
        going_on = token(asked, (last.stamp, last.public_id), asked.cursor + PART)
        presenter.resumption(listed, going_on, cursor=asked.cursor)
    elif asked.after:
        presenter.resumption(listed, "", cursor=asked.cursor)


_VERBS: dict[str, Callable[[Any, Asked], None]] = {
    "Identify": _identify, "ListMetadataFormats": _formats, "ListSets": _sets, "GetRecord": _record,
    "ListIdentifiers": _list, "ListRecords": _list,
}  # fmt: skip


def _named(asked: Asked) -> Told:
    """Return the item that an identifier names; one that nobody may see and one that is not are told alike."""
    start = f"oai:{_host()}:"
    kind, _slash, public_id = asked.arguments["identifier"].removeprefix(start).partition("/")
    if asked.arguments["identifier"].startswith(start) and kind in harvest.MODELS and public_id:
        found = harvest.told(Wanted(kind=kind, public_id=public_id), most=1)
        if found:
            return found[0]
    raise Refused("idDoesNotExist", "There is no such item.")


def _write(rows: list[Told], parent: Any, shelves: Shelves, *, full: bool) -> None:
    items = harvest.items(rows) if full else {}
    for row in rows:
        item = items.get((row.kind, row.pk))
        gone = row.gone or (full and item is None)
        specs = [shelf.public_id for shelf in shelves.path(row.collection_id)]
        place = presenter.record(parent) if full else parent
        presenter.header(place, f"oai:{_host()}:{row.kind}/{row.public_id}", row.stamp, specs, gone=gone)
        if item is not None:
            presenter.metadata(place, dublin_core.elements(item, _page(item)))


def _page(item: Any) -> str:
    with override("ar"):
        return f"{settings.PUBLIC_URL}{item.get_absolute_url()}"


def _host() -> str:
    return urlsplit(settings.PUBLIC_URL).hostname or "localhost"
