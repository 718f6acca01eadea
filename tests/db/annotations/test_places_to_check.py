"""The list of notes that a correction left without a sure place: compared, put back by selecting, retired with a reason."""

from __future__ import annotations

import re

import pytest

from annotations.actions.carry_over import carry_over
from annotations.enums import AnnotationStatus
from annotations.models import Anchor, Reply
from archive.models import Notice
from tests.factories_notes import add_revision, make_accepted, make_note, make_text

pytestmark = pytest.mark.django_db

BEFORE = (
    "وصل الماء إلى المدينة في أول الربيع بعد أن رُمّمت القناة كلها.\n"
    "كان الناس ينتظرونه عند باب السوق الكبير منذ الفجر، وفي أيديهم الجرار.\n"
    "ثم فُتح القسطل الكبير فجرى الماء صافيًا باردًا."
)
AFTER = (
    "وصل الماء إلى المدينة في أول الربيع بعد أن رُمّمت القناة كلها.\n"
    "كان الناس ينتظرونه قرب سوق الجمعة منذ الفجر، وفي أيديهم الجرار."
)


@pytest.fixture
def text(people):
    return make_text(BEFORE)


@pytest.fixture
def corrected(people, text):
    """A note whose words were changed and one whose sentence is gone, after the correction."""
    changed = make_note(text, "عند باب السوق الكبير", by=people["scholar"], body="أيّ باب؟")
    gone = make_note(text, "القسطل الكبير فجرى الماء", by=people["scholar"], body="أين القسطل؟")
    carry_over(revision_id=add_revision(text, AFTER).pk, by=None)
    return changed, gone


def address(text):
    return f"/en/workbench/{text.public_id}/carried/"


def newest(note):
    note.refresh_from_db()
    rows = Anchor.objects.filter(locus=note.newest_version.locus_id, revision__number=2)
    return rows.order_by("-attempt").first()


def card(client, text, note):
    """Return the part of the page that is about one note."""
    page = client.get(address(text)).content.decode()
    return page.split(f'id="note-{note.public_id}"')[1].split("</article>")[0]


def test_what_came_and_what_went_is_marked_in_the_place_that_is_offered(scholar, text, corrected):
    changed, _gone = corrected
    assert newest(changed).status == "uncertain"

    shown = card(scholar, text, changed)

    offered = shown.split("<blockquote")[2]
    assert re.search(r"<del>[^<]*باب[^<]*</del>", offered)
    assert re.search(r"<ins>[^<]*الجمعة[^<]*</ins>", offered)
    # What stands around both is no difference, nor is where either is cut.
    assert "ينتظرونه" in re.sub(r"<(del|ins)>[^<]*</\1>", "", offered)


def test_keys_go_through_the_list_and_each_has_its_button(scholar, text, corrected):
    changed, gone = corrected

    page = scholar.get(address(text)).content.decode()

    assert "data-walk" in page
    assert page.count("data-step") == 2
    assert 'data-on="enter"' in card(scholar, text, changed)
    assert all('data-on="s' in card(scholar, text, note) for note in corrected)
    assert f"?place={gone.public_id}" in card(scholar, text, gone)


def test_workbench_takes_the_place_that_is_selected_in_it(scholar, text, corrected):
    _changed, gone = corrected
    attempt = newest(gone).attempt
    page = scholar.get(f"/en/workbench/{text.public_id}/", {"place": gone.public_id}).content.decode()
    form = page.split("data-placing")[1].split("</form>")[0]
    sent = dict(re.findall(r'name="(note|attempt|revision|span)" value="([^"]*)"', form))
    start = AFTER.index("أيديهم الجرار")

    answer = scholar.post(address(text), sent | {"span": f"{start}-{start + 13}"})

    assert "أين القسطل؟" in form
    assert sent == {"note": gone.public_id, "attempt": str(attempt), "revision": "2", "span": ""}
    assert answer.status_code == 302
    assert (newest(gone).status, newest(gone).exact) == ("moved", "أيديهم الجرار")


def test_place_of_an_earlier_wording_is_put_nowhere(scholar, text, corrected):
    changed, _gone = corrected
    choice = newest(changed)
    carry_over(revision_id=add_revision(text, "ثم إن " + AFTER).pk, by=None)
    span = {"span": f"{choice.start}-{choice.end}", "note": changed.public_id, "attempt": "1"}

    answers = [scholar.post(address(text), span | more) for more in ({"revision": "2"}, {})]

    assert [one.status_code for one in answers] == [422, 422]
    assert "The text was corrected meanwhile" in answers[0].content.decode()
    assert not Anchor.objects.filter(method="reattached").exists()


def test_workbench_asks_for_no_place_of_a_note_that_has_one_or_is_not_ones_own(
    client, people, text, corrected
):
    _changed, gone = corrected
    client.force_login(people["scholar"])
    settled = make_note(text, "رُمّمت القناة", by=people["scholar"])
    pages = [
        (people["scholar"], settled.public_id),
        (people["scholar"], "nothing"),
        (people["reviewer"], gone.public_id),
    ]

    for who, note in pages:
        client.force_login(who)
        page = client.get(f"/en/workbench/{text.public_id}/", {"place": note}).content.decode()
        assert "data-placing" not in page


