"""Dates and times in templates, one way for the whole site; known to every template without loading."""

from __future__ import annotations

from django import template

from archive.presenters.edtf_words import edtf_words
from archive.presenters.moments import ago_words, day_words, moment_words

register = template.Library()
register.filter("moment", moment_words)
register.filter("day", day_words)
register.filter("ago", ago_words)
register.filter("edtf", edtf_words)
