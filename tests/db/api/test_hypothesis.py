"""The Hypothesis API, asked as its unmodified client asks: the requests are in the form in which version 1.1766.0 sent them."""

from __future__ import annotations

import base64
import hashlib
import json
from urllib.parse import urlencode

import pytest
import time_machine
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from annotations.actions.carry_over import carry_over
from annotations.enums import Outcome
from annotations.models import Annotation
from annotations.presenters.work_part import part_query
from archive.access.client_tokens import sign_code, sign_grant
from archive.actions.begin_group import begin_group
from archive.actions.deactivate_account import deactivate_account
from archive.models import AuditEvent, Group
from archive.text.sections import sections
from tests.factories_editions import make_desk
from tests.factories_notes import (
    CONTENT,
    add_revision,
    decide_note,
    make_note,
    make_text,
    place_of,
    submit_note,
)

pytestmark = pytest.mark.django_db

API = "/api/hypothesis/"
HERE = "http://localhost:8000"
FORM = "application/x-www-form-urlencoded"
BY_WORD = "urn:ietf:params:oauth:grant-type:jwt-bearer"


@pytest.fixture
def text():
    return make_text()


def tokens(**form):
    """Ask for tokens, as the client does: a form without a header."""
    return APIClient().post(f"{API}token", urlencode(sorted(form.items())), content_type=FORM)


def client_for(user):
    """Return a client that a page's word let in."""
    given = tokens(grant_type=BY_WORD, assertion=sign_grant(user)).json()
    client = APIClient()
    client.credentials(
        HTTP_AUTHORIZATION=f"Bearer {given['access_token']}", HTTP_HYPOTHESIS_CLIENT_VERSION="1.1766.0"
    )
    client.pair = given
    return client


@pytest.fixture
def scholar(people):
    return client_for(people["scholar"])


def page(text, language="ar"):
    return f"{HERE}/{language}/hypothesis/{text.public_id}/"


def units(words):
    return len(words.encode("utf-16-le")) // 2


def quoted(text, words, uri=None, /, *, occurrence=1, before="", group="__world__", private=False, **more):
    """Return what the client sends of a selection, positions counted over the whole page as it counts them."""
    content = before + text.current_revision.content
    start = place_of(text, words, occurrence).start + len(before)
    end, uri, user = start + len(words), uri or page(text), "acct:x@localhost"
    selectors = [
        {"type": "RangeSelector", "startContainer": "/main[1]/article[1]/p[1]", "startOffset": 3,
         "endContainer": "/main[1]/article[1]/p[1]", "endOffset": 9},
        {"type": "TextPositionSelector", "start": units(content[:start]), "end": units(content[:end])},
        {"type": "TextQuoteSelector", "exact": words, "prefix": content[max(0, start - 32) : start],
         "suffix": content[end : end + 32]},
    ]  # fmt: skip
    read = [user] if private else [f"group:{group}"]
    return {
        "created": "2026-11-29T20:19:01.024Z", "updated": "2026-11-29T20:19:01.024Z", "group": group, "hidden": False,
        "permissions": {"read": read, "update": [user], "delete": [user]}, "tags": [], "text": "حاشية.", "links": {},
        "user": user, "user_info": {"display_name": "x"}, "document": {"title": "x", "link": [{"href": uri}]},
        "uri": uri, "target": [{"source": uri, "selector": selectors}], **more,
    }  # fmt: skip


def write(client, data):
    return client.post(f"{API}annotations", data, format="json")


