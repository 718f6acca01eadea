"""A storage that speaks the S3 protocol: the one place that does. Which it is, its administrator says in the settings.

What goes wrong is told as a code and nothing else: answers and addresses may hold keys, which belong in no log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import certifi
import urllib3
from django.conf import settings
from minio import Minio
from minio.error import InvalidResponseError, MinioException, S3Error, ServerError

CHUNK = 1024 * 1024
#: Larger files go in parts of this size, each held in memory while it is sent.
PART = 16 * 1024 * 1024
#: Seconds until a connection is there, and between two pieces of an answer.
CONNECT, SILENCE = 10, 60

_KEYS = frozenset(
    {"InvalidAccessKeyId", "SignatureDoesNotMatch", "AccessDenied", "InvalidTokenId", "ExpiredToken"}
)
Alive = Callable[[], object]


class StoreError(OSError):
    """The storage did not do what it was asked; `code` says why, in none of its own words.

    Codes: `store_unreachable`, `store_keys`, `store_no_bucket`, `store_ill`, `store_other_bytes`. An OSError, since it
    passes by itself or by an administrator's hand: what failed so is tried again for days.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a storage is, and the keys that open it."""

    endpoint: str
    bucket: str
    key_id: str
    secret: str
    region: str

    def __repr__(self) -> str:
        """Return the place without its keys, for logs."""
        return f"Place({self.name})"

    @property
    def name(self) -> str:
        """What tells one storage from another, without keys."""
        return f"{urlsplit(self.endpoint).netloc.rpartition('@')[2]}/{self.bucket}"[:200]


def configured() -> Place | None:
    """Return which storage the settings name; None for a site without one, or with half of them (`manage.py check`)."""
    wanted = (
        settings.REPLICA_S3_ENDPOINT, settings.REPLICA_S3_BUCKET, settings.REPLICA_S3_KEY_ID,
        settings.REPLICA_S3_SECRET,
    )  # fmt: skip
    return Place(*wanted, region=settings.REPLICA_S3_REGION) if all(wanted) else None


class Store:
    """One bucket of a storage."""

    def __init__(self, place: Place) -> None:
        self.place = place
        parts = urlsplit(place.endpoint)
        pool = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=CONNECT, read=SILENCE), retries=False, maxsize=2,
            cert_reqs="CERT_REQUIRED", ca_certs=certifi.where(),
        )  # fmt: skip
        self._client = Minio(
            parts.netloc, access_key=place.key_id, secret_key=place.secret, secure=parts.scheme == "https",
            region=place.region, http_client=pool,
        )  # fmt: skip

    def try_it(self) -> None:
        """See whether the bucket is there and opens; raises StoreError."""
        with _told():
            if not self._client.bucket_exists(self.place.bucket):
                raise StoreError("store_no_bucket")

    def size_of(self, name: str) -> int | None:
        """Return the size of what lies there, None when nothing does; raises StoreError."""
        with _told():
            try:
                return self._client.stat_object(self.place.bucket, name).size
            except S3Error as error:
                if error.code in ("NoSuchKey", "ResourceNotFound") or (
                    error.code == "NoSuchObject"
                    or (error.response.status == 404 and error.code != "NoSuchBucket")
                ):
                    return None
                raise

    def send(self, name: str, path: Path, *, sha256: str) -> None:
        """Send the bytes of a file, a part after the other; what came of it is only known by reading it back.

        Raises StoreError, and OSError of our own disk.
        """
        size = path.stat().st_size
        with path.open("rb") as file, _told():
            self._client.put_object(
                self.place.bucket, name, file, size, part_size=PART, num_parallel_uploads=1,
                metadata={"sha256": sha256},
            )  # fmt: skip

    def read(self, name: str, *, into: BinaryIO | None = None, most: int, alive: Alive = lambda: None) -> str:
        """Return the SHA-256 of what lies there, of at most so many bytes and one; raises StoreError."""
        digest, left = hashlib.sha256(), most + 1
        for chunk in self._chunks(name):
            piece = chunk[:left]
            digest.update(piece)
            if into is not None:
                into.write(piece)
            left -= len(piece)
            if not left:
                break
            alive()
        return digest.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        with _told():
            answer = self._client.get_object(self.place.bucket, name)
        try:
            stream = answer.stream(CHUNK)
            while True:
                with _told():
                    chunk = next(stream, b"")
                if not chunk:
                    return
                yield chunk
        finally:
            answer.close()
            answer.release_conn()


@contextmanager
def _told() -> Iterator[None]:
    """Turn what the client says into a code; nothing of its words goes on."""
    try:
        yield
    except S3Error as error:
        if error.code in _KEYS or error.response.status == 403:
            raise StoreError("store_keys") from None
        raise StoreError("store_no_bucket" if error.code == "NoSuchBucket" else "store_ill") from None
    except (ServerError, InvalidResponseError, MinioException, ValueError):
        raise StoreError("store_ill") from None
    except urllib3.exceptions.HTTPError:
        raise StoreError("store_unreachable") from None
