"""What a suggested wording would change, for templates that have the decision."""

from __future__ import annotations

from django import template

from annotations.presenters.wording import was_decided, wording_parts

register = template.Library()
register.filter("wording_parts", wording_parts)
register.filter("was_decided", was_decided)
