"""The addresses of annotation, an area a file."""

from annotations.urls import api, editions, hypothesis, people, public, review, search, terms, workbench

AREAS = (public, search, terms, workbench, review, editions, people, hypothesis)
pages = [pattern for area in AREAS for pattern in area.pages]
plain = [pattern for area in AREAS for pattern in area.plain]
api_routes = api.routes
