"""The embedded broker's folder: whoever looks at any moment finds whole messages or none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config import broker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the messages."""
    (tmp_path / "queue").mkdir()
    return tmp_path / "queue"


@pytest.fixture
def channel(folder: Path) -> Iterator[broker.Channel]:
    """A channel on the folder."""
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(folder.parent / "control"),
    }
    with Connection("localhost", transport=broker.Transport, transport_options=options) as connection:
        yield connection.channel()


def test_a_message_has_no_name_until_it_is_written(
    channel: broker.Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    write = Path.write_text

    def look_meanwhile(path: Path, text: str) -> int:
        written = write(path, text[:3])
        with pytest.raises(Empty):
            channel._get("celery")
        seen.append(path.name)
        return written and write(path, text)

    monkeypatch.setattr(Path, "write_text", look_meanwhile)
    channel._put("celery", {"job": 7})

    assert seen
    assert channel._get("celery") == {"job": 7}


def test_a_message_that_a_power_cut_emptied_is_passed_over(channel: broker.Channel, folder: Path) -> None:
    (folder / f"{0:020}_a.celery.msg").touch()
    channel._put("celery", {"job": 8})

    with pytest.raises(Empty):
        channel._get("celery")

    assert channel._get("celery") == {"job": 8}


def test_messages_come_out_in_the_order_they_went_in(
    channel: broker.Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    for moment in (9, 10, 100_000):
        monkeypatch.setattr(broker.time, "time_ns", lambda moment=moment: moment)
        channel._put("celery", {"job": moment})

    assert [channel._get("celery")["job"] for _ in range(3)] == [9, 10, 100_000]


def test_a_table_left_unfinished_is_begun_anew(
    channel: broker.Channel, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "PAUSE", 0)
    table = folder.parent / "control" / "celery.exchange"
    table.parent.mkdir()
    table.touch()

    channel._queue_bind("celery", "celery", "", "celery")

    assert [row.queue for row in channel.get_table("celery")] == ["celery"]
