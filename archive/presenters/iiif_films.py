"""IIIF Presentation 3: the canvas of a film or a recording of which the archive keeps a playable copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.presenters.iiif import label_of


@dataclass(frozen=True, slots=True)
class Sound:
    """A copy that is played."""

    address: str
    media_type: str
    #: In seconds.
    duration: float


@dataclass(frozen=True, slots=True)
class Captions:
    """A text with times, as WebVTT."""

    address: str
    language: str
    #: What it is, by language.
    label: dict[str, list[str]]


def canvas(video: Any, base: str, sound: Sound, captions: Sequence[Captions]) -> dict[str, Any]:
    """Return the canvas of a film, in the manifest whose address begins with `base`: as long as its copy."""
    place = f"{base}/canvas"
    body = {
        "id": sound.address, "type": "Sound" if sound.media_type.startswith("audio/") else "Video",
        "format": sound.media_type, "duration": sound.duration,
    }  # fmt: skip
    painting = {
        "id": f"{place}/painting", "type": "Annotation", "motivation": "painting", "body": body, "target": place,
    }  # fmt: skip
    said: dict[str, Any] = {
        "id": place, "type": "Canvas", "label": label_of(video),
        "duration": sound.duration, "items": [{"id": f"{place}/page", "type": "AnnotationPage", "items": [painting]}],
    }  # fmt: skip
    if captions:
        said["annotations"] = [_supplementing(place, captions)]
    return said


def _supplementing(place: str, captions: Sequence[Captions]) -> dict[str, Any]:
    """Return what is heard, in words: what viewers offer as captions."""
    items = [
        {
            "id": f"{place}/captions/{number}", "type": "Annotation", "motivation": "supplementing",
            "body": {
                "id": one.address, "type": "Text", "format": "text/vtt", "language": one.language, "label": one.label,
            },
            "target": place,
        }
        for number, one in enumerate(captions, 1)
    ]  # fmt: skip
    return {"id": f"{place}/captions", "type": "AnnotationPage", "items": items}


def thumbnail(address: str) -> list[dict[str, Any]]:
    """Return the small picture of a film, in our own pixels."""
    return [{"id": address, "type": "Image", "format": "image/webp"}]
