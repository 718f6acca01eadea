"""Collections, works with their texts, images and videos."""

from __future__ import annotations

from typing import Any

from annotations.management.demo.jobs import run_jobs
from annotations.management.demo.material import FOLDER, Loaded, bilingual, described, read
from archive.actions.accept_draft import accept_draft
from archive.actions.add_image import add_image
from archive.actions.add_recording import add_recording
from archive.actions.align_texts import newest
from archive.actions.arrange_parts import Named, arrange_parts, coming_to, stamp_of, texts_of
from archive.actions.correct_alignment import correct_alignment
from archive.actions.create_collection import create_collection
from archive.actions.create_work import create_work
from archive.actions.decide_problem import decide_all
from archive.actions.declare_translation import declare_translation
from archive.actions.describe_video import describe_video
from archive.actions.fill_figure import fill_figure
from archive.actions.place_part import place_part
from archive.actions.receive_file import receive_file
from archive.actions.start_import import start_import
from archive.enums import TextRole
from archive.models import FileArrival, Text, TextDraft, Video

LIMIT = 20 * 1024 * 1024


def load_collections(loaded: Loaded) -> None:
    """Put up the shelves, outer ones first."""
    for entry in read("collections")["collections"]:
        values = {**described(entry), "order": entry["order"]}
        if entry["parent"]:
            values["parent"] = loaded.collections[entry["parent"]]
        loaded.collections[entry["key"]] = create_collection(
            values=values, slug=entry["slug"], by=loaded.people["archivist"]
        )


def load_images(loaded: Loaded) -> None:
    """Bring in the drawings; their public copies are made by the job that makes everyone's."""
    by = loaded.people["archivist"]
    for entry in read("images")["images"]:
        values = {**described(entry), "collection": loaded.collections[entry["collection"]]}
        loaded.images[entry["key"]] = add_image(arrival=_receive(loaded, entry["file"]), values=values, by=by)
    run_jobs()
    for image in loaded.images.values():
        image.refresh_from_db()


def load_papers(loaded: Loaded) -> None:
    """Bring in the PDFs, whose pages are drawn by the same jobs."""
    by = loaded.people["archivist"]
    for entry in read("papers")["papers"]:
        values = {**described(entry), "collection": loaded.collections[entry["collection"]]}
        loaded.images[entry["key"]] = add_image(arrival=_receive(loaded, entry["file"]), values=values, by=by)
    run_jobs()
    for image in loaded.images.values():
        image.refresh_from_db()


def load_recordings(loaded: Loaded) -> None:
    """Bring in the recordings, and what is heard in them as a text with times."""
    by = loaded.people["archivist"]
    for entry in read("recordings")["recordings"]:
        values = {**described(entry), "collection": loaded.collections[entry["collection"]]}
        video = add_recording(arrival=_receive(loaded, entry["file"]), values=values, by=by)
        loaded.videos[entry["key"]] = video
        words = entry["transcript"]
        run = start_import(
            arrival=_receive(loaded, words["file"]), language=words["language"], video=video, by=by
        )
        run_jobs()
        draft = TextDraft.objects.get(run=run)
        said = {
            **bilingual(words, "title"),
            **{name: values[name] for name in ("access", "rights_uri", "collection")},
        }
        accept_draft(
            draft_id=draft.pk, sha256=draft.sha256, values={**said, "language": words["language"]}, by=by
        )
    run_jobs()


def _receive(loaded: Loaded, file: str) -> FileArrival:
    with (FOLDER / file).open("rb") as source:
        return receive_file(
            source=source, filename=file.rsplit("/", 1)[-1], max_bytes=LIMIT, by=loaded.people["archivist"]
        )


def load_works(loaded: Loaded) -> None:
    """Make the works with the first revision of their texts."""
    by = loaded.people["archivist"]
    for entry in read("works")["works"]:
        values = {
            **described(entry), "kind": entry["kind"], "language": entry["language"],
            "collection": loaded.collections[entry["collection"]], "cover": loaded.images.get(entry.get("cover", "")),
        }  # fmt: skip
        loaded.works[entry["key"]] = create_work(values=values, slug=entry["slug"], by=by)
        for part in entry["texts"]:
            load_revision(loaded, entry["key"], 1, part)
        _name_parts(loaded, entry)
    _describe_videos(loaded)
    _fill_figures(loaded)
    run_jobs()


