"""What the page of a film plays and shows beside it: the provider's player or the archive's capture, and its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from annotations.presenters.clock import clock
from annotations.presenters.site_cards import title_of
from archive.access import Viewer, visible_to
from archive.enums import TranscriptKind
from archive.media import films
from archive.models import Capture, Text, Transcript, Video
from archive.presenters.desk_words import TRANSCRIPT_KINDS
from archive.presenters.films import address_at, beginning_at, embed_url
from archive.presenters.languages import language_label
from archive.presenters.moments import day_words
from archive.presenters.webvtt import has_times, lines_of
from archive.text.directions import contrary

#: Lines of a transcript beside its film; the rest is on the text's own page.
MOST_LINES = 2000
#: Texts of one film that its page offers.
MOST_TEXTS = 20
_AT = re.compile(r"(\d{1,6})(?:\.\d{1,3})?(?:-.*)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Player:
    """What plays a film."""

    #: The provider's player, for after a click; empty when there is none.
    embed: str
    #: Address of the capture that may be played; empty when there is none.
    src: str
    media_type: str
    captured_at: datetime | None
    #: Whether the capture stands in the provider's place.
    instead: bool


def second_of(asked: str) -> int:
    """Return the second that an address asks for: "12", "12.5-20"; 0 for anything else."""
    found = _AT.match(asked)
    return int(found.group(1)) if found else 0


def player_of(video: Video, viewer: Viewer, *, second: int) -> Player:
    """Return what plays a film for this viewer, beginning at a second."""
    if video.is_kept_here:
        return _own(video, viewer, second)
    embed = (
        "" if video.state == "gone" else beginning_at(embed_url(video.provider, video.external_id), second)
    )
    capture = films.playable([video.pk], viewer).get(video.pk)
    if capture is None:
        return Player(embed, "", "", None, instead=False)
    src = capture_url(capture) + (f"#t={second}" if second else "")
    instead = films.is_lost(video) or not embed
    return Player("" if instead else embed, src, capture.media_type, capture.captured_at, instead)


def _own(video: Video, viewer: Viewer, second: int) -> Player:
    """Return what plays a recording, or a film, that is kept here: its newest clean copy, where this viewer may have it."""
    capture = films.playable([video.pk], viewer).get(video.pk)
    if capture is None:
        return Player("", "", "", None, instead=True)
    src = capture_url(capture) + (f"#t={second}" if second else "")
    return Player("", src, capture.clean_copy.media_type, capture.captured_at, instead=True)


def capture_url(capture: Capture) -> str:
    """Return where the bytes of a capture are."""
    return reverse("capture", args=[capture.public_id])


def kept_words(captured_at: datetime | None) -> str:
    """Return the sentence that says whose copy is played."""
    if captured_at is None:
        return _("This copy is kept by the archive.")
    return _("This copy is kept by the archive, captured on %(day)s.") % {"day": day_words(captured_at)}


def ties_of(video: Video, viewer: Viewer) -> list[Transcript]:
    """Return the texts of a film that this viewer may see, with their wordings."""
    rows = visible_to(Transcript, viewer).filter(video=video, text__current_revision__isnull=False)
    rows = rows.select_related("text__work", "text__current_revision").order_by("pk")
    return list(rows.defer("text__current_revision__content", "text__current_revision__marks")[:MOST_TEXTS])


def tracks_of(ties: Sequence[Transcript]) -> list[dict[str, Any]]:
    """Return the captions that a player of the archive's own offers."""
    return [
        {
            "src": reverse("captions", args=[tie.public_id]), "language": tie.text.language, "label": label_of(tie),
            "kind": "subtitles" if tie.kind == TranscriptKind.TRANSLATION else "captions",
        }
        for tie in ties
        if has_times(tie.text.current_revision.blocks)
    ]  # fmt: skip


def label_of(tie: Transcript) -> str:
    """Return "Captions · Arabic"."""
    return f"{TRANSCRIPT_KINDS[tie.kind]} · {language_label(tie.text.language)}"


def transcript_of(
    video: Video, ties: Sequence[Transcript], player: Player, *, wanted: str
) -> dict[str, Any] | None:
    """Return the words beside the film: of the text that is asked for, else of one in the page's language."""
    if not ties:
        return None
    language = (get_language() or "ar").split("-")[0]
    chosen = next((tie for tie in ties if tie.text.public_id == wanted), None)
    chosen = chosen or next((tie for tie in ties if tie.text.language.split("-")[0] == language), ties[0])
    text, revision = chosen.text, chosen.text.current_revision
    lines = lines_of(revision.content, revision.blocks)

    def href(second: int) -> str:
        if player.instead:
            return f"?text={text.public_id}&t={second}#film"
        return address_at(video.provider, video.url, second)

    return {
        "text": text, "revision": revision, "label": label_of(chosen), "url": text_url(text),
        "title": title_of(text.work), "more": max(0, len(lines) - MOST_LINES),
        "timed": any(line.start is not None for line in lines),
        "choices": [
            {"id": tie.text.public_id, "label": label_of(tie), "current": tie == chosen} for tie in ties
        ] if len(ties) > 1 else [],
        "lines": [
            {
                "words": line.words, "speaker": line.speaker, "number": line.number,
                "direction": contrary(line.words, revision.direction),
                "from": str(line.start or 0), "to": str(line.end or 0),
                "clock": "" if line.start is None else clock(line.start / 1000),
                "href": "" if line.start is None else href(line.start // 1000),
            }
            for line in lines[:MOST_LINES]
        ],
    }  # fmt: skip


def text_url(text: Text) -> str:
    """Return where a text is read."""
    return f"{text.work.get_absolute_url()}?text={text.public_id}"


def films_of(text: Text, viewer: Viewer) -> list[dict[str, Any]]:
    """Return the films whose words a text holds, as far as this viewer may see them."""
    ties = (
        visible_to(Transcript, viewer).filter(text=text).select_related("video").order_by("pk")[:MOST_TEXTS]
    )
    return [
        {"title": title_of(tie.video), "url": f"{tie.video.get_absolute_url()}?text={text.public_id}"}
        for tie in ties
    ]
