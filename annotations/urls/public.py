"""The public site: the home page, the catalogue, what it holds, and the editions."""

from django.urls import URLPattern, URLResolver, path, re_path

from annotations.api.protocol import Container, Member
from annotations.api.reconcile import (
    Flyout,
    FlyoutFile,
    Properties,
    PropertiesFile,
    Reconcile,
    ReconcileFile,
    Suggest,
    SuggestFile,
    preview,
    preview_file,
)
from annotations.reader import (
    arks,
    catalogue,
    charts,
    cite,
    compare,
    contributors,
    embed,
    exports,
    feeds,
    home,
    media,
    opensearch,
    readings,
    references,
    release_data,
    release_search,
    releases,
    side_by_side,
    sitemaps,
    terms,
    twins,
    vocabulary,
    works,
)

_RELEASE = "editions/<slug:slug>/<int:number>/"
#: A number that is written with zeros before it names the same release, at another address: these lead to the one.
_PADDED = r"0+[0-9]+"
_TWINS = [
    re_path(rf"^(?:embed/|cite/)?editions/[-\w]+/{_PADDED}/", twins.unpadded, name="release_padded"),
    re_path(rf"^editions/[-\w]+/[0-9]+/compare/{_PADDED}/", twins.unpadded, name="release_compare_padded"),
]

