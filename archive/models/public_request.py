"""What people outside ask of the archive: to correct, remove or restrict something in which they are."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.enums import RequestKind, RequestOutcome, RequestRelation
from archive.models.base import PublicIdModel, VersionedModel


class PublicRequest(PublicIdModel, VersionedModel):
    """One request by somebody without an account, and what became of it.

    Name, address and words are personal: they can be erased, and then only the outcome is left.
    """

    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in RequestKind])
    relation = models.CharField(
        max_length=16, choices=[(relation.value, relation.value) for relation in RequestRelation]
    )
    #: The address of a page of the archive, or words that tell which material is meant.
    about = models.CharField(_("what it is about"), max_length=500)
    words = models.TextField(_("what is asked"), blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    #: Of the interface in which it was asked: the language to answer in.
    language = models.CharField(max_length=20)
    created_at = models.DateTimeField(auto_now_add=True)
    #: Empty while nobody has decided.
    outcome = models.CharField(
        max_length=10, choices=[(outcome.value, outcome.value) for outcome in RequestOutcome], blank=True
    )
    #: What was done and why, for those who keep the archive.
    remark = models.TextField(_("what was done, and why"), blank=True)
    answered_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    #: When what is personal was erased.
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["outcome", "-id"], name="public_request_open")]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        """The request's page at the desk."""
        return reverse("desk_request", args=[self.public_id])
