"""Many files sent in as one: each resumable, each with its outcome, together one receipt."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from archive.enums import Compared, Differing, ItemState
from archive.models.base import InsertOnlyModel, PublicIdModel
from archive.models.kept_package import KeptPackage


class Deposit(PublicIdModel):
    """One delivery of files by one person, over as many sittings as it takes."""

    note = models.CharField(_("what is being sent"), max_length=300, blank=True)
    #: Where the images and recordings that come of it are put.
    collection = models.ForeignKey(
        "archive.Collection", null=True, blank=True, on_delete=models.PROTECT, related_name="deposits"
    )
    #: Language in which the texts among the files are read.
    language = models.CharField(_("language of the texts"), max_length=20, default="ar")
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="deposits")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When it was undone as a whole; nothing that came of it is seen from then on, and nothing more is taken in.
    undone_at = models.DateTimeField(null=True, editable=False)
    undone_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(undone_at=None, undone_by=None)
                | models.Q(undone_at__isnull=False, undone_by__isnull=False),
                name="deposit_undone_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.note or self.public_id

    def get_absolute_url(self) -> str:
        """The deposit's page at the desk."""
        return reverse("deposit", args=[self.public_id])


class DepositItem(PublicIdModel):
    """One file of a deposit: announced, on its way, and what became of it."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="items")
    #: The browser's name for this file (of name, size and time), so that choosing it again goes on with it.
    key = models.CharField(max_length=64)
    filename = models.CharField(max_length=255)
    #: Where it lay among what was sent, its name last: "box 7/verso/3.jpg"; empty: nobody said.
    path = models.CharField(max_length=1000, blank=True)
    #: Bytes announced, and bytes that are on the disk and were answered for.
    size = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in ItemState], default=ItemState.SENDING
    )
    #: The SHA-256 that the sender worked out of the file at its own end; empty: nobody said.
    told_sha256 = models.CharField(max_length=64, blank=True)
    #: Whether the sender promised to tell it, and has not yet.
    hash_follows = models.BooleanField(default=False)
    #: Why nothing became of it: `{"code": …, "params": {…}}`, worded in the reader's language.
    error = models.JSONField(default=dict, blank=True)
    arrival = models.ForeignKey(
        "archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="deposit_items"
    )
    #: What it became, if it became something: an image, a recording, or a text being read.
    image = models.ForeignKey("archive.Image", null=True, on_delete=models.PROTECT, related_name="+")
    video = models.ForeignKey("archive.Video", null=True, on_delete=models.PROTECT, related_name="+")
    run = models.ForeignKey("archive.ImportRun", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    #: When the last bytes were answered for; when its state was settled.
    touched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["deposit", "key"], name="deposit_item_once"),
            models.CheckConstraint(
                condition=models.Q(offset__lte=models.F("size")), name="deposit_item_offset"
            ),
            models.CheckConstraint(
                condition=models.Q(told_sha256="") | models.Q(told_sha256__regex="^[0-9a-f]{64}$"),
                name="deposit_item_told_sha256",
            ),
            models.CheckConstraint(
                condition=models.Q(told_sha256="") | models.Q(hash_follows=False),
                name="deposit_item_told_once",
            ),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def compared(self) -> Compared:
        """What the sender's hash says of what is here; of a file that was kept it is the same, or was never told."""
        if self.state == ItemState.KEPT:
            return Compared.SAME if self.told_sha256 else Compared.UNTOLD
        return Compared.DIFFERS if self.error.get("code") in set(Differing) else Compared.WAITING

    @property
    def found_sha256(self) -> str:
        """The hash of the bytes that are here; empty while not all are."""
        if self.arrival is not None:
            return self.arrival.stored_file.sha256
        return str(self.error.get("params", {}).get("sha256", ""))


class DepositAgreement(PublicIdModel, InsertOnlyModel):
    """Under which terms somebody gave what a deposit holds; the newest of a deposit that was not withdrawn counts.

    For archivists only: it names people. What was signed is never changed: a mistake is withdrawn, and recorded anew.
    """

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="agreements")
    giver = models.CharField(_("who gives"), max_length=300)
    #: In words, as a file (a scan of what was signed), or both.
    terms = models.TextField(_("terms"), blank=True)
    arrival = models.ForeignKey("archive.FileArrival", null=True, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(_("signed on"))
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(terms="") | models.Q(arrival__isnull=False), name="agreement_has_terms"
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class AgreementWithdrawal(InsertOnlyModel):
    """That an agreement does not hold any more, or was recorded by mistake; it stays to be read."""

    agreement = models.OneToOneField(DepositAgreement, on_delete=models.PROTECT, related_name="withdrawal")
    reason = models.TextField(_("reason"))
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="agreement_withdrawal_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} withdrawn"


class PrintedReceipt(KeptPackage):
    """A receipt as PDF, made for the person who asked, and kept for a while."""

    deposit = models.ForeignKey(Deposit, on_delete=models.PROTECT, related_name="+")
    #: Of the interface in which it was asked for.
    language = models.CharField(max_length=20)

    @property
    def media_type(self) -> str:
        """What its bytes are."""
        return "application/pdf"

    @property
    def ending(self) -> str:
        """The ending of its name."""
        return "pdf"

    def get_absolute_url(self) -> str:
        """The page that shows how far it is."""
        return reverse("printed_receipt", args=[self.public_id])