def found(client, **asked):
    usual = {"limit": 50, "sort": "created", "order": "asc", "_separate_replies": "false"}
    answer = client.get(f"{API}search?{urlencode({**usual, **asked})}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def selectors(row):
    return {one["type"]: one for one in row["target"][0]["selector"]}


def test_index_names_every_route_and_any_page_may_read_it(client):
    answer = client.get(API)

    links = answer.json()["links"]
    assert links["annotation"]["update"] == {
        "method": "PATCH", "url": "http://testserver/api/hypothesis/annotations/:id", "desc": "annotation.update",
    }  # fmt: skip
    assert {"search", "profile", "groups", "links"} <= set(links)
    pages = client.get(f"{API}links").json()
    assert pages["oauth.authorize"].endswith("/ar/account/hypothesis/")
    asked = client.options(f"{API}annotations", HTTP_ORIGIN="chrome-extension://x")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Origin"]) == (204, "*")
    assert "authorization" in asked.headers["Access-Control-Allow-Headers"].lower()
    assert "Access-Control-Allow-Credentials" not in asked.headers


def test_page_says_who_looks_at_it_and_the_client_goes_on_from_there(people, scholar):
    profile = scholar.get(f"{API}profile?authority=localhost").json()

    assert profile["userid"] == f"acct:{people['scholar'].public_id}@localhost"
    assert profile["user_info"]["display_name"] == people["scholar"].display_name
    assert APIClient().get(f"{API}profile").json()["userid"] is None
    kept = AuthToken.objects.filter(user=people["scholar"])
    assert not any(
        one.token_key in scholar.pair.values() or one.digest in scholar.pair.values() for one in kept
    )
    renewed = tokens(grant_type="refresh_token", refresh_token=scholar.pair["refresh_token"])
    assert renewed.status_code == 200
    assert scholar.get(f"{API}profile").status_code == 401, "the pair before is over"
    again = tokens(grant_type="refresh_token", refresh_token=scholar.pair["refresh_token"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    assert "Sign in" in again.json()["reason"] or again.json()["reason"]


def test_code_is_good_once_for_a_minute_and_for_who_can_prove_it(people):
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {"grant_type": "authorization_code", "client_id": "hypothesis-client"}
    code = sign_code(people["scholar"])

    assert tokens(**{**asked, "client_id": "another"}, code=code).json()["error"] == "invalid_client"
    assert tokens(**asked, code=code).status_code == 200
    assert tokens(**asked, code=code).status_code == 400
    bound = sign_code(people["scholar"], challenge=challenge)
    assert tokens(**asked, code=bound, code_verifier="w" * 50).status_code == 400
    assert tokens(**asked, code=bound, code_verifier=verifier).status_code == 200
    old = sign_code(people["scholar"])
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=2), tick=False):
        assert tokens(**asked, code=old).status_code == 400
    assert tokens(grant_type="password", username="x").json()["error"] == "unsupported_grant_type"
    assert AuditEvent.objects.filter(action="client.admitted").count() == 2


def test_everything_a_client_got_ends_with_password_account_and_signing_out(people):
    scholar, editor, out = (client_for(people[one]) for one in ("scholar", "editor", "reviewer"))
    words = sign_grant(people["scholar"]), sign_code(people["scholar"])

    people["scholar"].set_password("another long sentence")
    people["scholar"].save()
    deactivate_account(user_id=people["editor"].pk, by=people["administrator"])
    gone = APIClient().post(f"{API}oauth/revoke", {"token": out.pair["access_token"]})

    assert gone.status_code == 200
    assert [one.get(f"{API}profile").status_code for one in (scholar, editor, out)] == [401, 401, 401]
    for one in (scholar, editor, out):
        assert tokens(grant_type="refresh_token", refresh_token=one.pair["refresh_token"]).status_code == 400
    assert tokens(grant_type=BY_WORD, assertion=words[0]).status_code == 400
    assert (
        tokens(grant_type="authorization_code", client_id="hypothesis-client", code=words[1]).status_code
        == 400
    )


def test_clients_token_opens_nothing_but_this(people, scholar):
    other = APIClient()
    other.credentials(HTTP_AUTHORIZATION=f"Token {scholar.pair['access_token']}")

    assert other.get("/api/me/").status_code == 401
    other.credentials(HTTP_AUTHORIZATION=f"Bearer {scholar.pair['refresh_token']}")
    assert other.get(f"{API}profile").status_code == 401
    assert APIClient().get(f"{API}profile", HTTP_AUTHORIZATION="Bearer é").status_code == 401


def test_note_is_written_where_it_was_selected_and_is_a_draft_like_any(people, scholar, text):
    answer = write(scholar, quoted(text, "حجر أبيض", text="حجرٌ **محلّي**.", tags=["كلمة حرّة"]))

    assert answer.status_code == 200, answer.content
    row, note = answer.json(), Annotation.objects.get()
    assert (note.status, note.visibility, note.author) == ("draft", "open", people["scholar"])
    assert note.newest_version.body == "حجرٌ **محلّي**.\n\n#كلمة_حرّة"
    anchor = note.newest_version.locus.anchors.get()
    assert CONTENT[anchor.start : anchor.end] == "حجر أبيض"
    assert (row["text"], row["tags"], row["group"]) == ("حجرٌ **محلّي**.", ["كلمة حرّة"], "__world__")
    assert row["moderation_status"] == "PENDING"
    own = [f"acct:{people['scholar'].public_id}@localhost"]
    assert (row["permissions"]["update"], row["permissions"]["delete"]) == (own, own)
    at = selectors(row)
    assert at["TextQuoteSelector"]["exact"] == "حجر أبيض"
    assert at["RangeSelector"]["startContainer"] == '//*[@id="b2"]'
    listed = found(scholar, uri=page(text), group="__world__")
    assert (listed["total"], listed["rows"]) == (1, [row])
    assert found(APIClient(), uri=page(text)) == {"total": 0, "rows": [], "replies": []}
    assert found(client_for(people["reviewer"]), uri=page(text))["total"] == 0


def test_positions_are_utf16_of_the_pages_text_and_decide_between_the_same_words(people, scholar):
    text = make_text("𐎀𐎁 جسر قرب جسر 🏛\nجسر وجسر", slug="signs")

    sent = quoted(text, "جسر", occurrence=3)
    sent["target"][0]["selector"][2] |= {"prefix": "", "suffix": ""}
    row = write(scholar, sent).json()

    anchor = Annotation.objects.get().newest_version.locus.anchors.get()
    assert anchor.start == place_of(text, "جسر", 3).start
    at = selectors(row)
    start = at["TextPositionSelector"]["start"]
    body = text.current_revision.content.encode("utf-16-le")
    assert body[2 * start : 2 * at["TextPositionSelector"]["end"]].decode("utf-16-le") == "جسر"
    assert (at["RangeSelector"]["startContainer"], at["RangeSelector"]["startOffset"]) == ('//*[@id="b2"]', 0)
    # Anywhere else the page's positions are not those of the text, and nothing is guessed.
    elsewhere = quoted(text, "جسر", f"{HERE}/ar/works/signs/", occurrence=3, before="فهرس")
    elsewhere["target"][0]["selector"][2] |= {"prefix": "", "suffix": ""}
    refused = write(scholar, elsewhere)
    assert (refused.status_code, refused.json()["code"]) == (409, "client_quote_twice")
    cut = quoted(text, "قرب", f"{HERE}/ar/works/signs/")
    cut["target"][0]["selector"][2]["suffix"] = (
        " جسر \ud83c"  # As the client cuts 32 units off the page's text.
    )
    raw = APIClient()
    raw.credentials(**scholar._credentials)
    sent = raw.post(f"{API}annotations", json.dumps(cut), content_type="application/json")
    assert sent.status_code == 200, sent.content


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda d: d.update(references=["abc"]), "client_reply"),
        (lambda d: d["target"][0].pop("selector"), "client_page_note"),
        (lambda d: d.update(uri="https://example.org/"), "client_page_unknown"),
        (lambda d: d.update(uri=f"{HERE}/ar/catalogue/"), "client_page_unknown"),
        (lambda d: d["target"][0]["selector"][2].update(exact="كلام من خارج النص"), "client_quote_unknown"),
        (lambda d: d.update(text=""), "note_empty"),
        (lambda d: d.update(text=7), "required"),
        (lambda d: d.update(tags="x"), "list_required"),
        (lambda d: d.update(tags=["x" * 201]), "too_long"),
        (lambda d: d.update(group="nobodys", permissions={"read": ["group:nobodys"]}), "group_unknown"),
    ],
)
def test_what_cannot_be_kept_is_refused_with_the_reason(scholar, text, change, code):
    data = quoted(text, "حجر أبيض")
    change(data)

    answer = write(scholar, data)

    assert (answer.json()["status"], answer.json()["code"]) == ("failure", code)
    assert len(answer.json()["reason"]) > 10
    assert 400 <= answer.status_code < 500
    assert not Annotation.objects.exists()


