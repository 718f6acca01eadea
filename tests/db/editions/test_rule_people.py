"""An edition's rule names whose notes it takes in: authors, and whoever is of a group when the release is sealed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse

from annotations.actions.change_edition import change_edition
from annotations.editions.gather import gather
from annotations.editions.rules import people_of
from annotations.models import Edition
from archive.actions.bring_in import bring_in
from archive.errors import Invalid
from archive.models import Group, User
from tests.factories_editions import make_desk, plan
from tests.factories_notes import make_accepted
from tests.factories_round_trip import make_everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(people):
    made = make_desk(people)
    make_accepted(
        made.text, "أشجار الحور", author=people["administrator"], reviewer=people["reviewer"], body="عن الحور"
    )
    return made


def ruled(desk, people, **rule):
    desk.edition.refresh_from_db()
    return change_edition(
        edition=desk.edition.public_id, version=desk.edition.version,
        plan=plan(slug=desk.edition.slug, rule=rule), by=User.objects.get(pk=people["editor"].pk),
    )  # fmt: skip


def writers(edition):
    return {one.author.name for one in gather(edition).candidates}


def test_notes_of_named_authors_alone_are_taken_in(desk, people):
    everybody = writers(desk.edition)

    edition = ruled(desk, people, authors=[people["administrator"].public_id])

    assert writers(edition) == {str(people["administrator"])}
    assert len(everybody) > 1


def test_a_group_stands_for_who_is_of_it_now(desk, people):
    group = Group.objects.create(name="رواة")
    people["editor"].groups.add(group)
    edition = ruled(desk, people, groups=[group.public_id])
    nobody = writers(edition)

    people["scholar"].groups.add(group)
    one = writers(edition)
    people["administrator"].groups.add(group)

    assert (nobody, one) == (set(), {str(people["scholar"])})
    assert writers(edition) == {str(people["scholar"]), str(people["administrator"])}


def test_group_that_one_is_not_of_cannot_be_named_but_stays_where_it_was(desk, people):
    group = Group.objects.create(name="رواة")
    with pytest.raises(Invalid, match="unknown_group"):
        ruled(desk, people, groups=[group.public_id])
    people["editor"].groups.add(group)
    ruled(desk, people, groups=[group.public_id])
    people["editor"].groups.clear()

    edition = ruled(desk, people, groups=[group.public_id], languages=["ar"])

    assert edition.rule["groups"] == [group.public_id]


@pytest.mark.parametrize("author", ["", "A b", "x" * 41, "../.."])
def test_what_is_no_key_of_an_author_is_refused(desk, people, author):
    with pytest.raises(Invalid, match="unknown_author"):
        ruled(desk, people, authors=[author])


def test_form_offers_who_wrote_and_keeps_a_group_that_its_editor_does_not_see(desk, people, client):
    unseen = Group.objects.create(name="سرّية")
    Edition.objects.filter(pk=desk.edition.pk).update(rule={"groups": [unseen.public_id]})
    client.force_login(people["editor"])
    address = reverse("desk_edition_plan", args=[desk.edition.public_id])

    page = client.get(address)
    form = page.context["form"]
    values = {name: value for name, value in form.initial.items() if value is not None}
    client.post(address, values | {"authors": [people["administrator"].public_id]})

    assert "سرّية" not in page.content.decode()
    assert people["administrator"].public_id in dict(form.fields["authors"].choices)
    desk.edition.refresh_from_db()
    assert desk.edition.rule["groups"] == [unseen.public_id]
    assert desk.edition.rule["authors"] == [people["administrator"].public_id]


def test_authors_of_a_package_are_those_whom_its_notes_credit(people, tmp_path):
    point = transaction.savepoint()
    made = make_everything(people)
    before = gather(made.desk.edition)
    key = before.candidates[0].author.id
    Edition.objects.filter(pk=made.desk.edition.pk).update(rule={"authors": [key]})
    taken = {one.id for one in gather(Edition.objects.get(pk=made.desk.edition.pk)).candidates}
    call_command(
        "export_work",
        made.desk.work.slug,
        "--to",
        str(tmp_path / "bag"),
        "--by",
        people["administrator"].email,
    )
    slug = made.desk.edition.slug
    transaction.savepoint_rollback(point)
    people["scholar"].display_name = "غيره"

    bring_in(path=tmp_path / "bag", by=people["administrator"])

    edition = Edition.objects.get(slug=slug)
    assert {one.id for one in gather(edition).candidates} == taken
    assert people_of(edition.rule)


def test_groups_do_not_leave_the_archive(people, tmp_path):
    made = make_everything(people)
    group = Group.objects.create(name="سرّية")
    Edition.objects.filter(pk=made.desk.edition.pk).update(rule={"groups": [group.public_id]})

    call_command(
        "export_work",
        made.desk.work.slug,
        "--to",
        str(tmp_path / "bag"),
        "--by",
        people["administrator"].email,
    )

    lines = (Path(tmp_path) / "bag/data/editions.jsonl").read_text()
    assert group.public_id not in lines
    (line,) = [row for row in map(json.loads, lines.splitlines()) if row.get("is") == "edition"]
    assert "groups" not in line["plan"]["rule"]
    assert line["plan"]["rule"]["authors"], "nobody's notes are not everybody's"
