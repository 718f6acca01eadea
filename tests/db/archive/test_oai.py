"""Harvesting: all that anybody sees and nothing else, what was seen and is gone, and every way to ask wrongly."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import etree
from sickle import Sickle

from archive.actions.add_video import add_video
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_video import describe_video
from archive.actions.describe_work import describe_work
from archive.actions.rename import rename
from archive.enums import Access
from archive.models import Collection, PublicTrace, Work
from archive.views import oai

GRAMMAR = etree.RelaxNG(etree.parse(Path(__file__).parents[2] / "vectors/oai-pmh.rng"))
OAI = "{http://www.openarchives.org/OAI/2.0/}"
DC = "{http://purl.org/dc/elements/1.1/}"
HOUR, SECOND = datetime.timedelta(hours=1), datetime.timedelta(seconds=1)


def work(archivist, title="Bridge", access=Access.PUBLIC, **values) -> Work:
    return create_work(values={"title_en": title, "access": access, **values}, by=archivist)


def change(row, by, **values):
    return describe_work(work_id=row.pk, version=None, values=values, by=by)


def ask(client, *, method="get", **arguments):
    """Return the root of an answer, which must be one that the protocol knows."""
    arguments = {name.rstrip("_"): value for name, value in arguments.items()}
    response = getattr(client, method)(reverse("oai"), arguments)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/xml")
    root = etree.fromstring(response.content)
    GRAMMAR.assertValid(root)
    return root


def code(root) -> str | None:
    error = root.find(f"{OAI}error")
    return None if error is None else error.get("code")


def told(client, **arguments) -> dict[str, tuple[str, str, list[str]]]:
    """Return by public id what the list says: status, datestamp, sets."""
    root = ask(client, verb="ListIdentifiers", metadataPrefix="oai_dc", **arguments)
    if code(root) == "noRecordsMatch":
        return {}
    return {
        header.findtext(f"{OAI}identifier").split("/")[-1]: (
            header.get("status", ""),
            header.findtext(f"{OAI}datestamp"),
            [spec.text for spec in header.findall(f"{OAI}setSpec")],
        )
        for header in root.iter(f"{OAI}header")
    }


def stamp(at: datetime.datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_identify_says_what_the_repository_is(client, db, settings):
    settings.PUBLIC_URL = "https://archive.example.org"

    root = ask(client, verb="Identify")

    assert root.findtext(f".//{OAI}deletedRecord") == "persistent"
    assert root.findtext(f".//{OAI}baseURL") == "https://archive.example.org/oai"
    assert "archive.example.org" in etree.tostring(root, encoding="unicode")


def test_only_what_anybody_sees_is_told(client, archivist):
    shown = work(archivist)
    for access in (Access.DRAFT, Access.MEMBERS):
        work(archivist, access=access)
    work(archivist, embargo_until=timezone.now() + HOUR)
    client.force_login(archivist)

    assert set(told(client)) == {shown.public_id}


def test_what_was_never_public_leaves_no_trace(client, archivist):
    row = work(archivist, access=Access.DRAFT)
    change(row, archivist, title_en="Other")
    change(row, archivist, access=Access.PUBLIC, embargo_until=timezone.now() + HOUR)
    change(row, archivist, access=Access.MEMBERS)
    rename(row, slug="elsewhere", by=archivist)

    assert not PublicTrace.objects.exists()
    assert told(client) == {}
    asked = ask(
        client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:localhost:work/{row.public_id}"
    )
    assert code(asked) == "idDoesNotExist"


@pytest.mark.parametrize(
    "hidden",
    [
        {"access": Access.DRAFT},
        {"access": Access.MEMBERS},
        {"embargo_until": timezone.now() + datetime.timedelta(days=9)},
    ],
)
def test_what_is_public_no_more_is_told_as_deleted_and_nothing_of_what_it_is_now(client, archivist, hidden):
    shelf, cellar = (
        create_collection(values={"title_en": name, "access": Access.PUBLIC}, by=archivist)
        for name in ("Shelf", "Cellar")
    )
    row = work(archivist, collection=shelf)

    change(row, archivist, **hidden)
    change(row, archivist, title_en="Sapphire", collection=cellar)

    assert told(client)[row.public_id][::2] == ("deleted", [shelf.public_id])
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    assert not list(root.iter(f"{OAI}metadata"))
    assert b"Sapphire" not in etree.tostring(root)


def test_what_comes_back_is_told_anew(client, archivist):
    row = work(archivist)
    change(row, archivist, access=Access.DRAFT)
    later = timezone.now() + HOUR

    with time_machine.travel(later, tick=False):
        change(row, archivist, access=Access.PUBLIC)

    assert told(client, from_=stamp(later)) == {row.public_id: ("", stamp(later), [])}


def test_the_end_of_an_embargo_is_a_change_though_nobody_did_anything(client, archivist):
    ended = timezone.now() - 10 * SECOND
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        row = work(archivist, access=Access.DRAFT)
    Work.objects.filter(pk=row.pk).update(access=Access.PUBLIC, embargo_until=ended)

    assert told(client, from_=stamp(ended)) == {row.public_id: ("", stamp(ended), [])}
    assert told(client, from_=stamp(ended + SECOND)) == {}


def test_the_end_of_a_shelfs_embargo_is_a_change_of_what_stands_in_it_however_deep(client, archivist):
    ended = timezone.now() - 10 * SECOND
    with time_machine.travel(timezone.now() - HOUR, tick=False):
        values = {"title_en": "Outer", "access": Access.PUBLIC}
        outer = create_collection(values={**values, "embargo_until": timezone.now() + 9 * HOUR}, by=archivist)
        inner = create_collection(values={**values, "parent": outer}, by=archivist)
        row, other = work(archivist, collection=inner), work(archivist)
    assert told(client)[row.public_id][2] == []
    assert told(client)[row.public_id][1] < stamp(ended)
    Collection.objects.filter(pk=outer.pk).update(embargo_until=ended)

    found = told(client, from_=stamp(ended))

    assert found == {row.public_id: ("", stamp(ended), [inner.public_id, outer.public_id])}
    assert other.public_id in told(client)
    assert told(client, from_=stamp(ended + SECOND)) == {}


def test_an_embargo_on_what_was_public_is_told_when_it_begins_and_when_it_ends(client, archivist):
    row = work(archivist)
    change(row, archivist, embargo_until=timezone.now() + HOUR)
    assert told(client)[row.public_id][0] == "deleted"
    over = timezone.now() + 5 * SECOND  # The rows are a second older than the end that is set below.
    Work.objects.filter(pk=row.pk).update(embargo_until=timezone.now() - datetime.timedelta(microseconds=1))

    status, at, _sets = told(client)[row.public_id]

    assert status == ""
    assert at <= stamp(over)


def test_each_change_of_what_is_seen_is_a_new_datestamp(client, archivist):
    row = work(archivist)
    video = add_video(
        url="https://www.youtube.com/watch?v=dQw4w9WgXcQ", values={"access": Access.PUBLIC}, by=archivist
    )
    later = timezone.now() + HOUR

    with time_machine.travel(later, tick=False):
        change(row, archivist, title_en="Aqueduct")
        assert set(told(client, from_=stamp(later))) == {row.public_id}
        rename(row, slug="aqueduct", by=archivist)
    with time_machine.travel(later + HOUR, tick=False):
        describe_video(video_id=video.pk, version=None, values={"title_en": "Film"}, by=archivist)

    assert set(told(client, from_=stamp(later + SECOND))) == {video.public_id}
    assert set(told(client, until=stamp(later))) == {row.public_id}


def test_from_and_until_count_whole_seconds_and_whole_days(client, archivist):
    at = datetime.datetime(2031, 5, 4, 10, 20, 30, 987654, tzinfo=datetime.UTC)
    with time_machine.travel(at, tick=False):
        row = work(archivist)
    one = {row.public_id}

    assert set(told(client, from_="2031-05-04T10:20:30Z", until="2031-05-04T10:20:30Z")) == one
    assert set(told(client, from_="2031-05-04", until="2031-05-04")) == one
    assert told(client, from_="2031-05-04T10:20:31Z") == {}
    assert told(client, until="2031-05-04T10:20:29Z") == {}
    assert told(client, until="2031-05-03") == {}


def test_sets_are_the_collections_that_anybody_sees_and_hold_what_is_deep_in_them(client, archivist):
    outer = create_collection(values={"title_ar": "الرف", "access": Access.PUBLIC}, by=archivist)
    inner = create_collection(
        values={"title_en": "Inner", "access": Access.PUBLIC, "parent": outer}, by=archivist
    )
    hidden = create_collection(values={"title_en": "Hidden", "parent": outer}, by=archivist)
    deep = create_collection(
        values={"title_en": "Deep", "access": Access.PUBLIC, "parent": hidden}, by=archivist
    )
    rows = {shelf: work(archivist, collection=shelf) for shelf in (inner, hidden, deep)}

    root = ask(client, verb="ListSets")

    specs = [node.text for node in root.iter(f"{OAI}setSpec")]
    # What lies in a hidden collection is hidden with it; the works in it stand by their own access.
    assert specs == [outer.public_id, inner.public_id]
    assert set(told(client, set=outer.public_id)) == {rows[inner].public_id}
    assert told(client)[rows[inner].public_id][2] == [inner.public_id, outer.public_id]
    assert told(client)[rows[hidden].public_id][2] == []
    assert told(client)[rows[deep].public_id][2] == []
    assert told(client, set=hidden.public_id) == told(client, set="nothing") == {}


def test_any_text_becomes_xml(client, archivist):
    odd = "A\x01 <b> & ]]> \ufffe 😀 \x85 نص"
    row = work(archivist, title=odd, creators=[{"name": 'Ab"del', "role": "author"}, {"name": "ت", "role": "translator"}],
               date_edtf="2016-07~", identifiers=[{"scheme": "isbn", "value": "1"}], rights_holder_ar="دار",
               rights_uri="https://creativecommons.org/licenses/by/4.0/", description_ar="وصف", provenance_en="By hand")  # fmt: skip

    root = ask(
        client, verb="GetRecord", metadataPrefix="oai_dc", identifier=f"oai:localhost:work/{row.public_id}"
    )

    words = [(node.tag.removeprefix(DC), node.text) for node in root.iter(f"{DC}*")]
    assert ("title", "A\ufffd <b> & ]]> \ufffd 😀 \x85 نص") in words
    assert ("creator", 'Ab"del') in words
    assert ("contributor", "ت") in words
    assert ("identifier", "isbn:1") in words
    assert ("date", "2016-07~") in words
    assert [text for name, text in words if name == "rights"] == [
        "https://creativecommons.org/licenses/by/4.0/",
        "دار",
    ]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, "badVerb"),
        ({"verb": "Nothing"}, "badVerb"),
        ({"verb": ["Identify", "Identify"]}, "badVerb"),
        ({"verb": "Identify", "set": "a"}, "badArgument"),
        ({"verb": "Identify", "\x01odd": "a"}, "badArgument"),
        ({"verb": "ListRecords"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": ["oai_dc", "oai_dc"]}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "mods"}, "cannotDisseminateFormat"),
        ({"verb": "ListRecords", "metadataPrefix": "a b"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "yesterday"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-02-30"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "٢٠٢٦-٠١-٠١"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-01", "until": "2026-01-01T00:00:00Z"},
         "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "from": "2026-01-02", "until": "2026-01-01"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "set": "a::b"}, "badArgument"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "1970-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "9999-12-31", "from": "9999-12-31"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "metadataPrefix": "oai_dc", "until": "0001-01-01"}, "noRecordsMatch"),
        ({"verb": "ListRecords", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "ليس"}, "badResumptionToken"),
        ({"verb": "ListRecords", "resumptionToken": "x", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "ListSets", "resumptionToken": "x"}, "badResumptionToken"),
        ({"verb": "ListSets"}, "noSetHierarchy"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc"}, "badArgument"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:work/nothing"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": "oai:localhost:collection/x"}, "idDoesNotExist"),
        ({"verb": "GetRecord", "metadataPrefix": "mods", "identifier": "oai:localhost:work/x"}, "cannotDisseminateFormat"),
        ({"verb": "ListMetadataFormats", "identifier": "oai:elsewhere:work/x"}, "idDoesNotExist"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("method", ["get", "post"])
def test_each_wrong_question_has_its_code(client, archivist, method, arguments, expected):
    work(archivist)

    assert code(ask(client, method=method, **arguments)) == expected


def test_a_token_of_another_verb_or_altered_is_refused(client, archivist, monkeypatch):
    monkeypatch.setattr(oai, "PART", 1)
    work(archivist), work(archivist)
    root = ask(client, verb="ListRecords", metadataPrefix="oai_dc")
    given = root.findtext(f".//{OAI}resumptionToken")

    assert code(ask(client, verb="ListRecords", resumptionToken=given)) is None
    assert code(ask(client, verb="ListIdentifiers", resumptionToken=given)) == "badResumptionToken"
    assert code(ask(client, verb="ListRecords", resumptionToken=given[:-1])) == "badResumptionToken"


def test_a_harvest_asks_the_database_as_often_for_many_as_for_few(client, archivist):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            ask(client, verb="ListRecords", metadataPrefix="oai_dc")
        return len(caught)

    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, by=archivist)
    work(archivist, collection=shelf)
    few = queries()
    for number in range(12):
        inner = create_collection(
            values={"title_en": f"S{number}", "access": Access.PUBLIC, "parent": shelf}, by=archivist
        )
        work(archivist, title=str(number), collection=inner)

    assert queries() == few <= 5


def test_traces_are_facts(archivist):
    work(archivist)

    with pytest.raises(IntegrityError), transaction.atomic():
        PublicTrace.objects.update(gone=True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_sickle_harvests_everything(live_server, settings, monkeypatch):
    from tests.factories import make_people

    monkeypatch.setattr(oai, "PART", 3)
    settings.PUBLIC_URL = live_server.url
    archivist = make_people()["archivist"]
    shelf = create_collection(values={"title_en": "Shelf", "access": Access.PUBLIC}, by=archivist)
    rows = [work(archivist, title=f"Work {number}", collection=shelf) for number in range(8)]
    change(rows[0], archivist, access=Access.DRAFT)
    hidden = work(archivist, access=Access.DRAFT, title="Sapphire")

    harvester = Sickle(f"{live_server.url}/oai")
    records = list(harvester.ListRecords(metadataPrefix="oai_dc", set=shelf.public_id))

    by_id = {record.header.identifier.split("/")[-1]: record for record in records}
    assert len(records) == len(rows)
    assert set(by_id) == {row.public_id for row in rows}
    assert [row.public_id for row in rows if by_id[row.public_id].deleted] == [rows[0].public_id]
    assert by_id[rows[5].public_id].metadata["title"] == ["Work 5"]
    assert hidden.public_id not in by_id
    assert [one.setSpec for one in harvester.ListSets()] == [shelf.public_id]
    assert harvester.Identify().deletedRecord == "persistent"
    assert [one.metadataPrefix for one in harvester.ListMetadataFormats()] == ["oai_dc"]
    found = harvester.GetRecord(metadataPrefix="oai_dc", identifier=records[-1].header.identifier)
    assert found.header.identifier == records[-1].header.identifier
    posted = Sickle(f"{live_server.url}/oai", http_method="POST")
    assert len(list(posted.ListIdentifiers(metadataPrefix="oai_dc"))) == len(rows)