def test_who_may_not_write_reads_and_is_told_so(people, text):
    note = make_note(text, by=people["scholar"])
    submit_note(note)
    decide_note(note, Outcome.ACCEPT, by=people["reviewer"])
    member = client_for(people["member"])

    row = found(member, uri=page(text))["rows"][0]

    assert (row["moderation_status"], row["permissions"]["update"]) == ("APPROVED", [])
    assert write(member, quoted(text, "الطاحونة")).status_code == 403
    assert write(APIClient(), quoted(text, "الطاحونة")).status_code == 401
    assert member.delete(f"{API}annotations/{note.public_id}").status_code == 403
    flagged = member.put(f"{API}annotations/{note.public_id}/flag")
    assert (flagged.status_code, flagged.json()["code"]) == (422, "client_flag")


def test_private_and_group_notes_and_highlights(people, scholar, text):
    group = Group.objects.create(name="قرّاء")
    people["scholar"].groups.add(group)
    people["member"].groups.add(group)
    scholar, member = client_for(people["scholar"]), client_for(people["member"])

    ours = write(scholar, quoted(text, "الطاحونة", group=group.public_id)).json()
    mine = write(scholar, quoted(text, "السوق", private=True)).json()
    lit = write(scholar, quoted(text, "النهر", private=True, text="")).json()

    assert [one["id"] for one in scholar.get(f"{API}profile/groups").json()] == ["__world__", group.public_id]
    assert ours["permissions"]["read"] == [f"group:{group.public_id}"]
    assert [row["id"] for row in found(member, uri=page(text), group=group.public_id)["rows"]] == [ours["id"]]
    assert found(member, uri=page(text), group="__world__")["total"] == 0
    rows = found(scholar, uri=page(text), group="__world__")["rows"]
    assert [row["id"] for row in rows] == [mine["id"], lit["id"]]
    assert (lit["text"], lit["tags"], lit["permissions"]["read"]) == ("", [], mine["permissions"]["read"])
    assert Annotation.objects.get(public_id=lit["id"]).visibility == "private"


