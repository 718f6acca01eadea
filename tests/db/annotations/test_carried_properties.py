"""Whatever is done to a text, time after time: no place disappears, and each quotes what stands where it is said to be."""

from __future__ import annotations

from random import Random

import pytest

from annotations.actions.carry_over import carry_over
from annotations.actions.write_annotation import write_annotation
from annotations.enums import AnchorStatus
from annotations.models import Anchor
from annotations.values import NoteInput, TextPlace
from archive.text.graphemes import is_boundary
from tests.factories_notes import add_revision, make_text

pytestmark = pytest.mark.django_db

WORDS = ["من", "في", "الماء", "قناةٌ", "حَلَب", "السوق", "e\u0301té", "قال", "الشيخُ", "و", "١٩١١", "نهر", "😀"]
STATUSES = {status.value for status in AnchorStatus}


def _text(random: Random) -> str:
    lines = (" ".join(random.choices(WORDS, k=random.randint(3, 12))) for _ in range(random.randint(2, 8)))
    return "\n".join(lines)


def _edited(text: str, random: Random) -> str:
    """Return the text after a few edits of any kind, down to a file that says something else."""
    for _ in range(random.randint(1, 5)):
        start, end = sorted(random.choices(range(len(text) + 1), k=2))
        match random.randrange(7):
            case 0:
                text = text[:start] + random.choice(WORDS) + text[start:]
            case 1:
                text = text[:start] + text[min(end, start + 40) :]
            case 2:
                part = text[start:end]
                rest = text[:start] + text[end:]
                place = random.randrange(len(rest) + 1)
                text = rest[:place] + part + rest[place:]
            case 3:
                text = text.translate({0x64B + n: None for n in range(8)})
            case 4:
                text = text.replace("\n", " ", 1) if random.random() < 0.5 else text.replace(" ", "\n", 1)
            case 5:
                text = text.replace("ا", "أ", 2)
            case _:
                text = text if random.random() < 0.8 else _text(random)
    return text if text.strip() else "بقي"


@pytest.mark.parametrize("seed", range(12))
def test_nothing_disappears_and_everything_quotes_its_place(people, seed):
    random = Random(seed)
    content = _text(random)
    text = make_text(content, slug=f"t{seed}")
    for number in range(12):
        start = random.randrange(len(content))
        end = min(len(content), start + random.randint(1, 40))
        place = TextPlace(text.public_id, 1, start, end, content[start:end])
        write_annotation(place=place, note=NoteInput(body=f"ح {number}"), by=people["scholar"])
    loci = set(text.loci.values_list("pk", flat=True))

    for _revision in range(4):
        content = _edited(content, random)
        revision = add_revision(text, content)
        carry_over(revision_id=revision.pk, by=None)

        anchors = Anchor.objects.filter(revision=revision)
        assert {anchor.locus_id for anchor in anchors} == loci
        for anchor in anchors:
            assert anchor.status in STATUSES
            if anchor.start is None:
                assert anchor.status == AnchorStatus.LOST
                continue
            assert content[anchor.start : anchor.end] == anchor.exact
            assert is_boundary(content, anchor.start)
            assert is_boundary(content, anchor.end)
            before = content[: anchor.start]
            assert before.endswith(anchor.prefix)
            assert content[anchor.end :].startswith(anchor.suffix)
