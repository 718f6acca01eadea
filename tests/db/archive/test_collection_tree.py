"""Collections that lie in each other: no circles, bounded depth, access never wider than what lies around."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archive.access import allows, visible_to
from archive.access.harvest import Wanted, told
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.describe_collection import describe_collection
from archive.errors import Invalid
from archive.models import Collection, Group, PublicTrace
from archive.presenters.collection_tree import Tree

pytestmark = pytest.mark.django_db
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def shelf(archivist):
    def make(title, parent=None, access="public"):
        values = {"title_en": title, "access": access, "parent": parent}
        return create_collection(values=values, by=archivist)

    return make


def change(row, by, **values):
    return describe_collection(collection_id=row.pk, version=None, values=values, by=by)


def test_tree_knows_paths_branches_heights_and_totals():
    tree = Tree({1: None, 2: 1, 3: 2, 4: 1, 5: 9})

    assert tree.path(3) == [1, 2, 3]
    assert tree.branch(1) == [1, 2, 4, 3]
    assert (tree.height(1), tree.height(4)) == (3, 1)
    assert tree.in_order() == [1, 2, 3, 4, 5]
    assert tree.totals({3: 2, 1: 1, 5: 4}) == {1: 3, 2: 2, 3: 2, 5: 4}


def test_no_collection_lies_within_itself_or_too_deep(shelf, archivist):
    chain = [shelf("0")]
    for number in range(1, 6):
        chain.append(shelf(str(number), parent=chain[-1]))

    for moved, into in ((chain[0], chain[3]), (chain[2], chain[2])):
        with pytest.raises(Invalid) as refused:
            change(moved, archivist, parent=into)
        assert refused.value.code == "collection_circle"
    with pytest.raises(Invalid) as refused:
        shelf("6", parent=chain[-1])
    assert refused.value.code == "collection_too_deep"
    with pytest.raises(Invalid) as refused:  # What hangs on it would reach too deep.
        change(chain[0], archivist, parent=shelf("around"))
    assert refused.value.code == "collection_too_deep"


@pytest.mark.parametrize(
    ("around", "own", "seen_by"),
    [
        ("public", "public", {"anybody", "member", "insider", "archivist"}),
        ("members", "public", {"member", "insider", "archivist"}),
        ("restricted", "public", {"insider", "archivist"}),
        ("restricted", "members", {"insider", "archivist"}),
        ("draft", "public", {"archivist"}),
        ("public", "draft", {"archivist"}),
    ],
)
def test_nobody_sees_more_of_a_collection_than_of_what_lies_around_it(
    shelf, people, archivist, around, own, seen_by
):
    group = Group.objects.create(name="فريق")
    people["scholar"].groups.add(group)
    viewers = {
        "anybody": None,
        "member": people["member"],
        "insider": people["scholar"],
        "archivist": archivist,
    }
    outer = shelf("outer", access="draft")
    deep = shelf("deep", parent=shelf("inner", parent=outer), access=own)
    change(outer, archivist, access=around, groups=[group])

    for name, viewer in viewers.items():
        assert allows(viewer, "view", deep) == (name in seen_by), name
        assert visible_to(Collection, viewer).filter(pk=deep.pk).exists() == (name in seen_by), name


def test_embargo_of_what_lies_around_holds_too(shelf, archivist):
    outer = shelf("outer")
    inner = shelf("inner", parent=outer)

    change(outer, archivist, embargo_until=timezone.now() + HOUR)
    assert not allows(None, "view", inner)
    change(outer, archivist, embargo_until=timezone.now() - HOUR)
    assert allows(None, "view", inner)


@pytest.mark.parametrize(
    "values", [{"access": "draft"}, {"parent": "other"}, {"embargo_until": timezone.now() + HOUR}]
)
def test_hiding_or_moving_a_branch_gives_what_stands_in_it_new_datestamps(shelf, archivist, values):
    outer = shelf("outer")
    inner = shelf("inner", parent=outer)
    within = create_work(values={"title_en": "In", "access": "public", "collection": inner}, by=archivist)
    create_work(values={"title_en": "Draft", "collection": inner}, by=archivist)
    create_work(values={"title_en": "Elsewhere", "access": "public"}, by=archivist)
    before = timezone.now()

    values = {name: shelf("other") if value == "other" else value for name, value in values.items()}
    change(outer, archivist, **values)

    assert [(row.kind, row.pk, row.gone) for row in told(Wanted(since=before), most=9)] == [
        ("work", within.pk, False)
    ]


def test_other_words_on_a_collection_renew_nothing(shelf, archivist):
    outer = shelf("outer")
    create_work(values={"title_en": "In", "access": "public", "collection": outer}, by=archivist)
    traces = PublicTrace.objects.count()

    change(outer, archivist, title_en="Other words")

    assert PublicTrace.objects.count() == traces


def test_desk_shows_the_tree_with_counts_and_says_what_is_hidden_by_what(client, shelf, archivist):
    client.force_login(archivist)
    outer = shelf("Water", access="draft")
    inner = shelf("Wells", parent=outer)
    shelf("Alone")
    for number in range(2):
        create_work(values={"title_en": f"Well {number}", "collection": inner}, by=archivist)
    address = reverse("desk_collections").replace("/ar/", "/en/")

    page = client.get(address).content.decode()

    order = [page.index(f"<bdi>{title}</bdi></a>") for title in ("Water", "Wells", "Alone")]
    assert order == sorted(order)
    assert "item--deep-1" in page
    assert "2 with what lies within" in page
    assert "since they do not see “Water”" in page
    assert "Alone" not in client.get(address, {"q": "Wells"}).content.decode()


def test_public_page_shows_the_path_and_what_lies_within_with_few_queries(client, shelf, archivist):
    outer = shelf("Water")
    inner = shelf("Wells", parent=outer)
    deep = shelf("Dug", parent=inner)
    shelf("Secret", parent=inner, access="draft")
    create_work(values={"title_en": "Bir", "access": "public", "collection": deep}, by=archivist)

    page = client.get(outer.get_absolute_url()).content.decode()
    assert deep.get_absolute_url() in page
    assert "Secret" not in page
    below = client.get(deep.get_absolute_url()).content.decode()
    trail = [below.index(f'href="{row.get_absolute_url()}"') for row in (outer, inner)]
    assert trail == sorted(trail)

    def measure():
        from archive.views import shared

        shared.forget()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(outer.get_absolute_url()).status_code == 200
        return len(queries)

    few = measure()
    for number in range(4):
        shelf(f"More {number}", parent=inner)
    assert measure() == few
