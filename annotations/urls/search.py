"""The address of the search page."""

from django.urls import URLPattern, URLResolver, path

from annotations.reader.search import search_page

pages: list[URLPattern | URLResolver] = [path("search/", search_page, name="search")]
plain: list[URLPattern | URLResolver] = []
