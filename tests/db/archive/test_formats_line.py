"""Every format from the file at the desk to an accepted revision, and the refusal of what would do harm."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from archive.actions.accept_draft import accept_draft
from archive.actions.run_job import run_job
from archive.enums import ImportState, JobState
from archive.importers.registry import importers
from archive.models import ImportRun, Job, TextDraft
from archive.presenters.messages import sentence
from tests.unit.importers.packed import PACKAGES, arabic, packed, rtf

pytestmark = pytest.mark.django_db
NOTE = r"{\super\chftn{\footnote\chftn{\f1 " + arabic("حاشية على الكلام") + "}}}"
RTF = rtf(
    r"\pard{\f1 " + arabic("قال الشيخ كلاما") + "}" + NOTE + r"{\f1 " + arabic(" في القرية.")
    + r"}\par\pard English words.\par"
)  # fmt: skip
TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><div><head>فصل</head><pb n="2"/>
<p>قال <persName>الشيخ</persName> كلاما<note n="1">حاشية على الكلام</note> في القرية.</p><p>English words.</p>
</div></body></text></TEI>""".encode()
FILES = {code: packed(members) for code, members in PACKAGES.items()} | {"rtf": RTF, "tei": TEI}


OPENITI = """######OpenITI#
#META# title :: الكتاب
#META#Header#End#
### | فصل
# قال الشيخ كلاما PageV01P001
~~في القرية.
# English words.
"""


def send(desk, name, data):
    file = SimpleUploadedFile(name, data)
    desk.post(reverse("import_upload"), {"file": file, "language": "ar"})
    run = ImportRun.objects.get()
    run_job(run.job_id)
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("code", list(FILES))
def test_file_of_each_format_becomes_a_revision(desk, people, code):
    run = send(desk, f"text.{code}", FILES[code])

    assert (run.importer, run.state) == (code, ImportState.READY)
    assert desk.get(reverse("draft", args=[run.draft.public_id])).status_code == 200
    revision = accept_draft(draft_id=run.draft.pk, sha256=run.draft.sha256, by=people["archivist"])
    assert "قال الشيخ كلاما" in revision.content
    assert "English words." in revision.content
    assert "حاشية على الكلام" in revision.content
    (job,) = Job.objects.filter(kind="bring_in_notes")
    assert run_job(job.pk) == JobState.DONE
    (note,) = revision.text.annotations.all()
    assert note.newest_version.body == "حاشية على الكلام"
    assert note.newest_version.locus.anchors.get().exact == "كلاما1"


def test_text_of_openiti_becomes_a_revision(desk, people):
    run = send(desk, "0100Fulan.Kitab.ABC001-ara1", OPENITI.encode())

    assert (run.importer, run.state) == ("openiti", ImportState.READY)
    assert desk.get(reverse("draft", args=[run.draft.public_id])).status_code == 200
    revision = accept_draft(draft_id=run.draft.pk, sha256=run.draft.sha256, by=people["archivist"])
    assert revision.content == "فصل\nقال الشيخ كلاما في القرية.\nEnglish words."
    assert revision.title == "الكتاب"
    assert [mark["attrs"]["n"] for mark in revision.marks] == ["1"]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_upload_form_offers_every_importer(desk, language):
    with translation.override(language):
        page = desk.get(reverse("import_upload")).content.decode()

    for spec in importers():
        assert f'<option value="{spec.code}">' in page
        assert all(extension in page for extension in spec.extensions)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_hostile_package_is_a_sentence_on_the_page(desk, language):
    with translation.override(language):
        run = send(desk, "text.odt", packed(PACKAGES["odt"] | {"../../x.xml": "<x/>"}))
        page = desk.get(reverse("import_run", args=[run.public_id])).content.decode()
        words = sentence("package_names", {"member": "../../x.xml"})

    assert run.error["code"] == "package_names"
    assert words in page
    assert not TextDraft.objects.exists()
