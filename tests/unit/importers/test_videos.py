"""Addresses of videos, in the spellings that people use, and addresses that are none."""

import pytest

from archive.importers.registry import importer
from archive.importers.videos import recognise
from archive.importers.videos.link import LONGEST_ID
from archive.importers.videos.starts import seconds

ID = "a1B2c3D4e-_"
UUID = "9c9de5e8-0a1e-484a-b099-e80766180a6d"
SHORT = "kkGMgK9ZtnKfYAgnEtQxbv"
EVIL = "evil.example"


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.youtube.com/watch?v={ID}",
        f"http://youtube.com/watch?feature=share&v={ID}&t=42s",
        f"https://m.youtube.com/watch?v={ID}#t=1m",
        f"https://music.youtube.com/watch?v={ID}",
        f"https://gaming.youtube.com/watch?v={ID}",
        f"https://www.youtubekids.com/watch?v={ID}",
        f"https://www.youtube.com/watch?v={ID}&list=PL0123456789&index=3",
        f"https://www.youtube.com/playlist?list=PL0123456789&v={ID}",
        f"https://www.youtube.com/watch/{ID}",
        f"https://www.youtube.com/watch/?v={ID}",
        f"https://www.youtube.com/watch_popup?v={ID}",
        f"https://www.youtube.com/?v={ID}",
        f"https://www.youtube.com/watch?app=desktop&amp;v={ID}",
        f"https://www.youtube.com/watch?v={ID}&v=00000000000",
        f"https://www.youtube.com/watch?v={ID}?t=5",
        f"https://youtu.be/{ID}",
        f"https://youtu.be/{ID}/",
        f"https://youtu.be/{ID}?si=xyz",
        f"https://youtu.be/{ID}&feature=youtu.be",
        f"https://www.youtube.com/shorts/{ID}",
        f"https://www.youtube.com/shorts/{ID}?feature=share",
        f"https://www.youtube.com/embed/{ID}?rel=0",
        f"https://www.youtube-nocookie.com/embed/{ID}",
        f"https://www.youtube.com/live/{ID}?feature=share",
        f"https://www.youtube.com/v/{ID}",
        f"https://www.youtube.com/v/{ID}&hl=en&fs=1",
        f"https://www.youtube.com/e/{ID}",
        f"https://youtube.googleapis.com/v/{ID}",
        f"https://www.youtube.com/attribution_link?a=abc&u=%2Fwatch%3Fv%3D{ID}%26feature%3Dshare",
        f"https://www.youtube.com/attribution_link?u=https%3A%2F%2Fyoutu.be%2F{ID}",
        f"https://www.youtube.com/oembed?url=https%3A//youtu.be/{ID}&format=json",
        f"https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3D{ID}",
        f"https://l.facebook.com/l.php?u=https%3A%2F%2Fyoutu.be%2F{ID}%3Ffbclid%3Dx&h=AT0",
        f"//www.youtube.com/embed/{ID}",
        f"www.youtube.com/watch?v={ID}",
        f"m.youtube.com/watch?v={ID}",
        f"youtu.be/{ID}",
        f"HTTPS://WWW.YouTube.com/watch?v={ID}",
        f"https://www.youtube.com./watch?v={ID}",
        f"https://www.youtube.com:443/watch?v={ID}",
        f"https://ｗｗｗ.ｙｏｕｔｕｂｅ.com/watch?v={ID}",
        f" https://youtu.be/{ID}\n",
        f"\u200f\u2067https://youtu.be/{ID}\u2069\u200f",
        f"\ufeffhttps://youtu.be/{ID}\u200b",
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
        ("https://vimeo.com/video/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("http://www.vimeo.com/123456?share=copy", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://player.vimeo.com/video/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://player.vimeo.com/video/123456?h=abc123", "vimeo", "123456", "https://vimeo.com/123456/abc123"),
        ("https://vimeo.com/123456/0a1b2c", "vimeo", "123456", "https://vimeo.com/123456/0a1b2c"),
        ("https://vimeo.com/channels/staff/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://vimeo.com/groups/film/videos/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://vimeo.com/album/9/video/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://vimeo.com/showcase/9/video/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://vimeo.com/ondemand/a-film/123456", "vimeo", "123456", "https://vimeo.com/123456"),
        ("https://vimeo.com/manage/videos/123456/0a1b2c", "vimeo", "123456", "https://vimeo.com/123456/0a1b2c"),
        ("https://vimeo.com/moogaloop.swf?clip_id=123456", "vimeo", "123456", "https://vimeo.com/123456"),
        (
            "https://vimeo.com/api/oembed.json?url=https%3A//vimeo.com/123456",
            "vimeo",
            "123456",
            "https://vimeo.com/123456",
        ),
        (f"https://tube.example/w/{SHORT}", "peertube", f"tube.example/{SHORT}", None),
        (f"https://tube.example/w/{UUID}", "peertube", f"tube.example/{SHORT}", f"https://tube.example/w/{SHORT}"),
        (
            f"https://tube.example/videos/watch/{UUID}?start=1m",
            "peertube",
            f"tube.example/{SHORT}",
            f"https://tube.example/w/{SHORT}",
        ),
        (
            f"https://TUBE.example/videos/embed/{UUID}",
            "peertube",
            f"tube.example/{SHORT}",
            f"https://tube.example/w/{SHORT}",
        ),
        (
            f"http://tube.example:9000/videos/watch/{SHORT}",
            "peertube",
            f"tube.example:9000/{SHORT}",
            f"http://tube.example:9000/w/{SHORT}",
        ),
        ("https://archive.org/details/a_film-1", "internet_archive", "a_film-1", None),
        ("https://archive.org/embed/a_film-1", "internet_archive", "a_film-1", "https://archive.org/details/a_film-1"),
        ("archive.org/details/a_film-1", "internet_archive", "a_film-1", "https://archive.org/details/a_film-1"),
        (
            "https://www.archive.org/details/a_film-1/page/n5?view=theater",
            "internet_archive",
            "a_film-1",
            "https://archive.org/details/a_film-1",
        ),
        (
            "https://archive.org/download/a_film-1/a_film-1_512kb.mp4",
            "internet_archive",
            "a_film-1",
            "https://archive.org/details/a_film-1",
        ),
        (
            "https://ia800201.us.archive.org/12/items/a_film-1/a_film-1.mp4",
            "internet_archive",
            "a_film-1",
            "https://archive.org/details/a_film-1",
        ),
        (
            "https://archive.org/download/a_film-1/part%202.mp4",
            "internet_archive",
            "a_film-1/part 2.mp4",
            "https://archive.org/details/a_film-1/part%202.mp4",
        ),
        (
            "https://archive.org/embed/a_film-1/part%202.mp4?start=9",
            "internet_archive",
            "a_film-1/part 2.mp4",
            "https://archive.org/details/a_film-1/part%202.mp4",
        ),
        ("https://www.facebook.com/watch/?v=1234567890", "facebook", "1234567890", None),
        ("https://m.facebook.com/watch/?v=1234567890", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/watch/live/?v=1234567890&ref=x", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/a.page/videos/1234567890/", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/a.page/videos/a-name/1234567890", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/a.page/videos/vb.99/1234567890/?type=3", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/video.php?v=1234567890", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        ("https://www.facebook.com/reel/1234567890", "facebook", "1234567890", "https://www.facebook.com/watch/?v=1234567890"),
        (
            "https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F1234567890%2F&show_text=0",
            "facebook",
            "1234567890",
            "https://www.facebook.com/watch/?v=1234567890",
        ),
        ("https://fb.watch/aB-c_9/", "facebook", "fb.watch/aB-c_9", "https://fb.watch/aB-c_9/"),
        ("fb.watch/aB-c_9?mibextid=x", "facebook", "fb.watch/aB-c_9", "https://fb.watch/aB-c_9/"),
        ("https://www.facebook.com/share/v/1AbCdEf/", "facebook", "share/v/1AbCdEf", "https://www.facebook.com/share/v/1AbCdEf/"),
        ("https://www.dailymotion.com/video/x8abcde", "dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde"),
        ("https://www.dailymotion.com/video/x8abcde_a-title_news", "dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde"),
        ("https://www.dailymotion.com/embed/video/x8abcde?autoplay=1", "dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde"),
        ("https://geo.dailymotion.com/player/xyz.html?video=x8abcde", "dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde"),
        ("https://dai.ly/x8abcde", "dailymotion", "x8abcde", "https://www.dailymotion.com/video/x8abcde"),
        ("https://example.org/films/a%20b.mp4", "file", "example.org/films/a%20b.mp4", None),
        ("https://EXAMPLE.org:443/films/%61%20b.MP4", "file", "example.org/films/a%20b.MP4", "https://example.org/films/a%20b.MP4"),
        ("https://example.org/a%2fb.mp4?key=1", "file", "example.org/a%2Fb.mp4?key=1", "https://example.org/a%2Fb.mp4?key=1"),
        ("https://example.org/100%.webm", "file", "example.org/100%25.webm", "https://example.org/100%25.webm"),
        ("https://example.org/a.ogv#t=10", "file", "example.org/a.ogv", "https://example.org/a.ogv"),
        (
            "https://example.org/فيلم.webm",
            "file",
            "example.org/%D9%81%D9%8A%D9%84%D9%85.webm",
            "https://example.org/%D9%81%D9%8A%D9%84%D9%85.webm",
        ),
        ("https://أرشيف.example/a.mp4", "file", "xn--igb2aj6c2b.example/a.mp4", "https://xn--igb2aj6c2b.example/a.mp4"),
        ("http://[2001:db8::1]:8080/a.mp4", "file", "[2001:db8::1]:8080/a.mp4", None),
    ],
)  # fmt: skip
def test_other_providers_have_one_address_for_every_spelling(address, provider, video_id, url):
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
        f"https://www.youtube.com/channel/{ID}",
        "https://www.youtube.com/playlist?list=PL1",
        "https://www.youtube.com/embed/videoseries?list=PL1",
        "https://www.youtube.com/embed/live_stream?channel=UC1",
        f"https://i.ytimg.com/vi/{ID}/hqdefault.jpg",
        "https://vimeo.com/about",
        "https://vimeo.com/channels/staff",
        "https://archive.org/",
        "https://archive.org/download/a_film-1/a_film-1_djvu.txt",
        "https://www.facebook.com/a.page",
        "https://www.facebook.com/watch/",
        "https://www.facebook.com/a.page/posts/1234567890",
        "https://www.dailymotion.com/a.page",
        "https://example.org/page.html",
        "https://example.org/stream.m3u8",
        "https://example.org/w/short",
        f"https://tube.example/w/{'Z' * 22}",
        "https://[broken",
        "https://example.org:port/x.mp4 ",
        "https://example.org:99999/x.mp4",
        # Long enough to be cut short in the catalogue.
        f"https://example.org/{'a' * 490}.mp4",
        # Letters that are no decimal digits to a provider.
        "https://vimeo.com/١٢٣٤٥٦",
    ],
)
def test_other_addresses_are_no_videos(address):
    assert recognise(address) is None


