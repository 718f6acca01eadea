"""What a harvester asks, read and checked as OAI-PMH 2.0 wants it; its codes of error."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core import signing
from django.http import QueryDict

from archive.presenters.oai import PREFIX

#: Verb → arguments that must be given, and arguments that may be; a token stands alone.
VERBS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "Identify": (frozenset(), frozenset()),
    "ListMetadataFormats": (frozenset(), frozenset({"identifier"})),
    "ListSets": (frozenset(), frozenset()),
    "GetRecord": (frozenset({"identifier", "metadataPrefix"}), frozenset()),
    "ListIdentifiers": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
    "ListRecords": (frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"})),
}
#: Verbs whose answer can come in parts.
LISTS = frozenset({"ListIdentifiers", "ListRecords", "ListSets"})
_SALT = "archive.oai"
_NAME = r"[A-Za-z0-9\-_.!~*'()]+"
_SHAPES = {
    "metadataPrefix": re.compile(_NAME),
    "set": re.compile(rf"{_NAME}(?::{_NAME})*"),
    "identifier": re.compile(r"[\x21-\x7e]{1,300}"),
    "resumptionToken": re.compile(r"[\x21-\x7e]{1,2000}"),
}
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_SECOND = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)


class Refused(Exception):
    """One of the protocol's errors."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(code)
        self.code, self.words = code, words


@dataclass(frozen=True, slots=True)
class Asked:
    """A request that makes sense."""

    verb: str
    #: Those that began the list.
    arguments: dict[str, str] = field(default_factory=dict)
    since: datetime | None = None
    #: The first moment that is not asked for any more.
    before: datetime | None = None
    set_spec: str = ""
    #: Where an earlier part ended: time and id of its last item; and how many items were told by then.
    after: tuple[datetime, str] | None = None
    cursor: int = 0


def read(query: QueryDict) -> Asked:
    """Return what is asked; raises Refused("badVerb", "badArgument", "badResumptionToken", "cannotDisseminateFormat")."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in VERBS:
        raise Refused("badVerb", "The verb is missing, given twice, or not one of OAI-PMH 2.0.")
    arguments = _arguments(verbs[0], query)
    if "resumptionToken" in arguments:
        return _resumed(verbs[0], arguments)
    return _asked(verbs[0], arguments)


def token(asked: Asked, after: tuple[datetime, str], cursor: int) -> str:
    """Return a signed token by which the list goes on; the server keeps nothing."""
    kept = {name: asked.arguments.get(name, "") for name in ("metadataPrefix", "from", "until", "set")}
    return signing.dumps([asked.verb, kept, after[0].isoformat(), after[1], cursor], salt=_SALT)


def _arguments(verb: str, query: QueryDict) -> dict[str, str]:
    given = {name: query.getlist(name) for name in query if name != "verb"}
    needed, possible = VERBS[verb]
    if "resumptionToken" in given and verb in LISTS:
        needed, possible = frozenset({"resumptionToken"}), frozenset()
    for name, values in given.items():
        if name not in needed | possible:
            raise Refused("badArgument", "An argument does not belong to this verb.")
        if len(values) != 1:
            raise Refused("badArgument", f"The argument {name} is given twice.")
        if name in _SHAPES and not _SHAPES[name].fullmatch(values[0]):
            wrong = "badResumptionToken" if name == "resumptionToken" else "badArgument"
            raise Refused(wrong, f"The value of {name} is not written as the protocol wants it.")
    if missing := sorted(needed - set(given)):
        raise Refused("badArgument", f"Missing: {', '.join(missing)}.")
    return {name: values[0] for name, values in given.items()}


def _asked(verb: str, arguments: dict[str, str], **more: object) -> Asked:
    since, before = _period(arguments)
    if arguments.get("metadataPrefix", PREFIX) != PREFIX:
        raise Refused("cannotDisseminateFormat", f"Only {PREFIX} is offered.")
    return Asked(verb, arguments, since, before, arguments.get("set", ""), **more)


def _resumed(verb: str, arguments: dict[str, str]) -> Asked:
    try:
        of, kept, stamp, public_id, cursor = signing.loads(arguments["resumptionToken"], salt=_SALT)
        after = (datetime.fromisoformat(stamp), str(public_id))
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused("badResumptionToken", "This token was not given here.") from error
    if of != verb:
        raise Refused("badResumptionToken", "This token belongs to another verb.")
    return _asked(verb, {name: value for name, value in kept.items() if value}, after=after, cursor=cursor)


def _period(arguments: dict[str, str]) -> tuple[datetime | None, datetime | None]:
    since, until = arguments.get("from", ""), arguments.get("until", "")
    if since and until and len(since) != len(until):
        raise Refused("badArgument", "The arguments from and until differ in granularity.")
    first, step = _moment("from", since)
    last, step = _moment("until", until) if until else (None, step)
    if first and last and first > last:
        raise Refused("badArgument", "The argument from is later than until.")
    try:
        return first, last + step if last else None
    except OverflowError:
        return first, None


def _moment(name: str, words: str) -> tuple[datetime | None, timedelta]:
    """Return a moment and how long it lasts: a day, or a second."""
    try:
        if _DAY.fullmatch(words):
            return datetime.strptime(words, "%Y-%m-%d").replace(tzinfo=UTC), timedelta(days=1)
        if _SECOND.fullmatch(words):
            return datetime.strptime(words, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC), timedelta(seconds=1)
    except ValueError as error:
        raise Refused("badArgument", f"There is no such day or time: {name}.") from error
    if words:
        raise Refused("badArgument", f"The argument {name} is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
    return None, timedelta(0)
