"""A section that is kept from a reader: no answer of any address has a word of it, nor differs by what it says."""

from __future__ import annotations

import datetime
import hashlib
import logging
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from annotations.actions.compose_edition import compose_edition
from annotations.enums import Relation, Visibility
from annotations.models import Anchor
from annotations.values import NoteTarget, ReferenceInput
from archive.actions.align_texts import align_texts
from archive.actions.correct_alignment import correct_alignment
from archive.enums import Access
from archive.models import Figure, Text, TextRevision, Transcript, Work, guards
from tests.db.access.asking import Answer, Question, ask, client_of, forget, questions
from tests.db.access.doors import knocks
from tests.db.access.secrets_of import Home, make_home, settle
from tests.db.access.surfaces import Route, is_known
from tests.db.access.test_two_worlds import _difference, _undone
from tests.db.access.things import Things, few, fewer, only_new, things, without_rows
from tests.factories_editions import make_desk, plan
from tests.factories_notes import add_revision, make_accepted, make_note, make_text, place_of, submit_note
from tests.factories_sections import keep

#: Words of the section, and what it says in the other world: longer, and as many blocks.
KEPT, OTHER = "قرنفل", "ياقوت أزرق طويل الذكر"
WORDS = (
    "دفتر الطحّان\n"
    "في أوّل الدفتر كلام مفتوح للجميع.\n"
    f"باب {KEPT}\n"
    f"وهنا شهد {KEPT} على ما جرى عند السدّ.\n"
    "وفي آخر الدفتر كلام مفتوح أيضًا."
)
#: Those who may not read it; the archive's keepers may.
READERS = ("anonymous", "scholar", "reviewer")


@pytest.fixture(autouse=True)
def _no_word_of_each_refusal() -> Iterator[None]:
    logger = logging.getLogger("django.request")
    before, logger.disabled = logger.disabled, True
    yield
    logger.disabled = before


@pytest.fixture
def home(people) -> Iterator[Home]:
    home = make_home(people, make_desk(people), make_text())
    home.before = things()  # type: ignore[attr-defined]
    home.kept = _with_a_kept_section(home)  # type: ignore[attr-defined]
    settle(home)
    with time_machine.travel(timezone.now() + datetime.timedelta(seconds=2), tick=False):
        yield home


def _with_a_kept_section(home: Home) -> Text:
    """Return a public text of which all that can be made of a text was made before a section of it was kept."""
    people = home.people
    work = Work.objects.create(
        slug="millers-book", title_ar="دفتر الطحّان", title_en="The Miller", access=Access.PUBLIC, collection=home.shelf,
        rights_uri="https://rightsstatements.org/vocab/InC/1.0/",
    )  # fmt: skip
    text = Text.objects.create(work=work, language="ar", direction="rtl")
    add_revision(text, WORDS)
    Figure.objects.create(text=text, key="kept-figure", image=home.desk.image)
    Transcript.objects.create(video=home.desk.video, text=text, kind="transcript")
    translation = Text.objects.create(work=work, language="en", direction="ltr", order=1, translation_of=text)
    add_revision(translation, "The Miller\nOpen.\nA chapter\nA witness.\nOpen too.")
    made = align_texts(text_id=translation.pk, by=None)
    assert made is not None
    correct_alignment(text_id=translation.pk, read=made.public_id, act="approve", by=people["archivist"])
    by = {"author": people["author"], "reviewer": people["reviewer"]}
    inside = make_accepted(
        text, f"شهد {KEPT}", body="عن الشاهد", tags=(home.desk.terms["mill"].public_id,), **by
    )
    make_accepted(text, "أوّل الدفتر", body="عن الأوّل", **by)
    make_accepted(
        home.text, "الطاحونة", body="يقابل",
        references=(
            ReferenceInput(Relation.PARALLELS, NoteTarget(inside.public_id)),
            ReferenceInput(Relation.CITES, place_of(text, f"باب {KEPT}")),
        ), **by,
    )  # fmt: skip
    edition = home.desk.edition
    home.desk.edition = compose_edition(
        text=text.public_id,
        plan=plan(slug="millers-book", title={"ar": "الطحّان", "en": "Mill"}),
        by=people["editor"],
    )
    home.desk.release()
    home.desk.edition = edition
    make_note(text, f"باب {KEPT}", by=people["scholar"], body="حاشية لي")
    submit_note(make_note(text, "عند السدّ", by=people["scholar"], body="سدّ"))
    submit_note(make_note(text, f"{KEPT} على", by=people["author"], body="لا"))
    make_note(
        text,
        "على ما جرى",
        by=people["author"],
        body="لنا",
        visibility=Visibility.GROUP,
        group=home.group.public_id,
    )
    keep(text, f"باب {KEPT}", to="عند السدّ", by=people["archivist"])
    return text


