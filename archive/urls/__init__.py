"""The archive's addresses, an area a file."""

from archive.urls import (
    accounts,
    api,
    consents,
    deposits,
    describing,
    files,
    harvest,
    iiif,
    imports,
    media,
    people,
    requests,
    site,
    take_outs,
    takedowns,
    works,
)

AREAS = (
    site, accounts, people, requests, files, iiif, harvest, deposits, imports, works, describing, take_outs,
    takedowns, consents, media,
)  # fmt: skip
pages = [pattern for area in AREAS for pattern in area.pages]
plain = [pattern for area in AREAS for pattern in area.plain]
api_routes = api.routes
