"""Authority files: loaded from tables, asked at the desk and by tools, and linked to terms."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.matching import Asked, in_file
from annotations.actions.load_authority import load_authority
from annotations.actions.propose_term import propose_term
from annotations.authorities import SCHEMES, page_of, recognized
from annotations.enums import TermKind
from annotations.models import AuthorityFile, AuthorityName, AuthorityRecord, Term
from annotations.values import Name, TermInput
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.models import Job

pytestmark = pytest.mark.django_db

TABLE = (
    "id,name,language,type,latitude,longitude,dates,variants,description\n"
    "Q41183,حلب,ar,place,36.2,37.16,,en: Aleppo | الشهباء | ota-Latn: Haleb,مدينة في سورية\n"
    "Q3089,نهر قويق,ar,place,36.1,37.1,,en: Queiq | Chalus,\n"
    "Q9999,حلبا,ar,place,34.5,36.0,,en: Halba,مدينة في لبنان\n"
    "Q7777,حلب,ar,event,,,1138,,زلزال سنة 533\n"
)


@pytest.fixture
def keeper(people):
    return people["reviewer"]


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


def loaded(by, table=TABLE, **more):
    arrival = receive_file(source=[table.encode()], filename="w.csv", max_bytes=10**7, by=by, check=False)
    file = load_authority(arrival=arrival, by=by, **{"name": "Wikidata", "scheme": "wikidata", **more})
    run_job(file.job_id)
    file.refresh_from_db()
    return file


def asked(client, address, **queries):
    return client.post(address, {"queries": json.dumps(queries)}).json()


# --- Identifiers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("https://www.wikidata.org/wiki/Q41183", ("wikidata", "Q41183")),
        ("http://www.wikidata.org/entity/Q41183#sitelinks", ("wikidata", "Q41183")),
        ("https://sws.geonames.org/170063/", ("geonames", "170063")),
        ("https://viaf.org/viaf/49234752/", ("viaf", "49234752")),
        ("https://d-nb.info/gnd/4001451-9", ("gnd", "4001451-9")),
        ("http://vocab.getty.edu/tgn/7002738", ("tgn", "7002738")),
        ("https://www.getty.edu/vow/TGNFullDisplay?find=&subjectid=7002738", ("tgn", "7002738")),
        ("viaf: 49234752", ("viaf", "49234752")),
        ("https://evil.example/?wikidata.org/wiki/Q1", None),
        ("https://www.wikidata.org/wiki/Special:Random", None),
        ("wikidata:41183", None),
    ],
)
def test_addresses_of_authorities_are_recognized(words, found):
    assert recognized(words) == found


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda one: one.code)
def test_example_of_each_authority_is_one_and_leads_back(scheme):
    assert scheme.pattern.match(scheme.example)
    for address in (page_of(scheme.code, scheme.example), scheme.iri.format(scheme.example)):
        assert recognized(address) == (scheme.code, scheme.example)


# --- Loading -------------------------------------------------------------------------------------------


def test_table_is_loaded_with_its_names(keeper):
    file = loaded(keeper)

    assert file.count == 4
    assert set(AuthorityName.objects.filter(record__identifier="Q41183").values_list("language", "name")) == {
        ("ar", "حلب"), ("en", "Aleppo"), ("", "الشهباء"), ("ota-Latn", "Haleb"),
    }  # fmt: skip


def test_rows_that_are_wrong_are_left_out_and_told(desk, keeper):
    table = "id,name,lat,lon\nQ1,جيّد,1,2\n41183,بلا حرف,,\nQ2,,,\nQ1,مكرّر,,\nQ3,بعيد,91,0\nQ4,نصف,1,\n"

    file = loaded(keeper, table)

    assert file.count == 1
    assert [(row["line"], row["code"]) for row in file.left_out] == [
        (3, "authority_id"), (4, "authority_name"), (5, "authority_twice"), (6, "coordinates_range"), (7, "coordinates_range"),
    ]  # fmt: skip
    assert "41183" not in desk.get(file.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "table", ["who,what\n1,2\n", "", 'id,name\nQ1,"' + "x" * 200_000 + '"\n', "id,name\nQ1,\x00\n"]
)
def test_broken_table_fails_its_job_and_keeps_what_was_there(keeper, table):
    file = loaded(keeper)
    loaded(keeper, table, file=file.public_id)

    file.refresh_from_db()
    assert file.count == 4
    assert AuthorityName.objects.filter(file=file).exists()
    assert Job.objects.get(pk=file.job_id).state == "failed"


def test_loaded_anew_it_holds_the_new_table_alone(keeper):
    file = loaded(keeper)

    loaded(keeper, "id;name\nQ5;دمشق\n", file=file.public_id)

    assert AuthorityFile.objects.get().count == 1
    assert list(AuthorityName.objects.values_list("name", flat=True)) == ["دمشق"]


def test_command_loads_a_table(tmp_path, people, capsys):
    path = tmp_path / "places.csv"
    path.write_text(TABLE)

    call_command("load_authority", str(path), name="Places", scheme="wikidata")

    assert "4 entries" in capsys.readouterr().out
    assert AuthorityFile.objects.get().count == 4


def test_only_keepers_load(client, people):
    client.force_login(people["scholar"])

    assert client.get(reverse("authority_files")).status_code == 403


# --- Matching ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "best"),
    [
        ("حَلَب", "Q41183"),
        ("aleppo", "Q41183"),
        ("شهباء", "Q41183"),
        ("قويق نهر", "Q3089"),
        ("Alepo", "Q41183"),
        ("Queiq river", "Q3089"),
    ],
)
def test_name_is_found_in_any_spelling(keeper, name, best):
    found = in_file(loaded(keeper), Asked(name, type="place"))

    assert found[0].id == best, found


def test_only_one_that_is_sure_is_a_match(keeper):
    file = loaded(keeper)

    of_place, of_nothing = in_file(file, Asked("حلب", type="place")), in_file(file, Asked("حلب"))

    assert (of_place[0].id, of_place[0].match) == ("Q41183", True)
    assert not any(one.match for one in of_nothing), "two are called so"


def test_place_that_is_far_away_counts_less(keeper):
    found = in_file(loaded(keeper), Asked("حلب", type="place", latitude=21.4, longitude=39.8))

    assert next(one for one in found if one.id == "Q41183").score == 80.0
    assert found[0].id == "Q7777"


def test_matching_takes_the_same_number_of_queries_however_long_the_file(keeper):
    counts = []
    for many in (3, 3_000):
        rows = "".join(f"Q{i + 1},قرية رقم {i},ar\n" for i in range(many))
        file = loaded(keeper, "id,name,language\n" + rows)
        with CaptureQueriesContext(connection) as captured:
            assert in_file(file, Asked("قرية رقم 2"))[0].name == "قرية رقم 2"
        counts.append(len(captured))

    assert counts[0] == counts[1], counts


# --- The service ---------------------------------------------------------------------------------------


def test_manifest_says_what_openrefine_needs(client, keeper):
    file = loaded(keeper)
    address = reverse("reconcile_file", args=[file.public_id])

    answer = client.get(address)
    manifest = answer.json()

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert manifest["versions"] == ["0.2"]
    assert manifest["identifierSpace"] == "http://www.wikidata.org/entity/"
    assert manifest["view"]["url"] == "https://www.wikidata.org/wiki/{{id}}"
    for part in manifest["suggest"].values():
        path = "/" + (part["service_url"] + part["service_path"]).split("/", 3)[3]
        assert client.get(path, {"prefix": "a"}).status_code == 200
        assert part["flyout_service_path"].endswith("?id=${id}")
    assert client.get(address.rstrip("/")).json() == manifest


def test_batch_of_queries_is_answered_by_key(client, keeper):
    file = loaded(keeper)

    found = asked(
        client, reverse("reconcile_file", args=[file.public_id]),
        q0={"query": "حلب", "type": "place", "limit": 2}, q1={"query": "لا شيء مثله"}, q2={"query": 7, "properties": "x"},
    )  # fmt: skip

    assert found["q0"]["result"][0] | {"features": []} == {
        "id": "Q41183", "name": "حلب", "description": "مدينة في سورية", "score": 100.0, "match": True,
        "type": [{"id": "place", "name": found["q0"]["result"][0]["type"][0]["name"]}], "features": [],
    }  # fmt: skip
    assert len(found["q0"]["result"]) == 2
    assert found["q1"] == {"result": []}
    assert found["q2"] == {"result": []}


def test_entries_are_suggested_previewed_and_extended(client, keeper):
    file = loaded(keeper)
    base = reverse("reconcile_file", args=[file.public_id]).rstrip("/")

    suggested = client.get(f"{base}/suggest/entity", {"prefix": "حَل"}).json()["result"]
    preview = client.get(f"{base}/preview", {"id": "Q41183"})
    wanted = {"ids": ["Q41183", "Q404"], "properties": [{"id": "latitude"}, {"id": "variants"}]}
    more = client.post(base, {"extend": json.dumps(wanted)}).json()
    properties = client.get(f"{base}/properties", {"type": "place", "limit": "3"}).json()

    assert {one["id"] for one in suggested} == {"Q41183", "Q9999", "Q7777"}
    assert "مدينة في سورية" in preview.content.decode()
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in preview.headers
    assert more["rows"]["Q41183"]["latitude"] == [{"float": 36.2}]
    assert {"str": "Aleppo"} in more["rows"]["Q41183"]["variants"]
    assert more["rows"]["Q404"] == {"latitude": [], "variants": []}
    assert len(properties["properties"]) == 3
    assert client.get(f"{base}/preview", {"id": "Q404"}).status_code == 404


@pytest.mark.parametrize(
    ("what", "one", "name"),
    [
        ("entity", "Q41183", "مدينة في سورية"),
        ("type", "place", "place"),
        ("property", "latitude", "Latitude"),
    ],
)
def test_what_is_suggested_is_told_in_a_few_words(client, keeper, what, one, name):
    file = loaded(keeper)
    address = client.get(reverse("reconcile_file", args=[file.public_id])).json()["suggest"][what]
    told = address["flyout_service_url"] + address["flyout_service_path"]
    path = "/" + told.split("/", 3)[3]

    answer = client.get(path.replace("${id}", one))

    assert answer.json()["id"] == one
    assert name in answer.json()["html"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get(path.replace("${id}", "Q404")).status_code == 404


def test_words_of_a_suggestion_bring_no_markup_into_the_page_that_shows_them(client, keeper):
    file = loaded(keeper, "id,name,description\nQ1,<img src=x onerror=alert(1)>,<script>alert(2)</script>\n")

    html = client.get(reverse("reconcile_file_flyout", args=[file.public_id, "entity"]), {"id": "Q1"}).json()[
        "html"
    ]

    assert "&lt;img" in html
    assert "<img" not in html
    assert "<script" not in html


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"queries": "[1]"}, "queries"),
        ({"queries": "{"}, "queries"),
        ({"queries": json.dumps({f"q{i}": {"query": "x"} for i in range(51)})}, "queries"),
        ({"extend": json.dumps({"ids": "Q1", "properties": []})}, "extend"),
        ({"extend": json.dumps({"ids": ["Q1"], "properties": [{"id": "password"}]})}, "properties"),
        ({"extend": json.dumps({"ids": ["Q1"] * 101, "properties": []})}, "ids"),
    ],
)
def test_what_is_no_query_is_refused(client, given, field):
    answer = client.post(reverse("reconcile"), given)

    assert answer.status_code == 422
    assert field in answer.content.decode()


def test_programs_before_cors_are_answered_with_a_call_of_their_function(client, keeper):
    file = loaded(keeper)
    address = reverse("reconcile_file", args=[file.public_id])
    queries = json.dumps({"q0": {"query": "حلب", "limit": 1}})

    said = client.get(address, {"callback": "jQuery17_42.done", "queries": queries})
    plain = client.get(address, {"queries": queries})
    suggested = client.get(f"{address.rstrip(chr(47))}/suggest/entity", {"prefix": "حل", "callback": "f"})

    assert said.headers["Content-Type"].startswith("application/javascript")
    assert said.headers["X-Content-Type-Options"] == "nosniff"
    assert said.content == b"/**/jQuery17_42.done(" + plain.content + b");"
    assert plain.headers["Content-Type"].startswith("application/json")
    assert suggested.content.startswith(b'/**/f({"result":')


@pytest.mark.parametrize("name", ["", "alert(1)//", "a;b", "<script>", "a..b", "f" * 400, "f\u2028", "1a"])
def test_what_is_no_name_of_a_function_is_called_nothing(client, name):
    answer = client.get(reverse("reconcile"), {"callback": name})

    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/")
    assert b"/**/" not in answer.content


def test_vocabulary_itself_is_a_service_of_what_is_public(client, keeper, people):
    public = propose_term(
        term=TermInput(kind=TermKind.PLACE, label_ar="قويق", names=(Name("en", "Queiq"),)),
        establish=True,
        by=keeper,
    )
    propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="قويق السري"), by=people["scholar"])

    found = asked(client, reverse("reconcile"), q={"query": "queiq"})["q"]["result"]
    others = asked(client, reverse("reconcile"), q={"query": "قويق السري"})["q"]["result"]

    assert [(one["id"], one["match"]) for one in found] == [(public.public_id, True)]
    assert {one["id"] for one in others} <= {public.public_id}
    address = f"/vocabulary/{public.public_id}"
    assert client.get(address).status_code == 303
    assert "skos:prefLabel" in client.get(f"{address}.ttl").content.decode()
    secret = Term.objects.exclude(pk=public.pk).get()
    assert client.get(f"/vocabulary/{secret.public_id}.ttl").status_code == 404


def test_closed_file_is_for_keepers_alone(client, keeper):
    file = loaded(keeper, is_open=False)
    address = reverse("reconcile_file", args=[file.public_id])

    hidden, nothing = client.get(address), client.get(reverse("reconcile_file", args=["z" * 16]))

    assert (
        (hidden.status_code, hidden.content)
        == (nothing.status_code, nothing.content)
        == (404, nothing.content)
    )
    client.force_login(keeper)
    assert client.get(file.get_absolute_url(), {"q": "حلب"}).status_code == 200


# --- The desk ------------------------------------------------------------------------------------------


def test_term_is_linked_to_the_entry_that_a_keeper_chooses(desk, keeper):
    file = loaded(keeper)
    term = propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="حلب"), establish=True, by=keeper)
    address = reverse("term_reconcile", args=[term.public_id])

    page = desk.get(address).content.decode()
    desk.post(address, {"entry": f"{file.public_id}:Q41183", "version": 1, "coordinates": "1"})

    term.refresh_from_db()
    assert "Q41183" in page
    assert (term.authority, term.latitude, term.version) == ({"wikidata": "Q41183"}, 36.2, 2)
    assert desk.post(address, {"entry": f"{file.public_id}:Q3089", "version": 1}).status_code == 412


def test_list_of_the_house_becomes_a_link(desk, keeper):
    file = loaded(keeper, "id,name\n7,حلب\n", scheme="", address="https://names.example/")
    term = propose_term(term=TermInput(kind=TermKind.PLACE, label_ar="حلب"), by=keeper)

    desk.post(
        reverse("term_reconcile", args=[term.public_id]), {"entry": f"{file.public_id}:7", "version": 1}
    )

    term.refresh_from_db()
    assert term.matches == [{"relation": "exact", "url": "https://names.example/7"}]


def test_table_is_sent_in_at_the_desk_and_taken_out(desk, keeper):
    answer = desk.post(
        reverse("authority_files"),
        {
            "name": "W",
            "scheme": "wikidata",
            "is_open": "on",
            "file": SimpleUploadedFile("w.csv", TABLE.encode()),
        },
    )
    file = AuthorityFile.objects.get()
    run_job(file.job_id)

    assert answer.headers["Location"] == file.get_absolute_url()
    assert "حلب" in desk.get(file.get_absolute_url(), {"q": "Aleppo"}).content.decode()
    assert desk.get(reverse("authority_files")).status_code == 200
    desk.post(file.get_absolute_url(), {"act": "drop"})
    assert not AuthorityFile.objects.exists()


def test_what_a_killed_loading_left_behind_counts_for_nothing(keeper):
    file = loaded(keeper)
    half = AuthorityRecord.objects.create(file=file, load=file.load + 1, identifier="Q1", name="نصف")
    AuthorityName.objects.create(record=half, file=file, load=file.load + 1, name="نصف", folded="نصف")

    assert in_file(file, Asked("نصف")) == []
    again = loaded(keeper, file=file.public_id)
    assert again.load == file.load + 1
    assert not AuthorityRecord.objects.filter(file=file).exclude(load=again.load).exists()


@pytest.mark.parametrize(
    "latitude", ["inf", "nan", "-1e999", pytest.param(10**400, id="huge"), "", "north", None]
)
def test_query_with_a_latitude_that_is_none_is_answered(client, keeper, latitude):
    aleppo = TermInput(kind=TermKind.PLACE, label_ar="حلب", latitude=36.2, longitude=37.1)
    propose_term(term=aleppo, establish=True, by=keeper)
    properties = [{"pid": "latitude", "v": latitude}, {"pid": "longitude", "v": 37.1}]

    found = asked(client, reverse("reconcile"), q={"query": "حلب", "properties": properties})

    assert [one["name"] for one in found["q"]["result"]] == ["حلب"]
