"""How a text of a package, its figures and its revisions become rows."""

from __future__ import annotations

import hashlib

from archive.actions._package_lines import read_whole
from archive.actions._packages import Line, Loading, id_of, words_of
from archive.actions.align_texts import stored
from archive.actions.draft_state import store_text
from archive.actions.make_page_copies import promise_page_copies
from archive.actions.record_event import record_event
from archive.actions.refresh_search import refresh_search
from archive.enums import AlignmentOrigin, DraftState, ImportState, TextRole
from archive.media import limits
from archive.models import Alignment, Figure, ImportRun, Text, TextDraft, TextRevision, User
from archive.text import serialize
from archive.text.alignment import Row, fits
from archive.text.check import check
from archive.text.json_input import json_object
from archive.text.types import ParsedText

#: The structure of a text is larger than the text.
MOST_STRUCTURE = 16 * limits.TEXT_BYTES


def settle(text: Text, by: User) -> None:
    """Let search know of a text that was loaded."""
    refresh_search("passage", text.pk, by=by)


def load_text(loading: Loading, line: Line) -> None:
    """Insert a text and its figures."""
    text = Text(
        public_id=id_of(line), work=loading.works[line["work"]], role=TextRole(line["role"]),
        language=line["language"], direction=line["direction"], order=line["order"],
        **{name: words_of(line.get(name, "")) for name in ("title_ar", "title_en", "translator")},
        translation_of=_original(loading, line),
        image=loading.images[line["words_of"]] if line.get("words_of") else None,
    )  # fmt: skip
    text.full_clean(exclude=["work", "current_revision", "translation_of", "image"])
    text.save()
    for figure in line["figures"]:
        image = loading.images[figure["image"]] if figure["image"] else None
        # Packages that are older know first pages only. How many the file has, nobody knows before it is decoded.
        page = figure.get("page", 1) if image else 1
        if type(page) is not int or not 1 <= page <= limits.IMAGE_PAGES:
            raise ValueError("no page")
        row = Figure(text=text, key=words_of(figure["key"]), image=image, page=page)
        row.clean_fields(exclude=["text", "image"])
        row.save()
        if image:
            promise_page_copies(image, page, by=loading.by)
    loading.texts[line["id"]] = text


def _original(loading: Loading, line: Line) -> Text | None:
    """Return what a text translates; packages that are older do not say."""
    named = line.get("translation_of")
    if named is None:
        return None
    original = loading.texts[named]
    if original.work_id != loading.works[line["work"]].pk or original.translation_of_id is not None:
        raise ValueError("no original of it")
    return original


def load_alignment(loading: Loading, line: Line) -> None:
    """Insert the pairing of a translation with its original."""
    original, translation = (
        loading.revisions[named[0], named[1]] for named in (line["original"], line["translation"])
    )
    if translation.text.translation_of_id != original.text_id:
        raise ValueError("no translation of it")
    rows = [Row(left, right, bool(to_check)) for left, right, to_check in line["rows"]]
    if not all(type(side) is int for row in rows for side in row[:2]):
        raise TypeError("no numbers")
    if not fits(rows, len(original.blocks), len(translation.blocks)):
        raise ValueError("not the blocks of these texts")
    if not isinstance(line["is_approved"], bool):
        raise TypeError("neither approved nor not")
    alignment = Alignment(
        public_id=id_of(line), original=original, translation=translation, rows=stored(rows),
        origin=AlignmentOrigin.BROUGHT_IN, is_approved=line["is_approved"], created_by=loading.by,
    )  # fmt: skip
    alignment.save()
    record_event("alignment.brought_in", target=alignment, by=loading.by, rows=len(rows))


def load_revision(loading: Loading, line: Line) -> None:
    """Insert a revision, and the reading of the file that it came from."""
    text, number, parent = loading.texts[line["text"]], line["number"], line["parent"]
    parsed = _parsed(loading, line)
    before = loading.revisions[line["text"], parent] if parent is not None else None
    draft = _draft(loading, line, text, parsed, before) if line["source"] else None
    data = serialize.to_json(parsed)
    revision = TextRevision(
        text=text, number=number, language=parsed.language, direction=parsed.direction, content=parsed.content,
        length=len(parsed.content), sha256=line["sha256"], blocks=data["blocks"], marks=data["marks"],
        title=parsed.title, parent=before, draft=draft, message=words_of(line["message"]), created_by=loading.by,
    )  # fmt: skip
    revision.clean_fields(exclude=["text", "parent", "draft", "created_by", "blocks", "marks", "content"])
    revision.save()
    loading.revisions[line["text"], number] = revision
    if line["is_current"]:
        text.current_revision = revision
        text.save(update_fields=["current_revision"])
    record_event("revision.brought_in", target=text, by=loading.by, revision=number, sha256=revision.sha256)


def _parsed(loading: Loading, line: Line) -> ParsedText:
    content = read_whole(loading, f"data/{line['path']}.txt", limits.TEXT_BYTES)
    if hashlib.sha256(content).hexdigest() != line["sha256"]:
        raise ValueError("other words")
    structure = json_object(read_whole(loading, f"data/{line['path']}.json", MOST_STRUCTURE))
    parsed = serialize.from_json(
        {
            "content": content.decode(), "blocks": structure["blocks"], "marks": structure["marks"],
            "title": words_of(line["title"]), "language": line["language"], "direction": line["direction"],
        }
    )  # fmt: skip
    check(parsed)
    return parsed


def _draft(
    loading: Loading, line: Line, text: Text, parsed: ParsedText, before: TextRevision | None
) -> TextDraft:
    """Insert the reading of the file that a revision came from, as one that is over."""
    source = line["source"]
    run = ImportRun(
        arrival=loading.files[source["file"]], work=text.work, text=text, importer=words_of(source["importer"]),
        importer_version=words_of(source["importer_version"]), language=words_of(source["language"]),
        state=ImportState.ACCEPTED, created_by=loading.by,
    )  # fmt: skip
    run.clean_fields(exclude=["arrival", "work", "text", "job", "created_by"])
    run.save()
    draft = TextDraft(
        run=run, text=text, base=before, state=DraftState.ACCEPTED, title=parsed.title, created_by=loading.by
    )
    store_text(draft, parsed)
    draft.save()
    return draft
