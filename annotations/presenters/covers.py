"""The covers of releases as pages, cards and other sites show them now: nothing of one that may not be seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from annotations.editions.values import PictureFacts, PictureFile
from annotations.models import ReleaseFile
from annotations.presenters.issue import Issue
from annotations.presenters.words import Said, said
from archive.access import ANYBODY, visible_to
from archive.presenters.article_media import srcset_of
from archive.presenters.veils import warned_of

#: Pixels: the width of a copy that is large enough for a card, and of one for other sites.
ON_CARDS, ELSEWHERE = 400, 1200


@dataclass(frozen=True, slots=True)
class Cover:
    """A picture that stands for a release."""

    src: str
    width: int
    height: int
    alternative: Said
    #: What readers are warned of before it is shown, in words; and its name in the memory of a session.
    warning: str
    veil: str
    srcset: str = ""
    #: Where the whole picture is.
    href: str = ""


def cover_of(issue: Issue) -> Cover | None:
    """Return the cover of an issue as its own page shows it."""
    facts = issue.snapshot.cover
    if facts is None or not facts.files or not issue.shown.has_picture(facts.id):
        return None
    file = _fitting(facts.files, ON_CARDS)
    alike = [one for one in facts.files if one.media_type == file.media_type]
    sizes = srcset_of((issue.picture(one.name), one.width) for one in alike)
    return Cover(
        src=issue.picture(file.name), width=file.width, height=file.height, alternative=_alternative(facts),
        warning=_warning(facts, issue.warned_of("image", facts.id)), veil=facts.id,
        srcset=sizes if "," in sizes else "", href=reverse("image", args=[facts.id]),
    )  # fmt: skip


def cover_elsewhere(issue: Issue) -> Cover | None:
    """Return the cover as other sites may show it: they could not cover one of which readers are warned."""
    cover, facts = cover_of(issue), issue.snapshot.cover
    if cover is None or facts is None or cover.warning:
        return None
    file = _fitting(facts.files, ELSEWHERE)
    return Cover(
        issue.picture(file.name), file.width, file.height, cover.alternative, "", "", href=cover.href
    )


def elsewhere_json(cover: Cover) -> dict[str, Any]:
    """Return a cover in the words of schema.org."""
    return {
        "@type": "ImageObject", "contentUrl": f"{settings.PUBLIC_URL}{cover.src}", "width": cover.width,
        "height": cover.height, **({"caption": cover.alternative.text} if cover.alternative else {}),
    }  # fmt: skip


def covers_of(releases: Sequence[Any], facts: Iterable[PictureFacts | None]) -> dict[int, Cover]:
    """Return the covers that anybody may see of these releases, by their keys: one query, however many there are.

    `facts` are their pinned covers, in the same order.
    """
    chosen = {row.pk: (row, one) for row, one in zip(releases, facts, strict=True) if one and one.files}
    if not chosen:
        return {}
    names = {pk: _fitting(one.files, ON_CARDS) for pk, (_row, one) in chosen.items()}
    rows = visible_to(ReleaseFile, ANYBODY).filter(
        release__in=list(names), name__in=[file.name for file in names.values()]
    )
    seen = rows.order_by().values_list(
        "release", "name", "image__warnings", "release__edition__work__warnings"
    )
    return {
        pk: _on_card(*chosen[pk], names[pk], warned_of(around, own))
        for pk, name, own, around in seen
        if name == names[pk].name
    }


def _on_card(release: Any, facts: PictureFacts, file: PictureFile, kinds: str) -> Cover:
    return Cover(
        src=reverse("release_file", args=[release.edition.slug, release.number, file.name]),
        width=file.width, height=file.height, alternative=_alternative(facts), warning=_warning(facts, kinds),
        veil=facts.id,
    )  # fmt: skip


def _fitting(files: Sequence[PictureFile], width: int) -> PictureFile:
    """Return the narrowest copy that is as wide as is asked for, else the widest."""
    return min(files, key=lambda file: (file.width < width, abs(file.width - width), file.name))


def _alternative(facts: PictureFacts) -> Said:
    return said(facts.alternative) or said(facts.title)


def _warning(facts: PictureFacts, kinds: str) -> str:
    return " · ".join(part for part in (kinds, said(facts.content_warning).text) if part)
