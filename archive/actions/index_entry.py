"""Keep the search table in step with one thing."""

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from archive import kinds
from archive.enums import JobState
from archive.models import Job, SearchEntry, User

REFRESH_SEARCH = "refresh_search"


@transaction.atomic
def index_entry(*, kind: str, object_id: int) -> int:
    """Replace the search entries of one object by what it says now; return how many there are.

    One at a time for each object: two workers at once would both insert, and the slower one what was.
    """
    wait_for_turn(f"search:{kind}:{object_id}")
    rows = list(kinds.search_kinds[kind].entries(object_id))
    SearchEntry.objects.filter(kind=kind, object_id=object_id).delete()
    SearchEntry.objects.bulk_create(rows, batch_size=500)
    return len(rows)


def wait_for_turn(name: str) -> None:
    """Wait until no other transaction holds this name, then hold it (SQLite's writers are alone anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def indexed_at_once(entry: SearchEntry, *, by: User) -> list[Model]:
    """Return the rows by which something new is found as soon as it is there; its own step inserts them.

    The job that is promised with every later change is among them, as one that is done: jobs stay the whole
    record of what search was told, and no worker is asked for what costs less than asking it.
    """
    job = Job(
        kind=REFRESH_SEARCH, payload={"kind": entry.kind, "object_id": entry.object_id}, created_by=by,
        state=JobState.DONE, progress=100, attempts=1, result={"entries": 1}, finished_at=timezone.now(),
    )  # fmt: skip
    return [entry, job]


@kinds.handles(REFRESH_SEARCH)
def _refresh(job: object, progress: object) -> dict[str, int]:
    payload = job.payload  # type: ignore[attr-defined]
    return {"entries": index_entry(kind=payload["kind"], object_id=payload["object_id"])}
