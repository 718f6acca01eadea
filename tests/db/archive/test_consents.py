"""What people agreed to is kept for archivists alone; one that ends waits until somebody has acted on it."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from archive.access.consents import ended_consents
from archive.actions.create_work import create_work
from archive.actions.record_consent import record_consent, settle_consent, withdraw_consent
from archive.errors import Conflict, Invalid, NotAllowed
from archive.models import AuditDetail, AuditEvent, Consent

pytestmark = pytest.mark.django_db

PERSON, NOTE = "Salma Kassab", "She called on Monday."


@pytest.fixture
def work(archivist):
    return create_work(values={"title_en": "Testimony", "access": "public"}, slug="testimony", by=archivist)


def agreed(work, by, **more):
    values = {"person": PERSON, "purposes": ["publication", "archive"], "given_on": datetime.date(2026, 1, 2)}
    return record_consent(work=work, **{**values, **more}, by=by)


def test_consent_names_nobody_in_the_record_of_acts(work, archivist, people):
    consent = agreed(work, archivist)
    withdraw_consent(consent=consent, note=NOTE, by=archivist)

    events = AuditEvent.objects.filter(target_id=consent.public_id)
    assert [event.action for event in events] == ["consent.recorded", "consent.withdrawn"]
    assert events[0].facts == {"work": work.public_id, "purposes": ["archive", "publication"]}
    assert AuditDetail.objects.get(sequence=events[1].sequence).words == NOTE
    with pytest.raises(NotAllowed):
        agreed(work, people["editor"])


def test_withdrawn_and_run_out_ones_wait_on_the_worklist_until_settled(work, archivist):
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    holds = agreed(work, archivist, until=timezone.localdate())
    over = agreed(work, archivist, until=yesterday)
    withdrawn = withdraw_consent(consent=agreed(work, archivist), by=archivist)

    assert set(ended_consents(archivist)) == {over, withdrawn}
    for consent in (over, withdrawn):
        settle_consent(consent=consent, by=archivist)
    assert not ended_consents(archivist).exists()
    for done in (lambda: settle_consent(consent=holds, by=archivist),
                 lambda: withdraw_consent(consent=withdrawn, by=archivist)):  # fmt: skip
        with pytest.raises(Conflict):
            done()
    withdraw_consent(consent=over, by=archivist)
    assert set(ended_consents(archivist)) == {over}, (
        "withdrawn after it had run out and was settled: it waits anew"
    )


@pytest.mark.parametrize(
    "wrong", [{"person": " "}, {"purposes": []}, {"purposes": ["fame"]}, {"until": datetime.date(2025, 1, 1)}]
)
def test_what_is_no_consent_is_refused(work, archivist, wrong):
    with pytest.raises(Invalid):
        agreed(work, archivist, **wrong)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_desk_records_withdraws_and_settles(work, archivist, people, client, language):
    door = f"/{language}/desk/works/{work.public_id}/consents/"
    client.force_login(people["editor"])
    assert client.get(door).status_code == 403
    client.force_login(archivist)
    sent = {"person": PERSON, "purposes": ["research"], "given_on": "2026-03-01", "until": "2026-02-01"}

    refused, done = client.post(door, sent), client.post(door, {**sent, "until": ""})
    consent = Consent.objects.get()
    client.post(f"/{language}/desk/consents/{consent.public_id}/withdraw/", {"note": NOTE})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert PERSON in refused.content.decode()
    assert NOTE in client.get(door).content.decode()
    assert PERSON in client.get(f"/{language}/desk/consents/").content.decode()
    client.post(f"/{language}/desk/consents/{consent.public_id}/settle/")
    assert PERSON not in client.get(f"/{language}/desk/consents/").content.decode()
    assert client.post(f"/{language}/desk/consents/{consent.public_id}/settle/").status_code == 302
