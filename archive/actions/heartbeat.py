"""Signs of life from work that has no steps of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DatabaseError, connections

log = logging.getLogger(__name__)

#: Well below the silence after which the sweep takes a job away.
SECONDS = 25.0


@contextmanager
def heartbeat(beat: Callable[[], None]) -> Iterator[None]:
    """Call `beat` every 25 seconds, on a thread with its own connection, until the block ends."""
    done = threading.Event()

    def run() -> None:
        while not done.wait(SECONDS):
            try:
                beat()
            except DatabaseError:  # Busy: the next beat will tell.
                log.warning("A sign of life could not be written.", exc_info=True)
            finally:
                connections.close_all()

    thread = threading.Thread(target=run, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
