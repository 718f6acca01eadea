"""Accounts."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from archive.enums import MailChoice, RoleCode
from archive.models.base import PublicIdModel


class Role(models.Model):
    """What an account may do, with the sentence that says so; rows come from a migration."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=60)
    sentence = models.TextField(_("what it may do"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates accounts; e-mail addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Insert an account; without a password it cannot sign in until one is set."""
        user = self.model(email=email.strip().casefold(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Insert an administrator (Django's own `createsuperuser` calls this)."""
        user = self.create_user(email, password, **fields)
        user.roles.add(Role.objects.get(code=RoleCode.ADMINISTRATOR))
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """Find by e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().casefold())


class User(PublicIdModel, AbstractBaseUser):
    """A person with an account; never deleted, since notes and decisions name it: deactivated instead."""

    email = models.EmailField(_("e-mail address"), unique=True)
    #: The name shown beside notes, as the person writes it, in any script.
    display_name = models.CharField(_("name"), max_length=120)
    roles = models.ManyToManyField(Role, blank=True, related_name="users", verbose_name=_("roles"))
    groups = models.ManyToManyField(
        "archive.Group", blank=True, related_name="members", verbose_name=_("groups")
    )
    #: Interface language: "ar" or "en".
    language = models.CharField(_("interface language"), max_length=8, default="ar")
    #: When mails tell what concerns this person.
    mail_choice = models.CharField(
        max_length=7, choices=[(c.value, c.value) for c in MailChoice], default=MailChoice.DAILY
    )
    is_active = models.BooleanField(_("active"), default=True)
    deactivated_at = models.DateTimeField(null=True, blank=True, editable=False)
    date_joined = models.DateTimeField(auto_now_add=True)
    #: A demonstration account: its password is printed, and publishing asks it for no second factor.
    is_demo = models.BooleanField(default=False, editable=False)

    #: Counts how often all sessions were ended; a session begun under another number is over.
    session_stamp = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        ordering = ["display_name", "pk"]

    def __str__(self) -> str:
        return self.display_name or self.email

    def save(self, *args: Any, **options: Any) -> None:
        """Save; a new password, by whichever door it comes, ends the tokens got with the old one."""
        # Django keeps the raw password there from `set_password` until it is saved.
        has_new_password = self._password is not None and self.pk is not None  # type: ignore[attr-defined]
        with transaction.atomic():
            super().save(*args, **options)
            if has_new_password:
                self.auth_token_set.all().delete()  # type: ignore[attr-defined]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Return what a session must carry to go on: it changes with the password, and when sessions are ended."""
        before: str = super()._get_session_auth_hash(secret)
        return f"{before}.{self.session_stamp}" if self.session_stamp else before

    @cached_property
    def role_codes(self) -> frozenset[str]:
        """The codes of this account's roles; none when deactivated."""
        return frozenset(self.roles.values_list("code", flat=True)) if self.is_active else frozenset()

    @property
    def is_staff(self) -> bool:
        """Whether the back office (Django's admin) opens."""
        return RoleCode.ADMINISTRATOR in self.role_codes

    @property
    def is_superuser(self) -> bool:
        """Django's admin asks; the same answer as `is_staff`."""
        return self.is_staff

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Answer Django's admin, which is read-mostly and for administrators only."""
        return self.is_staff

    def has_perms(self, perms: Any, obj: object = None) -> bool:
        """Answer Django's admin."""
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        """Answer Django's admin."""
        return self.is_staff


class Group(PublicIdModel):
    """Named people who share restricted items and group notes."""

    #: Who is of it: the other end of `User.groups`.
    members: Any
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    #: The member who made it, or was given it, and invites others; None: the administrators keep it. Only theirs
    #: open restricted items: who may read those is nobody else's to say.
    keeper = models.ForeignKey(
        "archive.User", null=True, blank=True, on_delete=models.PROTECT, related_name="kept_groups"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            # Of the others nobody learns by trying which names are taken.
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(keeper__isnull=True), name="group_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupInvitation(PublicIdModel):
    """An address invited to a group: whether somebody has it is told to nobody but whoever signs in with it."""

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="invitations")
    #: Of lower case; rows that were answered or withdrawn are deleted.
    email = models.EmailField(_("e-mail address"))
    invited_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["group", "email"], name="group_invitation_once")]

    def __str__(self) -> str:
        return self.public_id


class Invitation(PublicIdModel):
    """An address invited to open an account, with the roles it will have."""

    email = models.EmailField(_("e-mail address"))
    #: SHA-256 of the secret in the link; the link itself is shown once.
    token_sha256 = models.CharField(max_length=64, unique=True, editable=False)
    roles = models.ManyToManyField(Role, blank=True, verbose_name=_("roles"))
    invited_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="invitations_sent")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_by = models.OneToOneField(
        "archive.User", null=True, blank=True, on_delete=models.PROTECT, related_name="invitation"
    )

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.email
