"""Shared pages once more, before Django is asked: a page that many read at once costs a look into a table.

Only what Django has answered from `archive.views.shared` is kept, whole as it went out, and only for as long as
that goes on to be right: the publication epoch is the same, and was read in the last second. Whatever is in any
way particular (a conditional request, another host, a cookie set) goes the long way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

from archive.views import shared

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
Headers = list[tuple[str, str]]
Key = tuple[str | None, ...]

#: What of a request decides its answer, besides whether it takes Brotli.
_DECIDES = (
    "HTTP_HOST",
    "wsgi.url_scheme",
    "HTTP_X_FORWARDED_PROTO",
    "SCRIPT_NAME",
    "PATH_INFO",
    "QUERY_STRING",
)
_PARTICULAR = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_RANGE", shared.MICRO_CACHE)


class Front:
    """A WSGI application in front of Django's."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._epoch: shared.Epoch | None = None
        self._answers: dict[Key, tuple[Headers, bytes]] = {}
        self._size = 0
        self._lock = Lock()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer from what is kept, else from Django, and keep that if it may be."""
        key = _key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        if shared.epoch_of_this_second() == self._epoch and (kept := self._answers.get(key)):
            start_response("200 OK", kept[0])
            return [kept[1]]
        response = self.application(environ, start_response)
        epoch = getattr(response, "shared_epoch", None)
        if epoch is not None:
            self._keep(epoch, key, response)
        return response

    def _keep(self, epoch: shared.Epoch, key: Key, response: Any) -> None:
        if response.status_code != 200 or response.cookies:
            return
        with self._lock:
            if epoch != self._epoch or self._size > shared.BUDGET:
                self._epoch, self._answers, self._size = epoch, {}, 0
            if key not in self._answers:
                self._size += len(response.content)
            self._answers[key] = (list(response.items()), response.content)


def _key_of(environ: Environ) -> Key | None:
    """Return what the answer to a plain request depends on; None when it is not plain."""
    if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in _PARTICULAR):
        return None
    takes_brotli = "br" if "br" in environ.get("HTTP_ACCEPT_ENCODING", "") else ""
    return (takes_brotli, *map(environ.get, _DECIDES))