def test_change_keeps_what_was_not_sent_and_writes_over_nobody(people, scholar, text):
    desk = make_desk(people, notes=False)
    mill = desk.terms["mill"]
    row = write(scholar, quoted(text, "الطاحونة", tags=[mill.label, "حرّ"])).json()
    address = f"{API}annotations/{row['id']}"

    changed = scholar.patch(address, {**row, "text": "أخرى."}, format="json")
    assert changed.status_code == 200, changed.content
    stale = scholar.patch(address, {**row, "text": "ثالثة."}, format="json")
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    only = scholar.patch(address, {"tags": [mill.label]}, format="json").json()

    note = Annotation.objects.get(public_id=row["id"])
    assert (note.newest_version.number, note.newest_version.body) == (3, "أخرى.")
    assert [term.pk for term in note.newest_version.tags.all()] == [mill.pk]
    assert (only["text"], only["tags"]) == ("أخرى.", [mill.label])
    assert changed.json()["uri"] == row["uri"]
    private = scholar.patch(address, {"permissions": {"read": ["acct:x@localhost"]}}, format="json").json()
    assert private["permissions"]["read"] == private["permissions"]["update"]
    assert scholar.delete(address).json() == {"id": row["id"], "deleted": True}
    assert scholar.get(address).status_code == scholar.delete(address).status_code == 404
    assert found(scholar, uri=page(text))["total"] == 0
    assert Annotation.objects.get(public_id=row["id"]).status == "withdrawn"


def test_same_text_under_all_its_addresses_and_nothing_under_others(people, scholar, text):
    make_note(text, by=people["scholar"])

    for uri in (
        page(text), page(text, "en"), f"{page(text)}?x=1#note-1", f"{HERE}/ar/works/bridges/",
        f"{HERE}/en/works/bridges/?text={text.public_id}", f"{HERE}/ar/works/bridges/?whole=1#at-1-2",
        "http://testserver/ar/works/bridges/",
    ):  # fmt: skip
        rows = found(scholar, uri=uri)["rows"]
        assert [row["uri"] for row in rows] == [uri], uri
        assert rows[0]["target"][0]["source"] == uri
        assert ("TextPositionSelector" in selectors(rows[0])) == ("/hypothesis/" in uri)
    for uri in (
        "https://example.org/ar/works/bridges/",
        f"{HERE}/ar/works/nothing/",
        f"{HERE}/",
        "x",
        "http://[",
    ):
        assert found(scholar, uri=uri)["total"] == 0


