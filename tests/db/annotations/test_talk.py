"""Talk about notes: read by those who see the note and by nobody else; nothing that was said or typed is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from annotations.access.talk import counts_of_replies, named_in, offered, talk_of
from annotations.actions.hand_over import hand_over
from annotations.actions.report_reply import answer_reports, report_reply
from annotations.actions.revise_annotation import revise_annotation
from annotations.actions.revise_reply import revise_reply
from annotations.actions.say_reply import say_reply
from annotations.actions.settle_talk import settle_talk
from annotations.actions.submit import submit
from annotations.actions.withdraw_annotation import withdraw_annotation
from annotations.actions.withdraw_reply import withdraw_reply
from annotations.enums import Outcome, TalkState, Visibility
from annotations.models import Annotation, Reply, ReplyVersion, TalkTurn, VisibilityChange
from annotations.values import NoteInput
from archive.access import visible_to
from archive.access.news import due
from archive.actions.mail_news import mail_news
from archive.enums import Access, RoleCode
from archive.errors import Conflict, Invalid, NotAllowed, NotVisible, Stale, VersionMissing
from archive.models import Group, Notice, Role, User
from archive.models.base import InsertOnlyError
from tests.factories_notes import decide_note, make_accepted, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db


@pytest.fixture
def text():
    return make_text()


@pytest.fixture
def note(people: Mapping[str, User], text) -> Annotation:
    found: Annotation = make_accepted(text, "الطاحونة", author=people["scholar"], reviewer=people["reviewer"])
    return found


@pytest.fixture
def other(people) -> User:
    person = User.objects.create_user("layla@example.org", display_name="ليلى حدّاد", language="ar")
    person.roles.add(Role.objects.get(code=RoleCode.SCHOLAR))
    return User.objects.get(pk=person.pk)


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def say(note: Annotation, by: User, body: str = "أوافق.", **more: str) -> Reply:
    return say_reply(annotation=note.public_id, body=body, by=by, **more)


def readers(row: Reply, people: Mapping[str, User]) -> set[str]:
    return {name for name, user in people.items() if visible_to(Reply, user).filter(pk=row.pk).exists()}


def page_of(user: User, note: Annotation) -> str:
    return client_of(user).get(f"/en/desk/notes/{note.public_id}/talk/").content.decode()


def test_a_reply_is_read_by_those_who_see_the_note_and_never_by_the_public(people, text, note):
    accepted = say(note, people["member"])
    draft = make_note(text, "جسرًا", by=people["scholar"])
    of_draft = say(draft, people["scholar"])

    assert readers(accepted, people) == set(people)
    assert readers(of_draft, people) == {"scholar"}
    assert not visible_to(Reply, None).exists()
    assert Client().get(f"/en/desk/notes/{note.public_id}/talk/").status_code == 302


def test_whoever_may_not_see_the_note_finds_nothing_and_may_say_nothing(people, text):
    draft = make_note(text, "جسرًا", by=people["scholar"])

    with pytest.raises(NotVisible):
        say(draft, people["reviewer"])
    client = client_of(people["reviewer"])
    words = "كلمات طويلة كُتبت قبل أن تُسحب الحاشية"
    hidden = client.post(f"/en/desk/notes/{draft.public_id}/talk/", {"act": "reply", "body": words})
    missing = client.post("/en/desk/notes/nothing/talk/", {"act": "reply", "body": words})
    assert (hidden.status_code, words in hidden.content.decode()) == (404, True)
    assert hidden.content.replace(draft.public_id.encode(), b"nothing") == missing.content


def test_what_was_said_within_a_group_stays_there_when_the_note_is_opened(people, text, other):
    group = Group.objects.create(name="قرّاء")
    for person in (people["scholar"], other):
        person.groups.add(group)
    note = make_note(text, "جسرًا", by=people["scholar"], visibility=Visibility.GROUP, group=group.public_id)
    within = say(note, other, "سرّ بيننا")
    said = NoteInput(body=note.newest_version.body, language="ar")
    note = revise_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, note=said, by=people["scholar"]
    )
    submit_note(note)
    openly = say(note, people["reviewer"])

    assert readers(within, {**people, "other": other}) == {
        "scholar"
    }  # `other` does not see the open note yet.
    assert "سرّ بيننا" not in page_of(people["reviewer"], note)
    assert "Said within" in page_of(people["scholar"], note)
    assert counts_of_replies(people["reviewer"], [note.pk]) == {note.pk: 1}
    with pytest.raises(NotVisible):
        report_reply(reply=within.public_id, reason="x", by=people["reviewer"])
    with pytest.raises(Invalid, match="reply_unknown"):
        say(note, people["reviewer"], answers=within.public_id)
    people["scholar"].refresh_from_db()
    assert say(note, people["scholar"], answers=openly.public_id).answers == openly


def test_talk_has_replies_and_decisions_in_their_order(people, text):
    note = make_note(text, "جسرًا", by=people["scholar"])
    submit_note(note)
    first = say(note, people["reviewer"], "ما المصدر؟")
    say(note, people["scholar"], "كتاب الجسور.", answers=first.public_id)
    decide_note(note, Outcome.RETURN, by=people["reviewer"], reason="اذكر الصفحة.")

    page = page_of(people["scholar"], note)

    places = [page.index(words) for words in ("ما المصدر؟", "كتاب الجسور.</p>", "اذكر الصفحة.")]
    assert places == sorted(places)
    review = client_of(people["reviewer"]).get(
        f"/en/desk/review/{note.newest_version.submission_items.get().submission.public_id}/"
    )
    assert "ما المصدر؟" in review.content.decode()
    assert (
        f"/en/desk/notes/{note.public_id}/talk/"
        in client_of(people["scholar"]).get("/en/desk/notes/").content.decode()
    )


def test_same_form_sent_twice_makes_one_reply(people, note):
    twice = [say(note, people["member"], idempotency_key="k") for _ in range(2)]

    assert twice[0] == twice[1]
    assert Notice.objects.filter(user=people["scholar"], code="talk_reply").get().params["count"] == 1


def test_a_reply_is_revised_with_its_versions_kept_and_a_stale_page_loses_nothing(people, note):
    reply = say(note, people["member"], "أول")
    first = reply.newest_version
    revise_reply(reply=reply.public_id, version_id=first.public_id, body="ثانٍ", by=people["member"])
    client = client_of(people["member"])

    answer = client.post(
        f"/en/desk/notes/{note.public_id}/talk/",
        {"act": "revise", "reply": reply.public_id, "version": first.public_id, "body": "ثالث"},
    )

    page = answer.content.decode()
    assert answer.status_code == 412
    assert ("ثالث</textarea>" in page, "ثانٍ" in page) == (True, True)
    assert [one.body for one in reply.versions.all()] == ["أول", "ثانٍ"]
    assert "<del>أول</del><ins>ثانٍ</ins>" in page_of(people["reviewer"], note)
    with pytest.raises(VersionMissing):
        revise_reply(reply=reply.public_id, version_id="", body="x", by=people["member"])
    with pytest.raises(NotAllowed):
        revise_reply(reply=reply.public_id, version_id=first.public_id, body="x", by=people["scholar"])
    with pytest.raises(InsertOnlyError):
        first.save()


def test_a_reply_that_is_taken_back_leaves_a_gap_and_no_words(people, note):
    reply = say(note, people["member"], "زلّة لسان")
    say(note, people["scholar"], "لا بأس", answers=reply.public_id)
    withdraw_reply(reply=reply.public_id, version_id=reply.newest_version.public_id, by=people["member"])

    page = page_of(people["reviewer"], note)

    assert "زلّة لسان" not in page
    assert "took a reply back" in page
    assert "لا بأس" in page
    assert not visible_to(ReplyVersion, people["scholar"]).filter(reply=reply).exists()
    with pytest.raises(Conflict, match="reply_gone"):
        withdraw_reply(reply=reply.public_id, version_id="x", by=people["member"])


def test_mentions_name_only_who_may_read_the_talk(people, text, note, other):
    other.display_name = "ليلى حدّاد"
    for name, person in people.items():
        person.display_name = f"Ann {name}"
        person.save()
    draft = make_note(text, "جسرًا", by=people["scholar"])

    assert (
        offered(note, words="ليلي", by=people["scholar"]) == []
    )  # Nobody learns by asking who has an account.
    say(note, other, "قرأتها")
    say(draft, people["scholar"], "لنفسي")

    reply = say(
        note, people["scholar"], "هل رأيتِ هذا يا @ليلى حدّاد، و@Ann reviewer؟ لا @Ann member ولا a@Ann editor"
    )
    alone = say(draft, people["scholar"], "@Ann reviewer")

    told = {one.user.display_name for one in Notice.objects.filter(code="talk_mention")}
    assert told == {"ليلى حدّاد", "Ann reviewer"}  # Of the others the scholar saw nothing yet.
    assert not alone.newest_version.mentions.exists()
    assert other.display_name not in reply.newest_version.body
    assert "<strong>@ليلى حدّاد</strong>" in page_of(people["editor"], note)
    assert [one.display_name for one in offered(note, words="ليلي", by=people["scholar"])] == ["ليلى حدّاد"]
    assert offered(draft, words="Ann", by=people["scholar"]) == []
    assert offered(note, words="Ann member", by=people["scholar"]) == []
    other.display_name = "لا أحد"
    other.save()
    assert "@لا أحد" in page_of(people["editor"], note)


def test_of_two_names_the_longer_is_meant(people, note, other):
    people["editor"].display_name = "ليلى"
    people["editor"].save()
    say(note, other)
    say(note, people["editor"])

    ((start, end, person),) = named_in(note, "@ليلى حدّاد قالت", by=people["scholar"])

    assert (start, end, person) == (0, 11, other)


def test_participants_are_told_at_once_and_only_who_still_may_read(people, note, other):
    say(note, other)
    say(note, people["member"])
    Notice.objects.all().delete()
    note.text.work.access = Access.RESTRICTED
    note.text.work.save()

    say(note, people["editor"], "بعد التقييد")

    told = {one.user for one in Notice.objects.all()}
    assert told == {people["scholar"]}  # Their own note; the others lost sight of it.
    notice = Notice.objects.get()
    assert "بعد" not in str(notice.params)
    assert notice.url == f"/ar/desk/notes/{note.public_id}/talk/"


def test_a_reply_that_was_taken_back_is_told_by_no_mail(people, note, other, settings):
    settings.SENDS_MAIL = True
    EmailAddress.objects.create(user=people["scholar"], email=people["scholar"].email, verified=True)
    Notice.objects.all().delete()
    reply = say(note, other, "غدًا")
    later = timezone.now() + timedelta(days=2)
    assert people["scholar"] in due(later)

    withdraw_reply(reply=reply.public_id, version_id=reply.newest_version.public_id, by=other)

    assert mail_news(user_id=people["scholar"].pk, now=later) is None
    assert not mail.outbox


def test_settled_by_the_author_or_a_reviewer_and_taken_up_again(people, note):
    settle_talk(annotation=note.public_id, state=TalkState.SETTLED, by=people["scholar"])
    settle_talk(annotation=note.public_id, state=TalkState.SETTLED, by=people["reviewer"])

    assert talk_of(people["member"], note).is_settled
    assert TalkTurn.objects.count() == 1
    assert "This talk is settled" in page_of(people["member"], note)
    with pytest.raises(NotAllowed):
        settle_talk(annotation=note.public_id, state=TalkState.OPEN, by=people["member"])
    settle_talk(annotation=note.public_id, state=TalkState.OPEN, by=people["reviewer"])
    assert not talk_of(people["member"], note).is_settled


def test_reports_go_to_reviewers_who_let_it_stand_or_remove_it(people, note, other):
    reply = say(note, other, "كلام جارح")
    report_reply(reply=reply.public_id, reason="يجرح", by=people["member"])
    report_reply(reply=reply.public_id, reason="مرة ثانية", by=people["member"])

    assert {one.user for one in Notice.objects.filter(code="talk_report")} == {
        people["reviewer"], people["administrator"],
    }  # fmt: skip
    assert "يجرح" in page_of(people["reviewer"], note)
    assert "يجرح" not in page_of(other, note) + page_of(people["scholar"], note)
    with pytest.raises(NotAllowed):
        answer_reports(reply=reply.public_id, remove=True, by=people["scholar"])
    answer_reports(reply=reply.public_id, remove=True, by=people["reviewer"])
    page = page_of(people["member"], note)
    assert ("كلام جارح" in page, "removed after a report" in page) == (False, True)
    with pytest.raises(NotAllowed):
        report_reply(reply=say(note, people["member"]).public_id, reason="x", by=people["member"])


def test_hostile_and_empty_words_are_refused_or_harmless_and_given_back(people, note):
    client, url = client_of(people["member"]), f"/en/desk/notes/{note.public_id}/talk/"
    huge = "حرف " * 25_000

    answer = client.post(url, {"act": "reply", "body": huge})
    assert (answer.status_code, huge.strip()[:2000] in answer.content.decode()) == (422, True)
    assert client.post(url, {"act": "reply", "body": "  "}).status_code == 422
    assert client.post(url, {"act": "dance", "body": "x"}).status_code == 422
    sly = (
        f'<script>alert(1)</script> [x](javascript:alert(1)) [y](/z "@{{{people["editor"].public_id}}}") '
        + ">" * 500
    )
    client.post(url, {"act": "reply", "body": sly, "back": "//elsewhere.example/"})
    page = client.get(url).content.decode()
    assert ("<script>alert" in page, 'href="javascript' in page) == (False, False)
    assert Reply.objects.count() == 1


def test_an_author_who_took_the_note_back_is_told_that_the_talk_is_over(people, note):
    withdraw_annotation(
        annotation=note.public_id, version_id=note.newest_version.public_id, by=people["scholar"]
    )

    with pytest.raises(Conflict, match="talk_over"):
        say(note, people["scholar"])
    words = "ردّ كُتب قبل السحب بقليل"
    url = f"/en/desk/notes/{note.public_id}/talk/"
    answer = client_of(people["scholar"]).post(url, {"act": "reply", "body": words})
    assert (answer.status_code, words in answer.content.decode()) == (409, True)
    with pytest.raises(NotVisible):
        say(note, people["member"])


def test_queries_do_not_grow_with_the_talk(people, note, other):
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            talk_of(people["reviewer"], note)
        return len(asked)

    say(note, other, "واحد @x")
    few = queries()
    for number in range(5):
        reply = say(note, people["member"], f"رقم {number}")
        revise_reply(
            reply=reply.public_id, version_id=reply.newest_version.public_id, body="غيره", by=people["member"]
        )

    assert queries() == few


def test_one_part_of_the_page_is_given_to_scripts(people, note):
    say(note, people["member"], "في مكانه")
    client = client_of(people["scholar"])

    part = client.get(f"/en/desk/notes/{note.public_id}/talk/?part=1").content.decode()
    names = client.get(
        f"/workbench/notes/{note.public_id}/people", {"q": people["reviewer"].display_name}
    ).json()

    assert part.lstrip().startswith("<section")
    assert "<html" not in part
    assert [one["id"] for one in names["people"]] == [people["reviewer"].public_id]
    card = client.get(f"/workbench/notes/{note.public_id}").json()
    assert (card["replies"], card["talk_url"]) == (1, f"/ar/desk/notes/{note.public_id}/talk/")


def test_stale_is_an_error_of_the_action_too(people, note):
    reply = say(note, people["member"])

    with pytest.raises(Stale):
        revise_reply(reply=reply.public_id, version_id="another", body="x", by=people["member"])


def test_who_is_told_again_is_locked_before_their_notice_as_the_job_that_mails_it_does(
    people, note, settings
):
    settings.SENDS_MAIL = True
    say(note, people["member"])
    with CaptureQueriesContext(connection) as seen:
        say(note, people["member"], "ثانية")

    person = f'FROM "archive_user" WHERE "archive_user"."id" = {people["scholar"].pk} '
    statements = [query["sql"] for query in seen]
    assert next(sql for sql in statements if person in sql or 'FROM "archive_notice"' in sql).count(person)


def test_a_decision_that_counts_up_a_notice_already_mailed_is_mailed_again(people, text, settings):
    settings.SENDS_MAIL = True
    EmailAddress.objects.create(user=people["scholar"], email=people["scholar"].email, verified=True)
    first, second = (make_note(text, words, by=people["scholar"]) for words in ("الطاحونة", "جسرًا"))
    submit(version_ids=[one.newest_version.public_id for one in (first, second)], by=people["scholar"])
    decide_note(first, Outcome.ACCEPT, by=people["reviewer"])
    later = timezone.now() + timedelta(days=2)
    assert mail_news(user_id=people["scholar"].pk, now=later) is not None
    assert mail_news(user_id=people["scholar"].pk, now=later) is None

    decide_note(second, Outcome.ACCEPT, by=people["reviewer"])

    assert mail_news(user_id=people["scholar"].pk, now=later) is not None


def test_what_was_said_in_a_group_stays_there_when_the_note_is_handed_over(people, text, other):
    group = Group.objects.create(name="حلقة", keeper=other)
    group.members.add(people["scholar"], other)
    giver, member = User.objects.get(pk=people["scholar"].pk), User.objects.get(pk=other.pk)
    note = make_note(text, "جسرًا", by=giver, visibility=Visibility.GROUP, group=group.public_id)
    said = say(note, member)
    seen = {"giver": giver, "member": member, "taker": people["editor"]}
    revise_annotation(
        annotation=note.public_id,
        version_id=note.newest_version.public_id,
        note=NoteInput(body="ب"),
        by=giver,
    )
    assert readers(said, seen) == {"giver"}  # Whoever is in the group sees no draft.
    User.objects.filter(pk=giver.pk).update(is_active=False)

    hand_over(giver=User.objects.get(pk=giver.pk), taker=people["editor"], by=people["administrator"])

    assert visible_to(Annotation, people["editor"]).filter(pk=note.pk).exists()
    assert not visible_to(Reply, people["editor"]).exists()
    assert not visible_to(VisibilityChange, people["editor"]).exists()
