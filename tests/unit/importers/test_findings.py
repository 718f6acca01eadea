"""What the finders find, and what they must leave alone, in texts of our own."""

from __future__ import annotations

import pytest

from archive.importers.registry import importer
from archive.text.operations import apply_proposal, check
from archive.text.types import ParsedText, Problem


def parsed(text: str, code: str = "markdown") -> ParsedText:
    result = importer(code).parse(text.encode(), language="ar", options={})
    check(result)
    return result


def found(text: ParsedText, kind: str) -> list[Problem]:
    return [problem for problem in text.problems if problem.kind == kind]


def words(text: ParsedText, kind: str) -> list[str]:
    return [text.content[problem.start : problem.end] for problem in found(text, kind)]


def body(*parts: str, gap: str = "\n\n") -> str:
    return gap.join(parts)


# Headings.


@pytest.mark.parametrize(
    ("levels", "questioned"),
    [
        ("2 2 2 1 2 2", [(3, 2)]),
        ("1 2 2 1 2 2 2", [(3, 2)]),
        ("2 3 3 1 3 3 3", [(3, 3)]),
        ("1 2 2 4 2 2", [(3, 3)]),
        ("1 2 3 2 3 3", []),
        ("1 2 2 2 2", []),
        ("2 2 2 2 2", []),
        ("1 1 1 1", []),
        ("1 2 2 1 2 2 1 2 2", []),
        ("2 1 1 1 1", []),
        ("1 2 4 4 2 4 4", []),
        ("2 1", []),
        ("1", []),
    ],
)
def test_heading_whose_level_stands_alone_is_questioned(levels, questioned):
    numbers = [int(level) for level in levels.split()]
    titles = ["سيرة", "الطريق", "السوق", "النهر", "القلعة", "الحقول", "الجبل", "البئر", "العودة"]
    text = parsed(body(*(f"{'#' * level} {titles[at]}\n\nكلام." for at, level in enumerate(numbers))))
    starts = [block.start for block in text.blocks if block.kind == "heading"]

    problems = [(starts.index(each.start), each.params["proposed"]) for each in found(text, "heading_level")]

    assert problems == questioned


def test_parts_of_a_book_are_not_questioned():
    text = parsed("# Part one\n\n## a\n\n## b\n\n## c\n\n# Part two\n\n## d\n\n## e\n\nwords.")

    assert not found(text, "heading_level")


# Missing figures.

STORY = [
    "خرجت القافلة من القرية قبل طلوع الشمس، ومعها أربعون جملا محملة بالصوف والملح والزيت، وسارت نحو الشرق.",
    "وصل الناس إلى البئر عند الظهيرة فاستراحوا وشربوا وسقوا دوابهم، ثم أكملوا سيرهم حين مالت الشمس.",
    "في المساء نزلوا عند سور مهدم يقال إنه بقية حصن بناه ملك لا يعرف أحد اسمه، وأشعلوا نارا باتوا حولها.",
]
ENGLISH_STORY = [
    "The caravan left the village before sunrise with forty camels that carried wool and oil, and went east.",
    "At noon they came to the well, rested and watered the animals; then they went on when the wind rose.",
    "In the evening they camped by a wall which was said to be the last of a fort that some king had built.",
]


@pytest.mark.parametrize(
    ("story", "caption"),
    [
        (STORY, "خريطة درب القوافل بين القرية والبئر"),
        (STORY, "البئر القديمة كما بدت عند وصول القافلة / 3 أيار 1931"),
        (STORY, "السور المهدم وبقايا البوابة الشرقية، تصوير أحد المسافرين 1931"),
        (ENGLISH_STORY, "Map of the caravan road between the village and the well"),
        (ENGLISH_STORY, "Fig. 3. The broken wall, seen from the east."),
        (ENGLISH_STORY, "The well as the travelers found it, 3 May 1931"),
    ],
)
def test_caption_after_a_gap_is_a_missing_figure(story, caption):
    text = parsed(f"# Title\n\n{story[0]}\n\n{story[1]}\n\n\n\n{caption}\n\n{story[2]}\n")

    assert words(text, "missing_figure") == [caption]
    applied = apply_proposal(text, found(text, "missing_figure")[0])
    assert [block.kind.value for block in applied.blocks].count("figure") == 1


