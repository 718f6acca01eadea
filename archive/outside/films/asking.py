"""Where each provider says what it has of a film."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode, urlsplit

from archive.outside.fetching import Question

JSON = "application/json"
#: An item of the Internet Archive lists all its files.
LISTING = 8 * 1024 * 1024
#: Of a film that is a file, so much is enough to see that it is one.
BEGINNING = 1024


def question_of(provider: str, external_id: str, url: str) -> Question | None:
    """Return what to ask about a video; None for a provider that tells nobody without an account."""
    ask = _ASK.get(provider)
    return ask(external_id, url) if ask else None


def _oembed(endpoint: str) -> Callable[[str, str], Question]:
    def ask(_external_id: str, url: str) -> Question:
        return Question(f"{endpoint}?{urlencode({'url': url, 'format': 'json'})}", accept=JSON)

    return ask


def _archive_item(external_id: str, _url: str) -> Question:
    item = external_id.split("/", 1)[0]
    return Question(
        f"https://archive.org/metadata/{quote(item, safe='')}", accept=JSON, max_bytes=LISTING, seconds=20
    )


def _peertube(_external_id: str, url: str) -> Question:
    parts = urlsplit(url)
    film = parts.path.rsplit("/", 1)[-1]
    return Question(f"{parts.scheme}://{parts.netloc}/api/v1/videos/{quote(film, safe='')}", accept=JSON)


def _file(_external_id: str, url: str) -> Question:
    return Question(url, accept="video/*, */*;q=0.1", first=BEGINNING)


_ASK: dict[str, Callable[[str, str], Question]] = {
    "youtube": _oembed("https://www.youtube.com/oembed"),
    "vimeo": _oembed("https://vimeo.com/api/oembed.json"),
    "dailymotion": _oembed("https://www.dailymotion.com/services/oembed"),
    "internet_archive": _archive_item,
    "peertube": _peertube,
    "file": _file,
}
