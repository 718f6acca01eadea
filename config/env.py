"""Every environment variable that Hashiya reads, in one table.

`docs/configuration.md` is generated from it (`python -m config.table`), so the two cannot differ.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import environ


@dataclass(frozen=True, slots=True)
class Variable:
    """One environment variable: its parser, its default, and the sentence that explains it."""

    name: str
    parse: Callable[[str], Any]
    #: Raw text, parsed like a given value; None means that production requires it.
    default: str | None
    meaning: str
    #: What a right value looks like, for the error message.
    example: str


def _boolean(raw: str) -> bool:
    try:
        return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}[
            raw.lower()
        ]
    except KeyError:
        raise ValueError("neither yes nor no") from None


def _words(raw: str) -> list[str]:
    return [part.strip() for part in raw.split(",") if part.strip()]


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(raw: str) -> str:
        if raw not in choices:
            raise ValueError(f"not one of {', '.join(choices)}")
        return raw

    return parse


def _address(raw: str) -> str:
    if not raw.startswith(("http://", "https://")):
        raise ValueError("does not start with http:// or https://")
    return raw.rstrip("/")


def _zone(raw: str) -> str:
    try:
        ZoneInfo(raw)
    except Exception:
        raise ValueError("no such time zone") from None
    return raw


def _database(raw: str) -> str:
    if raw and not raw.startswith(("sqlite://", "postgres://", "postgresql://")):
        raise ValueError("neither sqlite:// nor postgresql://")
    return raw


def _broker(raw: str) -> str:
    if not raw.startswith(("filesystem://", "amqp://", "amqps://", "redis://", "rediss://")):
        raise ValueError("not filesystem://, amqp:// or redis://")
    return raw


def _cache(raw: str) -> str:
    return _scheme(raw, environ.Env.CACHE_SCHEMES)


def _store(raw: str) -> str:
    parts = urlsplit(raw)
    if raw and (
        parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/") or parts.query
    ):
        raise ValueError("is not an address such as https://s3.example.org (the bucket is told apart)")
    if "@" in parts.netloc:
        raise ValueError("holds keys, which belong in REPLICA_S3_KEY_ID and REPLICA_S3_SECRET")
    return raw.rstrip("/")


def _tiles(raw: str) -> str:
    """Take the address of map tiles; its host goes into the content policy, so that nothing else may be in it."""
    parts = urlsplit(raw)
    if raw and (
        parts.scheme not in ("http", "https")
        or not re.fullmatch(r"[A-Za-z0-9.-]+(?::[0-9]{1,5})?", parts.netloc)
        or any(raw.count(part) != 1 for part in ("{z}", "{x}", "{y}"))
        or re.search(r"[\s\"'<>;\\]", raw)
    ):
        raise ValueError(
            "is not an address with {z}, {x} and {y} of one host, such as https://tiles.example.org/{z}/{x}/{y}.png"
        )
    return raw


def _days(raw: str) -> int:
    if not raw.isascii() or not raw.isdigit() or int(raw) > 365:
        raise ValueError("is not a number of days from 0 to 365")
    return int(raw)


def _naan(raw: str) -> str:
    if raw and (len(raw) < 5 or not set(raw) <= set("0123456789bcdfghjkmnpqrstvwxz")):
        raise ValueError("is not a number of a naming authority, such as 12345")
    return raw


def _mail(raw: str) -> str:
    return _scheme(raw, environ.Env.EMAIL_SCHEMES) if raw else raw


def _scheme(raw: str, known: Iterable[str]) -> str:
    if "://" not in raw or raw.split("://")[0] not in known:
        raise ValueError(f"does not start with one of {', '.join(f'{name}://' for name in sorted(known))}")
    return raw


VARIABLES = {
    v.name: v
    for v in (
        Variable("SECRET_KEY", str, None, "Signs sessions and keyed ETags; at least 50 random characters.",
                 "python -c 'import secrets; print(secrets.token_urlsafe(50))'"),
        Variable("PUBLIC_URL", _address, "http://localhost:8000",
                 "Address at which readers reach the site; used in citations, exports and mails.",
                 "https://archive.example"),
        Variable("ALLOWED_HOSTS", _words, "", "Further host names answered, separated by commas.",
                 "archive.example,www.archive.example"),
        Variable(
            "DATABASE_URL",
            _database,
            "",
            "Where the database is: empty for SQLite in STATE_ROOT (embedded), or PostgreSQL 15 or newer.",
                 "postgresql://hashiya:secret@127.0.0.1:5432/hashiya"),
        Variable("BROKER_URL", _broker, "filesystem://",
                 "Carries nudges to the background worker: a folder (embedded), RabbitMQ or Redis.",
                 "amqp://guest:guest@127.0.0.1:5672//"),
        Variable("CACHE_URL", _cache, "locmemcache://",
                 "Shared cache of counters and page bytes: in memory (embedded) or Redis.",
                 "rediscache://127.0.0.1:6379/1"),
        Variable("MEDIA_ROOT", str, "media", "Folder of the originals, derivatives and the staging area.",
                 "/srv/hashiya/media"),
        Variable("REPLICA_ROOT", str, "",
                 "Folder of a second copy of every file, best on another disk; empty: none.", "/mnt/other/hashiya"),
        Variable("REPLICA_S3_ENDPOINT", _store, "",
                 "Address of a storage that speaks the S3 protocol and gets a copy of every file; empty: none.",
                 "https://s3.example.org"),
        Variable("REPLICA_S3_BUCKET", str, "", "Its bucket, which is there already and is not public.", "hashiya-copies"),
        Variable("REPLICA_S3_KEY_ID", str, "", "The id of the key with which it is opened.", "GK31c2f218a2e44f485b94239e"),
        Variable("REPLICA_S3_SECRET", str, "",
                 "The secret of that key; it should be allowed to put, get and list in that bucket and no more.", "secret"),
        Variable("REPLICA_S3_REGION", str, "us-east-1", "The region of the bucket, as its storage calls it.", "garage"),
        Variable("REPLICA_S3_READ_BACK", _one_of("always", "sent"), "always",
                 "When every byte of a copy is read back and compared: after sending and with each check of the file "
                 "(every 30 days), or after sending only, where reading costs much.", "sent"),
        Variable("ERASURE_GRACE_DAYS", _days, "14",
                 "Days for which the erasure of an account's personal data can still be called off; 0: at once.", "30"),
        Variable("ERASURE_LIST", str, "",
                 "File that lists erased accounts by random ids, for `reapply_erasures` after a restore; keep it apart from "
                 "the database and its backups. Empty: `erasures.txt` in STATE_ROOT.", "/mnt/other/erasures.txt"),
        Variable("STATE_ROOT", str, "var", "Folder of the embedded database, the file broker and logs.",
                 "/srv/hashiya/var"),
        Variable("SEND_FILES", _one_of("django", "nginx"), "django",
                 "Who sends protected bytes: Django itself, or nginx through X-Accel-Redirect.", "nginx"),
        Variable("TIME_ZONE", _zone, "Asia/Damascus", "Time zone in which times are shown.", "Asia/Beirut"),
        Variable("SIGNUP", _one_of("closed", "invite", "open"), "invite",
                 "Who may open an account: nobody, invited people, or everyone (`open`, which needs EMAIL_URL).", "invite"),
        Variable("REQUIRE_MFA", _boolean, "yes",
                 "Whether those who publish (editors, administrators) must have a second factor.", "yes"),
        Variable("EMAIL_URL", _mail, "", "Mail server; empty when the site sends no mail.",
                 "smtp+tls://user:secret@mail.example:587"),
        Variable("EMAIL_FROM", str, "hashiya@localhost", "Sender of the site's mails.", "archive@example.org"),
        Variable("OUTSIDE_NETWORK", _boolean, "no",
                 "Whether background work may ask other sites (checks of videos, their titles). Pages never do.", "yes"),
        Variable("YT_DLP", str, "",
                 "Path of the yt-dlp program with which background work captures linked films; empty: it does not. Needs OUTSIDE_NETWORK.",
                 "/opt/hashiya/capture/bin/yt-dlp"),
        Variable("YT_DLP_PROXY", str, "", "The proxy that yt-dlp goes through.", "http://127.0.0.1:3128"),
        Variable("MAP_TILES", _tiles, "",
                 "Address of map tiles (Web Mercator, 256 pixels) that readers may ask for on maps; empty: maps show their own outlines "
                 "alone. A reader's browser asks that host only after a press of the reader's.",
                 "https://tiles.example.org/{z}/{x}/{y}.png"),
        Variable("MAP_TILES_CREDIT", str, "", "What the maps say of those tiles, as their maker asks.", "© OpenStreetMap contributors"),
        Variable("HYPOTHESIS_CLIENT", str, "",
                 "Folder `build` of the npm package `hypothesis`, unpacked: then each text has a page on which its client works, "
                 "sent from here; empty: none has.", "/opt/hashiya/hypothesis/package/build"),
        Variable("HYPOTHESIS_ORIGINS", _words, "",
                 "Further origins whose Hypothesis client may ask people to be let in, such as a browser extension's, separated by commas.",
                 "chrome-extension://bjfhmglciegochdpefhhlphglcehbmek"),
        Variable("BEHIND_PROXY", _boolean, "no",
                 "Whether a reverse proxy sets X-Forwarded-Proto and X-Forwarded-For.", "yes"),
        Variable("ARK_NAAN", _naan, "",
                 "The site's number as a naming authority (arks.org), under which works, editions, releases, notes and passages "
                 "have names that stay; never to be changed. Empty: names under 99999, which are for trials, and which no citation uses.",
                 "12345"),
        Variable("DEMO", _boolean, "no",
                 "Shows the demonstration accounts on the sign-in page and lets one publish without MFA.", "no"),
        Variable("LOG_LEVEL", _one_of("DEBUG", "INFO", "WARNING", "ERROR"), "INFO", "How much is logged.",
                 "INFO"),
    )
}  # fmt: skip


def read(name: str, *, default: str | None = None) -> Any:
    """Return the parsed value of variable `name`; `default` stands in for the table's (development, tests).

    Stops the start with a sentence that says what to set when the value is missing or wrong.
    """
    variable = VARIABLES[name]
    raw = os.environ.get(f"HASHIYA_{name}", os.environ.get(name))
    if raw is None or (raw == "" and variable.default is None):
        raw = default if default is not None else variable.default
    if raw is None:
        _stop(variable, "is not set")
    try:
        return variable.parse(raw)
    except ValueError as error:
        _stop(variable, f"is wrong: {error}")


def _stop(variable: Variable, what: str) -> NoReturn:
    raise SystemExit(
        f"Hashiya cannot start: the environment variable {variable.name} {what}.\n"
        f"  {variable.meaning}\n  For example: {variable.name}={variable.example}"
    )
