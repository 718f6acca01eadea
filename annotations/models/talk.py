"""What people say to each other about a note."""

from django.db import models
from django.db.models import Q

from annotations.enums import Gone, TalkState, Visibility
from archive.models.base import InsertOnlyModel, PublicIdModel

_VISIBILITIES = [(v.value, v.value) for v in Visibility]


class SaidAmong(models.Model):
    """Among whom something was said: a note that is opened later opens nothing that was said within a group."""

    visibility = models.CharField(max_length=7, choices=_VISIBILITIES)
    group = models.ForeignKey("archive.Group", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Reply(PublicIdModel, SaidAmong):
    """One turn of the talk about a note: whose it is and whether it still stands; its words are in its versions."""

    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.PROTECT, related_name="replies")
    author = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="replies")
    #: The reply that it answers; None: the note itself.
    answers = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="answered_by")
    newest_version = models.ForeignKey(
        "annotations.ReplyVersion", null=True, on_delete=models.PROTECT, related_name="newest_of"
    )
    #: Why nobody reads it any more; empty while it stands.
    gone = models.CharField(max_length=9, blank=True, default="", choices=[(g.value, g.value) for g in Gone])
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility="group", group__isnull=False)
                | (~Q(visibility="group") & Q(group__isnull=True)),
                name="reply_group",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class ReplyVersion(PublicIdModel, InsertOnlyModel):
    """What a reply said at one time."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    #: Markdown; `@{public id}` stands for the name of somebody who is mentioned.
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["reply", "number"]
        constraints = [models.UniqueConstraint(fields=["reply", "number"], name="reply_version_number")]

    def __str__(self) -> str:
        return f"{self.reply_id} v{self.number}"


class Mention(InsertOnlyModel):
    """Somebody whom a reply names."""

    version = models.ForeignKey(ReplyVersion, on_delete=models.PROTECT, related_name="mentions")
    person = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="mentions")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.version_id} @{self.person_id}"


class TalkTurn(PublicIdModel, InsertOnlyModel, SaidAmong):
    """Somebody called the talk about a note settled, or took it up again; the last one counts."""

    annotation = models.ForeignKey("annotations.Annotation", on_delete=models.PROTECT, related_name="turns")
    state = models.CharField(max_length=8, choices=[(s.value, s.value) for s in TalkState])
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.annotation_id} {self.state}"


class ReplyReport(PublicIdModel):
    """Somebody says that a reply should not stand; a reviewer, or who keeps the group, answers."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="reports")
    reason = models.TextField()
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    answered_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "created_by"],
                condition=Q(answered_at__isnull=True),
                name="reply_report_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id


class VisibilityChange(InsertOnlyModel, SaidAmong):
    """Who may see a note was changed by its author, to this."""

    annotation = models.ForeignKey(
        "annotations.Annotation", on_delete=models.PROTECT, related_name="visibility_changes"
    )
    created_by = models.ForeignKey("archive.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.annotation_id} → {self.visibility}"
