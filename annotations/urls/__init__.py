"""The addresses of annotation, an area a file."""

from annotations.urls import api, editions, people, public, review, search, terms, workbench

AREAS = (public, search, terms, workbench, review, editions, people)
pages = [pattern for area in AREAS for pattern in area.pages]
plain = [pattern for area in AREAS for pattern in area.plain]
api_routes = api.routes
