"""How texts, their wordings, figures and pairings are written in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from archive.api.shapes import Code, Ref, Shape
from archive.enums import BlockKind, MarkKind, TextRole
from archive.models import Image


class FigureShape(Shape):
    """A figure of a text: the picture in it, or a gap."""

    key = serializers.CharField(help_text="`attrs.figure` of the block, the same in every revision.")
    image = serializers.CharField(source="image.public_id", default=None, allow_null=True)
    page = serializers.SerializerMethodField(help_text="Which page of the image it shows, from 1.")

    def get_page(self, figure: Any) -> int:
        """A picture that may not be seen is a gap, and a gap tells no page."""
        return figure.page if figure.image else 1


class FigureInput(serializers.Serializer):
    """The picture to show; null leaves a gap."""

    image = Ref(Image, allow_null=True)
    page = serializers.IntegerField(min_value=1, default=1, help_text="Of a file of several pages.")


class TextShape(Shape):
    """One wording of a work."""

    id = serializers.CharField(source="public_id")
    work = serializers.CharField(source="work.public_id")
    role = Code(TextRole)
    language = serializers.CharField()
    direction = Code(("rtl", "ltr"))
    order = serializers.IntegerField(
        help_text="Its place among the texts of the work; parts are read in this order."
    )
    title_ar = serializers.CharField(help_text="What this part of the work is called; empty: as the work.")
    title_en = serializers.CharField()
    translation_of = serializers.CharField(
        source="translation_of.public_id", default=None, allow_null=True,
        help_text="The text of the same work that it translates.",
    )  # fmt: skip
    translator = serializers.CharField()
    revision = serializers.IntegerField(
        source="current_revision.number",
        default=None,
        allow_null=True,
        help_text="Number of the current revision.",
    )
    image = serializers.CharField(
        source="image.public_id",
        default=None,
        allow_null=True,
        help_text="The PDF of whose words it was made; its page breaks are numbered as that one's pages.",
    )
    figures = FigureShape(many=True)


class SpanShape(serializers.Serializer):
    """Blocks `[first, last)` of a revision, and the code points from the first to the end of the last."""

    first = serializers.IntegerField()
    last = serializers.IntegerField()
    start = serializers.IntegerField(
        allow_null=True, help_text="Null where the text has no block in the row."
    )
    end = serializers.IntegerField(allow_null=True)


class PairShape(Shape):
    """One row of a pairing: blocks of the original, and those that translate them."""

    original = SpanShape()
    translation = SpanShape()
    to_check = serializers.BooleanField(help_text="One side was corrected since a person looked at it.")


class AlignmentShape(Shape):
    """Which revisions are paired, and how many rows there are; `rows` is a page of them."""

    id = serializers.CharField(source="public_id")
    original = serializers.CharField(source="original.text.public_id")
    original_revision = serializers.IntegerField(source="original.number")
    translation = serializers.CharField(source="translation.text.public_id")
    translation_revision = serializers.IntegerField(source="translation.number")
    created = serializers.DateTimeField(source="created_at")
    count = serializers.IntegerField(help_text="How many rows there are.")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    rows = PairShape(many=True, source="shown")


class RevisionShape(Shape):
    """What is known of a revision beside its words."""

    text = serializers.CharField(source="text.public_id")
    number = serializers.IntegerField()
    language = serializers.CharField()
    direction = Code(("rtl", "ltr"))
    title = serializers.CharField()
    length = serializers.IntegerField(help_text="In code points.")
    sha256 = serializers.CharField(help_text="Of `content` in UTF-8.")
    message = serializers.CharField()
    created = serializers.DateTimeField(source="created_at")


class BlockShape(serializers.Serializer):
    """A block: a heading, a paragraph, a figure…; offsets are code points, half-open."""

    kind = Code(BlockKind)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    path = serializers.CharField()
    level = serializers.IntegerField(allow_null=True)
    attrs = serializers.DictField()


class MarkShape(serializers.Serializer):
    """An inline mark: a link, emphasis…"""

    kind = Code(MarkKind)
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    attrs = serializers.DictField()


class WordingShape(RevisionShape):
    """A revision with its words: `content`, and blocks and marks over it."""

    content = serializers.CharField()
    blocks = BlockShape(many=True)
    marks = MarkShape(many=True)