@pytest.mark.parametrize(
    "after_gap",
    [
        "## عنوان جديد",
        "- نقطة أولى من قائمة قصيرة",
        "> اقتباس من كتاب قديم",
        "وفي الصباح التالي عادوا إلى الدرب وساروا بين التلال حتى بلغوا النهر فعبروه على جسر من خشب.",
        "ومما جاء في كتاب الرحلة:",
        "الفصل الثاني",
        "```\ncode\n```",
        "<https://youtu.be/a1B2c3D4e-_>",
        "| أ | ب |\n|---|---|\n| ج | د |",
    ],
)
def test_other_things_after_a_gap_are_no_captions(after_gap):
    text = parsed(f"# سيرة\n\n{STORY[0]}\n\n{STORY[1]}\n\n\n\n\n{after_gap}\n\n{STORY[2]}\n")

    assert not found(text, "missing_figure")


def test_caption_without_a_gap_is_not_proposed():
    text = parsed(body(STORY[0], "خريطة درب القوافل بين القرية والبئر / 1931", STORY[1]))

    assert not found(text, "missing_figure")


def test_text_whose_paragraphs_all_stand_far_apart_has_no_gaps():
    text = parsed(body(*STORY, "كلمة أخيرة من صاحب الرحلة إلى قارئها الكريم", *STORY, gap="\n\n\n\n"))

    assert not found(text, "missing_figure")


def test_signature_after_a_gap_at_the_end_is_no_caption():
    text = parsed(f"{STORY[0]}\n\n{STORY[1]}\n\n{STORY[2]}\n\n\n\n\nدمشق، 3 أيار 1931\n")

    assert not found(text, "missing_figure")


def test_stanzas_that_stand_apart_are_no_captions():
    stanza = "يا نجمة فوق الدروب البعيدة\n\nخذيني إلى دار أمي السعيدة"
    text = parsed(
        f"# أغنية\n\n{stanza}\n\n{stanza}\n\n\n\n\nعلى الباب ريحانة لم تزل خضراء\n\n{stanza}\n\n{stanza}\n"
    )

    assert not found(text, "missing_figure")


def test_plain_text_has_gaps_too():
    caption = "خريطة درب القوافل بين القرية والبئر / 1931"
    text = parsed(f"{STORY[0]}\n\n{STORY[1]}\n\n\n\n{caption}\n\n{STORY[2]}", "plain")

    assert words(text, "missing_figure") == [caption]


# Dead links.


@pytest.mark.parametrize(
    "href", ["#", "", "about:blank", "javascript:void(0)", "JavaScript:;", "#!", "http://"]
)
def test_link_without_a_target_is_dead(href):
    text = parsed(f"نص [كلمات](<{href}>) نص")

    assert words(text, "dead_link") == ["كلمات"]
    assert found(text, "dead_link")[0].params == {"href": href}
    mended = apply_proposal(text, found(text, "dead_link")[0], values={"href": "https://example.org/x"})
    assert mended.marks[0].attrs["href"] == "https://example.org/x"
    assert not mended.problems


@pytest.mark.parametrize(
    "href", ["#section", "https://example.org/#", "/page", "mailto:a@example.org", "page.html"]
)
def test_link_with_a_target_is_not_dead(href):
    assert not parsed(f"a [b]({href}) c").problems


# Torn vowel marks.


@pytest.mark.parametrize(
    ("source", "content"),
    [
        ("كتابا<sup>ً</sup> قديما", "كتاباً قديما"),
        ("محم\u0651<sup>\u064e</sup>د", "محم\u0651\u064eد"),
        ("cafe<sup>\u0301</sup>", "cafe\u0301"),
        ("مدينة<sub>ٍ</sub> بعيدة", "مدينةٍ بعيدة"),
        ("שלו<sup>\u05b9</sup>ם", "שלו\u05b9ם"),
    ],
)
def test_raised_vowel_mark_is_put_back_on_its_letter_and_told(source, content):
    text = parsed(source)

    assert text.content == content
    assert [repair.kind for repair in text.repairs] == ["torn_mark"]
    assert not text.marks


@pytest.mark.parametrize("source", ["x<sup>2</sup>", "كلام<sup>1</sup>", "1<sup>st</sup>"])
def test_other_raised_pieces_stay_raised(source):
    text = parsed(source)

    assert [mark.kind.value for mark in text.marks] == ["superscript"]
    assert not text.repairs


def test_vowel_mark_after_a_space_is_proposed_to_be_joined():
    text = parsed("رأى كتابا ً قديما")

    assert words(text, "torn_mark") == [" ً"]
    assert apply_proposal(text, found(text, "torn_mark")[0]).content == "رأى كتاباً قديما"


def test_raised_vowel_mark_after_a_space_is_told_and_kept():
    text = parsed("رأى <sup>ً</sup> قديما")

    assert words(text, "torn_mark") == [" ً"]


def test_vowel_mark_on_a_no_break_space_is_meant():
    assert not parsed("علامة الفتحة \u00a0َ تكتب هكذا").problems


# Backslashes in addresses.

WATCH = "https://www.youtube.com/watch?v="