def test_page_of_a_part_has_the_notes_of_that_part_alone(people, scholar):
    words = "\n".join(["# كتاب", *(f"فقرة رقم {n} " + "كلمة " * 400 for n in range(1, 40))])
    text = make_text(words, slug="long")
    early = make_note(text, "رقم 1 ", by=people["scholar"])
    late = make_note(text, "رقم 39 ", by=people["scholar"])
    work = f"{HERE}/ar/works/long/"
    last = len(sections(words, text.current_revision.blocks))
    assert last > 1

    assert [row["id"] for row in found(scholar, uri=work)["rows"]] == [early.public_id]
    assert [row["id"] for row in found(scholar, uri=f"{work}?section={last}")["rows"]] == [late.public_id]
    assert found(scholar, uri=f"{work}?whole=1")["total"] == found(scholar, uri=page(text))["total"] == 2
    assert part_query(text="", number=last, sections=last) == f"?section={last}"
    refused = write(scholar, quoted(text, "رقم 39 ", work))
    assert refused.json()["code"] == "client_quote_unknown"
    shown = scholar.get(f"/ar/works/long/?section={last}")
    assert f'rel="canonical" href="{work}?section={last}"' in shown.content.decode()


def test_lost_place_is_nowhere_and_a_release_keeps_its_wording(people, scholar):
    desk = make_desk(people)
    release = desk.release()
    uri = f"{HERE}/ar/editions/{release.edition.slug}/{release.number}/"
    before = {row["id"]: selectors(row) for row in found(scholar, uri=uri)["rows"]}
    assert all("TextQuoteSelector" in at for at in before.values())
    assert {note.public_id for note in desk.notes.values() if note.text_id} == set(before)

    revision = add_revision(desk.text, "طاحونة\nلم يبق من الكلام شيء.")
    carry_over(revision_id=revision.pk, by=people["archivist"])

    now = {row["id"]: selectors(row) for row in found(scholar, uri=page(desk.text))["rows"]}
    assert all(set(at) == {"RangeSelector"} and "b0" in str(at) for at in now.values())
    assert {row["id"]: selectors(row) for row in found(scholar, uri=uri)["rows"]} == before
    sent = quoted(desk.text, "لم يبق")
    assert write(scholar, {**sent, "uri": uri}).status_code == 200
    gone = {**sent, "uri": uri}
    gone["target"][0]["selector"][2]["exact"] = "الحجّارون"
    assert write(scholar, gone).json()["code"] == "client_quote_changed"


def test_search_goes_on_after_a_moment_and_loses_nothing(people, scholar, text):
    with time_machine.travel("2026-07-17 10:00", tick=False):
        made = {make_note(text, by=people["scholar"]).public_id for _n in range(7)}
    with time_machine.travel("2026-07-17 11:00", tick=False):
        made |= {make_note(text, by=people["scholar"]).public_id for _n in range(3)}

    first = found(scholar, uri=page(text), limit=4)
    rest = found(scholar, uri=page(text), limit=4, search_after=first["rows"][-1]["created"])

    assert {row["id"] for row in [*first["rows"], *rest["rows"]]} == made
    assert (len(first["rows"]), len(rest["rows"]), first["total"]) == (7, 3, 10)
    assert found(scholar, references="x") == {"total": 0, "rows": [], "replies": []}
    assert scholar.get(f"{API}search?sort=x").status_code == 422
    assert scholar.get(f"{API}search?search_after=x").status_code == 422


def test_search_by_words_tags_and_people(people, scholar, text):
    desk = make_desk(people, notes=False)
    tagged = make_note(text, by=people["scholar"], body="على النهر", tags=(desk.terms["mill"].public_id,))
    free = make_note(text, "السوق", by=people["scholar"], body="تجارة\n\n#وسم_حرّ")

    def ids(**asked):
        return {row["id"] for row in found(scholar, **asked)["rows"]}

    assert ids(tag="الطَّاحونة") == {tagged.public_id}
    assert ids(tag="وسم حرّ") == {free.public_id}
    assert ids(text="تجارة") == ids(quote="السوق") == ids(any="السوق") == {free.public_id}
    assert ids(user=f"acct:{people['scholar'].public_id}@localhost") == {tagged.public_id, free.public_id}
    assert ids(user="acct:someone@example.org") == set()


def test_list_costs_the_same_however_long_it_is(people, scholar, text):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            found(scholar, uri=page(text))
        return len(asked)

    make_note(text, by=people["scholar"])
    cost()
    one = cost()
    for _n in range(5):
        make_note(text, by=people["scholar"])
    assert cost() == one


