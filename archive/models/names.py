"""What an item is called when nobody has given it a title yet: never nothing, and never a bare id."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.enums import FILM, RECORDING

#: What each provider calls itself.
PROVIDERS = {
    "youtube": "YouTube",
    "vimeo": "Vimeo",
    "internet_archive": "Internet Archive",
    "peertube": "PeerTube",
    "facebook": "Facebook",
    "dailymotion": "Dailymotion",
}
_UNNAMED = {
    "work": gettext_lazy("Work without a title"),
    "image": gettext_lazy("Image without a title"),
    "collection": gettext_lazy("Collection without a title"),
}
#: Letters of a provider's id that a name shows; those of YouTube are eleven long.
LONGEST_ID = 40


def name_of(item: Any) -> str:
    """Return the title of a work, image, video or collection in the interface's language, else what it is called without."""
    return str(item.title or "").strip() or unnamed(item)[0]


def unnamed(item: Any) -> tuple[str, str]:
    """Return what an item without a title is called, and the language of that: "" when nobody knows it.

    A film has the name that its provider gave it when it was last looked at.
    """
    if (found := getattr(item, "found_title", "")) and not item.is_kept_here:
        return found, ""
    kind = item._meta.model_name
    words = film_name(item.provider, item.external_id, item.url) if kind == "video" else str(_UNNAMED[kind])
    return words, (translation.get_language() or settings.LANGUAGE_CODE).split("-")[0]


def in_each_language(item: Any) -> Mapping[str, str]:
    """Return the title by language; of an item that has none in any, what it is called without."""
    codes = [code for code, _name in settings.LANGUAGES]
    titles = {code: (getattr(item, f"title_{code}", "") or "").strip() for code in codes}
    if any(titles.values()):
        return titles
    return {code: _said_in(code, item) for code in codes}


def _said_in(code: str, item: Any) -> str:
    with translation.override(code):
        return unnamed(item)[0]


def film_name(provider: str, external_id: str, url: str) -> str:
    """Return what tells a film or recording without a title from others: "Video on YouTube (dQw4w9WgXcQ)"."""
    if provider == RECORDING:
        return _("Recording without a title")
    if provider == FILM:
        return _("Film without a title")
    parts = urlsplit(url)
    if provider not in PROVIDERS:
        file = unquote(parts.path).rstrip("/").rpartition("/")[2] or external_id
        return _("Film file %(file)s") % {"file": _apart(file, parts.hostname)}
    words = {"provider": PROVIDERS[provider], "id": _apart(_short_id(provider, external_id))}
    if provider == "peertube" and parts.hostname:
        words["provider"] = f"{words['provider']}, {_apart(parts.hostname)}"
    return _("Video on %(provider)s (%(id)s)") % words


def _short_id(provider: str, external_id: str) -> str:
    """Return the part of an id that is about the film: PeerTube's begin with its host."""
    return external_id.rpartition("/")[2] if provider == "peertube" else external_id


def _apart(words: str, host: str | None = "") -> str:
    """Return words that keep their own direction in a sentence of another, shortened, with the host that has them."""
    short = words if len(words) <= LONGEST_ID else f"{words[: LONGEST_ID - 1]}…"
    return f"\u2068{short}\u2069" + (f" (\u2068{host}\u2069)" if host else "")
