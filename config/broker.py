"""The embedded broker: kombu's folder of messages, with whole messages only.

kombu makes a message's file first and writes into it then. On a busy machine a worker that looks in between
takes an empty message, and ends. Here a message gets its name once it is written.
"""

from __future__ import annotations

import time
import uuid
from pathlib import Path
from queue import Empty
from typing import Any, ClassVar

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.json import dumps

#: How often, and how long apart in seconds, a table that another process is writing is looked at again.
LOOKS, PAUSE = 20, 0.05


class Channel(filesystem.Channel):
    """A folder in which every message is whole."""

    def _put(self, queue: str, payload: dict[str, Any], **kwargs: Any) -> None:  # type: ignore[override]
        folder = Path(self.data_folder_out)
        # Names are read in their order as text: all as long, or the tenth second would come before the ninth.
        name = f"{time.time_ns():020}_{uuid.uuid4()}.{queue}.msg"
        unfinished = folder / f"{name}.part"
        unfinished.write_text(dumps(payload))
        unfinished.rename(folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> Any:
        try:
            return super()._get(queue)
        except ValueError:  # Emptied by a power cut; the sweep sends again what it asked for.
            raise Empty from None

    def _queue_bind(self, exchange: Any, routing_key: Any, pattern: Any, queue: Any) -> None:
        for _ in range(LOOKS):
            try:
                return super()._queue_bind(exchange, routing_key, pattern, queue)
            except ValueError:
                time.sleep(PAUSE)
        # Nobody is writing it: it was left unfinished.
        (self.control_folder / f"{exchange}.exchange").unlink(missing_ok=True)
        return super()._queue_bind(exchange, routing_key, pattern, queue)


class Transport(filesystem.Transport):
    """What `filesystem://` stands for on this site."""

    Channel = Channel
    #: A folder has no host: with one named here, kombu warns that nobody gave it.
    default_connection_params: ClassVar[dict[str, Any]] = {}


def install() -> None:
    """Let `filesystem://` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = f"{__name__}:Transport"
