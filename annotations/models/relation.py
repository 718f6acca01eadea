"""The named relations that references are made with."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.values import RelationWords
from archive.models.base import PublicIdModel, VersionedModel

#: Letters of a code; references keep it in a column of this width.
CODE_LENGTH = 14


class NamedRelation(PublicIdModel, VersionedModel):
    """How one place relates to another, with a name for each of the two directions.

    Rows are never deleted: old references and sealed releases name them.
    """

    #: What references, their hashes and packages keep; it never changes, whatever the names become.
    code = models.CharField(max_length=CODE_LENGTH, unique=True, editable=False)
    name_ar = models.CharField(_("name in Arabic"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    #: The same relation, read from the place that is pointed at.
    inverse_ar = models.CharField(_("inverse name in Arabic"), max_length=80)
    inverse_en = models.CharField(_("inverse name in English"), max_length=80)
    #: It reads alike from both ends.
    is_symmetric = models.BooleanField(default=False)
    description_ar = models.CharField(_("description in Arabic"), max_length=500, blank=True)
    description_en = models.CharField(_("description in English"), max_length=500, blank=True)
    #: Where it stands in lists.
    order = models.PositiveSmallIntegerField(default=100)
    #: Since when no new reference is made with it.
    retired_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey("archive.User", null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name_ar="") & ~Q(name_en="") & ~Q(inverse_ar="") & ~Q(inverse_en=""),
                name="relation_named_both_ways",
            ),
            models.CheckConstraint(
                condition=Q(is_symmetric=False) | Q(inverse_ar=F("name_ar"), inverse_en=F("name_en")),
                name="relation_symmetric_alike",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def words(self) -> RelationWords:
        """What it is called now."""
        name = {"ar": self.name_ar, "en": self.name_en}
        inverse = {"ar": self.inverse_ar, "en": self.inverse_en}
        return RelationWords(self.code, name, inverse, self.is_symmetric)