def test_note_is_retired_with_a_reason_that_its_history_keeps(scholar, people, text, corrected):
    changed, gone = corrected
    sent = {"act": "retire", "note": gone.public_id, "version": gone.newest_version.public_id}

    refused = scholar.post(address(text), sent | {"reason": "  "})
    answer = scholar.post(address(text), sent | {"reason": "حُذفت الجملة كلها"})

    assert refused.status_code == 422
    assert "Say why the note is retired." in refused.content.decode()
    assert answer.status_code == 302
    gone.refresh_from_db()
    assert gone.status == AnnotationStatus.WITHDRAWN
    listed = scholar.get(address(text)).content.decode()
    assert gone.public_id not in listed
    assert changed.public_id in listed
    assert "حُذفت الجملة كلها" in scholar.get(f"/en/desk/notes/{gone.public_id}/history/").content.decode()


def test_reason_of_a_stale_page_is_not_lost_and_nobody_retires_the_note_of_another(client, people, text):
    note = make_accepted(
        text,
        "القسطل الكبير فجرى الماء",
        author=people["scholar"],
        reviewer=people["reviewer"],
        body="أين القسطل؟",
    )
    carry_over(revision_id=add_revision(text, AFTER).pk, by=None)
    sent = {"act": "retire", "note": note.public_id, "version": "of-another-page", "reason": "لم تعد هنا"}

    client.force_login(people["scholar"])
    stale = client.post(address(text), sent)
    client.force_login(people["editor"])
    shown = card(client, text, note)
    version = note.newest_version.public_id
    others = client.post(address(text), sent | {"version": version})

    assert stale.status_code == 422
    assert 'value="لم تعد هنا"' in stale.content.decode()
    assert 'value="retire"' not in shown
    assert others.status_code == 422
    note.refresh_from_db()
    assert note.status == AnnotationStatus.ACCEPTED


def test_who_may_put_back_the_note_of_another_asks_its_author_to_retire_it(client, people, text):
    note = make_accepted(
        text, "القسطل الكبير فجرى الماء", author=people["scholar"], reviewer=people["reviewer"]
    )
    carry_over(revision_id=add_revision(text, AFTER).pk, by=None)
    sent = {"act": "ask", "note": note.public_id, "reason": "حُذفت الجملة كلها."}
    client.force_login(people["editor"])
    shown = card(client, text, note)

    refused = client.post(address(text), sent | {"reason": " "})
    answers = [client.post(address(text), sent) for _twice in range(2)]

    assert 'value="ask"' in shown
    assert note.newest_version.public_id not in shown
    assert refused.status_code == 422
    assert [answer.status_code for answer in answers] == [302, 302]
    reply = Reply.objects.get(annotation=note)
    assert (reply.author, reply.versions.get().body) == (people["editor"], "حُذفت الجملة كلها.")
    assert Notice.objects.filter(user=people["scholar"], code="talk_reply").count() == 1
    note.refresh_from_db()
    assert note.status == AnnotationStatus.ACCEPTED
    client.force_login(people["scholar"])
    assert 'value="ask"' not in card(client, text, note)


def test_keys_go_on_from_the_note_that_was_settled(scholar, text, corrected):
    listed = re.findall(r'id="note-([a-z0-9]+)" tabindex', scholar.get(address(text)).content.decode())
    first = next(note for note in corrected if note.public_id == listed[0])
    sent = {"act": "retire", "note": listed[0], "version": first.newest_version.public_id, "reason": "كذا"}

    answer = scholar.post(address(text), sent)

    assert answer["Location"].endswith(f"carried/#note-{listed[1]}")


def test_long_list_comes_in_pages(scholar, people, text):
    for number in range(21):
        make_note(text, "القسطل الكبير فجرى الماء", by=people["scholar"], body=f"ح {number}")
    carry_over(revision_id=add_revision(text, AFTER).pk, by=None)

    page = scholar.get(address(text)).content.decode()

    assert page.count("data-step") == 20
    assert 'href="?page=2"' in page
    assert scholar.get(address(text), {"page": "2"}).content.decode().count("data-step") == 1


@pytest.mark.parametrize("form", ["csv", "jsonld"])
def test_list_is_taken_along(scholar, people, text, corrected, form):
    settled = make_note(text, "رُمّمت القناة", by=people["scholar"])
    page = scholar.get(address(text)).content.decode()

    link = re.search(rf'href="([^"]+notes\.{form})"', page)[1]
    sent = b"".join(scholar.get(link).streaming_content).decode()

    assert all(note.public_id in sent for note in corrected)
    assert settled.public_id not in sent
    assert scholar.get(link.replace(form, "xml")).status_code == 404
