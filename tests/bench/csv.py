"""A table of 1,000 descriptions: from its bytes to the page that shows what each row would change.

A worker reads it; here its job is run by hand, as a worker that has nothing else to do would.
"""

from __future__ import annotations

import io
import time

from tests.bench.outcome import Outcome, at_most
from tests.bench.site import prepared

ROWS, SECONDS, TURNS = 1000, 2, 3
_WORDS = "وصف الجسر القديم في المدينة وما حوله من البيوت والأسواق "


def run() -> list[Outcome]:
    """Describe 1,000 works by a table, and look at the first page of its rows."""
    with prepared():
        from django.test import Client

        from archive.models import Work
        from tests.factories import make_user

        by = make_user("csv-bench@example.org", "archivist")
        works = Work.objects.bulk_create(Work(title_en=f"Table {n}", slug=f"table-{n}") for n in range(ROWS))
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(by)
        lines = [f"{work.public_id},وصف {n},{_WORDS * 5},193{n % 10}~" for n, work in enumerate(works)]
        data = ("id,title_ar,description_ar,date_edtf\n" + "\n".join(lines)).encode()
        seconds = min(_preview(client, data) for _turn in range(TURNS))
        return [at_most(f"preview of a table of {ROWS:,} rows", seconds, SECONDS, "s")]


def _preview(client: object, data: bytes) -> float:
    """Return the seconds from the sent file to the shown rows."""
    from archive.actions.run_job import run_job
    from archive.models import BulkStep

    sent = io.BytesIO(data)
    sent.name = "bench.csv"
    began = time.perf_counter()
    answer = client.post("/en/desk/many/works/table/", {"file": sent}, secure=True)  # type: ignore[attr-defined]
    step = BulkStep.objects.order_by("pk").last()
    assert answer.status_code == 302, answer.status_code
    assert step is not None
    columns = {
        f"column_{n}": name for n, name in enumerate(("id", "title_ar", "description_ar", "date_edtf"))
    }
    if step.state == "mapping":
        address = f"/en/desk/many/steps/{step.public_id}/columns/"
        client.post(address, columns, secure=True)  # type: ignore[attr-defined]
        step.refresh_from_db()
    assert run_job(step.job_id or 0) == "done"
    page = client.get(f"/en/desk/many/steps/{step.public_id}/", secure=True)  # type: ignore[attr-defined]
    assert page.status_code == 200, page.status_code
    assert step.rows.filter(outcome="changes").count() == ROWS
    return time.perf_counter() - began
