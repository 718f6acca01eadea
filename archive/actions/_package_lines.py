"""Files of a package that are one JSON object a line: read one by one, each refused by its number."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from archive.actions._packages import Loading
from archive.errors import HashiyaError, Invalid
from archive.keeping import bags
from archive.text.json_input import json_object

Line = dict[str, Any]
Numbered = tuple[int, Line]

#: Bytes of one line: a description or a note, never a text.
LONGEST_LINE = 4 * 1024 * 1024
#: What lines that lie make of code that believes them.
_LIES = (
    KeyError, TypeError, ValueError, AttributeError, ValidationError, DataError, IntegrityError, OverflowError,
)  # fmt: skip


def lines_of(loading: Loading, path: str, *, code: str) -> Iterator[Numbered]:
    """Yield the objects of a file with the numbers of their lines.

    The file must still be what was verified. Raises Invalid(`code`, "bag_hash").
    """
    digest = hashlib.sha256()
    with loading.bag.open(path) as file:
        number = 0
        while raw := file.readline(LONGEST_LINE + 1):
            number += 1
            digest.update(raw)
            try:
                if len(raw) > LONGEST_LINE:
                    raise ValueError("too long")
                line = json_object(raw)
            except (ValueError, Invalid) as error:
                raise Invalid(code, line=number) from error
            yield number, line
    if digest.hexdigest() != loading.payload[path]:
        raise Invalid("bag_hash", path=bags.shown(path))


def load_lines(lines: Iterable[Numbered], load: Callable[[Line], object], *, code: str) -> None:
    """Load each line; raises Invalid(`code`) for one that lies, and what the archive itself refuses."""
    for number, line in lines:
        try:
            load(line)
        except HashiyaError:
            raise
        except _LIES as error:
            raise Invalid(code, line=number) from error


def read_whole(loading: Loading, path: str, most: int) -> bytes:
    """Return a file of the payload, which must still be what was verified.

    Raises ValueError for one that is not there or has more than `most` bytes, Invalid("bag_hash").
    """
    if path not in loading.payload or loading.bag.sizes[path] > most:
        raise ValueError("no such file")
    with loading.bag.open(path) as file:
        data = file.read(most + 1)
    if hashlib.sha256(data).hexdigest() != loading.payload[path]:
        raise Invalid("bag_hash", path=bags.shown(path))
    return data
