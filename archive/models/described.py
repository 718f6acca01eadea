"""The catalogue metadata that works, images, videos and collections share."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from archive.enums import Access
from archive.models.base import PublicIdModel, VersionedModel
from archive.models.names import name_of


class DescribedModel(PublicIdModel, VersionedModel):
    """An item of the catalogue: described in two languages, with rights and access."""

    title = models.CharField(_("title"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    #: `[{"name": …, "role": …}]`, in the order in which they are credited.
    creators = models.JSONField(_("creators"), default=list, blank=True)
    #: When it was made, in EDTF: "2016-07~".
    date_edtf = models.CharField(_("date (EDTF)"), max_length=60, blank=True)
    #: `[{"name": …, "role": …}]`: places that it has to do with, and what each is to it.
    places = models.JSONField(_("places"), default=list, blank=True)
    #: `[{"term": a DetailTerm, "value": …}]`: what else a librarian would say, in the order in which it is told.
    details = models.JSONField(_("details"), default=list, blank=True)
    #: A rights statement or licence: an address of rightsstatements.org or creativecommons.org.
    rights_uri = models.URLField(_("rights statement"), blank=True)
    rights_holder = models.CharField(_("rights holder"), max_length=200, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)
    #: `[{"scheme": "isbn", "value": …}]`
    identifiers = models.JSONField(_("identifiers"), default=list, blank=True)
    access = models.CharField(
        _("who may see it"), max_length=12, choices=[(a.value, a.value) for a in Access], default=Access.DRAFT
    )
    groups = models.ManyToManyField("archive.Group", blank=True, related_name="+", verbose_name=_("groups"))
    #: People who may see it, beside the groups, when it is restricted.
    readers = models.ManyToManyField("archive.User", blank=True, related_name="+", verbose_name=_("people"))
    #: In force: nobody but the keepers sees the item, whatever else is said here.
    takedown = models.ForeignKey(
        "archive.Takedown", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    #: Until then only the archive's keepers see it; compared with the database clock whenever it is read.
    embargo_until = models.DateTimeField(_("embargo until"), null=True, blank=True)
    content_warning = models.CharField(_("content warning"), max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return name_of(self)


class WarnedModel(DescribedModel):
    """An item whose previews may need a warning first."""

    #: Codes of `WarningKind`, in its order.
    warnings = models.JSONField(_("warnings"), default=list, blank=True)

    class Meta:
        abstract = True