@pytest.mark.slow
@pytest.mark.parametrize("viewer", READERS)
def test_no_answer_has_a_word_of_a_kept_section_nor_tells_what_it_says(home, viewer):
    client, found = client_of(home.people.get(viewer)), _named(home, viewer)

    def pick(route: Route, way: int) -> bool:
        return viewer == "anonymous" or not route.is_shared

    asked = [one for one in dict.fromkeys(questions(found, found, pick)) if not is_known(viewer, one.address)]
    here = _ask(client, asked)
    telling = [question for question, answer in here.items() if KEPT in answer.body.decode(errors="replace")]
    point = transaction.savepoint()
    _reword(home.kept)  # type: ignore[attr-defined]
    settle(home)
    there = _ask(client, asked)
    transaction.savepoint_rollback(point)

    differing = [question for question in asked if here[question] != there[question]]
    told = [f"{question}\n{_difference(here[question], there[question])}" for question in differing[:12]]
    assert not telling, telling[:12]
    assert not differing, "\n".join(told)


@pytest.mark.slow
@pytest.mark.parametrize("viewer", ["scholar", "reviewer"])
def test_no_door_that_writes_tells_a_word_of_it(home, viewer, monkeypatch):
    client, found = client_of(home.people[viewer]), _named(home, viewer)
    asked = [
        one for one in dict.fromkeys(knocks(found, few(found, most=4))) if not is_known(viewer, one.address)
    ]
    here = {question: _undone(client, question, monkeypatch) for question in asked}
    point = transaction.savepoint()
    _reword(home.kept)  # type: ignore[attr-defined]
    settle(home)
    there = {question: _undone(client, question, monkeypatch) for question in asked}
    transaction.savepoint_rollback(point)

    differing = [question for question in asked if here[question] != there[question]]
    told = [f"{question}\n{_difference(here[question], there[question])}" for question in differing[:12]]
    # What somebody sends is theirs: it may come back to them.
    assert not [q for q, a in here.items() if KEPT in a.body.decode(errors="replace") and KEPT not in str(q)]
    assert not differing, "\n".join(told)


@pytest.mark.slow
def test_the_keepers_read_it_wherever_it_can_be_read(home):
    client, found = client_of(home.people["administrator"]), _named(home, "administrator")
    asked = dict.fromkeys(questions(found, found, lambda route, way: not route.is_back_office and way == 0))

    names = {
        q.address.split("?")[0]
        for q, a in _ask(client, asked).items()
        if KEPT in a.body.decode(errors="replace")
    }

    assert "/ar/works/millers-book/" in names
    assert len(names) > 20, "else the tests above would ask where nothing is to be found"


def _named(home: Home, viewer: str) -> Things:
    """Return what addresses name: all that was made of the text with the kept section, else what there is."""
    now = things()
    new = only_new(home.before, now)  # type: ignore[attr-defined]
    if viewer != "anonymous":  # Each of both texts, some of the notes.
        new = fewer(new)
    return without_rows({kind: new[kind] or values for kind, values in few(now).items()})


def _ask(client, asked) -> dict[Question, Answer]:
    forget()
    return {question: ask(client, question) for question in asked}


def _reword(text: Text) -> None:
    """Let the section say something else, as if it had always done so: the database itself would not have it."""
    with connection.cursor() as cursor:
        for table in ("archive_textrevision", "annotations_anchor"):
            for statement in guards.drop_statements(connection.vendor, table):
                cursor.execute(statement)
    revision = TextRevision.objects.get(pk=text.current_revision_id)
    before, after = revision.content, revision.content.replace(KEPT, OTHER)
    blocks, at = [], 0
    for block in revision.blocks:
        size = len(before[block["start"] : block["end"]].replace(KEPT, OTHER))
        blocks.append({**block, "start": at, "end": at + size})
        at += size + 1
    TextRevision.objects.filter(pk=revision.pk).update(
        content=after, length=len(after), blocks=blocks, sha256=hashlib.sha256(after.encode()).hexdigest()
    )
    for anchor in Anchor.objects.filter(revision=revision):
        start, end = (len(before[:place].replace(KEPT, OTHER)) for place in (anchor.start, anchor.end))
        Anchor.objects.filter(pk=anchor.pk).update(
            start=start, end=end, exact=after[start:end], prefix=after[max(0, start - 32) : start],
            suffix=after[end : end + 32],
        )  # fmt: skip
