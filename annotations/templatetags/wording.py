"""What a suggested wording would change, for templates that have the decision."""

from __future__ import annotations

from django import template

from annotations.presenters.wording import wording_parts

register = template.Library()
register.filter("wording_parts", wording_parts)
