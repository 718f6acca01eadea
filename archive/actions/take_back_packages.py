"""Give out no package any more that was packed, or is being packed, before something was withdrawn from readers."""

from __future__ import annotations

from django.db.models import Q
from django.db.models.functions import Now

from archive.enums import PackageFormat
from archive.models import TakeOut

#: Packages that hold no bytes of pictures or films.
DESCRIPTIONS = (PackageFormat.CSV, PackageFormat.JSONLD)


def take_back_packages(*, descriptions: bool) -> None:
    """End the time of every package, of those with descriptions alone only when asked to.

    All of them, since where a thing stands now does not tell which packages it is in; they live for a week, and
    whoever misses one asks for it again.
    """
    rows = TakeOut.objects.filter(Q(expires_at=None) | Q(expires_at__gt=Now()))
    (rows if descriptions else rows.exclude(format__in=DESCRIPTIONS)).update(expires_at=Now())