def load_revision(loaded: Loaded, key: str, number: int, part: dict[str, Any]) -> None:
    """Import one file of a work's text, apply what the material says, and accept it.

    A further part of a work has a key of its own; the first, or only one, goes by that of the work.
    """
    by, of = loaded.people["archivist"], part.get("key", key)
    step = next(r for r in part["revisions"] if r["number"] == number)
    arrival, text = _receive(loaded, step["file"]), loaded.texts.get(of)
    if of != key and text is None:
        run = place_part(
            arrival=arrival, work=loaded.works[key], language=part["language"], role=TextRole(part["role"]),
            importer_code=step["importer"], by=by,
        )  # fmt: skip
    else:
        run = start_import(
            arrival=arrival, language=part["language"], importer_code=step["importer"],
            work=loaded.works[key], text=text, by=by,
        )  # fmt: skip
    run_jobs()
    draft = TextDraft.objects.get(run=run)
    for kind in step.get("apply_problems", []):
        if draft.problems.filter(kind=kind, state="open").exists():
            draft = decide_all(draft_id=draft.pk, kind=kind, outcome="apply", version=draft.version, by=by)
    draft.refresh_from_db()
    message = step.get("message", {}).get("ar", "")
    revision = accept_draft(
        draft_id=draft.pk, sha256=draft.sha256, message=message, work=loaded.works[key], by=by
    )
    loaded.revisions[of, number] = revision
    loaded.texts[of] = revision.text
    loaded.texts[of].refresh_from_db()
    run_jobs()


def _name_parts(loaded: Loaded, entry: dict[str, Any]) -> None:
    """Call the parts of a work by their titles; what is the only text of its work has none."""
    work = loaded.works[entry["key"]]
    named = {
        loaded.texts[part.get("key", entry["key"])].public_id: Named(
            number, part["title"]["ar"], part["title"]["en"]
        )
        for number, part in enumerate(entry["texts"], start=1)
        if "title" in part
    }
    if named:
        stamp = stamp_of(texts_of(work), coming_to(work))
        arrange_parts(work_id=work.pk, stamp=stamp, wanted=named, by=loaded.people["archivist"])


def load_translations(loaded: Loaded) -> None:
    """Bring in translations, pair them with their originals, and approve the pairs."""
    by = loaded.people["archivist"]
    for work in read("works")["works"]:
        for entry in work.get("translations", ()):
            run = start_import(
                arrival=_receive(loaded, entry["file"]), language=entry["language"],
                importer_code=entry["importer"], work=loaded.works[work["key"]], by=by,
            )  # fmt: skip
            run_jobs()
            draft = TextDraft.objects.get(run=run)
            revision = accept_draft(
                draft_id=draft.pk, sha256=draft.sha256, message=entry["message"]["ar"], by=by
            )
            text = revision.text
            declare_translation(
                text_id=text.pk, version=text.version, original=loaded.texts[work["key"]],
                translator=entry["translator"], by=by,
            )  # fmt: skip
            run_jobs()
            pairs = newest(Text.objects.get(pk=text.pk))
            assert pairs is not None
            correct_alignment(text_id=text.pk, read=pairs.public_id, act="approve", by=by)


def _describe_videos(loaded: Loaded) -> None:
    """Describe the videos that the texts brought along."""
    for entry in read("videos")["videos"]:
        video = Video.objects.get(provider=entry["provider"], external_id=entry["external_id"])
        values = {
            **described(entry), "collection": loaded.collections[entry["collection"]], "duration": entry["duration"]
        }  # fmt: skip
        loaded.videos[entry["key"]] = describe_video(
            video_id=video.pk, version=video.version, values=values, by=loaded.people["archivist"]
        )


def _fill_figures(loaded: Loaded) -> None:
    """Put each drawing, or a page of a PDF, into the figure whose caption names it."""
    by = loaded.people["archivist"]
    for entry in (*read("images")["images"], *read("papers")["papers"]):
        for place in entry.get("fills", []):
            revision = loaded.revisions[place["work"], 1]
            for block in revision.blocks:
                if (
                    block["kind"] == "figure"
                    and revision.content[block["start"] : block["end"]] == place["caption"]
                ):
                    figure = revision.text.figures.get(key=block["attrs"]["figure"])
                    page = place.get("page", 1)
                    fill_figure(figure_id=figure.pk, image=loaded.images[entry["key"]], page=page, by=by)


def correct_essay(loaded: Loaded) -> None:
    """Bring in the second revision; notes are carried over by the job."""
    essay = next(entry for entry in read("works")["works"] if entry["key"] == "essay")
    load_revision(loaded, "essay", 2, essay["texts"][0])
