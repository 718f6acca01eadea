"""The tree in which works and media are shelved."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.models.described import DescribedModel

#: Collections lie so deep in each other at most, the outermost counted.
DEEPEST = 6


class Collection(DescribedModel):
    """A shelf: works, media and further collections."""

    slug = models.SlugField(_("address"), max_length=120, unique=True)
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("within"),
    )
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]

    def get_absolute_url(self) -> str:
        """The collection's public page."""
        return reverse("collection", args=[self.slug])
