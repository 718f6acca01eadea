"""Films that a text links to come into the catalogue once each, however they were spelled."""

import pytest

from archive.models import Video
from archive.presenters.article import Extras, render_article
from archive.presenters.article_media import Film
from archive.presenters.films import beginning_at, embed_url
from tests.factories_archive import make_revision

ID = "a1B2c3D4e-_"
TEXT = f"""# Films

<https://youtu.be/{ID}?t=1m5s>

[again](https://www.youtube.com/attribution_link?u=%2Fwatch%3Fv%3D{ID})

<https://archive.org/download/a_film/a_film_512kb.mp4>

https://archive.org/details/a_film

<http://example.org/a.mp4>

<https://example.org:443/%61.mp4>
"""


@pytest.mark.django_db
def test_film_in_two_spellings_is_one_video(people):
    revision = make_revision(TEXT, language="en", by=people["archivist"])

    assert sorted(Video.objects.values_list("provider", "external_id")) == [
        ("file", "example.org/a.mp4"), ("internet_archive", "a_film"), ("youtube", ID),
    ]  # fmt: skip
    assert [block["kind"] for block in revision.blocks].count("video") == 6


@pytest.mark.django_db
def test_film_plays_from_the_second_that_its_address_asks_for(people):
    revision = make_revision(TEXT, language="en", by=people["archivist"])
    films = {f"youtube:{ID}": Film(href="/v", embed=embed_url("youtube", ID))}

    shown = render_article(
        content=revision.content, blocks=revision.blocks, marks=revision.marks, extras=Extras(films=films)
    )

    assert f'data-embed="https://www.youtube-nocookie.com/embed/{ID}?start=65"' in shown
    assert f'data-embed="https://www.youtube-nocookie.com/embed/{ID}"' in shown


@pytest.mark.parametrize(
    ("embed", "second", "expected"),
    [
        ("https://archive.org/embed/a_film", 5, "https://archive.org/embed/a_film?start=5"),
        ("https://player.vimeo.com/video/1?dnt=1", 5, "https://player.vimeo.com/video/1?dnt=1#t=5s"),
        ("https://archive.org/embed/a_film", 0, "https://archive.org/embed/a_film"),
        ("", 5, ""),
    ],
)
def test_each_player_is_told_its_second_in_its_own_way(embed, second, expected):
    assert beginning_at(embed, second) == expected


def test_one_film_of_an_item_has_a_player_of_its_own():
    assert embed_url("internet_archive", "item/part 2.mp4") == "https://archive.org/embed/item/part%202.mp4"
