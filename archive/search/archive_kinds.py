"""What of the archive can be found: works, their passages, images, videos, collections."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count
from django.db.models.functions import Now

from archive.access import visible_by_row
from archive.kinds import SearchKind, search_kinds
from archive.models import Collection, Image, PageWords, SearchEntry, Text, TextSection, Video, Work
from archive.models.described import DescribedModel
from archive.models.names import name_of
from archive.search.tokens import indexed
from archive.text.details import places_of, statements
from archive.text.plain import plain_words


def _both(item: Any, *names: str) -> list[str]:
    return [getattr(item, f"{name}_{language}") or "" for name in names for language in ("ar", "en")]


def _described(model: type[DescribedModel], *names: str) -> SearchKind:
    kind = str(model._meta.model_name)

    def entries(object_id: int) -> Iterable[SearchEntry]:
        item = model._default_manager.filter(pk=object_id).first()
        if item is None or getattr(item, "undone", False):
            return
        creators = " ".join(str(c.get("name", "")) for c in item.creators if isinstance(c, dict))
        title = " · ".join(part for part in _both(item, "title") if part) or _known_as(item)
        facts = [name for name, _role in places_of(item)] + [
            words for _term, words in statements(item.details)
        ]
        original = "\n".join(part for part in [*_both(item, *names), creators, *facts] if part)
        yield SearchEntry(
            kind=kind, owner_id=object_id, object_id=object_id, title=title, original=original or title,
            folded=indexed(title, plain_words(original)),
        )  # fmt: skip
        if isinstance(item, Image):
            yield from _pages(item)

    def describe(rows: list[SearchEntry]) -> dict[int, dict[str, Any]]:
        found = model._default_manager.in_bulk([row.object_id for row in rows])
        return {
            pk: {
                "url": item.get_absolute_url(), "label": name_of(item),  # type: ignore[attr-defined]
                "extra": {"is_recording": getattr(item, "is_recording", False)},
            }
            for pk, item in found.items()
        }  # fmt: skip

    return SearchKind(
        name=kind,
        visible=lambda viewer: visible_by_row(model, viewer),
        entries=entries,
        all_ids=lambda: model._default_manager.values_list("pk", flat=True).iterator(),
        describe=describe,
    )


def _known_as(item: DescribedModel) -> str:
    """Return what else a film without a title is found by: what its provider calls it, or its id there."""
    if not isinstance(item, Video) or item.is_kept_here:
        return ""
    return item.found_title or item.external_id


def _pages(image: Image) -> Iterable[SearchEntry]:
    """One entry for each page of a PDF that has words; found with the image alone."""
    for page in PageWords.objects.current().filter(image=image).iterator():
        if words := page.text:
            yield SearchEntry(
                kind="image", owner_id=image.pk, object_id=image.pk, fragment=f"?page={page.page}#picture", original=words,
                folded=indexed(words),
            )  # fmt: skip


def _passages(text_id: int) -> Iterable[SearchEntry]:
    """One entry per block of the text's current revision."""
    text = Text.objects.select_related("current_revision").filter(pk=text_id).first()
    if text is None or text.current_revision is None:
        return
    revision = text.current_revision
    for index, block in enumerate(revision.blocks):
        words = revision.content[block["start"] : block["end"]]
        if words.strip():
            yield SearchEntry(
                kind="passage", owner_id=text.work_id, object_id=text_id, language=revision.language,
                start=block["start"], fragment=f"b{index + 1}", original=words, folded=indexed(words),
            )  # fmt: skip


def _describe_passages(rows: list[SearchEntry]) -> dict[int, dict[str, Any]]:
    found = Text.objects.select_related("work").annotate(siblings=Count("work__texts"))
    texts = found.in_bulk([row.object_id for row in rows])
    return {pk: {"url": _page_of(text), "label": _label_of(text)} for pk, text in texts.items()}


def _page_of(text: Any) -> str:
    """Return where a text is read; of several texts of a work, the address names which."""
    named = f"?text={text.public_id}" if text.siblings > 1 else ""
    return f"{text.work.get_absolute_url()}{named}"


def _label_of(text: Text) -> str:
    return f"{text.work} · {text.title}" if text.title else str(text.work)


def embargoes_over() -> int:
    """Return how many embargoes are over by the database clock: a planned moment of cached pages."""
    models: tuple[type[DescribedModel] | type[TextSection], ...] = (
        Work,
        Collection,
        Image,
        Video,
        TextSection,
    )
    return sum(model._default_manager.filter(embargo_until__lte=Now()).count() for model in models)


def register() -> None:
    """Put the archive's kinds into `archive.kinds`."""
    found: list[tuple[type[DescribedModel], tuple[str, ...]]] = [
        (Work, ("description",)), (Collection, ("description",)), (Video, ("description",)),
        (Image, ("description", "alternative")),
    ]  # fmt: skip
    for model, names in found:
        kind = _described(model, *names)
        search_kinds[kind.name] = kind
    all_texts: Callable[[], Iterable[int]] = lambda: Text.objects.values_list("pk", flat=True).iterator()  # noqa: E731
    search_kinds["passage"] = SearchKind(
        "passage", lambda viewer: visible_by_row(Text, viewer), _passages, all_texts, _describe_passages,
        is_markdown=False, key="object_id",
    )  # fmt: skip
