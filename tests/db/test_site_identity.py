"""The name and the logo that an administrator sets stand on every page."""

from __future__ import annotations

import pytest
from django.urls import reverse

from archive.models import Derivative, SiteSettings
from archive.views import shared
from tests.factories_editions import make_desk, make_image, stored

pytestmark = pytest.mark.django_db

PUBLIC = ("", "catalogue/", "editions/", "terms/", "search/?q=x", "about/", "account/login/", "works/mill/",
          "editions/mill-edition/1/", "nothing-here/")  # fmt: skip
DESK = ("desk/", "desk/site/", "desk/people/", "desk/works/", "desk/review/", "account/email/")


@pytest.fixture
def logo(people):
    image = make_image(by=people["archivist"], title_en="Our mark")
    Derivative.objects.create(
        image=image, name="thumb", media_type="image/webp", width=320, height=240,
        stored_file=stored(b"thumb", "image/webp"),
    )  # fmt: skip
    return image


def set_site(client, people, logo) -> None:
    client.force_login(people["administrator"])
    row = SiteSettings.objects.get(pk=1)
    answer = client.post(
        "/en/desk/site/",
        {"name_ar": "دار الحواشي", "name_en": "House of Margins", "logo": logo.pk if logo else "",
         "version": row.version},
    )  # fmt: skip
    assert answer.status_code == 302
    shared.forget()


@pytest.mark.parametrize(("language", "name"), [("ar", "دار الحواشي"), ("en", "House of Margins")])
def test_name_and_logo_from_the_settings_stand_on_every_page(client, people, logo, language, name):
    make_desk(people).release()
    set_site(client, people, logo)
    mark = f'src="{reverse("derivative", args=[logo.public_id, "thumb"])}"'

    for addresses in (DESK, PUBLIC):
        for address in addresses:
            html = client.get(f"/{language}/{address}").content.decode()
            assert f"<span>{name}</span>" in html, address
            assert mark in html, address
            assert name in html.partition("</title>")[0], address
        client.logout()


def test_logo_that_is_not_public_any_more_gives_way_to_the_usual_mark(client, people, logo):
    set_site(client, people, logo)
    logo.access = "draft"
    logo.save()
    client.logout()
    shared.forget()

    html = client.get("/en/").content.decode()

    assert logo.public_id not in html
    assert "hashiya/mark.svg" in html


def test_desk_says_what_it_counts(client, people):
    from archive.models import Figure

    desk = make_desk(people)
    client.force_login(people["archivist"])

    html = " ".join(client.get("/en/desk/").content.decode().split())

    gaps = Figure.objects.filter(image=None).count()
    assert gaps == 1
    assert f'<span class="stat__value">{gaps}</span> <span class="stat__label">gap to fill</span>' in html
    assert '<span class="stat__value">0</span>' not in html
    assert desk.work.pk


def test_local_identifier_is_named_in_words(client, people):
    desk = make_desk(people)
    desk.work.identifiers = [{"scheme": "local", "value": "MS 12"}, {"scheme": "isbn", "value": "978-3"}]
    desk.work.save()

    html = client.get("/en/works/mill/").content.decode()

    assert "<dt>Local number</dt>" in html
    assert "<dt>ISBN</dt>" in html