@pytest.mark.parametrize(
    ("source", "address"),
    [
        (rf"[{WATCH}a\\_b]({WATCH}a_b)", rf"{WATCH}a\_b"),
        (rf"Seen at [{WATCH}a\\_b\\_c]({WATCH}a_b_c), and gone.", rf"{WATCH}a\_b\_c"),
        (r"[example.org/a\\_b](https://example.org/a_b)", r"example.org/a\_b"),
        (r"كما في www.example.org/a\\_b أيضا", r"www.example.org/a\_b"),
    ],
)
def test_backslash_in_the_words_of_an_address_is_proposed_to_be_taken_out(source, address):
    text = parsed(source)

    assert words(text, "stray_backslash") == [address]
    mended = apply_proposal(text, found(text, "stray_backslash")[0])
    check(mended)
    assert mended.content == text.content.replace("\\", "")
    assert [mark.attrs for mark in mended.marks] == [mark.attrs for mark in text.marks]
    assert [block.attrs for block in mended.blocks] == [block.attrs for block in text.blocks]
    assert not found(mended, "stray_backslash")


@pytest.mark.parametrize(
    "source",
    [
        rf"[{WATCH}a\_b]({WATCH}a_b)",
        r"`https://example.org/a\_b`",
        r"[a\\_b](https://example.org/other)",
        r"The pattern https://example\\.org and the folder C:\\_old.",
    ],
)
def test_backslash_that_is_no_stray_escape_of_an_address_is_left_alone(source):
    assert not found(parsed(source), "stray_backslash")


# Suspected cuts.

LONG = "سار الناس في الدرب الطويل حتى بلغوا التل الذي يطل على القرية وكان معهم صاحب الدار"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG, "وأخوه الصغير، ثم نزلوا إلى السوق واشتروا ما يحتاجون إليه."),
        ("وصلوا بعد يومين إلى", "الوادي الكبير فأقاموا فيه أسبوعا كاملا."),
        ("كان يسكن في", "البصرة."),
        (LONG + "،", "ثم عادوا."),
        ("The travelers crossed the river and found on", "the other bank a small inn that was empty."),
        ("They went to the", "Bull Inn and stayed there."),
        ("It rained all the morn-", "ing and the road was lost."),
        ("Οι ταξιδιώτες πέρασαν το ποτάμι και", "βρήκαν ένα μικρό πανδοχείο."),
        ("مسافران از رودخانه گذشتند و به", "کاروانسرای کوچکی رسیدند."),
        ("הנוסעים חצו את הנהר ומצאו על", "הגדה השנייה פונדק קטן."),
        ("Gallia est omnis divisa in", "partes tres, quarum unam incolunt Belgae."),
    ],
)
def test_sentence_that_goes_on_in_the_next_paragraph_is_a_suspected_cut(first, second):
    text = parsed(body(STORY[0], first, second, STORY[1], STORY[2]))

    problems = found(text, "suspected_cut")
    assert len(problems) == 1
    joined = apply_proposal(text, problems[0])
    assert first + ("" if first.endswith("-") else " ") + second in joined.content
    assert not found(joined, "suspected_cut")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # Captions, with and without a gap.
        ("خريطة درب القوافل بين القرية والبئر والقلعة والسوق الكبير في المدينة", STORY[1]),
        ("القافلة وهي تعبر الوادي الكبير مع الناس والدواب عند الظهيرة / 3 أيار 1931", STORY[1]),
        ("Map of the caravan road between the village and the well in the valley", ENGLISH_STORY[1]),
        ("The caravan near the well, 3 May 1931", "In the evening they went home."),
        # Headings that nobody marked.
        ("في ذكر أهل القرية", STORY[1]),
        ("The People of the Valley", "They were farmers."),
        # Salutations, signatures, addresses.
        ("حضرة الأخ الفاضل", "بعد التحية والسلام، وصلني كتابك وسررت به."),
        ("أخي العزيز،", "وصلني كتابك."),
        ("Dear Sir,", "Thank you for your letter of the third of May."),
        ("وتفضلوا بقبول فائق الاحترام والتقدير من أخيكم المحب لكم على الدوام دائما أبدا", "يوسف الحداد"),
        ("دمشق، حي الميدان", "الثالث من أيار."),
        # What introduces.
        ("وقد كتب صاحب الرحلة في دفتره عن أهل تلك القرية وعاداتهم ما نصه:", "كانوا كراما."),
        ("He wrote in his diary about the people of that village:", "they were kind."),
        # Verse.
        ("يا نجمة فوق الدروب البعيدة", "خذيني إلى دار أمي السعيدة"),
        ("سار الركب في الليل الطويل     والنجوم فوق التل تميل", STORY[1]),
        # Complete sentences.
        ("انتهت الرحلة.", "وعاد الناس."),
        ("هل انتهت الرحلة؟", "لا أحد يعلم."),
        ("قال: «انتهت الرحلة.»", "وعاد الناس."),
        ("The end (of it all.)", "then nothing."),
        ("انتهت الرحلة…", "وعاد الناس."),
        # What begins anew.
        (LONG, "## عنوان"),
        (LONG, "- نقطة.\n- نقطة ثانية."),
        (LONG, "1. نقطة."),
        (LONG, "(١) نقطة أولى."),
        (LONG, "| أ | ب |\n|---|---|\n| ج | د |"),
        ("A line of an English text without a stop", "Another sentence that stands alone."),
        ("The object has the following methods", "getThis: returns the value of this."),
        ("The list of changes made by many hands", '<a id="8.4.0"></a> words after a tag.'),
        ("- one point of many\n- the last point of them", "and words after the list."),
    ],
)
def test_paragraph_without_a_full_stop_is_not_always_cut(first, second):
    text = parsed(body(STORY[0], STORY[2], first, second, STORY[1], STORY[2]))

    assert words(text, "suspected_cut") == []


