"""Sections of a text that fewer people may read than the text, and where each stands in which wording."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from archive.enums import Access, SectionFit, TakedownReason
from archive.models.base import InsertOnlyModel, PublicIdModel, VersionedModel


class TextSection(PublicIdModel, VersionedModel):
    """A run of whole blocks that is kept from some readers; it stays on the text, whatever its wording."""

    text = models.ForeignKey("archive.Text", on_delete=models.PROTECT, related_name="sections")
    access = models.CharField(
        _("who may see it"), max_length=12, choices=[(a.value, a.value) for a in Access], default=Access.DRAFT
    )
    groups = models.ManyToManyField("archive.Group", blank=True, related_name="+", verbose_name=_("groups"))
    readers = models.ManyToManyField("archive.User", blank=True, related_name="+", verbose_name=_("people"))
    #: Until then only the keepers read it; compared with the database clock whenever it is read.
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    #: A code of `TakedownReason` while it is taken down: then nobody but the keepers reads it. Else empty.
    down_because = models.CharField(
        max_length=12, blank=True, choices=[(reason.value, reason.value) for reason in TakedownReason]
    )
    #: What readers are told in its place besides; in one language, both or none. Plain columns, since the manager of
    #: translated fields rewrites the queries that are made once for each viewer.
    sentence_ar = models.CharField(_("public sentence in Arabic"), max_length=500, blank=True)
    sentence_en = models.CharField(_("public sentence in English"), max_length=500, blank=True)
    #: Since when its access is as it is; a takedown says it.
    since = models.DateTimeField()
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When it was given free: from then on it is read like the rest. None while it is in force.
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
                name="section_lifted_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["text"], condition=Q(lifted_at=None), name="section_in_force")]

    def __str__(self) -> str:
        return self.public_id


class SectionPlace(InsertOnlyModel):
    """Where a section stands in one wording of its text: blocks `[first, last)`; the newest of a wording counts."""

    section = models.ForeignKey(TextSection, on_delete=models.PROTECT, related_name="places")
    revision = models.ForeignKey("archive.TextRevision", on_delete=models.PROTECT, related_name="+")
    #: Both None when nobody can say surely: then the whole text is kept back.
    first = models.PositiveIntegerField(null=True)
    last = models.PositiveIntegerField(null=True)
    fit = models.CharField(max_length=8, choices=[(f.value, f.value) for f in SectionFit])
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fit=SectionFit.LOST, first=None, last=None)
                | (~Q(fit=SectionFit.LOST) & Q(first__isnull=False, last__gte=F("first"))),
                name="section_place_or_lost",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.section_id} r{self.revision_id}: {self.first}–{self.last} {self.fit}"
