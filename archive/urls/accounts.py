"""Addresses of signing in and of one's own account (django-allauth)."""

from django.urls import URLPattern, URLResolver, include, path

pages: list[URLPattern | URLResolver] = [path("account/", include("allauth.urls"))]
plain: list[URLPattern | URLResolver] = []