def test_text_without_full_stops_has_no_cuts_in_a_script_without_capitals():
    lines = [
        "سار الركب في الليل الطويل والنجوم فوق التل تميل على القرية",
        "وكان الناس نياما في بيوتهم والكلاب تنبح على الطريق البعيد",
    ]

    assert not found(parsed(body(*lines * 4)), "suspected_cut")


def test_short_points_of_a_list_are_not_cut():
    text = parsed(body(STORY[0], "- خبز\n- زيت\n- ملح وتمر وصوف", STORY[1]))

    assert not found(text, "suspected_cut")


def test_point_of_a_list_that_goes_on_after_it_is_a_suspected_cut():
    points = f"- {STORY[0]}\n\n- {LONG}"
    text = parsed(body("وفي الرحلة أخبار:", points, "وأهله، ثم عادوا جميعا إلى القرية.", STORY[1]))

    problem = found(text, "suspected_cut")[0]
    assert problem.params["in_list_item"]
    joined = apply_proposal(text, problem)
    assert [block.kind.value for block in joined.blocks] == [
        "paragraph",
        "list_item",
        "list_item",
        "paragraph",
    ]


def test_cut_with_a_picture_between_joins_and_the_picture_comes_after():
    text = parsed(
        body(STORY[0], "وصلوا بعد يومين إلى", "![البئر](well.png)", "الوادي الكبير فأقاموا فيه.", STORY[1])
    )

    problem = found(text, "suspected_cut")[0]
    assert problem.params["figure_between"]
    joined = apply_proposal(text, problem)
    assert [block.kind.value for block in joined.blocks] == ["paragraph", "paragraph", "figure", "paragraph"]


def test_cut_with_a_lost_picture_between_joins_over_its_caption():
    caption = "خريطة درب القوافل بين القرية والبئر / 1931"
    cut = f"وصلوا بعد يومين إلى\n\n\n\n{caption}\n\nالوادي الكبير فأقاموا فيه."
    text = parsed(body(STORY[0], cut, STORY[1], STORY[2]))

    assert words(text, "missing_figure") == [caption]
    joined = apply_proposal(text, found(text, "suspected_cut")[0])
    assert "إلى الوادي الكبير" in joined.content
    assert words(joined, "missing_figure") == [caption]


def test_note_number_after_the_full_stop_hides_no_end():
    text = parsed(
        body("This is the whole of the story and nothing of it is lost.[^1]", "then more.", "[^1]: A note.")
    )

    assert not found(text, "suspected_cut")


# Encoding.


@pytest.mark.parametrize(
    ("broken", "meant"),
    [
        ("كتاب قديم", None),
        ("café «été» – “naïf” Ångström", None),
        ("نص عربي".encode().decode("cp1256", "ignore"), None),
        ("السلام".encode().decode("latin-1"), "السلام"),
        ("donâ€™t", "’"),
        ("cafÃ©", "é"),
        ("Καλημέρα".encode().decode("latin-1"), "Καλημέρα"),
    ],
)
def test_misread_letters_are_told_with_what_they_meant(broken, meant):
    problems = found(parsed(f"words {broken} words"), "broken_encoding")

    assert [problem.proposal.get("text") for problem in problems] == ([meant] if meant else [])


def test_replacement_characters_are_told():
    text = parsed("one \ufffd\ufffd two")

    assert words(text, "broken_encoding") == ["\ufffd\ufffd"]
    assert found(text, "broken_encoding")[0].proposal == {}
