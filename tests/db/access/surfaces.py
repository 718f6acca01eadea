"""Every address of the site, and what to ask of it: the matrix of the two-worlds test.

A row names, for each part of the address, the kind of thing that stands there, and the queries that are asked
besides. An address that is not asked says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver

from tests.db.access.things import rows_of

#: A word of every secret and of some public things, and one of the secrets alone.
SHARED_WORD, SECRET_WORD = "الطاحونة", "زبرجد"


@dataclass(frozen=True)
class Row:
    """How one route is asked."""

    #: Part of the address → kind of thing, a key of `things.THINGS`.
    parts: Mapping[str, str] = field(default_factory=dict)
    #: Query strings, each asked by itself; names in braces are kinds of things.
    queries: Sequence[str] = ("",)
    #: Request headers, each set asked by itself.
    headers: Sequence[Mapping[str, str]] = ({},)
    methods: Sequence[str] = ("GET",)
    #: Why it is not asked.
    exempt: str = ""


def row(
    *queries: str,
    headers: Sequence[Mapping[str, str]] = ({},),
    methods: Sequence[str] = ("GET",),
    **parts: str,
) -> Row:
    """Return a row."""
    return Row(parts, queries or ("",), headers)


def post_only(**parts: str) -> Row:
    """Return a row of an address that is only posted to; it is asked all the same, and must refuse alike."""
    return Row(parts)


def exempt(why: str) -> Row:
    """Return a row of an address that is not asked."""
    return Row(exempt=why)


_DESCRIBED_KINDS = ("work", "collection", "image", "video")
_LD = ({}, {"Accept": "application/ld+json"})
_WORDS = (f"q={SHARED_WORD}", f"q={SECRET_WORD}")
_TAKEN = ("as=csv", "as=jsonld")
_ACCESS = ("access=public", "access=draft", "access=members", "access=restricted")


#: How an annotation client names a page.
_HERE = "group=__world__&uri=http://localhost:8000"


def _asked(words: str) -> str:
    """Return the queries of a reconciliation service for these words, in the braces that rows keep as they are."""
    return quote(json.dumps({"q": {"query": words}}))


API: dict[str, Row] = {
    "schema": row(),
    "api-root": row(),
    "api-me": row(),
    "api-work-list": row("", "page=2&page_size=1", "collection={collection}", "slug={work_slug}", "kind=article"),
    "api-work-detail": row(public_id="work"),
    "api-work-rename": post_only(public_id="work"),
    **{
        f"api-{kind}-{act}": post_only(public_id=kind)
        for kind in ("work", "collection", "image", "video")
        for act in ("take-down", "put-back")
    },
    "api-collection-list": row("", "parent={collection}"),
    "api-collection-detail": row(public_id="collection"),
    "api-collection-rename": post_only(public_id="collection"),
    **{f"api-{kind}-history": row(public_id=kind) for kind in _DESCRIBED_KINDS},
    "api-text-list": row("", "work={work}"),
    "api-text-detail": row(public_id="text"),
    "api-text-alignment": row("", "page=2", public_id="text"),
    "api-text-corrections": post_only(public_id="text"),
    "api-text-current": row(public_id="text"),
    "api-text-figure": post_only(public_id="text", key="figure_key"),
    "api-text-revision": row(public_id="text", number="number"),
    "api-text-revisions": row(public_id="text"),
    "api-section-list": row("", "text={text}", "in_force=true"),
    "api-section-detail": row(public_id="section"),
    "api-section-place": post_only(public_id="section"), "api-section-lift": post_only(public_id="section"),
    "api-image-list": row("", "collection={collection}", "state=ready"),
    "api-image-detail": row(public_id="image"),
    "api-image-redaction": row(public_id="image"),
    "api-image-text": post_only(public_id="image"),
    "api-image-words": row("", "page=1", "page=2", "page=x", public_id="image"),
    "api-video-list": row("", "collection={collection}", "provider=youtube"),
    "api-video-detail": row(public_id="video"),
    "api-video-recordings": post_only(), "api-video-films": post_only(),
    "api-capture-list": row("", "video={video}", "kind=file"),
    "api-capture-detail": row(public_id="capture"),
    "api-transcript-list": row("", "video={video}", "text={text}", "kind=captions"),
    "api-transcript-detail": row(public_id="transcript"),
    "api-import-list": row(),
    "api-import-detail": row(public_id="import"),
    "api-draft-list": row(),
    **{f"api-draft-{act}": row(public_id="draft") for act in ("detail", "text", "report", "problems")},
    "api-draft-markdown": row("", "first=1", public_id="draft"),
    **{f"api-draft-{act}": post_only(public_id="draft") for act in ("accept", "decide", "edit", "undo")},
    "api-draft-problem": post_only(public_id="draft", problem="problem"),
    "api-job-list": row(),
    "api-job-detail": row(public_id="job"),
    "api-token-list": row(),
    "api-token-detail": post_only(key="nothing"),
    "api-term-list": row("", *_WORDS, "kind=place", "status=proposed", "slug={term_slug}", "broader=none", "broader={term}"),
    "api-term-detail": row(public_id="term"),
    "api-term-establish": post_only(public_id="term"),
    "api-relation-list": row("", "page=2&page_size=1"),
    "api-relation-detail": row(public_id="relation"),
    "api-relation-retire": post_only(public_id="relation"),
    "api-relation-take-up": post_only(public_id="relation"),
    **{f"api-term-{act}": post_only(public_id="term") for act in ("merge", "move", "split")},
    "api-term-export": row("", "as=csv", "kind=place", "under={term}"),
    "api-note-import-list": row(),
    "api-note-import-rows": row("", "outcome=out", public_id="note_import"),
    "api-note-import-detail": row(public_id="note_import"),
    **{f"api-note-import-{act}": post_only(public_id="note_import") for act in ("apply", "choose", "undo")},
    "api-vocabulary-step-list": row(),
    "api-vocabulary-step-rows": row("", "outcome=new", public_id="vocabulary_step"),
    "api-vocabulary-step-apply": post_only(public_id="vocabulary_step"),
    "api-vocabulary-step-detail": row(public_id="vocabulary_step"),
    "api-vocabulary-step-undo": post_only(public_id="vocabulary_step"),
    "reconcile": row("", "callback=f", *(f"queries={_asked(word)}" for word in (SHARED_WORD, SECRET_WORD))),
    "reconcile_suggest": row("", f"prefix={SHARED_WORD}", f"prefix={SECRET_WORD}", what="reconcile_what"),
    "reconcile_flyout": row("id={term}", "id=place", what="reconcile_what"),
    "reconcile_properties": row("", "type=place"),
    "reconcile_preview": row("id={term}"),
    "reconcile_file": row("", *(f"queries={_asked(word)}" for word in (SHARED_WORD, SECRET_WORD)), public_id="authority_file"),
    "reconcile_file_suggest": row("", f"prefix={SECRET_WORD}", public_id="authority_file", what="reconcile_what"),
    "reconcile_file_flyout": row("id=Q1", public_id="authority_file", what="reconcile_what"),
    "reconcile_file_properties": row(public_id="authority_file"),
    "reconcile_file_preview": row("id=Q1", public_id="authority_file"),
    "api-annotation-list": row(
        "", "page=2&page_size=1", "text={text}", "text={text}&from=0&to=500", "image={image}", "video={video}",
        "author={person}", "author=me", "status=draft", "status=accepted", "status=submitted", "category=note",
        "visibility=private", "visibility=group", "tag={term}", "tag={term}&narrower=1", "language=ar", headers=_LD,
    ),
    "api-annotation-detail": row(public_id="note", headers=_LD),
    "annotation_container": row("", "page=0", "iris=1&page=0", "iris=1"),
    "annotation": row(public_id="note"),
    **{f"hypothesis_{name}": row() for name in ("index", "links", "profile", "own_groups", "groups", "app", "assets")},
    "hypothesis_asset": row(name="nothing"),
    **{f"hypothesis_{name}": post_only() for name in ("token", "revoke", "notes")},
    "hypothesis_group": row(public_id="group"),
    "hypothesis_leave": post_only(public_id="group", member="nothing"),
    "hypothesis_note": row(public_id="note"),
    **{f"hypothesis_{name}": post_only(public_id="note") for name in ("flag", "hide")},
    "hypothesis_search": row(
        "", "limit=1&order=asc&sort=created", f"{_HERE}/ar/hypothesis/{{text}}/", f"{_HERE}/en/works/{{work_slug}}/",
        f"{_HERE}/ar/editions/{{edition_slug}}/1/", "group={group}", "user=acct:{person}@localhost",
        *(f"{name}={word}" for name in ("any", "tag") for word in (SHARED_WORD, SECRET_WORD)),
    ),
    "api-reply-list": row("", "annotation={note}", "page=2&page_size=1"), "api-reply-detail": row(public_id="reply"),
    "api-submission-list": row(),
    "api-submission-detail": row(public_id="submission"),
    "api-decision-list": row("", "annotation={note}", "outcome=accept"),
    "api-decision-detail": row(public_id="decision"),
    "api-edition-list": row("", "work={work}", "text={text}", "slug={edition_slug}"),
    "api-edition-detail": row(public_id="edition"),
    "api-edition-choose": post_only(public_id="edition"),
    "api-edition-pick": post_only(public_id="edition"),
    "api-edition-preflight": row(public_id="edition"),
    "api-edition-seal": post_only(public_id="edition"),
    "api-release-list": row("", "edition={edition}"),
    "api-release-detail": row(public_id="release"),
    "api-release-annotations": row(public_id="release"),
    "api-release-snapshot": row(public_id="release"),
    "api-release-publish": post_only(public_id="release"),
    "api-release-cancel": post_only(public_id="release"),
    "api-release-withdraw": post_only(public_id="release"),
}  # fmt: skip

_HARVESTED = ("work", "image", "video")
_HARVESTS = ("", "&from=2020-01-01", "&until=2020-01-01", "&set={collection}")

FILES: dict[str, Row] = {
    "robots": row(),
    "favicon": row(),
    "healthz": row(),
    "original": row(public_id="image", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})),
    "derivative": row(
        public_id="image", name="copy", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})
    ),
    "fresh_pdf": row(public_id="image", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})),
    "uncovered_picture": row(public_id="image", page="number"),
    "iiif_image": row(public_id="image"),
    "iiif_info": row(public_id="image"),
    "iiif_pixels": row(
        public_id="image",
        region="region",
        size="size",
        rotation="rotation",
        quality="quality",
        extension="extension",
        headers=({}, {"If-None-Match": "*"}),
    ),
    "iiif_image_manifest": row(public_id="image"),
    "iiif_work_manifest": row(public_id="work"),
    "iiif_film_manifest": row(public_id="video"),
    "video_picture": row(public_id="video", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})),
    "iiif_collection": row("", "page=1", "page=2", public_id="collection"),
    "capture": row(public_id="capture", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})),
    "captions": row(public_id="transcript", headers=({}, {"If-None-Match": "*"})),
    "arrival": row(public_id="arrival", headers=({}, {"If-None-Match": "*"})),
    "personal_file": row(
        public_id="personal_export", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})
    ),
    "take_out_file": row(public_id="take_out", headers=({}, {"Range": "bytes=0-3"}, {"If-None-Match": "*"})),
    "oai": row(
        "verb=Identify",
        "verb=ListSets",
        "verb=ListMetadataFormats",
        *(
            f"verb={verb}&metadataPrefix=oai_dc{more}"
            for verb in ("ListRecords", "ListIdentifiers")
            for more in _HARVESTS
        ),
        *(
            f"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:{kind}/{{{kind}}}"
            for kind in _HARVESTED
        ),
        *(f"verb=ListMetadataFormats&identifier=oai:localhost:{kind}/{{{kind}}}" for kind in _HARVESTED),
    ),
}

_CHARTED = ("", "term={term_slug}", "kind=place", "in=19XX", "at=36.2,37.1&z=9")
#: With what changed, and beside a translation.
_TWIN = "leads from a number with zeros to the one without, from the address alone: nothing is looked up"
_READ_OTHERWISE = ("since=1", "since=1&change=1", "since=1&whole=1", "beside={release}")
_RELEASE = {"slug": "edition_slug", "number": "number"}
PUBLIC: dict[str, Row] = {
    "home": row(),
    "contributors": row("", *_WORDS, "page=2"), "contributor": row("", "page=2", key="contributor"),
    "feed_atom": row(), "feed_json": row(), "opensearch": row(),
    "ark": row("", "info", name="ark"),
    "cite_release": row("", "note={note}", "at=0-5", **_RELEASE), "cite_work": row("", "at=0-5", slug="work_slug"),
    "cite_image": row(public_id="image"), "cite_video": row(public_id="video"),
    "work_cite": row(slug="work_slug", form="citation"), "work_linkset": row(slug="work_slug"),
    **{f"{kind}_cite": row(public_id=kind, form="citation") for kind in ("image", "video")},
    **{f"{kind}_linkset": row(public_id=kind) for kind in ("image", "video")},
    "release_linkset": row(**_RELEASE),
    "oembed": row(
        "", *(f"url=http://localhost:8000/en/{path}" for path in (
            "works/{work_slug}/", "works/{work_slug}/?at=0-5", "images/{image}/", "videos/{video}/", "editions/{edition_slug}/1/",
        )),
    ),
    "embed_release": row("", "note={note}", "at=0-5", **_RELEASE),
    "embed_work": row("", "at=0-5", "text={text}&revision=1&at=0-3", slug="work_slug"),
    "embed_image": row(public_id="image"), "embed_video": row(public_id="video"),
    "sitemap_index": row(), "sitemap": row(section="sitemap_section"),
    "about": row(), "privacy": row(), "contact": row(),
    "guides": row(),
    "page": row(slug="page"),
    "account_corner": row(),
    "catalogue": row(
        "", *_WORDS, "page=2", "kind=work", "kind=image", "kind=video", "collection={collection_slug}", "tag={term_slug}",
        "language=ar", "view=list", "view=grid", "type=work", "type=image", "place={term_slug}", "date=19", "date=201",
    ),
    "work": row("", "text={text}", "text={text}&revision=1", "text={text}&at=0-3", slug="work_slug"),
    "side_by_side": row("", "text={text}", "text={text}&page=2", slug="work_slug"),
    "collection": row(slug="collection_slug"),
    "image": row(public_id="image"),
    "video": row("", "t=1-2", "text={text}", public_id="video"),
    "terms": row("", *_WORDS, "kind=place", "page=2"),
    "term": row("", "narrower=1", "branch=2", slug="term_slug"),
    "timeline": row(*_CHARTED), "map": row(*_CHARTED),
    "concept": row(public_id="term"),
    "concept_data": row(public_id="term", form="skos_form"),
    "search": row("", *_WORDS, *(f"q={SHARED_WORD}&kind={kind}" for kind in ("work", "passage", "annotation", "term")),
                  f"q={SHARED_WORD}&kind=image", f"q={SHARED_WORD}&kind=video", f"q={SHARED_WORD}&page=2",
                  *(f"q={SHARED_WORD}&kind={kind}&after=0.999999999" for kind in ("passage", "annotation"))),
    "editions": row(),
    "edition": row(slug="edition_slug"),
    "release": row("", "marked=1", "whole=1", "section=1", "note={note}", "at=0-5", *_READ_OTHERWISE, **_RELEASE),
    "release_readings": row("", "at=0-5", "note={note}", "at=0-5&page=2", **_RELEASE),
    "release_notes": row("", "block=1", "page=2", **_RELEASE),
    "release_index": row(**_RELEASE),
    "release_search": row("", *_WORDS, f"q={SHARED_WORD}&page=2", **_RELEASE),
    "release_downloads": row(**_RELEASE),
    "release_export": row("", "as=state", **_RELEASE, form="export"),
    "release_references": row("", *_TAKEN, "note={note}", "term={term_slug}", "kind=note", "page=2", **_RELEASE),
    "release_timeline": row(*_CHARTED, **_RELEASE), "release_map": row(*_CHARTED, **_RELEASE),
    "release_padded": exempt(_TWIN), "release_compare_padded": exempt(_TWIN),
    "release_compare": row("", "as=csv", "as=json", **_RELEASE, other="number"),
    "release_spans": row("", "from=0&to=50", **_RELEASE),
    "release_annotations": row("", "from=0&to=50", "since=1", **_RELEASE),
    "release_cite": row(**_RELEASE, form="citation"),
    "release_download": row(**_RELEASE, form="export"),
    "release_file": row(**_RELEASE, name="release_file"),
    "release_collection": row(**_RELEASE),
    "release_note": row(**_RELEASE, note="note", headers=({}, {"Accept": "application/json"})),
}  # fmt: skip

#: Which notes are shown, in every workbench.
_NARROWED = (
    "category=place&status=draft",
    "author=me&status=accepted",
    f"q={SECRET_WORD}",
    f"tag={SECRET_WORD}",
    f"tag={SHARED_WORD}",
)
WORKBENCH: dict[str, Row] = {
    "workbench": row(
        "",
        "note={note}",
        "marked=1",
        "section=1",
        "whole=1",
        "notes=1",
        "page=2",
        "beside={text}",
        f"find={SECRET_WORD}",
        "place={note}",
        *_NARROWED,
        public_id="text",
    ),
    "text_doors": row(public_id="text"),
    "hypothesis_text": row(public_id="text"),
    "hypothesis_authorize": row(
        "", "client_id=hypothesis-client&response_type=code&origin=http://testserver"
    ),
    "workbench_image": row("", "note={note}", "page=2", *_NARROWED, public_id="image"),
    "workbench_video": row("", "note={note}", "text={text}", "t=1", *_NARROWED, public_id="video"),
    "image_doors": row(public_id="image"),
    "video_doors": row(public_id="video"),
    "image_places": row("", *_NARROWED, public_id="image"),
    "video_places": row("", *_NARROWED, public_id="video"),
    "image_notes": row("", "ids={note}", "skip=1", public_id="image"),
    "video_notes": row("", "ids={note}", "skip=1", public_id="video"),
    "carried": row(public_id="text"),
    "carried_notes_file": row(public_id="text", form="list_form"),
    "text_spans": row("", "revision=1", *_NARROWED, public_id="text"),
    "text_suggested": row(public_id="text"),
    "text_notes": row("", "from=0&to=500", "skip=1", *_NARROWED, public_id="text"),
    "note": row(public_id="note"),
    "note_page": row(public_id="note"),
    "talk": row("", "part=1", public_id="note"),
    "wording": row("", "decision={decision}", public_id="note"),
    "note_history": row("", "page=2", public_id="note"),
    "note_people": row("", *_WORDS, public_id="note"),
    "note_references": row("", *_TAKEN, "kind=note", "direction=in", "relation=cites", ident="note"),
    "work_references": row("", *_TAKEN, "kind=passage", ident="work_slug"),
    "term_references": row("", *_TAKEN, ident="term_slug"),
    "image_references": row("", *_TAKEN, ident="image"),
    "video_references": row("", *_TAKEN, ident="video"),
    **{
        f"{kind}_{which}": row(*_CHARTED, ident="work_slug" if kind == "work" else kind)
        for kind in ("text", "work", "image", "video")
        for which in ("timeline", "map")
    },
    "basket": row(),
    "basket_file": row(form="list_form"),
    "picked_places": row(),
    "picked_place": post_only(public_id="nothing"),
    "find_places": row(
        "",
        *_WORDS,
        f"q={SHARED_WORD}&kind=passage",
        f"q={SECRET_WORD}&kind=passage",
        f"q={SHARED_WORD}&page=2",
        "in=image:{image}",
        "in=video:{video}",
        "in=term:{term}",
        "in=work:{work}",
    ),
    "read_citation": post_only(),
    "note_drafts": row("", "text={text}"),
    "note_draft": row(key="nothing"),
    "find_terms": row("", *_WORDS, "kind=place"),
    "note_preview": post_only(),
    "submissions": post_only(),
    "text_note_import": row(public_id="text"),
    "note_import_new": row(),
    "note_import": row("", "show=out", public_id="note_import"),
    "note_import_report": row("", "all=1", public_id="note_import"),
    **{
        f"note_import_{act}": post_only(public_id="note_import")
        for act in ("apply", "undo", "choose", "again", "forget")
    },
    "text_notes_file": row("", "mine=1", *_NARROWED, public_id="text", form="notes_form"),
    "image_notes_file": row("", *_NARROWED, public_id="image", form="list_form"),
    "video_notes_file": row("", *_NARROWED, public_id="video", form="list_form"),
    "others": row(
        "",
        "text={text}&at=0-40",
        "note={note}",
        "term={term}",
        f"words={SHARED_WORD}&scope=archive&spelling=endings",
        f"words={SECRET_WORD}&scope=archive&spelling=prefixes&parts=on",
    ),
    "others_file": row(
        "",
        "text={text}&at=0-40",
        "note={note}",
        "term={term}",
        f"words={SHARED_WORD}&scope=archive&spelling=endings",
        f"words={SECRET_WORD}&scope=archive&spelling=prefixes&parts=on",
        form="list_form",
    ),
    "my_notes_file": exempt("its forms are asked in tests/db/annotations/test_many_notes.py"),
    "my_notes": row(
        "",
        "status=draft",
        "status=accepted",
        "submission={submission}",
        "page=2",
        f"q={SECRET_WORD}",
        f"tag={SHARED_WORD}",
        f"tag={SECRET_WORD}",
    ),
    "suggestions": row("", "text={text}", "text={text}&kind=name&change=1", "text={text}&at=5"),
    "suggestions_file": row("", "text={text}", "text={text}&kind=name", form="list_form"),
}

DESKS: dict[str, Row] = {
    "desk": row(), "read_news": post_only(),
    "desk_texts": row(), "import_upload": row("", "video={video}"), "desk_works": row(), "desk_work_new": row(),
    "desk_collections": row(), "desk_collection_new": row(), "desk_images": row(), "image_upload": row(),
    "desk_videos": row("", "show=gone", "show=never_captured"), "desk_video_new": row(),
    "recording_new": row("", "arrival={arrival}"), "film_new": row("", "arrival={arrival}"), "desk_figures": row(), "desk_files": row(),
    "desk_file": row(public_id="arrival"),
    "check_file": post_only(public_id="arrival"),
    "repair_file": post_only(public_id="arrival"),
    "desk_deposits": row(), "deposit_new": row("", "like={deposit}"),
    "deposit": row(public_id="deposit"),
    "deposit_receipt": row(public_id="deposit"),
    "print_receipt": post_only(public_id="deposit"),
    "printed_receipt": row(public_id="printed_receipt"),
    "printed_receipt_file": row(public_id="printed_receipt"),
    "deposit_agreement": row(public_id="deposit"),
    "undo_deposit": row(public_id="deposit"),
    "deposit_embedded": post_only(public_id="deposit"),
    "deposit_same": post_only(public_id="deposit"), "deposit_rest": post_only(public_id="deposit"),
    "deposit_table": post_only(public_id="deposit", item_id="deposit_item"),
    "uploads": row(public_id="deposit"), "upload_list": post_only(public_id="deposit"),
    "upload": row(public_id="deposit", item_id="deposit_item"),
    "upload_sha256": post_only(public_id="deposit", item_id="deposit_item"),
    "text_correct": post_only(public_id="text"),
    "parts_upload": row("", "work={work}"),
    "replace_part": post_only(public_id="import"),
    "desk_parts": row(public_id="work"),
    "accept_parts": post_only(public_id="work"),
    "declare_translation": row(public_id="text"),
    "desk_pairs": row("", "row=1", public_id="text"),
    "import_run": row(public_id="import"),
    "import_again": post_only(public_id="import"),
    "draft": row("", "kind=dead_link", public_id="draft"),
    **{name: row(public_id="draft") for name in ("draft_text", "draft_blocks", "draft_changes", "draft_accept")},
    "draft_edit": row("", "page=2", "block=0", public_id="draft"),
    "draft_block": row(public_id="draft", number="number"),
    "draft_decide_kind": post_only(public_id="draft"),
    "draft_decide": post_only(public_id="draft", problem_id="problem"),
    "draft_undo": post_only(public_id="draft"),
    "draft_abandon": post_only(public_id="draft"),
    "job": row(public_id="job"),
    **{name: row(public_id="work") for name in ("desk_work", "describe_work")},
    "rename_work": post_only(public_id="work"),
    "desk_takedowns": row("", "show=past"),
    "desk_consents": row(),
    "work_consents": row(public_id="work"),
    "withdraw_consent": post_only(public_id="consent"),
    "settle_consent": post_only(public_id="consent"),
    "view_as": row(),
    "view_as_end": post_only(),
    **{f"take_down_{kind}": row(public_id=kind) for kind in ("work", "collection", "image", "video")},
    "desk_collection": row(public_id="collection"),
    "rename_collection": post_only(public_id="collection"),
    **{f"{kind}_history": row("", "page=2", public_id=kind) for kind in _DESCRIBED_KINDS},
    **{
        f"{kind}_compare": row("from=now", "from={change}", "from={change}&to={change}", public_id=kind)
        for kind in _DESCRIBED_KINDS
    },
    **{f"{kind}_restore": post_only(public_id=kind) for kind in _DESCRIBED_KINDS},
    **{f"{kind}_bulk": row() for kind in ("work", "image", "video")},
    **{f"{kind}_table": row() for kind in ("work", "image", "video", "collection")},
    "table_columns": row(public_id="bulk_step"),
    "bulk_rows": row(public_id="bulk_step"),
    "bulk_steps": row(),
    "bulk_step": row("", "show=changes", public_id="bulk_step"),
    "bulk_apply": post_only(public_id="bulk_step"),
    "bulk_undo": post_only(public_id="bulk_step"),
    "bulk_open": post_only(public_id="bulk_step"),
    "package_arrivals": row(), "package_arrival": row(public_id="package_arrival"),
    "package_arrival_confirm": post_only(public_id="package_arrival"),
    "take_out_work": post_only(public_id="work"),
    "take_out_collection": post_only(public_id="collection"),
    "take_out": row(public_id="take_out"),
    "desk_image": row(public_id="image"),
    "image_again": row(public_id="arrival"),
    "cover_image": row("", "page=2", public_id="image"),
    "text_of_pdf": row(public_id="image"),
    "desk_video": row(public_id="video"),
    "desk_video_checks": row(public_id="video"),
    "check_video": post_only(public_id="video"),
    "accept_film": post_only(public_id="video"),
    "desk_captures": row("", "arrival={arrival}", public_id="video"),
    "desk_capture": row(public_id="capture"),
    "work_sections": row(public_id="work"),
    "keep_section": row("", "first=1&last=2", public_id="text"),
    "desk_section": row(public_id="section"),
    "desk_film_texts": row(public_id="video"),
    "capture_video": post_only(public_id="video"),
    "read_wacz": post_only(public_id="capture"),
    "change_tie": post_only(public_id="transcript"),
    "untie_text": post_only(public_id="transcript"),
    "fill_figure": row(public_id="text", key="figure_key"),
    "terms_desk": row("", *_WORDS), "term_new": row(), "term_edit": row(public_id="term"),
    "relations_desk": row(), "relation_new": row(), "relation_edit": row(public_id="relation"),
    "term_tree": row("", "kind=place", "at={term}"),
    "term_branch": row(public_id="term"), "term_move": row(public_id="term"), "term_reconcile": row("", *_WORDS, public_id="term"),
    "term_uses": row("", "narrower=1", "page=2", public_id="term"),
    "term_uses_file": row("", "narrower=1", public_id="term", form="uses_form"),
    "vocabulary_import": row(),
    "vocabulary_export": row("", "kind=place", "status=proposed", "under={term}", form="vocabulary_form"),
    "vocabulary_steps": row("", "page=2"),
    "vocabulary_step": row("", "show=new", public_id="vocabulary_step"),
    "vocabulary_step_apply": post_only(public_id="vocabulary_step"),
    "vocabulary_step_undo": post_only(public_id="vocabulary_step"),
    "authority_files": row(), "authority_file": row("", *_WORDS, public_id="authority_file"),
    "review_queue": row(
        "", "page=2", "state=decided", "state=decided&work={work_slug}", "state=decided&author={person}",
        "work={work_slug}", "category=note", "group={group}", "place=image", "language=ar", "age=7", "age=12",
        "since=2026-01-01", "assigned=me", "assigned=nobody", "due=late",
    ),
    "review_notes_file": row("", "work={work_slug}", "category=note", "place=image", "assigned=me", form="list_form"),
    "review_chosen": row("", "submission={submission}", "work={work_slug}", "author={person}", "group={group}", "place=image", "assigned=me"),
    "review_figures": row(),
    "reports": row("", "show=closed", "reason=wrong"), "desk_report": row(public_id="report"),
    "report": row("", "about=/editions/{edition_slug}/1/", "about=/works/{work_slug}/"), "report_answer": row(public_id="nothing"),
    "review_submission": row(public_id="submission"), "review_several": row(public_id="submission"), "assign_submission": post_only(public_id="submission"),
    "desk_editions": row(), "desk_edition_new": row("", "text={text}"),
    "desk_edition": row(
        "", "notes=out", "notes=elsewhere", "notes=left", *(f"notes=left&{one}" for one in _WORDS), "notes=left&author={person}",
        public_id="edition",
    ),
    **{
        name: row(public_id="edition")
        for name in (
            "desk_edition_plan", "desk_edition_notes", "desk_edition_seal", "desk_edition_put_away", "desk_edition_preview",
            "desk_preview_spans", "desk_preview_notes",
        )
    },
    **{
        name: row(public_id="release")
        for name in (
            "desk_release", "desk_release_publish", "desk_release_cancel", "desk_release_withdraw", "desk_release_read",
            "desk_release_spans", "desk_release_notes", "desk_release_exports",
        )
    },
    **{f"desk_preview_{which}": row(*_CHARTED, public_id="edition") for which in ("timeline", "map")},
    **{f"desk_release_{which}": row(*_CHARTED, public_id="release") for which in ("timeline", "map")},
    "desk_release_export": post_only(public_id="release", form="export"),
    "desk_release_export_file": row(public_id="release", form="export"),
    "ask": row("", f"about={SECRET_WORD}"), "desk_requests": row("", "show=all"),
    "desk_request": row(public_id="request"), "desk_request_erase": post_only(public_id="request"),
    "people": row(), "invite": row(), "group_new": row(), "site_settings": row(), "site_health": row(),
    "requeue_jobs": post_only(),
    "person": row(public_id="person"), "person_address": row(public_id="person"),
    "person_act": post_only(public_id="person", act="person_act"),
    "person_data": row(public_id="person"), "erase_person": row(public_id="person"),
    "keep_person": post_only(public_id="person"),
    "hand_over_notes": row(public_id="person"),
    "group": row(public_id="group"),
    "site_page_new": row(),
    "site_page": row("", "before={change}", slug="page"),
    "join": row(secret="nothing"),
}  # fmt: skip

_OWN = "of one's own account alone: allauth's page, which knows nothing of the archive"
ACCOUNTS: dict[str, Row] = {
    "account_login": row(),
    "own_mails": row(), "confirm_own_address": post_only(), "stop_mails": row(key="nothing"), "own_groups": row(), "own_group": row(public_id="group"),
    "own_data": row(), "ask_own_data": post_only(), "erase_own": row(), "keep_own": post_only(),
    "account_logout": exempt("signs out by POST; its page knows nothing of the archive, and asks nobody for it twice"),
    "account_inactive": row(), "account_signup": row(), "account_reauthenticate": row(), "account_email": row(),
    "account_email_verification_sent": row(), "account_change_password": row(), "account_set_password": row(),
    "account_reset_password": row(), "confirm_address": row(key="nothing"),
    "account_confirm_email": row(key="nothing"),
    "account_reset_password_from_key_done": row(), "account_reset_password_done": row(),
    "account_reset_password_from_key": row(uidb36="nothing", key="nothing"),
    "mfa_index": row(), "mfa_authenticate": row(), "mfa_reauthenticate": row(),
    "mfa_activate_totp": exempt(f"draws a new secret each time; {_OWN}"),
    "mfa_deactivate_totp": row(), "mfa_view_recovery_codes": row(), "mfa_generate_recovery_codes": row(),
    "mfa_download_recovery_codes": row(),
}  # fmt: skip

#: Django's own administration: every page of it turns everybody but administrators away, before it looks.
BACK_OFFICE = Row({"object_id": "pk", "app_label": "app", "url": "nothing", "content_type_id": "pk"})

_BYTES = {name: replace(of_bytes, methods=("HEAD",)) for name, of_bytes in FILES.items()}
_DESCRIBED = {name: replace(resource, methods=("OPTIONS",)) for name, resource in API.items()}

#: Where staff work on what others wrote: asked for each of them in every way.
STAFF_ROOMS = frozenset(
    {*DESKS, "carried", "api-submission-list", "api-submission-detail", "api-decision-list", "api-decision-detail",
     "api-edition-detail", "api-edition-preflight", "api-draft-detail"}
)  # fmt: skip

MATRIX: dict[str, Row] = {**_DESCRIBED, **_BYTES, **PUBLIC, **WORKBENCH, **DESKS, **ACCOUNTS}


#: What a viewer may know of every act, whose secret it may be, by the beginning of an address.
KNOWN: Mapping[str, Mapping[str, str]] = {
    "administrator": {
        "/ar/back-office/archive/auditevent/": "the chain has each act, without a word of what was written",
        "/ar/back-office/archive/audithead/": "where the chain ends",
        "/ar/back-office/archive/job/": "administrators see what the background does, for whoever caused it",
        "/ar/desk/site/health/": "administrators see how much the background has to do, for whoever caused it",
        "/ar/jobs/": "administrators see what the background does, for whoever caused it",
        "/api/jobs/": "administrators see what the background does, for whoever caused it",
    }
}

#: The same by the end of an address.
KNOWN_BY_ACT: Mapping[str, Mapping[str, str]] = {
    "administrator": {
        "/deactivate/": "a closed account's page counts the open drafts that wait to be handed over (`test_leaving.py`)",
    }
}


def is_known(viewer: str, address: str) -> bool:
    """Whether an address is of those whose every line this viewer may know."""
    of_acts = tuple(KNOWN_BY_ACT.get(viewer, ()))
    return address.startswith(tuple(KNOWN.get(viewer, ()))) or address.endswith(of_acts)


@dataclass(frozen=True)
class Route:
    """One address of the resolver."""

    name: str
    row: Row | None
    pattern: URLPattern

    @property
    def is_shared(self) -> bool:
        """Whether it answers everybody as anybody, whatever cookie came (`test_shared.py`)."""
        return getattr(self.pattern.callback, "is_shared", False)

    @property
    def is_back_office(self) -> bool:
        """Whether it is a page of Django's own administration."""
        return self.name.startswith("admin:")


def routes() -> Iterator[Route]:
    """Yield every address of the site with its row; None for one that nobody thought of."""
    yield from _routes(get_resolver(), "")


def _routes(resolver: URLResolver, namespace: str) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern, pattern.namespace or namespace)
        elif namespace == "admin":
            yield Route(f"admin:{pattern.name or 'catch-all'}", _back_office(pattern.name or ""), pattern)
        else:
            yield Route(pattern.name or "", MATRIX.get(pattern.name or ""), pattern)


def _back_office(name: str) -> Row:
    """Return the row of a page of the back office; pages of rows name the rows of their model."""
    model, _line, page = name.rpartition("_")
    of_a_row = page in ("change", "delete", "history")
    return replace(
        BACK_OFFICE, parts={**BACK_OFFICE.parts, "object_id": rows_of(model) if of_a_row else "pk"}
    )
