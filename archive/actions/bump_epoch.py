"""Let no page outlive a change of what the public may see."""

from django.db.models import F

from archive.models import SiteSettings


def bump_epoch() -> None:
    """Raise the publication epoch, in the transaction of the change: cached public pages of before are dead."""
    SiteSettings.objects.filter(pk=1).update(epoch=F("epoch") + 1)
