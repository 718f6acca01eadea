"""What models share: random public ids, versions for `If-Match`, rows that are never changed."""

from __future__ import annotations

import hashlib
import secrets
from typing import Any

from django.db import models

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


def new_public_id() -> str:
    """Return 16 random characters without look-alikes (79 bits): the name of a thing in addresses."""
    # One journey to the system for all of them; 128 bits over 79 leave no letter likelier than another.
    drawn, letters = int.from_bytes(secrets.token_bytes(16)), []
    for _ in range(16):
        drawn, letter = divmod(drawn, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


def id_of_words(words: str) -> str:
    """Return an id that is always the same for the same words, for what has a name and no row."""
    number, letters = int.from_bytes(hashlib.sha256(words.encode()).digest()), []
    for _ in range(16):
        number, letter = divmod(number, len(_ALPHABET))
        letters.append(_ALPHABET[letter])
    return "".join(letters)


class PublicIdModel(models.Model):
    """A row that addresses name by a random id, never by its number or its hash."""

    public_id = models.CharField(max_length=16, unique=True, editable=False, default=new_public_id)

    class Meta:
        abstract = True


class VersionedModel(models.Model):
    """A row whose every change names the version it was made from."""

    #: Raised by one with every change; the ETag of the object.
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True

    @property
    def etag(self) -> str:
        """The strong ETag of this version."""
        return f'"{self._meta.model_name}-{self.pk}-{self.version}"'


class InsertOnlyError(Exception):
    """Something tried to change or delete a row that is a fact."""


class InsertOnlyModel(models.Model):
    """A row that is a fact: inserted once; the database refuses to update or delete it (migration `guards`)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row.

        Raises InsertOnlyError when it exists already.
        """
        if not self._state.adding:
            raise InsertOnlyError(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse: facts stay."""
        raise InsertOnlyError(self._meta.label)
