"""Interface strings: found in Python and templates, kept in .po files, compiled without gettext's own tools."""

from __future__ import annotations

import ast
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

from archive.management import library_words

KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "translated": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
#: zero, one, two, few, many, other
ARABIC_PLURAL = (
    "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5)"
)

Message = tuple[str, Any, str | None]


def locale_folder(language: str = "ar") -> Path:
    """Return the folder of a language's .po and .mo files."""
    return Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES"


def messages() -> Iterator[Message]:
    """Yield (place, msgid or (singular, plural), context) of every string in the project."""
    for app in ("archive", "annotations", "config"):
        folder = Path(settings.ROOT) / app
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _in_python(path)
        for path in sorted(folder.rglob("*.html")) + sorted(folder.rglob("*.txt")):
            if "templates" in path.parts:
                source = templatize(path.read_text(), origin=str(path))
                # A template's indentation means nothing, but the extractor reads it as Python's.
                yield from _in_template(path, "\n".join(line.lstrip() for line in source.split("\n")))


def _in_python(path: Path) -> Iterator[Message]:
    """Yield the strings of a module; its tokens alone would hide those within f-strings."""
    place = str(path.relative_to(settings.ROOT))
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and node.args and (function := _called(node.func)) in KEYWORDS:
            literals = [one.value if isinstance(one, ast.Constant) else None for one in node.args]
            message = _message(function, [one if isinstance(one, str) else None for one in literals])
            if message:
                yield place, *message


def _called(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _in_template(path: Path, source: str) -> Iterator[Message]:
    place = str(path.relative_to(settings.ROOT))
    stream = io.BytesIO(source.encode())
    for _line, function, found, _comments in extract_python(
        stream, list(KEYWORDS), (), {"encoding": "utf-8"}
    ):
        message = _message(function, found)
        if message:
            yield place, *message


def _message(function: str, found: Any) -> tuple[Any, str | None] | None:
    values = [found] if isinstance(found, str) or found is None else list(found)
    context = values.pop(0) if function.startswith(("pgettext", "npgettext")) else None
    if function.startswith(("ngettext", "npgettext")):
        return ((values[0], values[1]), context) if len(values) > 1 and values[0] else None
    return (values[0], context) if values and values[0] else None


def parts() -> dict[str, Any]:
    """Return translations that areas keep beside the catalogue (`parts/*.json`) until they are merged."""
    merged: dict[str, Any] = {}
    for path in sorted((Path(settings.LOCALE_PATHS[0]) / "ar" / "parts").glob("*.json")):
        merged.update(json.loads(path.read_text()))
    return merged


def read() -> Catalog:
    """Return the Arabic catalogue as it stands."""
    path = locale_folder() / "django.po"
    return read_po(io.BytesIO(path.read_bytes()), locale="ar") if path.exists() else Catalog(locale="ar")


def update() -> Catalog:
    """Rewrite ar/django.po with what the sources say now; known translations are kept, dead ones dropped."""
    path, known = locale_folder() / "django.po", read()
    extra = parts()
    catalogue = _empty()
    for place, msgid, context in messages():
        catalogue.add(
            msgid, _translation(msgid, context, known, extra), locations=[(place, 1)], context=context
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
    return catalogue


def _empty() -> Catalog:
    """Return a catalogue whose header never changes by itself, with gettext's usual Arabic plural forms.

    Babel's own formula puts the last two forms the other way round than Django's catalogues do.
    """
    made = datetime(2026, 1, 1, tzinfo=UTC)
    catalogue = Catalog(
        locale="ar", project="Hashiya", charset="utf-8", header_comment="# Arabic interface of Hashiya.",
        fuzzy=False, creation_date=made, revision_date=made,
    )  # fmt: skip
    catalogue._num_plurals, catalogue._plural_expr = 6, ARABIC_PLURAL
    return catalogue


def _translation(msgid: Any, context: str | None, known: Catalog, extra: dict[str, Any]) -> Any:
    singular = msgid if isinstance(msgid, str) else msgid[0]
    old = known.get(singular, context)
    value = extra.get(singular, old.string if old else "")
    if isinstance(msgid, str):
        return value if isinstance(value, str) else (value[0] if value else "")
    forms = [value] * 6 if isinstance(value, str) else list(value)
    return tuple(forms + [forms[-1]] * (6 - len(forms))) if forms else ("",) * 6


def missing() -> list[str]:
    """Return the strings that have no Arabic; empty is what the tests ask for."""
    known = read()
    lacking = set()
    for place, msgid, context in messages():
        singular = msgid if isinstance(msgid, str) else msgid[0]
        entry = known.get(singular, context)
        strings = (
            [] if entry is None else [entry.string] if isinstance(entry.string, str) else list(entry.string)
        )
        if not strings or not all(strings):
            lacking.add(f"{place}: {singular!r}")
    return sorted(lacking)


def compile_all() -> int:
    """Write the .mo file of each language, with what the libraries' strings say here; return how many."""
    catalogues = {"ar": read(), "en": Catalog(locale="en")}
    for place, (language, catalogue) in enumerate(sorted(catalogues.items(), reverse=True)):
        for msgid, said in {**library_words.OURS, **library_words.COUNTED}.items():
            if msgid not in catalogue:
                catalogue.add(msgid, said[place])
        path = locale_folder(language) / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as target:
            write_mo(target, catalogue)
    return len(catalogues)