@pytest.mark.parametrize(
    "address",
    [
        f"https://youtube.com.{EVIL}/watch?v={ID}",
        f"https://{EVIL}/youtube.com/watch?v={ID}",
        f"https://notyoutube.com/watch?v={ID}",
        f"https://youtube.com@{EVIL}/watch?v={ID}",
        f"https://youtube.com:443@{EVIL}/x.mp4",
        f"https://user:secret@www.youtube.com/watch?v={ID}",
        f"https://{EVIL}\\@youtube.com/watch?v={ID}",
        f"https://youtube.com\\.{EVIL}/watch?v={ID}",
        f"https:\\\\www.youtube.com\\watch?v={ID}",
        f"javascript:https://youtu.be/{ID}",
        f"javascript://youtu.be/{ID}",
        f"data:text/html,https://youtu.be/{ID}",
        f"ftp://youtu.be/{ID}",
        f"file:///youtu.be/{ID}.mp4",
        f"https://you\u202etube.com/watch?v={ID}",
        "https://youtu.be/a1B2\u2066c3D4e-_",
        f"https://youtu.be/\0{ID}",
        f"https://youtu.be/{ID}\nhttps://youtu.be/{ID}",
        f"https://youtu.be/{ID}x",
        f"https://уoutube.com/watch?v={ID}",
        "https://www.youtube.com/attribution_link?u=javascript:alert(1)",
        f"https://www.youtube.com/attribution_link?u=%2F%2F{EVIL}%2Fwatch%3Fv%3D{ID}",
        f"https://www.google.com/url?q=https%3A%2F%2Fuser%40youtu.be%2F{ID}",
        f"https://vimeo.com.{EVIL}/123456",
        f"https://archive.org.{EVIL}/details/a_film",
        f"https://ia800201.us.archive.org.{EVIL}/12/items/a/a.html",
        f"https://facebook.com.{EVIL}/watch/?v=1234567890",
        "https://archive.org/details/../a_film",
        "https://example.org/a/%2e%2e/b.mp4",
        "https://example.org/\ud800.mp4",
        f"https://{'a.' * 3000}org/x.mp4",
        f"https://{'ب' * 80}.example/x.mp4",
    ],
)  # fmt: skip
def test_address_that_hides_where_it_leads_is_no_video(address):
    assert recognise(address) is None


