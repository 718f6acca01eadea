"""The same bytes sent in twice: the sender is told which image has them, and chooses; nobody learns of hidden ones."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archive.actions.add_image import add_image
from archive.actions.keep_second_record import keep_second_record
from archive.actions.open_deposit import open_deposit
from archive.actions.undo_deposit import undo_deposit
from archive.errors import NotVisible
from archive.models import FileArrival, Image
from tests.db.archive.deposited import keep
from tests.db.archive.test_describe_pages import gap_of
from tests.factories_archive import png, send

pytestmark = pytest.mark.django_db

BYTES = png(120, 80)


@pytest.fixture
def first(archivist) -> Image:
    """An image that is here already."""
    arrival = send(BYTES, filename="first.png", by=archivist)
    values = {"title_en": "الجسر القديم", "title_ar": "الجسر القديم", "access": "members"}
    return add_image(arrival=arrival, values=values, by=archivist)


def sent(name: str = "again.png", data: bytes = BYTES) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def again(arrival: FileArrival) -> str:
    return reverse("image_again", args=[arrival.public_id])


def test_single_upload_of_the_same_bytes_leads_to_the_choice(desk, first):
    page = desk.post(reverse("image_upload"), {"file": sent()}, follow=True)

    assert page.redirect_chain[-1][0] == again(FileArrival.objects.latest("pk"))
    assert "الجسر القديم" in page.content.decode()
    assert reverse("desk_image", args=[first.public_id]) in page.content.decode()
    assert Image.objects.get() == first


def test_second_record_is_made_when_it_is_chosen_and_once(desk, first):
    desk.post(reverse("image_upload"), {"file": sent()})
    arrival = FileArrival.objects.latest("pk")

    desk.post(again(arrival))
    desk.post(again(arrival))

    second = Image.objects.exclude(pk=first.pk).get()
    assert (second.arrival, second.access, second.title_en or "") == (arrival, "draft", "")
    assert desk.get(again(arrival)).url == reverse("desk_image", args=[second.public_id])


def test_among_several_files_each_that_is_here_is_named_and_the_others_are_taken(desk, first):
    page = desk.post(
        reverse("image_upload").replace("/ar/", "/en/"), {"file": [sent("a.png"), sent("b.png", png(9, 9))]}
    )

    words = page.content.decode()
    assert page.status_code == 409
    assert "You have this already: الجسر القديم" in words
    assert again(FileArrival.objects.get(filename="a.png")).replace("/ar/", "/en/") in words
    assert set(Image.objects.values_list("arrival__filename", flat=True)) == {"first.png", "b.png"}


def test_script_is_told_in_words_with_the_page_of_the_choice(desk, first):
    answer = desk.post(reverse("image_upload"), {"file": sent()}, headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert answer.json()["choose"] == again(FileArrival.objects.latest("pk"))
    assert "الجسر القديم" in answer.json()["sentence"]


def test_form_that_is_sent_twice_is_no_second_sending(desk):
    for _ in range(2):
        page = desk.post(reverse("image_upload"), {"file": sent(), "key": "k"}, follow=True)

    assert page.redirect_chain[-1][0] == reverse("desk_image", args=[Image.objects.get().public_id])


def test_gap_takes_the_image_that_is_here_and_opens_nothing(desk, archivist, first):
    address, figure = gap_of("public", archivist)
    asked = desk.post(address, {"file": sent(), "seen": "", "as_work": "on"})
    arrival = FileArrival.objects.latest("pk")
    figure.refresh_from_db()
    assert (asked.status_code, figure.image) == (409, None)
    assert "الجسر القديم" in asked.content.decode()
    assert f'value="{arrival.public_id}"' in asked.content.decode()

    desk.post(address, {"arrival": arrival.public_id, "again": "use", "seen": "", "as_work": "on"})

    figure.refresh_from_db()
    assert figure.image == first
    # Somebody had closed it to all but members; the tick was meant for a new picture.
    assert figure.image.access == "members"


def test_gap_takes_a_second_record_with_the_caption_and_the_access_asked_for(desk, archivist, first):
    address, figure = gap_of("public", archivist)
    desk.post(address, {"file": sent(), "seen": ""})
    arrival = FileArrival.objects.latest("pk")

    desk.post(address, {"arrival": arrival.public_id, "again": "second", "seen": "", "as_work": "on"})

    figure.refresh_from_db()
    assert figure.image != first
    assert (figure.image.arrival, figure.image.access) == (arrival, "public")
    assert figure.image.title_ar.startswith("صورة الجسر")


def test_deposit_keeps_the_file_and_asks_on_its_page(desk, archivist, first):
    deposit = open_deposit(note="box", collection=None, language="ar", by=archivist)
    item = keep(deposit, archivist, BYTES, "leaf.png")
    assert (item.image, item.error["code"]) == (None, "image_here")
    page = desk.get(reverse("deposit", args=[deposit.public_id])).content.decode()
    assert "الجسر القديم" in page
    assert again(item.arrival) in page

    answer = desk.post(again(item.arrival))

    item.refresh_from_db()
    assert answer.url == reverse("deposit", args=[deposit.public_id])
    assert item.error == {}
    assert item.image.arrival == item.arrival


def test_deposit_is_settled_for_all_of_its_pictures_with_one_press(desk, archivist, first):
    deposit = open_deposit(note="box", collection=None, language="ar", by=archivist)
    items = [keep(deposit, archivist, BYTES, f"{number}.png") for number in range(3)]
    address = reverse("deposit_same", args=[deposit.public_id]).replace("/ar/", "/en/")
    page = desk.get(reverse("deposit", args=[deposit.public_id]).replace("/ar/", "/en/")).content.decode()
    assert "3 pictures are in the catalogue already" in page

    assert "Choose one of the two" in desk.post(address, {"choice": "burn"}, follow=True).content.decode()
    used = desk.post(address, {"choice": "use"}, follow=True).content.decode()

    assert "3 pictures that were here are used." in used
    assert "data-same-bytes" not in used
    assert again(items[0].arrival).replace("/ar/", "/en/") not in used
    assert Image.objects.count() == 1
    assert "Nothing waits" in desk.post(address, {"choice": "second"}, follow=True).content.decode()
    # Whoever thinks otherwise of one still makes its second record, which the deposit takes along.
    desk.post(again(items[0].arrival))
    items[0].refresh_from_db()
    assert items[0].image is not None


def test_second_records_of_a_deposit_are_made_for_all_with_one_press(desk, archivist, first):
    deposit = open_deposit(note="box", collection=None, language="ar", by=archivist)
    for number in range(3):
        keep(deposit, archivist, BYTES, f"{number}.png")
    address = reverse("deposit_same", args=[deposit.public_id])

    desk.post(address, {"choice": "second"})
    desk.post(address, {"choice": "second"})

    assert Image.objects.count() == 4
    assert all(item.image.access == "draft" and item.error == {} for item in deposit.items.all())
    undo_deposit(deposit_id=deposit.pk, by=archivist)
    assert Image.objects.filter(undone=False).get() == first
    assert (
        "undone"
        in desk.post(address.replace("/ar/", "/en/"), {"choice": "use"}, follow=True).content.decode()
    )


def test_page_of_a_deposit_asks_once_for_all_its_files(desk, archivist, first, django_assert_num_queries):
    deposit = open_deposit(note="box", collection=None, language="ar", by=archivist)
    keep(deposit, archivist, BYTES, "1.png")
    page = reverse("deposit", args=[deposit.public_id])
    desk.get(page)
    with CaptureQueriesContext(connection) as few:
        desk.get(page)
    for number in range(2, 6):
        keep(deposit, archivist, BYTES, f"{number}.png")

    with django_assert_num_queries(len(few)):
        desk.get(page)


def test_image_of_an_undone_deposit_is_as_if_it_had_never_been(desk, archivist):
    undone = open_deposit(note="box", collection=None, language="ar", by=archivist)
    keep(undone, archivist, BYTES, "leaf.png")
    undo_deposit(deposit_id=undone.pk, by=archivist)

    page = desk.post(reverse("image_upload"), {"file": sent()}, follow=True)

    fresh = Image.objects.get(undone=False)
    assert page.redirect_chain[-1][0] == reverse("desk_image", args=[fresh.public_id])


def test_file_of_which_nobody_was_asked_makes_no_image(archivist):
    arrival = send(BYTES, filename="agreement.png", by=archivist)

    with pytest.raises(NotVisible):
        keep_second_record(arrival=arrival, by=archivist)


def test_only_archivists_are_asked(client, people, first):
    client.force_login(people["scholar"])

    assert client.get(again(first.arrival)).status_code == 403
    assert client.post(again(first.arrival)).status_code == 403


def test_program_is_told_of_the_same_bytes_and_may_ask_that_nothing_is_made(desk, first):
    told = desk.post("/api/images/", {"file": sent()})
    refused = desk.post("/api/images/", {"file": sent(), "unless_here": "true"})

    assert told.status_code == 202
    assert told.json()["same_bytes"] == [first.public_id]
    assert (refused.status_code, refused.json()["code"]) == (409, "image_here")
    assert refused.json()["image"] == first.public_id
    assert Image.objects.count() == 2