pages: list[URLPattern | URLResolver] = [
    *_TWINS,
    path("", home.home, name="home"),
    path("news.atom", feeds.atom, name="feed_atom"),
    path("news.json", feeds.json_feed, name="feed_json"),
    path("opensearch.xml", opensearch.opensearch, name="opensearch"),
    path("embed/editions/<slug:slug>/<int:number>/", embed.card, {"page": "release"}, name="embed_release"),
    path("embed/works/<slug:slug>/", embed.card, {"page": "work"}, name="embed_work"),
    path("embed/images/<slug:public_id>/", embed.card, {"page": "image"}, name="embed_image"),
    path("embed/videos/<slug:public_id>/", embed.card, {"page": "video"}, name="embed_video"),
    path("cite/editions/<slug:slug>/<int:number>/", cite.page, {"page": "release"}, name="cite_release"),
    path("cite/works/<slug:slug>/", cite.page, {"page": "work"}, name="cite_work"),
    path("cite/images/<slug:public_id>/", cite.page, {"page": "image"}, name="cite_image"),
    path("cite/videos/<slug:public_id>/", cite.page, {"page": "video"}, name="cite_video"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("works/<slug:slug>/", works.work, name="work"),
    path("works/<slug:slug>/side-by-side/", side_by_side.side_by_side, name="side_by_side"),
    path("collections/<slug:slug>/", catalogue.collection, name="collection"),
    path("images/<slug:public_id>/", media.image, name="image"),
    path("videos/<slug:public_id>/", media.video, name="video"),
    path("people/", contributors.listing, name="contributors"),
    path("people/<slug:key>/", contributors.one, name="contributor"),
    path("terms/", terms.terms, name="terms"),
    path("terms/<str:slug>/", terms.term, name="term"),
    *(path(f"{which}/", charts.archive_chart, {"which": which}, name=which) for which in ("timeline", "map")),
    path("editions/", catalogue.editions, name="editions"),
    path("editions/<slug:slug>/", releases.edition, name="edition"),
    path(_RELEASE, releases.release, name="release"),
    path(f"{_RELEASE}notes/", releases.notes, name="release_notes"),
    path(f"{_RELEASE}downloads/", exports.downloads, name="release_downloads"),
    path(f"{_RELEASE}downloads/<slug:form>/", exports.download_page, name="release_export"),
    path(f"{_RELEASE}index/", releases.index, name="release_index"),
    path(f"{_RELEASE}search/", release_search.search, name="release_search"),
    path(f"{_RELEASE}references/", references.references, name="release_references"),
    path(f"{_RELEASE}readings/", readings.readings, name="release_readings"),
    *(
        path(f"{_RELEASE}{which}/", charts.release_chart, {"which": which}, name=f"release_{which}")
        for which in ("timeline", "map")
    ),
    path(f"{_RELEASE}compare/<int:other>/", compare.compare_releases, name="release_compare"),
    path(f"{_RELEASE}spans.json", release_data.spans, name="release_spans"),
    path(f"{_RELEASE}annotations.json", release_data.notes, name="release_annotations"),
]
_SUGGEST = r"suggest/(?P<what>entity|type|property)$"
_FLYOUT = r"flyout/(?P<what>entity|type|property)$"
_FILE = r"^reconcile/(?P<public_id>[a-z0-9]{16})"
plain: list[URLPattern | URLResolver] = [
    *_TWINS,
    path("oembed", embed.oembed, name="oembed"),
    re_path(r"^ark:(?P<name>/?[0-9A-Za-z]{5,9}/.+)$", arks.resolve, name="ark"),
    path("works/<slug:slug>/cite/<slug:form>", cite.download, {"page": "work"}, name="work_cite"),
    path("images/<slug:public_id>/cite/<slug:form>", cite.download, {"page": "image"}, name="image_cite"),
    path("videos/<slug:public_id>/cite/<slug:form>", cite.download, {"page": "video"}, name="video_cite"),
    path("works/<slug:slug>/linkset.json", cite.links, {"page": "work"}, name="work_linkset"),
    path("images/<slug:public_id>/linkset.json", cite.links, {"page": "image"}, name="image_linkset"),
    path("videos/<slug:public_id>/linkset.json", cite.links, {"page": "video"}, name="video_linkset"),
    path(f"{_RELEASE}linkset.json", cite.links, {"page": "release"}, name="release_linkset"),
    path("sitemap.xml", sitemaps.index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap"),
    re_path(
        r"^vocabulary/(?P<public_id>[a-z0-9]{16})\.(?P<form>ttl|jsonld)$",
        vocabulary.concept,
        name="concept_data",
    ),
    path("vocabulary/<slug:public_id>", vocabulary.concept, name="concept"),
    re_path(r"^reconcile/?$", Reconcile.as_view(), name="reconcile"),
    re_path(rf"^reconcile/{_SUGGEST}", Suggest.as_view(), name="reconcile_suggest"),
    re_path(rf"^reconcile/{_FLYOUT}", Flyout.as_view(), name="reconcile_flyout"),
    path("reconcile/properties", Properties.as_view(), name="reconcile_properties"),
    path("reconcile/preview", preview, name="reconcile_preview"),
    re_path(rf"{_FILE}/?$", ReconcileFile.as_view(), name="reconcile_file"),
    re_path(rf"{_FILE}/{_SUGGEST}", SuggestFile.as_view(), name="reconcile_file_suggest"),
    re_path(rf"{_FILE}/{_FLYOUT}", FlyoutFile.as_view(), name="reconcile_file_flyout"),
    re_path(rf"{_FILE}/properties$", PropertiesFile.as_view(), name="reconcile_file_properties"),
    re_path(rf"{_FILE}/preview$", preview_file, name="reconcile_file_preview"),
    path(f"{_RELEASE}cite/<slug:form>", release_data.citation, name="release_cite"),
    path(f"{_RELEASE}download/<slug:form>", release_data.download, name="release_download"),
    path(f"{_RELEASE}files/<path:name>", release_data.image_file, name="release_file"),
    path("annotations/", Container.as_view({"get": "list", "post": "create"}), name="annotation_container"),
    path(
        "annotations/<slug:public_id>",
        Member.as_view({"get": "retrieve", "put": "update", "delete": "destroy"}),
        name="annotation",
    ),
    path(f"{_RELEASE}annotations", release_data.download, {"form": "jsonld"}, name="release_collection"),
    path(f"{_RELEASE}annotations/<slug:note>", release_data.one, name="release_note"),
]
