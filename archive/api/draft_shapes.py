"""Drafts and their problems on the wire."""

from __future__ import annotations

from rest_framework import serializers

from archive.api.shapes import Code, Ref, Shape, words
from archive.enums import BlockKind, DraftState, ProblemKind, ProblemState, WorkKind
from archive.models import Collection, Work


class DraftShape(Shape):
    """A draft beside its words."""

    id = serializers.CharField(source="public_id")
    version = serializers.IntegerField()
    run = serializers.CharField(source="run.public_id", default=None, allow_null=True)
    text = serializers.CharField(source="text.public_id", default=None, allow_null=True)
    base = serializers.IntegerField(
        source="base.number",
        default=None,
        allow_null=True,
        help_text="Number of the revision that is corrected.",
    )
    title = serializers.CharField()
    language = serializers.CharField()
    direction = Code(("rtl", "ltr"))
    sha256 = serializers.CharField(help_text="Acceptance names it.")
    state = Code(DraftState)
    preview = serializers.CharField(
        source="preview_job.public_id", default=None, allow_null=True,
        help_text="The job that computes what acceptance would do to the annotations.",
    )  # fmt: skip
    created = serializers.DateTimeField(source="created_at")
    updated = serializers.DateTimeField(source="updated_at")


class DraftTextShape(DraftShape):
    """A draft with its words."""

    content = serializers.CharField()
    blocks = serializers.ListField(child=serializers.DictField())
    marks = serializers.ListField(child=serializers.DictField())
    repairs = serializers.ListField(child=serializers.DictField())


class ProblemShape(Shape):
    """Something that looks wrong; offsets are code points of the draft."""

    id = serializers.CharField(source="public_id")
    kind = Code(ProblemKind)
    state = Code(ProblemState)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    context = serializers.CharField()
    proposal = serializers.DictField()
    params = serializers.DictField()


class _Found(serializers.Serializer):
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    text = serializers.CharField()
    context = serializers.CharField()


class FoundShape(_Found):
    """A place in the report; further facts depend on the list."""


class ReportShape(serializers.Serializer):
    """The import report: the same object that `import_text --report json` prints."""

    title = serializers.CharField()
    language = serializers.CharField()
    direction = Code(("rtl", "ltr"))
    source = serializers.DictField()
    code_points = serializers.IntegerField()
    blocks = serializers.IntegerField()
    headings = FoundShape(many=True)
    videos = FoundShape(many=True)
    torn_marks = FoundShape(many=True)
    missing_figures = FoundShape(many=True)
    dead_links = FoundShape(many=True)
    stray_backslashes = FoundShape(many=True)
    suspected_cuts = FoundShape(many=True)
    broken_encoding = FoundShape(many=True)
    control_characters = FoundShape(many=True)
    unsupported = FoundShape(many=True)
    repairs = FoundShape(many=True)


class DecideInput(serializers.Serializer):
    """What to do about a problem; `values` are those that its proposal `needs`."""

    OUTCOMES = ("apply", "dismiss", "reopen")
    outcome = Code(OUTCOMES)
    values = serializers.DictField(child=serializers.CharField(max_length=2000), required=False)


class DecideAllInput(serializers.Serializer):
    """What to do about every open problem of a kind."""

    kind = Code(ProblemKind)
    outcome = Code(("apply", "dismiss"))


class EditInput(serializers.Serializer):
    """One operation on a block, counted from 0."""

    OPERATIONS = ("edit", "join", "split", "level", "kind", "delete", "insert")
    NEEDS = {
        "edit": ("text",), "split": ("offset",), "level": ("level",), "kind": ("kind",), "insert": ("text",),
    }  # fmt: skip
    operation = Code(OPERATIONS)
    block = serializers.IntegerField(min_value=0)
    text = serializers.CharField(required=False, max_length=1_000_000, trim_whitespace=False)
    offset = serializers.IntegerField(required=False, min_value=0)
    level = serializers.IntegerField(required=False, min_value=1, max_value=6)
    kind = Code(BlockKind, required=False)

    def validate(self, given: dict[str, object]) -> dict[str, object]:
        """Ask for the values that the operation needs."""
        missing = [name for name in self.NEEDS.get(str(given["operation"]), ()) if name not in given]
        if missing:
            required = serializers.Field.default_error_messages["required"]
            raise serializers.ValidationError({name: [required] for name in missing})
        return given


class BlockMarkdown(serializers.Serializer):
    """A block as Markdown, counted from 0."""

    block = serializers.IntegerField(min_value=0)
    kind = Code(BlockKind, read_only=True)
    markdown = serializers.CharField(max_length=1_000_000, trim_whitespace=False, allow_blank=True)


class MarkdownShape(serializers.Serializer):
    """Blocks as Markdown; marks that it has no sign for are not shown, and kept."""

    blocks = BlockMarkdown(many=True)


class MarkdownInput(serializers.Serializer):
    """Blocks as they shall be: an empty line splits one, an empty one is taken out."""

    blocks = serializers.ListField(child=BlockMarkdown(), allow_empty=False, max_length=1_000)


class NewWorkOfDraft(serializers.Serializer):
    """The work that a first import becomes."""

    title_ar = words(max_length=300)
    title_en = words(max_length=300)
    kind = Code(WorkKind, required=False)
    collection = Ref(Collection, required=False)


class AcceptInput(serializers.Serializer):
    """The draft's hash; for a first import also the work that it belongs to, or a new one."""

    sha256 = serializers.RegexField(r"^[0-9a-f]{64}$")
    keep_gaps = serializers.BooleanField(required=False, help_text="Missing figures stay as labelled gaps.")
    message = words(max_length=500)
    work = Ref(Work, required=False)
    new_work = NewWorkOfDraft(required=False)


class AcceptedShape(serializers.Serializer):
    """The revision that was made."""

    work = serializers.CharField()
    text = serializers.CharField()
    revision = serializers.IntegerField()
    sha256 = serializers.CharField()
