"""Publishing a work offers to publish the pictures and films that it shows, and opens nothing that was kept on purpose."""

from __future__ import annotations

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from archive.access import ANYBODY, viewer_of, visible_to
from archive.access.shown_with import Reserve, hidden_with
from archive.actions.keep_section import keep_section
from archive.actions.open_with_work import open_with_step, open_with_work
from archive.actions.plan_step import plan_step
from archive.actions.plan_table import plan_table, start_table
from archive.errors import Conflict
from archive.models import AuditEvent, Figure, Image, Video, Work
from archive.presenters.bulk_changes import Asked
from tests.factories_archive import make_revision, send
from tests.factories_editions import make_image

pytestmark = pytest.mark.django_db

WORDS = (
    "# عنوان\n\n" + "كلامٌ يصف الجسر ومن عبره في كل يوم من الأيام. " * 5
    + "\n\n\n\n\nصورة الجسر في الشتاء / 1931\n\nانتهى الوصف هنا.\n\n"
    + "<https://www.youtube.com/watch?v=abcdefghijk>\n\nثم كلام بعده.\n"
)  # fmt: skip


@pytest.fixture
def work(archivist) -> Work:
    """A draft that shows a draft of a film and a draft of a picture."""
    revision = make_revision(WORDS, by=archivist)
    image = make_image(by=archivist)
    Image.objects.filter(pk=image.pk).update(access="draft")
    Figure.objects.filter(text=revision.text).update(image=image)
    Work.objects.filter(pk=revision.text.work_id).update(access="draft")
    return Work.objects.get(pk=revision.text.work_id)


def address(work: Work) -> str:
    return reverse("describe_work", args=[work.public_id])


def sent(desk, work: Work, **more: object) -> dict[str, object]:
    """Return what the form sends, as the page shows it."""
    form = desk.get(address(work)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value not in (None, "", [])} | more


def shown(work: Work, by) -> dict[str, Reserve]:
    return {str(each.item._meta.model_name): each.reserve for each in hidden_with(work, viewer_of(by))}


def test_drafts_are_ticked_and_public_with_the_work(desk, work):
    values = sent(desk, work, access="public")
    assert len(values["opened"]) == 2

    page = desk.post(address(work).replace("/ar/", "/en/"), values, follow=True)

    assert "2 pictures and films became public with it." in page.content.decode()
    for model in (Work, Image, Video):
        assert visible_to(model, ANYBODY).count() == 1
    acts = AuditEvent.objects.filter(action__endswith=".described").values_list("action", flat=True)
    assert set(acts) == {"work.described", "image.described", "video.described"}


def test_what_is_not_ticked_stays_a_draft(desk, work):
    values = sent(desk, work, access="public")
    film = next(name for name in values["opened"] if name.startswith("video"))

    desk.post(address(work), values | {"opened": [film]})

    assert visible_to(Video, ANYBODY).exists()
    assert not visible_to(Image, ANYBODY).exists()


def test_nothing_is_opened_while_the_work_is_not_public(desk, work):
    desk.post(address(work), sent(desk, work, access="members"))

    assert set(Image.objects.values_list("access", flat=True)) == {"draft"}
    assert set(Video.objects.values_list("access", flat=True)) == {"draft"}


@pytest.mark.parametrize(
    ("model", "change", "reserve"),
    [
        (Image, {"access": "restricted"}, Reserve.RESTRICTED),
        (Image, {"access": "members"}, Reserve.MEMBERS),
        (Image, {"warnings": ["blood"]}, Reserve.WARNED),
        (Video, {"content_warning_en": "Shelling"}, Reserve.WARNED),
        (Video, {"embargo_until": timezone.now() + datetime.timedelta(days=9)}, Reserve.EMBARGOED),
    ],
)
def test_what_was_kept_on_purpose_is_shown_without_a_tick(desk, archivist, work, model, change, reserve):
    model.objects.update(**change)
    kind = model._meta.model_name

    assert shown(work, archivist)[kind] == reserve
    assert [name.split(":")[0] for name in sent(desk, work)["opened"]] == [
        {"image": "video", "video": "image"}[kind]
    ]


def test_picture_in_a_section_that_is_kept_from_readers_is_shown_without_a_tick(archivist, work):
    text = work.texts.get()
    blocks = [block["kind"] for block in text.current_revision.blocks]
    at = blocks.index("figure")
    keep_section(
        text_id=text.pk, revision=text.current_revision.number, first=at, last=at + 1, values={"access": "members"},
        reason="asked for", by=archivist,
    )  # fmt: skip

    assert shown(work, archivist) == {"image": Reserve.KEPT_SECTION, "video": Reserve.NONE}


def test_of_a_public_work_nothing_is_ticked_by_itself(desk, work):
    """Who mends a title must not publish what somebody left a draft."""
    Work.objects.update(access="public")

    assert "opened" not in sent(desk, work)
    assert 'name="opened"' in desk.get(address(work)).content.decode()


def test_item_waits_as_long_as_the_work_does(desk, work):
    until = timezone.now() + datetime.timedelta(days=30)
    values = sent(
        desk, work, access="public", embargo_until=timezone.localtime(until).strftime("%Y-%m-%dT%H:%M")
    )

    desk.post(address(work), values)

    work.refresh_from_db()
    assert work.embargo_until is not None
    assert set(Image.objects.values_list("embargo_until", flat=True)) == {work.embargo_until}
    assert not visible_to(Image, ANYBODY).exists()


