"""The vocabulary."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.enums import TermKind, TermStatus
from archive.models.base import PublicIdModel, VersionedModel


class Term(PublicIdModel, VersionedModel):
    """A person, place, group, event, date or concept that notes are tagged with."""

    slug = models.SlugField(_("address"), max_length=120, unique=True, allow_unicode=True)
    kind = models.CharField(_("kind"), max_length=8, choices=[(k.value, k.value) for k in TermKind])
    label = models.CharField(_("label"), max_length=200, blank=True)
    description = models.TextField(_("description"), blank=True)
    broader = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="narrower",
        verbose_name=_("broader term"),
    )
    #: `{"wikidata": "Q41183"}`
    authority = models.JSONField(_("authority links"), default=dict, blank=True)
    #: WGS 84, degrees.
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    #: When it was, in EDTF; the two bounds are made from it for sorting.
    date_edtf = models.CharField(_("date (EDTF)"), max_length=60, blank=True)
    date_start = models.DateField(null=True, blank=True, editable=False)
    date_end = models.DateField(null=True, blank=True, editable=False)
    status = models.CharField(
        max_length=12, choices=[(s.value, s.value) for s in TermStatus], default=TermStatus.PROPOSED
    )
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="term_coordinates",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.slug

    def get_absolute_url(self) -> str:
        """The term's public page."""
        return reverse("term", args=[self.slug])


class TermName(models.Model):
    """One name of a term in one language; labels are names too, so that one lookup finds all."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    #: `archive.text.folding.fold_key(name)`.
    folded = models.CharField(max_length=200, db_index=True)
    is_label = models.BooleanField(default=False)

    class Meta:
        ordering = ["-is_label", "language", "name"]
        constraints = [models.UniqueConstraint(fields=["term", "language", "name"], name="term_name_once")]

    def __str__(self) -> str:
        return self.name
