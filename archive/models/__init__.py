"""The nouns of the archive, one a file."""

from archive.models.alignment import Alignment
from archive.models.audit import AuditDetail, AuditEvent, AuditHead
from archive.models.bulk_step import BulkRow, BulkStep, TableMapping
from archive.models.capture import Capture, CleanCopy
from archive.models.collection import Collection
from archive.models.consent import Consent
from archive.models.deposit import AgreementWithdrawal, Deposit, DepositAgreement, DepositItem, PrintedReceipt
from archive.models.description_change import DescriptionChange
from archive.models.drafts import DraftStep, ImportProblem, ImportRun, TextDraft
from archive.models.elsewhere import ElsewhereCopy, VitalSign
from archive.models.job import Job
from archive.models.media import Derivative, Figure, FreshPdf, Image, ImageTiles, PageWords, Redaction, Video
from archive.models.package_arrival import PackageArrival
from archive.models.personal import Erasure, PersonalExport, SealedMail
from archive.models.public_request import PublicRequest
from archive.models.public_trace import PublicTrace
from archive.models.search_entry import SearchEntry
from archive.models.section import SectionPlace, TextSection
from archive.models.site import IdempotencyKey, Notice, Page, SiteSettings
from archive.models.stored_file import FileArrival, FixityCheck, StoredFile
from archive.models.take_out import TakeOut
from archive.models.takedown import Takedown
from archive.models.transcript import Transcript
from archive.models.user import Group, GroupInvitation, Invitation, Role, User
from archive.models.video_check import VideoCheck
from archive.models.work import SlugRedirect, Text, TextRevision, Work

__all__ = [
    "AgreementWithdrawal", "Alignment", "AuditDetail", "AuditEvent", "AuditHead", "BulkRow", "BulkStep", "Capture", "CleanCopy", "Collection", "Consent",
    "Deposit", "DepositAgreement", "DepositItem", "Derivative", "DescriptionChange", "DraftStep", "ElsewhereCopy", "Erasure", "Figure", "FileArrival",
    "FixityCheck", "FreshPdf", "Group", "GroupInvitation", "IdempotencyKey", "Image", "ImageTiles", "ImportProblem", "ImportRun", "Invitation", "Job", "Notice",
    "PackageArrival", "Page", "PageWords", "PersonalExport", "PrintedReceipt", "PublicRequest", "PublicTrace", "Redaction", "Role", "SealedMail",
    "SearchEntry", "SectionPlace", "SiteSettings", "SlugRedirect", "StoredFile", "TableMapping", "TakeOut", "Takedown", "Text", "TextDraft",
    "TextRevision", "TextSection", "Transcript", "User", "Video", "VideoCheck", "VitalSign", "Work",
]  # fmt: skip