def test_pages_of_the_client_are_there_when_it_is_switched_on_and_frame_nothing_else(
    client, people, text, settings, tmp_path
):
    (tmp_path / "boot.js").write_text("1")
    (tmp_path.parent / "secret.js").write_text("2")
    settings.HYPOTHESIS_CLIENT = str(tmp_path)
    client.force_login(people["scholar"])

    shown = client.get(f"/ar/hypothesis/{text.public_id}/")
    words = shown.content.decode()
    article = words.split("<body", 1)[1].split(">", 1)[1]
    assert article.startswith("<main"), "nothing before the text"
    assert article.split(">", 1)[1].startswith("<article")
    assert "grantToken" in words
    assert "frame-src 'self' " in shown.headers["Content-Security-Policy"]
    assert shown.headers["Cache-Control"] == "private, no-store"
    app = client.get("/hypothesis/client/app")
    assert (
        app.headers["X-Frame-Options"],
        "frame-ancestors 'self'" in app.headers["Content-Security-Policy"],
    ) == ("SAMEORIGIN", True)
    sent = client.get("/hypothesis/client/build/boot.js")
    assert (sent.status_code, b"".join(sent.streaming_content)) == (200, b"1")
    # The end of a real answer would let go of the connection, and with it of this test's transaction.
    request_finished.disconnect(close_old_connections)
    sent.close()
    request_finished.connect(close_old_connections)
    for name in ("../secret.js", "..%2fsecret.js", "nothing.js", "boot.html"):
        assert client.get(f"/hypothesis/client/build/{name}").status_code == 404
    assert "frame-src https" in client.get("/ar/works/bridges/").headers["Content-Security-Policy"]

    settings.HYPOTHESIS_CLIENT = ""
    for address in (
        f"/ar/hypothesis/{text.public_id}/",
        "/hypothesis/client/app",
        "/hypothesis/client/build/boot.js",
    ):
        assert client.get(address).status_code == 404


def test_person_lets_a_client_in_and_only_one_of_a_known_origin(client, people, settings):
    asked = {"client_id": "hypothesis-client", "origin": "http://testserver", "response_type": "code",
             "response_mode": "web_message", "state": "984714a9", "action": "login"}  # fmt: skip
    address = f"/en/account/hypothesis/?{urlencode(asked)}"
    assert client.get(address).headers["Location"].startswith("/en/account/login/?next=")
    client.force_login(people["scholar"])

    assert "Let it in" in client.get(address).content.decode()
    let_in = client.post(address, {"allow": "1"}).content.decode()
    refused = client.post(address, {"refuse": "1"}).content.decode()
    assert "authorization_response" in let_in
    assert '"state": "984714a9"' in let_in
    assert "authorization_canceled" in refused
    assert '"code"' not in refused
    for change in ({"origin": "https://evil.example"}, {"client_id": "x"}, {"response_type": "token"},
                   {"code_challenge": "short", "code_challenge_method": "S256"}):  # fmt: skip
        wrong = client.post(f"/en/account/hypothesis/?{urlencode(asked | change)}", {"allow": "1"})
        assert wrong.status_code == 400
        assert "client-answer" not in wrong.content.decode()
    settings.HYPOTHESIS_ORIGINS = ["chrome-extension://abc"]
    known = client.get(f"/en/account/hypothesis/?{urlencode(asked | {'origin': 'chrome-extension://abc'})}")
    assert (known.status_code, known.headers["Cross-Origin-Opener-Policy"]) == (200, "unsafe-none")


def test_member_leaves_a_group_that_another_keeps_and_no_group_of_the_administrators(people, scholar):
    own = begin_group(name="حلقة", by=people["editor"])
    readers = Group.objects.create(name="قرّاء")
    for group in (own, readers):
        group.members.add(people["scholar"])

    left = scholar.delete(f"{API}groups/{own.public_id}/members/me")
    kept = scholar.delete(f"{API}groups/{readers.public_id}/members/me")
    client = client_for(people["editor"])

    assert (left.status_code, list(own.members.all())) == (204, [people["editor"]])
    assert (kept.status_code, kept.json()["code"]) == (422, "client_leaving")
    assert client.delete(f"{API}groups/{own.public_id}/members/me").json()["code"] == "keeper_stays"
    other = f"acct:{people['editor'].public_id}@localhost"
    own.members.add(people["scholar"])
    assert scholar.delete(f"{API}groups/{own.public_id}/members/{other}").json()["code"] == "client_leaving"
    assert APIClient().get(f"{API}links").json()["groups.new"].endswith("/desk/my-groups/")
