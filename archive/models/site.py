"""What an administrator sets: the site's name, its own pages; and what people are told."""

import hashlib
import json

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from archive.models.base import PublicIdModel, VersionedModel


class SiteSettings(VersionedModel):
    """The one row of settings that are data, not environment."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(_("site name"), max_length=120, blank=True)
    tagline = models.CharField(_("what this archive is, in a sentence"), max_length=300, blank=True)
    contact_email = models.EmailField(_("contact address"), blank=True)
    logo = models.ForeignKey(
        "archive.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: Bumped by every change of what the public may see; cached pages are keyed on it.
    epoch = models.PositiveBigIntegerField(default=1, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_settings_single")]

    def __str__(self) -> str:
        return self.name


class Page(VersionedModel):
    """A small editorial page: About, Privacy, Contact, and guides; Markdown in both languages."""

    #: The pages that every site has, at addresses of their own; they are always shown. The others are guides.
    BUILT_IN = ("about", "privacy", "contact")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=200, blank=True)
    body = models.TextField(_("text (Markdown)"), blank=True)
    order = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    #: Else administrators alone see it: a guide that is being written, or is over.
    is_shown = models.BooleanField(_("shown to everybody"), default=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.title


class Notice(PublicIdModel):
    """Something that concerns one person, told inside the site."""

    user = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="notices")
    #: A code that pages put into words with `params`.
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict, blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    #: Since when it says something that no mail has told.
    unmailed_since = models.DateTimeField(default=timezone.now)
    #: When a mail was made that tells it, or when it was left out of one; None: neither.
    mailed_at = models.DateTimeField(null=True)
    #: The mail that was made of it; one that never left gives it back.
    mail = models.ForeignKey("archive.SealedMail", null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["user", "read_at"]),
            models.Index(
                fields=["unmailed_since"], name="notice_unmailed",
                condition=models.Q(read_at=None, mailed_at=None),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code

    @property
    def as_read(self) -> str:
        """Its id with the hash of what it says now, so that reading one wording never hides a later one."""
        said = json.dumps(self.params, sort_keys=True).encode()
        return f"{self.public_id}.{hashlib.sha256(said).hexdigest()[:16]}"


class IdempotencyKey(models.Model):
    """Remembers what one sent form made, so that sending it twice makes one thing."""

    user = models.ForeignKey("archive.User", on_delete=models.CASCADE, related_name="+")
    scope = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    #: The public id of what was made.
    made = models.CharField(max_length=40)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "scope", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key
