"""The vocabulary."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from annotations.enums import NameForm, TermKind, TermStatus
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
    #: How the term is to be used, and what it leaves out.
    scope_note = models.TextField(_("scope note"), blank=True)
    #: What stands for it in lists and on shelves: "SY-HL", "956.9".
    notation = models.CharField(_("notation"), max_length=60, blank=True)
    #: `{"wikidata": "Q41183"}`: the same thing, as others call it.
    authority = models.JSONField(_("authority links"), default=dict, blank=True)
    #: `[{"relation": "close", "url": …}]` (`annotations.authorities.RELATIONS`): what others have that is like it.
    matches = models.JSONField(_("like it elsewhere"), default=list, blank=True)
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
    #: BCP 47, with the script where it is not the language's own: "ar-Latn".
    language = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    #: `archive.text.folding.fold_key(name)`.
    folded = models.CharField(max_length=200, db_index=True)
    #: Whether it is the label in Arabic or English, which every page shows.
    is_label = models.BooleanField(default=False)
    form = models.CharField(
        max_length=11, choices=[(f.value, f.value) for f in NameForm], default=NameForm.ALTERNATIVE
    )

    class Meta:
        ordering = ["-is_label", "language", "name"]
        constraints = [models.UniqueConstraint(fields=["term", "language", "name"], name="term_name_once")]

    def __str__(self) -> str:
        return self.name
