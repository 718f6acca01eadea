"""Notes made through the API by eight connections at once, on texts that have 1 to 100,000 notes already."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench.http import Asked, ask
from tests.bench.material import BODY, add_notes, make_text, people, spans
from tests.bench.outcome import Outcome, at_least, at_most
from tests.bench.site import Site, need, prepared, serving

CONNECTIONS, SECONDS = 8, 10
RATE, P99 = 300, 60
ALREADY = (1, 1_000, 10_000, 100_000)
#: What `bare.py` inserts into.
TABLE = "CREATE TABLE bare_note (id bigserial PRIMARY KEY, body text NOT NULL)"

_SCRIPT = """
local bodies, turn = {}, 0
for line in io.lines("%(bodies)s") do bodies[#bodies + 1] = line end
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Token %(token)s"
function request()
  turn = turn %% #bodies + 1
  return wrk.format(nil, nil, nil, bodies[turn])
end
"""


def run() -> Iterator[Outcome]:
    """Measure each size of text; every note made is counted in the database afterwards."""
    need("wrk")
    with prepared() as site:
        yield from _measured(site)


def _measured(site: Site) -> Iterator[Outcome]:
    from archive.actions.make_token import make_token

    author = people()["scholar"]
    _row, token = make_token(days=1, by=author)
    texts = {count: make_text(f"notes-{count}") for count in ALREADY}
    for count, text in texts.items():
        add_notes(text, count, author=author)
    scripts = {count: _script(site.root, text, token) for count, text in texts.items()}
    peer = _bare(site, scripts[ALREADY[0]])
    _settled()
    with serving(site):
        _asked(site, scripts[ALREADY[0]], seconds=3)
        for count in ALREADY:
            yield from _one(site, count, texts[count], scripts[count], peer)


def _settled() -> None:
    """Write out what the preparation left in memory, so that its writing does not fall into the first measure."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")


def _asked(site: Site, script: Path, *, seconds: int) -> Asked:
    return ask(f"{site.url}/api/annotations/", connections=CONNECTIONS, seconds=seconds, script=script)


def _bare(site: Site, script: Path) -> float:
    """Return how many rows a second a Django view inserts that does nothing else, on this machine now."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLE)
    with serving(site, application="tests.bench.bare:application"):
        _asked(site, script, seconds=2)
        return _asked(site, script, seconds=5).rate


def _one(site: Site, count: int, text: Any, script: Path, peer: float) -> Iterator[Outcome]:
    time.sleep(1)  # The last requests of the measure before may not have ended.
    before = _rows(text)
    asked = _asked(site, script, seconds=SECONDS)
    made = {name: rows - before[name] for name, rows in _rows(text).items()}
    name = f"notes made a second, {count:,} on the text already"
    rows = ", ".join(f"{rows} {kind}" for kind, rows in made.items())
    whole = asked.errors == 0 and len(set(made.values())) == 1 and made["notes"] >= asked.count
    yield at_least(
        name, asked.rate if whole else None, RATE, "/s", beside=f"{rows}; a bare insert: {peer:.0f}/s"
    )
    yield at_most(f"  99 of 100 of them within, {count:,} already", asked.p99, P99, "ms")


def _rows(text: Any) -> dict[str, int]:
    """Return how many rows of each kind there are, all seen at one moment: the last requests may not have ended."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [text.pk])
        return dict(zip(("notes", "audit", "jobs", "search"), cursor.fetchone(), strict=True))


_COUNTS = """
SELECT (SELECT count(*) FROM annotations_annotation WHERE text_id = %s),
       (SELECT count(*) FROM archive_auditevent WHERE action = 'annotation.written'),
       (SELECT count(*) FROM archive_job WHERE kind = 'refresh_search'),
       (SELECT count(*) FROM archive_searchentry WHERE kind = 'annotation')
"""


def _script(root: Path, text: Any, token: str) -> Path:
    content = text.current_revision.content
    bodies = root / f"bodies-{text.pk}"
    with bodies.open("w") as file:
        for start, end in spans(content, 2_000, seed=text.pk):
            place = {
                "text": text.public_id,
                "revision": 1,
                "start": start,
                "end": end,
                "exact": content[start:end],
            }
            file.write(
                json.dumps({"place": place, "body": BODY, "language": "ar", "category": "note"}) + "\n"
            )
    script = root / f"notes-{text.pk}.lua"
    script.write_text(_SCRIPT % {"bodies": bodies, "token": token})
    return script
