"""The address at which harvesters ask, without a language."""

from django.urls import URLPattern, URLResolver, path

from archive.views import oai

pages: list[URLPattern | URLResolver] = []
plain: list[URLPattern | URLResolver] = [path("oai", oai.oai, name="oai")]