@pytest.mark.parametrize(
    ("address", "start"),
    [
        (f"https://youtu.be/{ID}?t=90", 90),
        (f"https://youtu.be/{ID}?t=1m30s", 90),
        (f"https://www.youtube.com/watch?v={ID}&t=1h2m3s", 3723),
        (f"https://www.youtube.com/watch?v={ID}#t=2m", 120),
        (f"https://www.youtube.com/embed/{ID}?start=75&end=80", 75),
        (f"https://www.youtube.com/watch?v={ID}&time_continue=4", 4),
        ("https://vimeo.com/123456#t=1m30s", 90),
        (f"https://tube.example/w/{SHORT}?start=1m5s", 65),
        ("https://archive.org/details/a_film?start=12.5", 12),
        ("https://www.dailymotion.com/video/x8abcde?start=7", 7),
        ("https://www.facebook.com/watch/?v=1234567890&t=8", 8),
        ("https://example.org/a.mp4#t=npt:10,20", 10),
        ("https://example.org/a.mp4#t=0:01:02.5", 62),
        (f"https://youtu.be/{ID}", 0),
        (f"https://youtu.be/{ID}?t=soon", 0),
        (f"https://youtu.be/{ID}?t=-5", 0),
        (f"https://youtu.be/{ID}?t=999999999999999", 0),
        (f"https://youtu.be/{ID}?t=900000", 0),
    ],
)
def test_start_is_the_second_that_the_address_asks_for(address, start):
    video = recognise(address)

    assert video is not None
    assert video.start == start
    assert video.attrs.get("start", 0) == start


@pytest.mark.parametrize(("text", "found"), [("90", 90), ("1:30", 90), ("1:00:01", 3601), ("", 0), ("٩٠", 0)])
def test_seconds_are_read_in_every_way_of_writing_them(text, found):
    assert seconds(text) == found


def test_long_address_of_a_file_has_an_id_of_its_own_that_fits():
    first, second = (recognise(f"https://example.org/{'a' * 300}{end}.mp4") for end in "12")

    assert first is not None
    assert second is not None
    assert first.video_id != second.video_id
    assert len(first.video_id) <= LONGEST_ID


def test_files_of_one_name_on_two_hosts_are_two_videos():
    first, second = (recognise(f"https://{host}/film.mp4") for host in ("a.example", "b.example"))

    assert first is not None
    assert second is not None
    assert first.video_id != second.video_id


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


def test_block_keeps_the_words_of_its_address_and_the_second_it_asks_for():
    written = f"https://m.youtube.com/watch?v={ID}&t=1m5s"

    text = importer("markdown").parse(f"<{written}>".encode(), language="en", options={})

    assert text.content == written
    assert text.blocks[0].attrs["start"] == 65
