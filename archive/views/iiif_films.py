"""IIIF Presentation 3: manifests of films and recordings of which the archive keeps a copy that the viewer may have."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from archive.access import visible_to
from archive.media import films
from archive.models import Capture, Transcript, Video
from archive.presenters import iiif as presenter
from archive.presenters.desk_words import TRANSCRIPT_KINDS
from archive.presenters.iiif_films import Captions, Sound, canvas, thumbnail
from archive.presenters.webvtt import has_times
from archive.views.desk_tools import DeskRequest, found
from archive.views.iiif import for_programs, homepage, json, kept

#: Texts of one film that its manifest names.
MOST_TEXTS = 20


@require_safe
@for_programs
def film_manifest(request: DeskRequest, public_id: str) -> HttpResponse:
    """The manifest of a film or a recording: one canvas, as long as the copy that is played, with its words.

    A film whose length nobody knows has none: a canvas without a length cannot hold it.
    """
    video = found(Video, request, public_id)
    capture = films.playable([video.pk], request.viewer).get(video.pk)
    if capture is None or not video.duration:
        raise Http404
    address = f"{settings.PUBLIC_URL}{reverse('iiif_film_manifest', args=[public_id])}"
    made = canvas(video, address.removesuffix("/manifest"), _sound(video, capture), _captions(request, video))
    said = presenter.manifest(video, address, (made,), homepage(video))
    # Other sites would show the picture without its warning.
    if not video.warnings and video.checks.exclude(thumbnail=None).exists():
        said["thumbnail"] = thumbnail(f"{settings.PUBLIC_URL}{reverse('video_picture', args=[public_id])}")
    return kept(request, json(request, said, presenter.PRESENTATION_CONTEXT), video, own_view=True)


def _sound(video: Video, capture: Capture) -> Sound:
    media_type = capture.clean_copy.media_type if video.is_kept_here else capture.media_type
    address = f"{settings.PUBLIC_URL}{reverse('capture', args=[capture.public_id])}"
    return Sound(address, media_type, float(video.duration or 0))


def _captions(request: DeskRequest, video: Video) -> list[Captions]:
    """Return the texts with times that the viewer may see."""
    rows = visible_to(Transcript, request.viewer).filter(video=video, text__current_revision__isnull=False)
    rows = rows.select_related("text__current_revision").order_by("pk")
    rows = rows.defer("text__current_revision__content", "text__current_revision__marks")
    return [
        Captions(
            f"{settings.PUBLIC_URL}{reverse('captions', args=[tie.public_id])}",
            tie.text.language,
            _label(tie),
        )
        for tie in rows[:MOST_TEXTS]
        if has_times(tie.text.current_revision.blocks)
    ]


def _label(tie: Any) -> dict[str, list[str]]:
    """Return what the text is to the film, in every language of the interface."""
    words = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words[code] = [str(TRANSCRIPT_KINDS[tie.kind])]
    return words
