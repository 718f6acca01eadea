"""What the Web Annotation Data Model says with MUST, of every annotation, collection and page that leaves the archive."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from annotations.actions.carry_over import carry_over
from annotations.models import Annotation
from annotations.values import Citation, ReferenceInput, RegionPlace
from archive.enums import Access
from archive.models import Work
from tests.db.annotations.test_carry_over import revision
from tests.factories_editions import make_desk, place_notes
from tests.factories_notes import make_accepted, make_note, make_placed, make_text, place_of

pytestmark = pytest.mark.django_db

RULES = json.loads((Path(__file__).parents[2] / "vectors/web-annotation.json").read_text())
FORMATS = FormatChecker()
LD = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'


@FORMATS.checks("iri")
def _is_iri(value):
    """Tell whether a string can be the name of something: a scheme, then no space and no sign that IRIs leave out."""
    if not isinstance(value, str):
        return True
    scheme, _colon, rest = value.partition(":")
    return (
        scheme.isascii() and scheme[:1].isalpha() and bool(rest) and not set(value) & set(' \t\n"<>\\^`{|}')
    )


def broken(kind, value):
    """Return what a document has that the model forbids, and what it says in words that its contexts do not have."""
    rules = Draft202012Validator({**RULES, "$ref": f"#/$defs/{kind}"}, format_checker=FORMATS)
    told = [f"{list(error.path)}: {error.message[:300]}" for error in rules.iter_errors(value)]
    return told + [f"{word} means nothing" for word in unknown_words(value, {"hashiya", "schema"})]


#: The terms and prefixes that the model's own context has (https://www.w3.org/ns/anno.jsonld).
TERMS = frozenset(RULES["terms"])
PREFIXES = frozenset(RULES["prefixes"])

#: What is used of the context of containers, which stands beside it.
OTHERS = {"http://www.w3.org/ns/ldp.jsonld": {"BasicContainer", "contains"}}


def unknown_words(value, defined):
    """Yield the names and types of a document that no context gives a meaning: a reader of RDF drops them in silence."""
    if isinstance(value, list):
        for one in value:
            yield from unknown_words(one, defined)
    if not isinstance(value, dict):
        return
    contexts = value.get("@context", [])
    for one in contexts if isinstance(contexts, list) else [contexts]:
        defined = defined | set(one if isinstance(one, dict) else OTHERS.get(one, ()))
    kinds = value.get("type", [])
    names = [*value, *(kinds if isinstance(kinds, list) else [kinds])]
    for name in names:
        known = name in TERMS | defined or name.startswith("@")
        if not known and name.partition(":")[0] not in PREFIXES | defined | {"http", "https"}:
            yield name
    for name, one in value.items():
        if name != "@context":
            yield from unknown_words(one, defined)


@pytest.fixture
def desk(people):
    """Notes on passages, a part of a picture and seconds of a film, with tags and references of all kinds."""
    found = make_desk(people)
    place_notes(found)
    titled = ReferenceInput("cites", Citation(url="", title="كتاب <الآبار> القديم", pages="٣"))
    by_address = ReferenceInput("cites", Citation(url="https://example.org/", title="A book", pages=""))
    make_note(found.text, "الحجّارون", by=people["scholar"], body="", references=(titled, by_address))
    return found


@pytest.fixture
def reading(people, client):
    """Return what a person is sent from an address, as JSON."""

    def read(role, address):
        client.force_login(people[role])
        answer = client.get(address)
        assert answer.status_code == 200, address
        return json.loads(b"".join(answer.streaming_content) if answer.streaming else answer.content)

    return read


def notes_of(client, settings):
    page = client.get("/annotations/?iris=0&page=0", headers={"Accept": LD}).json()
    return page["items"]


def test_rules_refuse_what_the_model_forbids(scholar, desk, settings):
    note = notes_of(scholar, settings)[0]
    source = note["target"]["source"]

    assert broken("annotation", note) == []
    for wrong in (
        {"target": {"type": "SpecificResource", "source": source}}, {"target": "two words"}, {"id": "urn:two words"},
        {"bodyValue": "as well as a body"}, {"type": "Note"}, {"created": 7}, {"motivation": "musing"},
        {"body": [{"type": "SpecificResource", "purpose": "tagging", "source": "x", "value": "y"}]}, {"body": []},
        {"created": "2026-03-04T05:06:07+00:00"}, {"target": {"source": source, "state": {"type": "TimeState"}}},
        {"target": {"source": source, "state": {"type": "hashiya:ReleasedState"}}},
    ):  # fmt: skip
        assert broken("annotation", note | wrong), wrong


def test_notes_of_all_kinds_keep_the_rules(scholar, desk, settings):
    notes = notes_of(scholar, settings)

    selectors = {str(one) for note in notes for one in _types(note["target"])}
    assert {"TextQuoteSelector", "FragmentSelector"} <= selectors
    assert {body.get("purpose") for note in notes for body in note["body"]} == {
        "commenting",
        "tagging",
        "linking",
    }
    for note in notes:
        assert broken("annotation", note) == []
        alone = scholar.get(urlsplit(note["id"]).path, headers={"Accept": LD}).json()
        assert broken("annotation", alone) == []


def _types(target):
    given = target["selector"]
    return [one["type"] for one in (given if isinstance(given, list) else [given])]


def test_a_source_without_an_address_has_a_name_without_spaces(scholar, desk, settings):
    sources = [
        body["source"] for note in notes_of(scholar, settings) for body in note["body"] if "source" in body
    ]

    assert any(source.startswith("urn:hashiya:source:%D9%83") for source in sources)


def test_a_note_that_lost_its_place_keeps_the_rules(scholar, people, settings):
    text = make_text()
    note = make_note(text, by=people["scholar"])
    without = revision(text, 2, text.current_revision.content.replace("حجر أبيض", ""), text.current_revision)
    carry_over(revision_id=without.pk, by=None)

    told = scholar.get(f"/annotations/{note.public_id}", headers={"Accept": LD}).json()

    assert told["target"]["hashiya:anchor"] in {"lost", "uncertain"}
    assert broken("annotation", told) == []


def test_container_and_its_pages_keep_the_rules(scholar, desk, settings):
    for _more in range(60):
        make_note(desk.text, "الحجّارون", by=desk.people["scholar"])

    for iris in (0, 1):
        container = scholar.get(f"/annotations/?iris={iris}", headers={"Accept": LD}).json()
        assert broken("collection", container) == []
        for name in ("first", "last"):
            page = scholar.get(
                container[name].removeprefix(settings.PUBLIC_URL), headers={"Accept": LD}
            ).json()
            assert broken("page", page) == []
            assert page["partOf"] == container["id"]


def test_list_of_the_interface_keeps_the_rules(scholar, desk):
    page = scholar.get("/api/annotations/?page_size=2", headers={"Accept": LD}).json()

    assert broken("page", page) == []


FILES = (
    ("scholar", "my_notes_file", ()), ("scholar", "text_notes_file", ("text",)), ("scholar", "image_notes_file", ("image",)),
    ("scholar", "video_notes_file", ("video",)), ("scholar", "carried_notes_file", ("text",)), ("reviewer", "review_notes_file", ()),
)  # fmt: skip


@pytest.mark.parametrize(("role", "name", "on"), FILES)
@pytest.mark.parametrize("narrowed", ["", "?q=%5B%5D&tag=[]", "?category=note"])
def test_files_of_notes_are_collections_named_by_where_they_are_got(
    reading, desk, settings, role, name, on, narrowed
):
    address = reverse(name, args=[*(getattr(desk, one).public_id for one in on), "jsonld"]) + narrowed

    collection = reading(role, address)

    assert broken("collection", collection) == []
    assert collection["id"] == settings.PUBLIC_URL + address
    assert collection["first"]["partOf"] == collection["id"] != collection["first"]["id"]
    assert len(collection["first"]["items"]) == collection["total"]


def test_uses_of_a_term_are_a_collection_that_keeps_the_rules(reading, desk):
    uses = reading("scholar", reverse("term_uses_file", args=[desk.terms["mill"].public_id, "jsonld"]))

    assert uses["first"]["items"]
    assert broken("collection", uses) == []
    assert uses["first"]["partOf"] == uses["id"]


def test_references_are_collections_named_by_what_narrows_them(reading, desk, settings):
    around = reverse("work_references", args=[desk.work.slug]) + "?as=jsonld&relation="
    desk.release()
    released = "/en/editions/mill-edition/1/references/?as=jsonld&relation="

    for address, name in ((around, settings.PUBLIC_URL + around), (released, None)):
        collection, narrowed = reading("scholar", address), reading("scholar", f"{address}continues")
        assert collection["first"]["items"]
        assert broken("collection", collection) == []
        assert narrowed["id"] == collection["id"] + "continues"
        assert name is None or collection["id"] == name


def test_release_is_a_collection_that_keeps_the_rules(client, desk):
    desk.release()

    collection = json.loads(b"".join(client.get("/editions/mill-edition/1/annotations").streaming_content))

    assert len(collection["first"]["items"]) == Annotation.objects.filter(status="accepted").count()
    assert broken("collection", collection) == []


def test_release_names_the_state_of_its_pictures_and_films(client, reading, desk):
    outline = RegionPlace(desk.image.public_id, "ellipse", [(300, 300), (100, 50)])
    make_placed(outline, author=desk.people["scholar"], reviewer=desk.people["reviewer"])
    release = desk.release()

    items = reading("scholar", f"/api/releases/{release.public_id}/annotations/")["first"]["items"]
    states = [item["target"]["state"] for item in items if "state" in item["target"]]

    assert {state["type"] for state in states} == {"TimeState", "hashiya:ReleasedState"}
    moments = {state["sourceDate"] for state in states if "cached" in state}
    assert moments == {release.sealed_at.isoformat().replace("+00:00", "Z")}
    assert [broken("annotation", item) for item in items] == [[]] * len(items)


def test_note_of_which_nothing_may_be_said_any_more_has_no_body(client, desk):
    elsewhere = make_text()
    leads = (ReferenceInput("cites", place_of(elsewhere, "حجر أبيض")),)
    by = {"author": desk.people["scholar"], "reviewer": desk.people["reviewer"]}
    make_accepted(desk.text, "أشجار الحور", body="", references=leads, **by)
    desk.release()
    Work.objects.filter(pk=elsewhere.work_id).update(access=Access.DRAFT)

    collection = json.loads(b"".join(client.get("/editions/mill-edition/1/annotations").streaming_content))

    assert len([item for item in collection["first"]["items"] if "body" not in item]) == 1
    assert broken("collection", collection) == []
