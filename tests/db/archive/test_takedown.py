"""What is taken down is gone at once, everywhere; its address says so and nothing more; it can be put back."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from annotations.actions.write_annotation import write_annotation
from annotations.enums import Relation
from annotations.values import NoteInput, ReferenceInput
from archive.access import allows
from archive.actions.add_video import add_video
from archive.actions.ask_take_out import ask_take_out
from archive.actions.build_take_out import build_take_out
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.index_entry import index_entry
from archive.actions.put_back import put_back
from archive.actions.rename import rename
from archive.actions.take_down import take_down
from archive.errors import Conflict, Invalid, NotAllowed
from archive.models import AuditDetail, AuditEvent, Role, SiteSettings, Takedown
from archive.views import shared
from tests.factories_editions import make_desk, make_image
from tests.factories_notes import make_text, place_of

pytestmark = pytest.mark.django_db

TITLE, NOTE = "The letter of Salma Kassab", "Her brother called on Monday."


@pytest.fixture
def shelf(archivist):
    values = {"title_en": "Letters", "access": "public"}
    return create_collection(values=values, slug="letters", by=archivist)


@pytest.fixture
def work(archivist, shelf):
    values = {"title_en": TITLE, "access": "public", "collection": shelf}
    return create_work(values=values, slug="letter", by=archivist)


def down(item, by, **more):
    return take_down(item, reason="request", note=NOTE, by=by, **more)


def page(client, url):
    shared.forget()
    return client.get(url)


def test_address_of_a_public_work_answers_with_a_tombstone_to_everybody(work, archivist, people, client):
    SiteSettings.objects.filter(pk=1).update(contact_email="desk@example.org")
    address = f"/en/works/{work.slug}/"
    assert page(client, address).status_code == 200

    down(work, archivist, sentence_en="A person asked us to.", sentence_ar="طلب منا شخص ذلك.")

    answers = {page(client, address).content}
    for role in ("member", "scholar", "archivist"):
        client.force_login(people[role])
        answers.add(page(client, address).content)
    (body,) = answers
    words = body.decode()
    assert page(client, address).status_code == 410
    assert "A person who appears in it asked for it" in words
    assert "A person asked us to." in words
    assert "desk@example.org" in words
    assert TITLE not in words
    assert NOTE not in words
    assert "طلب منا شخص ذلك." in page(client, f"/ar/works/{work.slug}/").content.decode()


def test_tombstone_says_the_title_when_that_was_chosen(work, archivist, client):
    down(work, archivist, shows_title=True)

    assert TITLE in page(client, f"/en/works/{work.slug}/").content.decode()


def test_old_address_leads_to_the_tombstone(work, archivist, client):
    rename(work, slug="other", by=archivist)
    down(work, archivist)

    assert (
        page(client, "/en/works/letter/").status_code == page(client, "/en/works/other/").status_code == 410
    )


def test_what_was_never_public_is_as_absent_as_nothing(archivist, client):
    create_work(values={"title_en": TITLE, "access": "members"}, slug="hidden", by=archivist)
    work = create_work(values={"title_en": TITLE, "access": "members"}, slug="letter", by=archivist)

    down(work, archivist, shows_title=True)

    answer, nothing = page(client, "/en/works/letter/"), page(client, "/en/works/nothin/")
    assert answer.status_code == 404
    assert answer.content.replace(b"letter", b"nothin") == nothing.content


def test_it_is_gone_from_catalogue_search_programs_and_harvests_and_comes_back(work, archivist, client):
    index_entry(kind="work", object_id=work.pk)
    doors = (
        "/en/catalogue/",
        "/en/search/?q=Kassab",
        f"/en/collections/{work.collection.slug}/",
        "/api/works/",
    )

    def tells(door: str) -> bool:
        """Whether a page says the title; a page of results marks the word that was asked for."""
        return TITLE in re.sub("</?mark>", "", page(client, door).content.decode())

    assert all(tells(door) for door in doors)

    down(work, archivist)

    assert not any(tells(door) for door in doors)
    assert page(client, f"/api/works/{work.public_id}/").status_code == 404
    assert status_of_record(client, work) == "deleted"

    put_back(work, note="She agreed.", by=archivist)

    assert all(tells(door) for door in doors)
    assert page(client, f"/en/works/{work.slug}/").status_code == 200
    assert status_of_record(client, work) is None


def status_of_record(client, work):
    asked = {
        "verb": "GetRecord", "metadataPrefix": "oai_dc", "identifier": f"oai:localhost:work/{work.public_id}",
    }  # fmt: skip
    root = etree.fromstring(client.get(reverse("oai"), asked).content)
    (header,) = root.iter("{http://www.openarchives.org/OAI/2.0/}header")
    return header.get("status")


def test_picture_is_gone_from_its_services_at_once(archivist, client):
    image = make_image(by=archivist)
    doors = [
        reverse("derivative", args=[image.public_id, "small"]), reverse("iiif_info", args=[image.public_id]),
        reverse("iiif_image_manifest", args=[image.public_id]),
    ]  # fmt: skip
    seen = [page(client, door).status_code for door in doors]

    down(image, archivist)

    assert 200 in seen
    assert [page(client, door).status_code for door in doors] == [404] * len(doors)
    assert page(client, f"/en/images/{image.public_id}/").status_code == 410


def test_shelf_takes_everything_in_it_along_and_tells_no_title(work, shelf, archivist, people, client):
    within = create_collection(
        values={"title_en": "Inner", "access": "public", "parent": shelf}, slug="inner", by=archivist
    )
    film = add_video(
        url="https://youtu.be/dQw4w9WgXcQ",
        values={"title_en": "Film", "access": "members", "collection": within},
        by=archivist,
    )

    down(shelf, archivist)

    answer = page(client, f"/en/works/{work.slug}/")
    assert answer.status_code == 410
    assert TITLE not in answer.content.decode()
    assert page(client, f"/en/videos/{film.public_id}/").status_code == 404
    assert not allows(people["member"], "view", film)
    assert status_of_record(client, work) == "deleted"
    assert allows(people["archivist"], "view", film)

    put_back(shelf, by=archivist)

    assert page(client, f"/en/works/{work.slug}/").status_code == 200
    assert status_of_record(client, work) is None


@pytest.fixture
def nested(archivist, shelf):
    """A public work on a public shelf on the shelf."""
    inner = create_collection(
        values={"title_en": "Inner", "access": "public", "parent": shelf}, slug="inner", by=archivist
    )
    create_work(
        values={"title_en": TITLE, "access": "public", "collection": inner}, slug="nested", by=archivist
    )
    return inner


NESTED = ("/en/collections/inner/", "/en/works/nested/")


def test_shelf_within_a_shelf_that_is_down_answers_with_its_tombstone(nested, shelf, archivist, client):
    create_collection(
        values={"title_en": "Never", "access": "members", "parent": shelf}, slug="never", by=archivist
    )
    assert [page(client, door).status_code for door in NESTED] == [200, 200]

    down(shelf, archivist)

    assert [page(client, door).status_code for door in NESTED] == [410, 410]
    assert page(client, "/en/collections/never/").status_code == 404
    assert "Inner" not in page(client, NESTED[0]).content.decode()

    put_back(shelf, by=archivist)
    assert [page(client, door).status_code for door in NESTED] == [200, 200]


def test_what_stands_on_two_shelves_that_are_down_tells_so_until_both_are_back(
    nested, shelf, archivist, client
):
    down(shelf, archivist)
    down(nested, archivist)

    assert [page(client, door).status_code for door in NESTED] == [410, 410]

    put_back(shelf, by=archivist)
    assert [page(client, door).status_code for door in NESTED] == [410, 410]

    put_back(nested, by=archivist)
    assert [page(client, door).status_code for door in NESTED] == [200, 200]


def test_what_was_put_on_a_shelf_that_is_down_was_never_seen(shelf, archivist, client):
    down(shelf, archivist)
    values = {"title_en": "Late", "access": "public"}
    create_collection(values=values | {"parent": shelf}, slug="late", by=archivist)
    create_work(values=values | {"collection": shelf}, slug="late", by=archivist)

    assert page(client, "/en/collections/late/").status_code == 404
    assert page(client, "/en/works/late/").status_code == 404


def test_published_release_answers_with_the_works_tombstone(people, client):
    desk = make_desk(people)
    desk.release()
    base = "/editions/mill-edition/"
    assert page(client, f"/en{base}1/").status_code == 200

    down(desk.work, people["archivist"])

    for door in (
        f"/en{base}",
        f"/en{base}1/",
        f"/en{base}1/notes/",
        f"/en{base}1/index/",
        f"{base}1/download/jsonld",
    ):
        answer = page(client, door)
        assert answer.status_code == 410, door
        assert str(desk.work) not in answer.content.decode()
    assert page(client, "/en/editions/").content.decode().count("mill-edition") == 0
    assert page(client, f"/en{base}2/").status_code == 404


def test_release_that_was_only_sealed_stays_as_absent_as_nothing(people, client):
    desk = make_desk(people)
    desk.seal()

    down(desk.work, people["archivist"])

    assert page(client, "/en/editions/mill-edition/1/").status_code == 404


def test_only_archivists_take_down_and_each_act_is_on_record(work, people, archivist):
    for role in ("member", "scholar", "reviewer", "editor"):
        with pytest.raises(NotAllowed):
            down(work, people[role])
    with pytest.raises(Invalid):
        take_down(work, reason="mood", by=archivist)

    down(work, archivist)

    with pytest.raises(Conflict):
        down(work, archivist)
    with pytest.raises(Conflict):
        ask_take_out(item=type(work).objects.get(pk=work.pk), layout="csv", by=archivist)
    put_back(work, note="Agreed.", by=people["administrator"])
    with pytest.raises(Conflict):
        put_back(work, by=archivist)

    events = AuditEvent.objects.filter(
        target_id=work.public_id, action__in=["work.taken_down", "work.put_back"]
    )
    assert [event.action for event in events] == ["work.taken_down", "work.put_back"]
    assert events[0].facts == {"reason": "request"}
    assert AuditDetail.objects.get(sequence=events[0].sequence).words == NOTE


@pytest.mark.parametrize("language", ["en", "ar"])
def test_desk_takes_down_lists_and_puts_back(
    work, archivist, client, language, django_assert_max_num_queries
):
    client.force_login(archivist)
    door = f"/{language}/desk/works/{work.public_id}/take-down/"

    refused = client.post(door, {"act": "take_down", "note": NOTE})
    done = client.post(door, {"act": "take_down", "reason": "safety", "note": NOTE})
    again = client.post(door, {"act": "take_down", "reason": "safety"})

    assert (refused.status_code, done.status_code, again.status_code) == (422, 302, 409)
    assert NOTE in refused.content.decode()
    with django_assert_max_num_queries(30):
        listed = client.get(f"/{language}/desk/takedowns/")
    assert door in listed.content.decode()
    assert client.get(f"/{language}/desk/works/{work.public_id}/").status_code == 200

    assert client.post(door, {"act": "put_back", "note": "Agreed."}).status_code == 302
    assert Takedown.objects.get().lifted_by == archivist
    assert "Agreed." in client.get(door).content.decode()


def test_program_takes_down_and_puts_back(work, archivist, people, client):
    door = f"/api/works/{work.public_id}/"
    client.force_login(people["scholar"])
    assert client.post(f"{door}take-down/", {"reason": "court"}, "application/json").status_code == 403
    client.force_login(archivist)

    assert client.post(f"{door}take-down/", {"reason": "mood"}, "application/json").status_code == 422
    assert client.post(f"{door}take-down/", {"reason": "court"}, "application/json").status_code == 204
    assert client.post(f"{door}take-down/", {"reason": "court"}, "application/json").status_code == 409
    assert client.post(f"{door}put-back/", {}, "application/json").status_code == 204


def test_only_the_packages_that_hold_it_are_taken_back(work, shelf, nested, people, archivist):
    other_shelf = create_collection(
        values={"title_en": "Other", "access": "public"}, slug="other", by=archivist
    )
    other = create_work(
        values={"title_en": "Other", "access": "public", "collection": other_shelf},
        slug="other-work",
        by=archivist,
    )
    asked = {
        name: ask_take_out(item=item, layout=layout, by=archivist)
        for name, item, layout in (
            ("itself", work, "bagit"), ("as a table", work, "csv"), ("shelf", shelf, "ocfl"), ("inner", nested, "bagit"),
            ("other", other, "bagit"), ("other shelf", other_shelf, "bagit"), ("pages", other, "static"),
        )
    }  # fmt: skip
    for package in asked.values():
        build_take_out(take_out_id=package.pk)
    waiting = ask_take_out(item=other, layout="ro-crate", by=archivist)

    down(work, archivist)

    over = {name for name, package in asked.items() if is_over(package)}
    assert over == {"itself", "as a table", "shelf", "pages"}
    assert is_over(waiting), "what does not say what it holds may hold it"

    down(nested, archivist)
    assert {name for name, package in asked.items() if is_over(package)} - over == {"inner"}


def is_over(package):
    package.refresh_from_db()
    return package.expires_at is not None and package.expires_at <= timezone.now()


def test_package_whose_notes_point_at_it_is_taken_back(people):
    archivist = people["archivist"]
    text, target = make_text(), make_text(slug="target")
    note = NoteInput(references=(ReferenceInput(Relation.CITES, place_of(target, "حجر أبيض")),))
    people["scholar"].roles.add(Role.objects.get(code="archivist"))
    write_annotation(place=place_of(text, "الضفة"), note=note, by=people["scholar"])
    package = ask_take_out(item=text.work, layout="bagit", by=people["scholar"])
    build_take_out(take_out_id=package.pk)

    down(target.work, archivist)

    assert is_over(package)
