"""The names that SKOS data give to things: prefixes, properties, classes."""

from __future__ import annotations

SKOS = "http://www.w3.org/2004/02/skos/core#"
PREFIXES = {
    "skos": SKOS,
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "schema": "https://schema.org/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
#: EDTF's datatype, as the Library of Congress names it.
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"
#: Classes besides `skos:Concept` that say what kind of thing an entry is.
CLASSES = {"place": "Place", "person": "Person", "group": "Organization", "event": "Event"}
#: What others call the same kinds, by the last part of the class's name.
KINDS_OF = {
    "place": "place", "feature": "place", "spatialthing": "place", "e53_place": "place", "city": "place",
    "country": "place", "person": "person", "e21_person": "person", "agent": "group", "organization": "group",
    "group": "group", "e74_group": "group", "corporatebody": "group", "event": "event", "e5_event": "event",
    "timespan": "date", "e52_time-span": "date", "periodoftime": "date", "instant": "date", "interval": "date",
}  # fmt: skip
MATCHES = {
    "exactMatch": "exact",
    "closeMatch": "close",
    "broadMatch": "broad",
    "narrowMatch": "narrow",
    "relatedMatch": "related",
}
LABELS = {"prefLabel": "preferred", "altLabel": "alternative", "hiddenLabel": "hidden"}
