"""The vocabulary: proposed, changed, established, merged; every name found; addresses that lead on."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from annotations.access.note_facts import read_note
from annotations.access.terms import find_terms, named
from annotations.actions.change_term import change_term, establish_term
from annotations.actions.merge_term import merge_term
from annotations.actions.propose_term import propose_term
from annotations.enums import TermKind
from annotations.models import Term, TermName
from annotations.values import Name, TermInput
from archive.access import visible_to
from archive.errors import Conflict, Invalid, InvalidTransition, NotAllowed, Stale, VersionMissing
from archive.models import SlugRedirect
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db


def entry(label="النهر", **more):
    return TermInput(**{"kind": TermKind.PLACE, "label_ar": label, **more})


@pytest.fixture
def keeper(people):
    return people["reviewer"]


def test_proposal_is_seen_by_members_and_established_by_keepers(people, keeper):
    term = propose_term(term=entry(), by=people["scholar"])

    assert visible_to(Term, people["member"]).exists()
    assert not visible_to(Term, None).exists()
    with pytest.raises(NotAllowed):
        establish_term(term=term.public_id, version=1, by=people["scholar"])
    establish_term(term=term.public_id, version=1, by=keeper)
    assert visible_to(Term, None).exists()
    with pytest.raises(InvalidTransition):
        establish_term(term=term.public_id, version=2, by=keeper)


@pytest.mark.parametrize("role", ["member", "archivist"])
def test_who_writes_no_notes_proposes_no_terms(people, role):
    with pytest.raises(NotAllowed):
        propose_term(term=entry(), by=people[role])


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"label_ar": " "}, "label_ar"),
        ({"latitude": 36.2}, "latitude"),
        ({"latitude": 96.0, "longitude": 37.0}, "latitude"),
        ({"latitude": 36.0, "longitude": 190.0}, "longitude"),
        ({"date_edtf": "تموز"}, "date_edtf"),
        ({"slug": "نهر"}, "slug"),
        ({"broader": "nosuch"}, "broader"),
    ],
)
def test_what_is_wrong_is_named(keeper, wrong, field):
    with pytest.raises(Invalid) as refused:
        propose_term(term=entry(**wrong), by=keeper)

    assert refused.value.params["field"] == field
    assert not Term.objects.exists()


def test_labels_are_names_among_the_names(keeper):
    propose_term(
        term=entry(label_en="The River", names=(Name("ar", "نهر قويق"), Name("ar", "النهر"))), by=keeper
    )

    names = TermName.objects.values_list("language", "name", "is_label")
    assert set(names) == {("ar", "النهر", True), ("en", "The River", True), ("ar", "نهر قويق", False)}


def test_date_gives_its_bounds(keeper):
    term = propose_term(term=entry(date_edtf="1235/1236-02"), by=keeper)

    assert (term.date_start, term.date_end) == (date(1235, 1, 1), date(1236, 2, 29))


def test_same_name_gets_another_address(keeper):
    first, second = (propose_term(term=entry(), by=keeper) for _time in range(2))

    assert first.slug != second.slug
    with pytest.raises(Invalid, match="term_slug_taken"):
        propose_term(term=entry(slug=first.slug), by=keeper)


def test_change_names_its_version(keeper):
    term = propose_term(term=entry(), by=keeper)
    change_term(term=term.public_id, version=1, values=entry("نهر قويق"), by=keeper)

    with pytest.raises(Stale):
        change_term(term=term.public_id, version=1, values=entry("غيره"), by=keeper)
    with pytest.raises(VersionMissing):
        change_term(term=term.public_id, version=None, values=entry("غيره"), by=keeper)
    assert Term.objects.get().label_ar == "نهر قويق"


def test_people_change_their_own_proposals_only(people, keeper):
    own, established = (
        propose_term(term=entry(), by=people["scholar"]),
        propose_term(term=entry("ب"), by=keeper),
    )

    change_term(term=own.public_id, version=1, values=entry("أدقّ"), by=people["scholar"])
    with pytest.raises(NotAllowed):
        change_term(term=established.public_id, version=1, values=entry("ت"), by=people["scholar"])


def test_renamed_address_leads_on(keeper):
    term = propose_term(term=entry(slug="river"), by=keeper)

    change_term(term=term.public_id, version=1, values=entry(slug="quwayq"), by=keeper)

    redirect = SlugRedirect.objects.get()
    assert (redirect.kind, redirect.old_slug, redirect.target_id) == ("term", "river", term.pk)


def test_term_does_not_stand_below_itself(keeper):
    above = propose_term(term=entry("فوق"), by=keeper)
    below = propose_term(term=entry("تحت", broader=above.public_id), by=keeper)

    with pytest.raises(Invalid, match="broader_circle"):
        change_term(term=above.public_id, version=1, values=entry("فوق", broader=below.public_id), by=keeper)


def test_merged_term_leads_to_the_one_that_stays(keeper, people):
    goes = propose_term(term=entry("القويق", names=(Name("en", "Chalus"),)), by=keeper)
    stays = propose_term(term=entry("نهر قويق", broader=goes.public_id), by=keeper)
    child = propose_term(term=entry("الجسر", broader=goes.public_id), by=keeper)
    note = make_note(make_text(), by=people["scholar"], tags=(goes.public_id,))

    merge_term(term=goes.public_id, version=1, into=stays.public_id, by=keeper)

    stays.refresh_from_db()
    child.refresh_from_db()
    assert named(keeper, "chalus") == named(keeper, "القويق") == stays
    assert (child.broader, stays.broader) == (stays, None)
    assert [term.pk for term in read_note(people["scholar"], note).tags] == [stays.pk]
    assert find_terms(keeper, "القويق") == [stays]
    with pytest.raises(Conflict):
        change_term(term=goes.public_id, version=2, values=entry("القويق"), by=keeper)
    with pytest.raises(Invalid, match="merge_target"):
        merge_term(term=stays.public_id, version=stays.version, into=goes.public_id, by=keeper)


def test_database_itself_refuses_places_off_the_globe(keeper):
    term = propose_term(term=entry(), by=keeper)

    with pytest.raises(IntegrityError):
        Term.objects.filter(pk=term.pk).update(latitude=91, longitude=0)


# --- The desk ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(client, keeper):
    client.force_login(keeper)
    return client


def typed(**more):
    return {"kind": "place", "label_ar": "النهر", "act": "save", **more}


def test_desk_finds_by_any_name_and_filters_by_kind(desk, keeper):
    propose_term(term=entry(names=(Name("ar", "القويق"),)), by=keeper)
    propose_term(term=entry("الفيضان", kind=TermKind.EVENT), by=keeper)

    assert "الفيضان" not in desk.get(reverse("terms_desk"), {"q": "القويق"}).content.decode()
    assert "النهر" not in desk.get(reverse("terms_desk"), {"kind": "event"}).content.decode()


def test_term_is_added_and_changed_in_both_languages(desk):
    desk.post(reverse("term_new"), typed(names_ar="القويق\nنهر حلب", broader="") | {"act": "establish"})
    term = Term.objects.get()

    answer = desk.post(
        reverse("term_edit", args=[term.public_id]),
        typed(label_en="The River", version=1, latitude="36.2", longitude="37.1", authority_wikidata="Q1"),
    )

    term.refresh_from_db()
    assert answer.status_code == 302
    assert (term.status, term.label_en, term.latitude, term.authority) == (
        "established", "The River", 36.2, {"wikidata": "Q1"},
    )  # fmt: skip


def test_stale_form_shows_both_versions(desk, keeper):
    term = propose_term(term=entry(), by=keeper)
    change_term(term=term.public_id, version=1, values=entry("كما صار"), by=keeper)

    answer = desk.post(reverse("term_edit", args=[term.public_id]), typed(label_ar="كما كتبت", version=1))

    page = answer.content.decode()
    assert answer.status_code == 412
    assert "كما صار" in page
    assert "كما كتبت" in page


def test_broader_term_is_named_by_its_name(desk, keeper):
    above = propose_term(term=entry("المياه"), by=keeper)

    desk.post(reverse("term_new"), typed(broader="المياه"))
    wrong = desk.post(reverse("term_new"), typed(label_ar="آخر", broader="لا أحد"))

    assert Term.objects.exclude(pk=above.pk).get().broader == above
    assert "لا أحد" in wrong.content.decode()


def test_desk_merges(desk, keeper):
    goes, stays = (
        propose_term(term=entry("القويق"), by=keeper),
        propose_term(term=entry("نهر قويق"), by=keeper),
    )

    desk.post(reverse("term_edit", args=[goes.public_id]), {"act": "merge", "version": 1, "into": "نهر قويق"})

    goes.refresh_from_db()
    assert goes.merged_into == stays


def test_desk_takes_the_same_number_of_queries_for_three_and_for_thirty(desk, keeper):
    counts = []
    for size in (3, 30):
        while Term.objects.count() < size:
            propose_term(term=entry(f"نهر {Term.objects.count()}"), by=keeper)
        with CaptureQueriesContext(connection) as captured:
            desk.get(reverse("terms_desk"))
        counts.append(len(captured))

    assert counts[0] == counts[1], counts
