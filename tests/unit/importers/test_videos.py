"""Addresses of videos, in the spellings that people use, and addresses that are none."""

import pytest

from archive.importers.registry import importer
from archive.importers.videos import recognise

ID = "a1B2c3D4e-_"
UUID = "9db9f3f1-9b54-44ed-9e91-461d262d2205"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?feature=share&v={ID}&t=42s",
        f"https://m.youtube.com/watch?v={ID}#t=1m",
        f"https://music.youtube.com/watch?v={ID}",
        f"https://youtu.be/{ID}",
        f"https://youtu.be/{ID}?si=xyz",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/v/{ID}",
        f"//www.youtube.com/embed/{ID}",
        f"www.youtube.com/watch?v={ID}",
        f"youtu.be/{ID}",
        f"HTTPS://WWW.YouTube.com/watch?v={ID}",
        f" https://youtu.be/{ID}\n",
        f"https://youtu.be/{ID.replace('_', chr(92) + '_')}",
        f"https://youtu.be/{ID.replace('_', chr(92) * 2 + '_')}",
    ],
)
def test_youtube_has_one_address_for_every_spelling(address):
    video = recognise(address)

    assert video is not None
    assert (video.provider, video.video_id) == ("youtube", ID)
    assert video.url == f"https://www.youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    ("address", "provider", "video_id", "url"),
    [
        ("https://vimeo.com/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://player.vimeo.com/video/123456?h=abc", "vimeo", "123456", "https://vimeo.com/123456/abc"),
        ("https://vimeo.com/123456/0a1b2c", "vimeo", "123456", "https://vimeo.com/123456/0a1b2c"),
        ("https://vimeo.com/channels/staff/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://tube.example/w/4vFz1Wr2zVyqYNkZ8aNcMt", "peertube", "4vFz1Wr2zVyqYNkZ8aNcMt", None),
        (f"https://tube.example/videos/watch/{UUID}", "peertube", UUID, f"https://tube.example/w/{UUID}"),
        (f"https://tube.example/videos/embed/{UUID}", "peertube", UUID, f"https://tube.example/w/{UUID}"),
        ("https://archive.org/details/a_film-1", "internet_archive", "a_film-1", None),
        (
            "https://archive.org/embed/a_film-1",
            "internet_archive",
            "a_film-1",
            "https://archive.org/details/a_film-1",
        ),
        ("https://example.org/films/a%20b.mp4", "file", "a b.mp4", None),
        (
            "https://example.org/فيلم.webm",
            "file",
            "فيلم.webm",
            "https://example.org/%D9%81%D9%8A%D9%84%D9%85.webm",
        ),
    ],
)
def test_other_providers_are_known(address, provider, video_id, url):
    video = recognise(address)

    assert video is not None
    assert (video.provider, video.video_id, video.url) == (provider, video_id, url or address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#",
        "a sentence with youtu.be/x in it",
        "https://www.youtube.com/",
        "https://www.youtube.com/watch",
        "https://www.youtube.com/watch?v=short",
        f"https://www.youtube.com/@channel/{ID}",
        "https://www.youtube.com/playlist?list=PL1",
        "https://youtube.com.evil.example/watch?v=" + ID,
        f"javascript:https://youtu.be/{ID}",
        f"ftp://youtu.be/{ID}",
        "https://vimeo.com/about",
        "https://archive.org/",
        "https://example.org/page.html",
        "https://example.org/w/short",
        "https://[broken",
        "https://example.org:port/x.mp4 ",
    ],
)
def test_other_addresses_are_no_videos(address):
    assert recognise(address) is None


@pytest.mark.parametrize(
    ("markdown", "spelling"),
    [
        (f"<https://youtu.be/{ID}>", "autolink"),
        (f"[https://youtu.be/{ID}](https://youtu.be/{ID})", "link"),
        (f"[watch the film](https://youtu.be/{ID})", "link"),
        (f"https://youtu.be/{ID}", "bare"),
    ],
)
def test_video_alone_in_its_paragraph_is_a_video_block(markdown, spelling):
    text = importer("markdown").parse(f"before\n\n{markdown}\n\nafter".encode(), language="en", options={})

    assert [block.kind.value for block in text.blocks] == ["paragraph", "video", "paragraph"]
    assert text.blocks[1].attrs["spelling"] == spelling
    assert text.blocks[1].attrs["url"] == f"https://www.youtube.com/watch?v={ID}"


@pytest.mark.parametrize(
    "line", ["see <https://youtu.be/{}>", "<https://youtu.be/{}> and <https://youtu.be/{}>"]
)
def test_video_inside_a_sentence_stays_a_link(line):
    text = importer("markdown").parse(line.format(ID, ID).encode(), language="en", options={})

    assert [block.kind.value for block in text.blocks] == ["paragraph"]
