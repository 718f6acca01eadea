"""Credits of an edition: rows with roles of CRediT and ORCID iDs, from the form to what is published."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils.translation import override
from lxml import etree

from annotations.actions.change_edition import change_edition
from annotations.citing.crediting import named_in
from annotations.editions.build import build_snapshot
from annotations.editions.canonical import dumps, manifest_hash
from annotations.editions.gather import gather
from annotations.editions.reading import read_snapshot
from annotations.enums import CreditRole
from annotations.exports import FORMATS
from annotations.exports.books.volume import Volume
from annotations.presenters.citation import cite
from annotations.presenters.citation_forms import as_bibtex, as_csl
from annotations.presenters.contributors import key_of
from annotations.presenters.credit_lines import CREDIT_ROLES
from annotations.presenters.schema_people import schema_people
from archive.errors import Invalid
from archive.views.shared import forget
from tests.factories_books import make_given, make_snapshot
from tests.factories_editions import LICENSE, Desk, make_desk, plan

pytestmark = pytest.mark.django_db

#: Of nobody: the iD by which ORCID documents itself.
ORCID = "0000-0002-1825-0097"
HIND = {
    "name": "هند", "role": "editor", "name_ar": "هند", "name_en": "Hind", "roles": ["supervision", "validation"],
    "orcid": ORCID,
}  # fmt: skip
OLD = {"name": "هند", "role": "annotator", "name_en": "Hind"}
TEI = {"tei": "http://www.tei-c.org/ns/1.0"}


@pytest.fixture
def desk(people) -> Desk:
    return make_desk(people)


@pytest.fixture
def editor(client, people):
    client.force_login(people["editor"])
    return client


def row(at: int, **fields) -> dict:
    return {f"credits-{at}-{name}": value for name, value in {"name_ar": "", "name_en": "", **fields}.items()}


def typed(desk: Desk, *rows: dict, **fields) -> dict:
    desk.edition.refresh_from_db()
    given = {
        "title_ar": "طبعة", "title_en": "Edition", "license_uri": LICENSE, "required_approvals": "1",
        "version": desk.edition.version, "slug": desk.edition.slug,
    }  # fmt: skip
    for one in rows:
        given |= one
    return given | fields


def sent(editor, desk: Desk, *rows: dict, **fields):
    return editor.post(
        reverse("desk_edition_plan", args=[desk.edition.public_id]), typed(desk, *rows, **fields)
    )


def kept(desk: Desk) -> list[dict]:
    desk.edition.refresh_from_db()
    return desk.edition.credits


def released_with(desk: Desk, credits: list[dict]):
    desk.edition.refresh_from_db()
    change_edition(
        edition=desk.edition.public_id, version=desk.edition.version, plan=plan(credits=credits),
        by=desk.people["editor"],
    )  # fmt: skip
    release = desk.release()
    forget()
    return release


def test_rows_are_kept_with_what_everybody_did(editor, desk):
    sent(
        editor, desk,
        row(0, name_ar="هند", name_en="Hind", role="editor", roles=["validation", "supervision"], orcid=f"https://orcid.org/{ORCID}"),
        row(1, name_en="Omar", role="Cartography of wells"),
        row(2),
    )  # fmt: skip

    assert kept(desk) == [HIND, {"name": "Omar", "role": "Cartography of wells"}]


def test_a_role_that_catalogues_know_is_the_same_in_both_languages(editor, desk):
    sent(editor, desk, row(0, name_ar="سعاد", role="مترجم"))

    assert kept(desk) == [{"name": "سعاد", "role": "translator"}]
    with override("en"):
        page = editor.get(reverse("desk_edition_plan", args=[desk.edition.public_id]))
    assert [form["role"].value() for form in page.context["form"].credits] == ["translator"]


@pytest.mark.parametrize(
    ("orcid", "said"),
    [("0000-0002-1825-0098", "its last sign does not fit"), ("hind@example.org", "One has sixteen digits")],
)
def test_a_wrong_orcid_is_told_beside_its_field_and_nothing_typed_is_lost(editor, desk, orcid, said):
    before = kept(desk)

    with override("en"):  # The address says in which language the page is.
        page = sent(
            editor, desk, row(0, name_ar="هند"), row(1, name_ar="عمر", orcid=orcid), title_en="New words"
        )

    first, second = page.context["form"].credits
    assert not first.errors
    assert said in second.errors["orcid"][0]
    html = page.content.decode()
    assert 'id="id_credits-1-orcid_error"' in html
    assert f'value="{orcid}"' in html
    assert "New words" in html
    assert 'class="alert alert--danger form-errors"' in html
    assert kept(desk) == before


def test_somebody_who_did_something_has_a_name(editor, desk):
    page = sent(editor, desk, row(0, roles=["software"]))

    assert list(next(iter(page.context["form"].credits)).errors) == ["name_ar"]


@pytest.mark.parametrize(
    ("act", "names"),
    [
        ("add", ["أ", "ب", "ج", ""]), ("up-2", ["أ", "ج", "ب"]), ("up-0", ["أ", "ب", "ج"]), ("down-0", ["ب", "أ", "ج"]),
        ("down-2", ["أ", "ب", "ج"]), ("out-1", ["أ", "ج"]), ("out-9", ["أ", "ب", "ج"]), ("out-x", ["أ", "ب", "ج"]),
    ],
)  # fmt: skip
def test_rows_are_added_moved_and_taken_out_by_buttons_alone(editor, desk, act, names):
    before = kept(desk)
    rows = [row(at, name_ar=name, orcid="not yet right", roles=["software"]) for at, name in enumerate("أبج")]

    page = sent(editor, desk, *rows, row=act, title_en="Not saved")

    form = page.context["form"]
    assert [one["name_ar"].value() or "" for one in form.credits] == names
    assert next(iter(form.credits)).chosen == [str(CREDIT_ROLES["software"])]
    assert (form.is_bound, form["title_en"].value()) == (False, "Not saved")
    assert kept(desk) == before


def test_a_new_edition_has_rows_too(editor, desk):
    given = typed(desk, row(0, name_ar="هند"), row="add", text=desk.text.public_id)

    page = editor.post(reverse("desk_edition_new"), given)

    assert [one["name_ar"].value() or "" for one in page.context["form"].credits] == ["هند", ""]


def test_a_line_of_before_stays_as_it_was_when_its_plan_is_saved(editor, desk):
    desk.edition.credits = [OLD, {"name": "Omar", "role": "مترجم"}]
    desk.edition.save()
    page = editor.get(reverse("desk_edition_plan", args=[desk.edition.public_id])).context["form"]
    rows = [row(at, **one.typed()) for at, one in enumerate(page.credits)]
    assert rows[0]["credits-0-name_ar"] == "هند"

    answer = sent(editor, desk, *rows, title_en="Another title")

    assert answer.status_code == 302
    assert kept(desk) == [OLD, {"name": "Omar", "role": "مترجم"}]
    answer = sent(editor, desk, row(0, name_ar="هند", name_en="Hind", role="editor"), rows[1])
    assert answer.status_code == 302
    assert kept(desk)[0] == {"name": "هند", "role": "editor", "name_ar": "هند", "name_en": "Hind"}


def test_whoever_was_quicker_is_told_with_both_lists(editor, desk):
    stale = typed(desk, row(0, name_ar="عمر", roles=["software"]))
    sent(editor, desk, row(0, name_ar="هند"))

    page = editor.post(reverse("desk_edition_plan", args=[desk.edition.public_id]), stale)

    assert page.status_code == 412
    _label, now, yours = page.context["differing"][-1]
    assert (now, yours) == ("هند", f"عمر · {CREDIT_ROLES['software']}")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"orcid": "0000-0002-1825-0098"}, "orcid_check"), ({"orcid": "x"}, "orcid_form"),
        ({"roles": ["annotator"]}, "unknown_credit_role"),
    ],
)  # fmt: skip
def test_no_door_keeps_what_is_no_orcid_or_no_role_of_credit(desk, line, code):
    with pytest.raises(Invalid, match=code):
        released_with(desk, [{"name": "Hind", **line}])


def test_a_release_with_lines_of_before_is_built_with_the_same_name_again(desk):
    release = released_with(desk, [OLD])
    desk.edition.refresh_from_db()

    again = build_snapshot(gather(desk.edition), number=1, previous="")

    assert dumps(again) == release.snapshot
    assert '"credits":[{"name":"هند","name_en":"Hind","role":"annotator"}]' in release.snapshot
    assert manifest_hash(dumps(again)) == release.manifest_hash


def test_a_release_keeps_roles_and_orcid(desk):
    release = released_with(desk, [HIND])

    assert read_snapshot(release).credits == (HIND,)
    assert dumps(read_snapshot(release)) == release.snapshot


@pytest.mark.parametrize(("language", "words"), [("ar", "الإشراف"), ("en", "Supervision")])
def test_the_page_of_a_release_says_who_did_what(desk, client, language, words):
    released_with(desk, [HIND])

    html = client.get(f"/{language}/editions/mill-edition/1/").content.decode()

    assert (
        f'<a class="small" href="https://orcid.org/{ORCID}" rel="noopener"><bdi class="ltr">ORCID {ORCID}</bdi></a>'
        in html
    )
    assert (
        f'<a href="https://credit.niso.org/contributor-roles/supervision/" rel="noopener">{words}</a>' in html
    )
    schema = json.loads(html.split('type="application/ld+json">')[1].split("</script>")[0])
    named = {"name": "هند" if language == "ar" else "Hind"}
    assert schema["editor"][0]["name"] == named["name"]
    assert schema["editor"][0]["sameAs"] == f"https://orcid.org/{ORCID}"
    role = next(one for one in schema["contributor"] if one["@type"] == "Role")
    assert (role["roleName"], role["sameAs"]) == (
        words,
        "https://credit.niso.org/contributor-roles/supervision/",
    )
    assert role["contributor"]["identifier"] == {
        "@type": "PropertyValue",
        "propertyID": "ORCID",
        "value": ORCID,
    }
    assert schema["creditText"].startswith(f"{named['name']} (")
    assert words in schema["creditText"]


def test_machines_are_led_to_the_orcid(desk, client):
    released_with(desk, [HIND])

    link = client.get("/en/editions/mill-edition/1/").headers["Link"]

    assert f'<https://orcid.org/{ORCID}>; rel="author"' in link


def test_a_contributor_is_one_person_under_every_name_with_the_same_orcid(desk, client):
    released_with(desk, [HIND, {"name": "H. al-Halabi", "role": "translator", "orcid": ORCID}])

    page = client.get(f"/en/people/{key_of('هند')}/")

    html = page.content.decode()
    assert f'href="https://orcid.org/{ORCID}"' in html
    assert "Supervision" in html
    assert "translator" in html
    assert (
        client.get(f"/en/people/{key_of('H. al-Halabi')}/").headers["Location"].endswith(f"{key_of('هند')}/")
    )


def test_what_a_package_brought_is_shown_only_as_far_as_it_is_understood(desk):
    odd = {"name": "Hind", "orcid": "javascript:alert(1)", "roles": ["no-role", {"a": 1}, "software"]}
    snapshot = make_snapshot(credits=(odd, {"name": "Omar", "roles": "software", "orcid": 5}))

    with override("en"):
        rows = [(one.label, one.words) for one in Volume(make_given(snapshot), "en").rows()]

    assert ("Software", "Hind") in rows
    assert ("Credits", "Omar") in rows
    assert not [label for label, _words in rows if label == "ORCID"]


def test_books_say_it_on_the_back_of_their_title_page():
    with override("ar"):
        rows = list(Volume(make_given(make_snapshot(credits=(HIND,))), "ar").rows())

    at = next(index for index, one in enumerate(rows) if one.words == "هند")
    assert rows[at].label == "محرّر، الإشراف، التثبّت"
    assert (rows[at + 1].label, rows[at + 1].words, rows[at + 1].href) == (
        "ORCID", ORCID, f"https://orcid.org/{ORCID}"
    )  # fmt: skip


def test_tei_names_roles_and_people_by_their_addresses():
    given = make_given(make_snapshot(credits=(HIND, OLD)))

    root = etree.fromstring(b"".join(FORMATS["tei"].write(given)))

    new, old = root.xpath("//tei:titleStmt/tei:respStmt[not(@xml:id)]", namespaces=TEI)
    assert [resp.text for resp in new.findall("tei:resp", TEI)] == ["editor", "Supervision", "Validation"]
    assert (
        new.xpath("tei:resp/@ref", namespaces=TEI)[0]
        == "https://credit.niso.org/contributor-roles/supervision/"
    )
    assert new.xpath("tei:name/@ref", namespaces=TEI) == [f"https://orcid.org/{ORCID}"]
    assert new.xpath("tei:name/tei:idno[@type='ORCID']/text()", namespaces=TEI) == [ORCID]
    assert etree.tostring(old).decode().count("<name>") == 1


def test_annotations_as_jsonld_say_who_is_credited():
    given = make_given(make_snapshot(credits=(HIND,)))

    data = json.loads(b"".join(FORMATS["jsonld"].write(given)))

    (role,) = data["schema:contributor"]
    assert role["schema:roleName"] == [
        "editor", "https://credit.niso.org/contributor-roles/supervision/",
        "https://credit.niso.org/contributor-roles/validation/",
    ]  # fmt: skip
    assert role["schema:contributor"]["schema:sameAs"] == f"https://orcid.org/{ORCID}"
    assert role["schema:contributor"]["schema:name"] == "هند"


def citation(*credits: dict):
    with override("en"):
        return cite(
            make_snapshot(credits=credits), site="House", url="https://example.org/", published_at=None,
            manifest_hash="0" * 64,
        )  # fmt: skip


def test_citations_carry_the_orcid_where_their_format_has_a_place():
    cited = citation({"name": "Omar", "role": "editor"}, HIND)

    with override("en"):
        bibtex, csl = as_bibtex(cited), json.loads(as_csl(cited))[0]

    assert f'  editor+an:orcid = {{2="https://orcid.org/{ORCID}"}},\n' in bibtex
    assert "author+an" not in bibtex
    assert csl["custom"] == {"orcid": {"Hind": f"https://orcid.org/{ORCID}"}}
    assert "custom" not in json.loads(as_csl(citation(OLD)))[0]


def test_nobody_else_of_the_same_name_is_given_an_orcid():
    two = citation({**HIND, "role": "editor"}, {**HIND, "role": "editor", "orcid": "0000-0002-1694-233X"})
    of_note = replace(citation({**HIND, "role": "editor"}), note_author="Hind", authors=("Hind",))
    programmer = citation({**HIND, "role": "", "roles": ["software"]}, {"name": "Hind", "role": "annotator"})

    with override("en"):
        bibtex = [as_bibtex(one) for one in (two, of_note, programmer)]
        people = schema_people(of_note)

    assert "an:orcid" not in bibtex[0]
    assert "author+an" not in bibtex[1]
    assert "an:orcid" not in bibtex[2]
    assert "sameAs" not in people["author"][0]


def test_more_people_than_can_be_kept_are_told_so_and_none_is_dropped(editor, desk):
    before = kept(desk)

    answer = sent(editor, desk, *(row(at, name_en=f"Person {at}") for at in range(101)))

    html = answer.content.decode()
    assert "Person 100" in html
    assert "alert--danger" in html
    assert kept(desk) == before


def test_roles_of_credit_alone_make_nobody_an_annotator():
    cited = citation({"name": "Rim", "role": "", "roles": ["software"]}, {"name": "Omar", "role": ""})

    assert (cited.editors, cited.annotators) == ((), ("Omar",))
    assert replace(cited, orcids=()).orcid_of("Omar") == ""


def test_every_role_of_credit_has_its_own_word_in_both_languages():
    for language in ("ar", "en"):
        with override(language):
            assert len({str(CREDIT_ROLES[role]) for role in CreditRole}) == 14


@pytest.mark.parametrize(("language", "name"), [("ar", "نور"), ("en", "Nour")])
def test_whoever_is_credited_in_both_languages_is_called_alike_all_over_a_release(
    client, people, language, name
):
    desk = make_desk(people)
    writer = desk.people["scholar"]
    names = {"name": str(writer), "name_ar": "نور", "name_en": "Nour", "role": "annotator"}
    type(desk.edition).objects.filter(pk=desk.edition.pk).update(credits=[names])
    desk.release()

    page = client.get(f"/{language}/editions/mill-edition/1/").content.decode()

    assert f"<bdi>{writer}</bdi>" not in page
    assert name in page.partition("<dl")[2]
    with override(language):
        assert named_in(str(writer), [names], language) == name
        assert named_in("Somebody else", [names], language) == "Somebody else"
