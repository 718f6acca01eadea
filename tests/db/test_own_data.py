"""Everything that the site keeps about a person, taken away by that person; and erased, as far as nothing published is lost."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db.models import ForeignKey, ManyToManyField
from django.urls import reverse
from django.utils import timezone
from knox.models import AuthToken

from annotations.actions.save_draft import save_draft
from annotations.models import AnnotationVersion, NoteDraft
from archive import kinds
from archive.actions.add_image import add_image
from archive.actions.ask_erasure import ask_erasure, cancel_erasure
from archive.actions.ask_personal_export import ask_personal_export
from archive.actions.check_chain import check_chain
from archive.actions.deactivate_account import deactivate_account, reactivate_account
from archive.actions.erase_account import erase_account, pseudonym
from archive.actions.receive_file import receive_file
from archive.actions.run_job import run_job
from archive.actions.sweep_take_outs import sweep_take_outs
from archive.errors import Conflict, Invalid, NotVisible
from archive.keeping import erasures
from archive.media.packages import place_of
from archive.models import AuditEvent, Erasure, Group, Image, Job, Notice, PersonalExport, User
from tests.factories_archive import png, send
from tests.factories_notes import make_note, make_text

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _own_list(settings, tmp_path):
    settings.ERASURE_LIST = str(tmp_path / "apart" / "erasures.txt")


@pytest.fixture
def scholar(client, people):
    client.force_login(people["scholar"])
    return client


def run(kind: str) -> None:
    for job in Job.objects.filter(kind=kind, state="queued"):
        run_job(job.pk)


def packed(account: User, by: User | None = None) -> zipfile.ZipFile:
    package = ask_personal_export(account_id=account.pk, by=by or account)
    run("export_person")
    package.refresh_from_db()
    assert package.size == place_of(package).stat().st_size
    return zipfile.ZipFile(place_of(package))


def member(package: zipfile.ZipFile, ending: str) -> bytes:
    (name,) = [name for name in package.namelist() if name.endswith(f"/{ending}")]
    return package.read(name)


def keys_of_models() -> set[tuple[str, str]]:
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, ForeignKey) and field.remote_field.model is User:
                found.add((model._meta.label, field.name))
            elif isinstance(field, ManyToManyField) and field.remote_field.model is User:
                assert field.remote_field.through in apps.get_models(include_auto_created=True)
    return found


def test_every_key_to_an_account_is_given_out_or_left_out_with_a_reason():
    declared = {(key.model, key.key) for key in kinds.personal_keys}

    assert not keys_of_models() - declared
    assert all(bool(key.fields and key.title) != bool(key.why_not) for key in kinds.personal_keys)
    for key in kinds.personal_keys:
        rows = apps.get_model(key.model)._base_manager.filter(**{key.key: 0}).values(*key.fields)
        assert list(rows) == []


def test_no_column_is_given_out_that_is_a_secret_or_about_somebody_else():
    columns = {f"{key.model}.{field}" for key in kinds.personal_keys for field in key.fields}

    assert not [
        name for name in columns if name.endswith((".digest", "token_sha256", "mfa.Authenticator.data"))
    ]
    assert {name for name in columns if name.endswith("email")} == {
        "account.EmailAddress.email", "archive.Invitation.email",
    }  # fmt: skip
    invited = [
        key for key in kinds.personal_keys if (key.model, key.key) == ("archive.Invitation", "invited_by")
    ]
    assert "email" not in invited[0].fields


@pytest.fixture
def busy(people, desk_text):
    """A scholar with a note, a draft, a token, a group, a notice, a file and an invitation that was made."""
    scholar = people["scholar"]
    note = make_note(desk_text, "السوق", by=scholar, body="=سوق قديم")
    save_draft(key="new", data={"body": "نصف كلمة"}, by=scholar)
    AuthToken.objects.create(user=scholar)
    group = Group.objects.create(name="قرّاء")
    scholar.groups.add(group)
    receive_file(source=io.BytesIO(b"one"), filename="../x/رسالة.txt", max_bytes=99, by=scholar, check=False)
    receive_file(
        source=io.BytesIO(b"two"), filename="theirs.txt", max_bytes=99, by=people["archivist"], check=False
    )
    return note


@pytest.fixture
def desk_text(people):
    return make_text("في السوق بيت من حجر.", slug="market")


def test_package_has_what_the_person_wrote_and_nothing_of_others(people, busy):
    people["archivist"].display_name = "Somebody Else"
    people["archivist"].save()

    package = packed(people["scholar"])

    profile = json.loads(member(package, "profile.json"))
    assert (profile["email"], profile["mails"]) == ("scholar@example.org", "daily")
    versions = json.loads(member(package, "data/annotations-annotationversion-created_by.json"))
    assert [row["body"] for row in versions] == ["=سوق قديم"]
    rows = list(
        csv.DictReader(
            io.StringIO(
                member(package, "data/annotations-annotationversion-created_by.csv").decode("utf-8-sig")
            )
        )
    )
    assert rows[0]["body"] == "'=سوق قديم"
    assert "نصف كلمة" in member(package, "data/annotations-notedraft-user.json").decode()
    assert json.loads(member(package, "data/archive-user_groups-user.json"))[0]["group__name"] == "قرّاء"
    acts = json.loads(member(package, "data/record.json"))
    assert "annotation.written" in {act["action"] for act in acts} or acts
    everything = b"".join(package.read(name) for name in package.namelist())
    for secret in (
        b"Somebody Else",
        b"archivist@example.org",
        b"theirs.txt",
        b"two",
        AuthToken.objects.get().digest.encode(),
    ):
        assert secret not in everything


def test_page_of_the_package_stands_in_both_languages(people, busy):
    package = packed(people["scholar"])

    arabic, english = member(package, "index.ar.html").decode(), member(package, "index.en.html").decode()

    assert 'dir="rtl"' in arabic
    assert "بياناتك" in arabic
    assert 'dir="ltr"' in english
    assert "What your notes say" in english
    assert "سوق قديم" in arabic
    assert "سوق قديم" in english


def test_own_files_are_in_the_package_as_far_as_their_sender_may_see_them(people, busy):
    of_scholar, of_archivist = packed(people["scholar"]), packed(people["archivist"])

    assert not [name for name in of_scholar.namelist() if "/files/" in name]
    assert "رسالة.txt" in member(of_scholar, "data/archive-filearrival-sent_by.json").decode()
    (name,) = [name for name in of_archivist.namelist() if "/files/" in name and name.endswith("theirs.txt")]
    assert of_archivist.read(name) == b"two"
    assert not [name for name in of_archivist.namelist() if ".." in name or name.startswith("/")]


def test_bytes_behind_covered_parts_leave_in_no_package(people, busy):
    archivist = people["archivist"]
    arrival = send(png(20, 10), filename="map.png", by=archivist)
    image = add_image(arrival=arrival, by=archivist)
    before = packed(archivist).namelist()
    Image.objects.filter(pk=image.pk).update(covered=True)

    after = packed(archivist)

    assert [name for name in before if name.endswith("map.png")]
    assert not [name for name in after.namelist() if name.endswith("map.png")]
    assert "map.png" in member(after, "data/archive-filearrival-sent_by.json").decode()


def test_package_is_for_its_owner_alone_and_for_a_week(client, people, busy):
    packed(people["scholar"]).close()
    package = PersonalExport.objects.get()
    path = reverse("personal_file", args=[package.public_id])

    codes = {}
    for name, user in people.items():
        client.force_login(user)
        codes[name] = client.get(path).status_code
    client.logout()

    assert codes.pop("scholar") == 200
    assert set(codes.values()) == {404}
    assert client.get(path).status_code == 302
    PersonalExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.force_login(people["scholar"])
    assert client.get(path).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert sweep_take_outs() == 1
    assert not place_of(package).exists()


def test_administrator_has_a_package_made_on_request_which_is_recorded_and_told(client, people, busy):
    client.force_login(people["administrator"])

    client.post(reverse("person_data", args=[people["scholar"].public_id]))
    run("export_person")

    package = PersonalExport.objects.get()
    assert client.get(reverse("personal_file", args=[package.public_id])).status_code == 200
    assert AuditEvent.objects.get(action="person.export_asked").actor_id == people["administrator"].pk
    assert Notice.objects.get(user=people["scholar"]).code == "data_exported"
    names = zipfile.ZipFile(place_of(package)).namelist()
    assert not [name for name in names if "notedraft" in name or "notice" in name]
    handed_in = zipfile.ZipFile(place_of(package))
    assert json.loads(member(handed_in, "data/annotations-annotationversion-created_by.json")) == []
    with pytest.raises(NotVisible):
        ask_personal_export(account_id=people["scholar"].pk, by=people["archivist"])


def test_asking_twice_while_it_is_being_made_makes_one_package(scholar):
    for _time in range(2):
        assert scholar.post("/en/account/data/package/").status_code == 302

    assert PersonalExport.objects.count() == 1
    assert "waits its turn" in scholar.get("/en/account/data/").content.decode()
    run("export_person")
    assert "Fetch the package" in scholar.get("/en/account/data/").content.decode()


def test_erasure_is_shown_first_then_asked_for_with_the_password(scholar, people, busy):
    preview = scholar.get("/en/account/data/erase/").content.decode()
    wrong = scholar.post("/en/account/data/erase/", {"password": "not that one", "understood": "on"})
    unread = scholar.post("/en/account/data/erase/", {"password": PASSWORD})
    assert not Erasure.objects.exists()
    done = scholar.post("/en/account/data/erase/", {"password": PASSWORD, "understood": "on"}, follow=True)

    for words in (
        "scholar@example.org",
        "What you were typing: 1",
        "Your notes: 1",
        pseudonym(people["scholar"]),
    ):
        assert words in preview
    assert (wrong.status_code, unread.status_code) == (422, 422)
    assert "This is not your password" in wrong.content.decode()
    assert "Call the erasure off" in done.content.decode()
    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"


def test_erasure_can_be_called_off_while_it_waits(scholar, people):
    ask_erasure(account_id=people["scholar"].pk, password=PASSWORD, by=people["scholar"])

    scholar.post("/en/account/data/keep/")
    when_it_is_due()

    assert User.objects.get(pk=people["scholar"].pk).email == "scholar@example.org"
    assert ask_erasure(account_id=people["scholar"].pk, password=PASSWORD, by=people["scholar"])


def when_it_is_due() -> None:
    """Let the days of grace be over by the clock of the database, and the worker come by."""
    over = timezone.now() - timedelta(seconds=1)
    Erasure.objects.update(due_at=over)
    Job.objects.filter(kind="erase_account").update(not_before=over)
    run("erase_account")


def erase(account: User) -> None:
    ask_erasure(account_id=account.pk, password=PASSWORD, by=account)
    run("erase_account")
    account.refresh_from_db()
    assert account.is_active
    when_it_is_due()


def test_erasure_takes_the_person_away_and_leaves_the_record(client, people, busy):
    scholar = people["scholar"]
    packed(scholar).close()
    client.force_login(scholar)
    client.get("/en/account/data/")
    body = AnnotationVersion.objects.get().body

    erase(scholar)

    user = User.objects.get(pk=scholar.pk)
    assert (user.display_name, user.is_active, user.last_login) == (pseudonym(scholar), False, None)
    assert user.email == f"{scholar.public_id}@erased.invalid"
    assert not user.has_usable_password()
    assert not (user.roles.exists())
    assert not (user.groups.exists())
    assert not (user.notices.exists())
    assert not (AuthToken.objects.exists())
    assert not (NoteDraft.objects.exists())
    assert not Session.objects.exists()
    assert not place_of(PersonalExport.objects.get()).exists()
    assert AnnotationVersion.objects.get().body == body
    assert list(check_chain()) == []
    event = AuditEvent.objects.get(action="person.erased")
    assert "scholar" not in json.dumps(event.facts)
    assert client.get("/en/account/data/").status_code == 302


def test_no_table_holds_the_name_or_address_of_an_erased_account(people, busy):
    scholar = people["scholar"]
    User.objects.filter(pk=scholar.pk).update(display_name="Zaynab Unlikely", email="zaynab@unlikely.example")
    scholar.refresh_from_db()

    erase(scholar)

    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            words = json.dumps(row, default=str, ensure_ascii=False).casefold()
            assert "unlikely" not in words, model


def test_a_namesake_keeps_their_name_in_what_others_were_told(people):
    told = {"count": 1, "giver": people["scholar"].display_name}
    mine = Notice.objects.create(
        user=people["editor"],
        code="notes_handed_over",
        params=told | {"giver_id": people["scholar"].public_id},
    )
    theirs = Notice.objects.create(
        user=people["editor"], code="notes_handed_over", params=told | {"giver_id": "another"}
    )
    old = Notice.objects.create(user=people["editor"], code="notes_handed_over", params=told)

    erase(people["scholar"])

    names = [Notice.objects.get(pk=one.pk).params["giver"] for one in (mine, theirs, old)]
    people["scholar"].refresh_from_db()
    assert names == [pseudonym(people["scholar"]), told["giver"], pseudonym(people["scholar"])]


def test_account_that_was_erased_is_not_opened_again(people):
    erase(people["scholar"])

    with pytest.raises(Invalid, match="account_erased"):
        reactivate_account(user_id=people["scholar"].pk, by=people["administrator"])
    with pytest.raises(Conflict, match="account_erased"):
        ask_erasure(account_id=people["scholar"].pk, password=PASSWORD, by=people["administrator"])
    with pytest.raises(Conflict, match="account_erased"):
        cancel_erasure(account_id=people["scholar"].pk, by=people["administrator"])


def test_last_administrator_is_not_erased_neither_when_asking_nor_when_it_is_due(client, people):
    administrator = people["administrator"]
    client.force_login(administrator)
    answer = client.post("/en/account/data/erase/", {"password": PASSWORD, "understood": "on"})
    assert "only administrator" in answer.content.decode()

    people["editor"].roles.set(administrator.roles.all())
    ask_erasure(account_id=administrator.pk, password=PASSWORD, by=administrator)
    people["editor"].roles.clear()
    when_it_is_due()

    assert User.objects.get(pk=administrator.pk).is_active
    assert Job.objects.get(kind="erase_account").message["code"] == "last_administrator"


def test_administrator_erases_a_closed_account_and_nobody_else_does(client, people, busy):
    deactivate_account(user_id=people["scholar"].pk, by=people["administrator"])
    path = reverse("erase_person", args=[people["scholar"].public_id])
    for role in ("member", "archivist", "editor", "reviewer"):
        client.force_login(people[role])
        assert client.post(path, {"password": PASSWORD, "understood": "on"}).status_code == 403
    client.force_login(people["administrator"])

    assert "scholar@example.org" in client.get(path).content.decode()
    assert client.post(path, {"password": PASSWORD, "understood": "on"}).status_code == 302
    when_it_is_due()

    assert User.objects.get(pk=people["scholar"].pk).display_name == pseudonym(people["scholar"])


def test_grace_may_be_none(people, settings):
    settings.ERASURE_GRACE_DAYS = 0

    ask_erasure(account_id=people["scholar"].pk, password=PASSWORD, by=people["scholar"])
    run("erase_account")

    assert not User.objects.get(pk=people["scholar"].pk).is_active


def test_restored_backup_is_brought_up_to_date_with_the_list_of_erasures(people, busy):
    scholar = people["scholar"]
    erasures.write_down(scholar.public_id)
    erasures.write_down("nobodyhere")
    out = io.StringIO()

    call_command("reapply_erasures", stdout=out)
    call_command("reapply_erasures", stdout=out)

    assert User.objects.get(pk=scholar.pk).display_name == pseudonym(scholar)
    assert AuditEvent.objects.filter(action="person.erased").count() == 1
    assert "1 accounts were erased again; 2 are in" in out.getvalue()


def test_erasure_is_in_the_list_outside_of_the_database(people):
    erase(people["scholar"])

    assert list(erasures.listed()) == [people["scholar"].public_id]


def test_erasure_that_fails_and_is_called_off_is_not_done_by_the_next_restore(people, monkeypatch, settings):
    def fails(account_id: int) -> None:
        raise RuntimeError

    settings.ERASURE_GRACE_DAYS = 0
    scholar = people["scholar"]
    erasure = ask_erasure(account_id=scholar.pk, password=PASSWORD, by=scholar)
    monkeypatch.setattr(kinds, "after_erasure", [fails])
    with pytest.raises(RuntimeError):
        erase_account(erasure_id=erasure.pk)
    cancel_erasure(account_id=scholar.pk, by=scholar)

    call_command("reapply_erasures")

    assert not list(erasures.listed())
    assert User.objects.get(pk=scholar.pk).display_name == scholar.display_name


@pytest.mark.parametrize("language", ["ar", "en"])
def test_pages_stand_in_both_languages(client, people, busy, language):
    client.force_login(people["administrator"])
    person = people["scholar"].public_id

    for path in (
        "account/data/",
        "account/data/erase/",
        f"desk/people/{person}/data/",
        f"desk/people/{person}/data/erase/",
    ):
        assert client.get(f"/{language}/{path}").status_code == 200