def test_item_that_somebody_restricted_meanwhile_is_not_opened_and_nothing_is_saved(desk, archivist, work):
    values = sent(desk, work, access="public")
    Image.objects.update(access="restricted", version=7)

    page = desk.post(address(work), values)
    with pytest.raises(Conflict, match="shown_changed"):
        open_with_work(
            work_id=work.pk, version=work.version, values={"access": "public"}, names=values["opened"], by=archivist
        )  # fmt: skip

    work.refresh_from_db()
    assert page.status_code == 422
    assert "opened" in page.context["form"].errors
    assert (work.access, Video.objects.get().access) == ("draft", "draft")


def test_pictures_of_other_works_and_what_was_taken_down_are_not_offered(archivist, work):
    make_image(by=archivist)
    Image.objects.exclude(figures=None).update(undone=True)

    assert set(shown(work, archivist)) == {"video"}


def test_questions_do_not_grow_with_what_is_shown(archivist, work):
    viewer = viewer_of(archivist)
    with CaptureQueriesContext(connection) as few:
        hidden_with(work, viewer)
    other = make_revision(WORDS.replace("abcdefghijk", "bcdefghijkl"), by=archivist).text
    other.work = work
    other.save()
    Figure.objects.filter(text=other).update(image=make_image(by=archivist))
    Image.objects.update(access="draft")

    with CaptureQueriesContext(connection) as more:
        assert len(hidden_with(work, viewer)) == 4

    assert len(more) == len(few)


def make_public(desk, works, by):
    """Publish works by a change of many; return the step, applied."""
    step = plan_step(
        kind="work", items=[work.public_id for work in works], asked=Asked("access", "set", "public"), by=by
    )
    desk.post(reverse("bulk_apply", args=[step.public_id]))
    step.refresh_from_db()
    assert step.state == "applied"
    return step


def test_change_of_many_lists_what_stays_closed_and_publishes_it_with_one_press(desk, work, archivist):
    warned = make_image(by=archivist, access="draft", title_en="A wound", warnings=["violence"], width=900)
    Work.objects.filter(pk=work.pk).update(cover=warned)
    other = Work.objects.create(title_en="Nothing to show", slug="bare")

    step = make_public(desk, [work, other], archivist)

    page = desk.get(step.get_absolute_url())
    names = page.context["opening"].fields["opened"].choices
    ticked = page.context["opening"]["opened"].value()
    assert (len(names), len(ticked)) == (3, 2)
    address = reverse("bulk_open", args=[step.public_id])
    assert "2" in desk.post(address.replace("/ar/", "/en/"), {"opened": ticked}, follow=True).content.decode()
    assert visible_to(Image, ANYBODY).count() == visible_to(Video, ANYBODY).count() == 1
    assert len(desk.get(step.get_absolute_url()).context["opening"].fields["opened"].choices) == 1
    # What was read before, and nothing ticked at all: told, and nothing changes.
    for names in (ticked, []):
        desk.post(address, {"opened": names})
    assert not visible_to(Image, ANYBODY).filter(pk=warned.pk).exists()


def test_step_offers_nothing_that_its_works_do_not_show_or_that_are_no_longer_public(desk, work, archivist):
    step = make_public(desk, [work], archivist)
    stranger = make_image(by=archivist, access="draft", width=700)

    with pytest.raises(Conflict, match="shown_changed"):
        open_with_step(step_id=step.pk, names=[f"image:{stranger.public_id}:1"], by=archivist)
    Work.objects.filter(pk=work.pk).update(access="members")

    assert desk.get(step.get_absolute_url()).context["opening"] is None


def test_table_that_publishes_works_lists_what_stays_closed(desk, work, archivist):
    table = f"id,access\n{work.public_id},public\n".encode()
    step = start_table(arrival=send(table, filename="works.csv", by=archivist), kind="work", by=archivist)
    plan_table(step_id=step.pk, columns=["id", "access"], by=archivist)
    desk.post(reverse("bulk_apply", args=[step.public_id]))

    assert len(desk.get(step.get_absolute_url()).context["opening"].fields["opened"].choices) == 2


def test_number_of_queries_does_not_grow_with_the_works_of_a_step(desk, work, archivist):
    def asked(step) -> int:
        with CaptureQueriesContext(connection) as seen:
            desk.get(step.get_absolute_url())
        return len(seen)

    before = asked(make_public(desk, [work], archivist))
    works = [
        Work.objects.create(
            title_en=f"Work {n}",
            slug=f"w{n}",
            cover=make_image(by=archivist, access="draft", title_en=str(n)),
        )
        for n in range(4)
    ]

    assert asked(make_public(desk, works, archivist)) <= before


def test_api_says_what_stays_closed_to_those_who_may_open_it(client, work, archivist, people):
    client.force_login(archivist)
    url = f"/api/works/{work.public_id}/"

    def change(**values):
        version = client.get(url).headers["ETag"]
        return client.patch(
            url, values, content_type="application/json", headers={"If-Match": version}
        ).json()

    assert change(date_edtf="1931")["stays_closed"] == []
    closed = change(access="public")["stays_closed"]

    assert [(one["kind"], one["reserve"]) for one in closed] == [("image", ""), ("video", "")]
    image = Image.objects.get()
    assert closed[0] == {"kind": "image", "id": image.public_id, "title": str(image), "reserve": ""}
    client.logout()
    assert "stays_closed" not in client.get(url).json()
