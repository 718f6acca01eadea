"""In which rows of the archive an account is named, what its owner is given of them, and what erasing does.

Given out are the owner's own acts and words: of rows that are about others (consents, requests, invitations) only that
and when the owner had a hand in them.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from archive.kinds import PersonalKey as Key

_MADE = ("public_id", "created_at")
_NAMED = _("Items that you were named a reader of")

KEYS = (
    Key("account.EmailAddress", "user", _("E-mail addresses"), ("email", "verified", "primary"), is_erased=True),
    Key("mfa.Authenticator", "user", _("Second steps at sign-in"), ("type", "created_at", "last_used_at"), is_erased=True),
    Key("knox.AuthToken", "user", _("Tokens of the API"), ("token_key", "created", "expiry"), is_erased=True),
    Key("admin.LogEntry", "user", why_not="the back office only shows, so that nothing is ever written there", is_erased=True),
    Key("archive.User_roles", "user", _("Roles"), ("role__code",), is_erased=True),
    Key("archive.User_groups", "user", _("Groups"), ("group__public_id", "group__name"), is_erased=True),
    Key("archive.Group", "keeper", _("Groups that you keep"), ("public_id", "name", "description", "created_at")),
    Key("archive.GroupInvitation", "invited_by", _("People whom you invited to your groups, without their addresses"), _MADE),
    Key("archive.Notice", "user", _("What you were told"), ("code", "url", "created_at", "read_at"), only_owner=True, is_erased=True),
    Key("archive.IdempotencyKey", "user", why_not="random numbers of forms, which say nothing of a person", is_erased=True),
    Key("archive.Job", "created_by", _("Work in the background that you caused"), ("public_id", "kind", "state", "created_at", "finished_at")),
    Key("archive.Invitation", "accepted_by", _("The invitation with which you came"), ("public_id", "email", "created_at")),
    Key("archive.Invitation", "invited_by", _("Invitations that you made, without their addresses"), _MADE),
    Key("archive.FileArrival", "sent_by", _("Files that you sent"), ("public_id", "filename", "stored_file__size", "stored_file__sha256", "arrived_at")),
    Key("archive.Deposit", "created_by", _("Deposits"), ("public_id", "note", "language", "created_at")),
    Key("archive.Deposit", "undone_by", _("Deposits that you undid"), ("public_id", "undone_at")),
    Key("archive.DepositAgreement", "created_by", _("Agreements that you wrote down, without whose they are"), _MADE),
    Key("archive.AgreementWithdrawal", "created_by", _("Agreements that you withdrew, without whose they are"),
        ("agreement__public_id", "created_at")),
    Key("archive.PrintedReceipt", "created_by", _("Receipts that you had printed"), _MADE),
    Key("archive.PackageArrival", "created_by", _("Packages that you looked at to bring in"), _MADE),
    Key("archive.ImportRun", "created_by", _("Texts that you sent in"), ("public_id", "importer", "language", "state", "created_at")),
    Key("archive.TextDraft", "created_by", _("Drafts of texts that you began"), ("public_id", "title", "state", "created_at", "updated_at")),
    Key("archive.TextRevision", "created_by", _("Revisions of texts that you accepted"), ("text__public_id", "number", "message", "created_at")),
    Key("archive.ImportProblem", "decided_by", _("Findings in texts that you decided"), ("draft__public_id", "kind", "state", "decided_at")),
    Key("archive.Alignment", "created_by", _("Pairings of translations that you made"), ("public_id", "is_approved", "created_at")),
    Key("archive.Work", "created_by", _("Works that you entered"), _MADE),
    Key("archive.Collection", "created_by", _("Collections that you made"), _MADE),
    Key("archive.Image", "created_by", _("Images that you entered"), _MADE),
    Key("archive.Video", "created_by", _("Videos that you entered"), _MADE),
    Key("archive.Capture", "created_by", _("Captures of films that you kept"), _MADE),
    Key("archive.Transcript", "created_by", _("Texts that you tied to films"), _MADE),
    Key("archive.Redaction", "created_by", _("Covered parts of images"), _MADE),
    Key("archive.VideoCheck", "checked_by", _("Films that you had looked at"), ("video__public_id", "outcome", "checked_at")),
    Key("archive.DescriptionChange", "created_by", _("Changes of descriptions"), ("public_id", "kind", "version", "created_at")),
    Key("archive.BulkStep", "created_by", _("Changes of many descriptions"), ("public_id", "kind", "state", "created_at", "applied_at")),
    Key("archive.Takedown", "created_by", _("What you took down"), ("public_id", "kind", "reason", "created_at")),
    Key("archive.Takedown", "lifted_by", _("What you put back"), ("public_id", "kind", "lifted_at")),
    Key("archive.TextSection", "created_by", _("Sections of texts that you kept from readers"), _MADE),
    Key("archive.TextSection", "lifted_by", _("Sections of texts that you gave free"), ("public_id", "lifted_at")),
    Key("archive.SectionPlace", "created_by", _("Places of kept sections that you settled"), ("section__public_id", "fit", "created_at")),
    Key("archive.Consent", "created_by", _("Consents that you wrote down, without whose they are"), _MADE),
    Key("archive.Consent", "settled_by", _("Consents that you settled, without whose they are"), ("public_id", "settled_at")),
    Key("archive.PublicRequest", "answered_by", _("Requests that you answered, without who asked"), ("public_id", "outcome", "answered_at")),
    Key("archive.TakeOut", "created_by", _("Packages that you asked for"), ("public_id", "format", "size", "created_at")),
    Key("archive.PersonalExport", "account", _("Packages of your data"), ("public_id", "size", "created_at", "expires_at")),
    Key("archive.PersonalExport", "created_by", _("Packages of personal data that you had made"), _MADE),
    Key("archive.Erasure", "account", _("Erasures of this account that were asked for"), ("public_id", "asked_at", "due_at", "cancelled_at", "done_at")),
    Key("archive.Erasure", "asked_by", _("Erasures that you asked for"), ("public_id", "asked_at")),
    Key("archive.Work_readers", "user", _NAMED, ("work__public_id",), is_erased=True),
    Key("archive.Image_readers", "user", _NAMED, ("image__public_id",), is_erased=True),
    Key("archive.Video_readers", "user", _NAMED, ("video__public_id",), is_erased=True),
    Key("archive.TextSection_readers", "user", _NAMED, ("textsection__public_id",), is_erased=True),
    Key("archive.Collection_readers", "user", _NAMED, ("collection__public_id",), is_erased=True),
)  # fmt: skip
