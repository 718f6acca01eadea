"""Sources outside: whatever was pasted becomes one checked item of CSL data, or is refused in words."""

from __future__ import annotations

import json
import re

import pytest

from annotations.citing import bibtex, checked, item_of
from annotations.citing.identifiers import doi_of, isbn_of, orcid_digits, orcid_of
from archive.errors import Invalid

BIBTEX = r"""@article{knuth84,
  author = {Knuth, Donald E. and M{\"u}ller, Jos{\'e} and {Groupe de Damas}},
  title = {The {\TeX} of Bridges \& Dams},
  journal = "Water {Studies}",
  year = 1984, month = may, volume = {27}, number = {2},
  pages = {97--111}, doi = {10.1093/comjnl/27.2.97},
}"""
RIS = """TY  - BOOK
AU  - الحلبي, خالد
A2  - Smith, Ann
TI  - كتاب السدود
PB  - دار الفرات
CY  - حلب
PY  - 1998/03/
SN  - 978-0-306-40615-7
SP  - 12
EP  - 30
ER  -
"""


def test_bibtex_is_read_with_its_accents_and_names():
    item = item_of(BIBTEX)

    assert item == {
        "type": "article-journal", "title": "The TeX of Bridges & Dams", "container-title": "Water Studies",
        "volume": "27", "issue": "2", "page": "97–111", "DOI": "10.1093/comjnl/27.2.97",
        "issued": {"date-parts": [[1984, 5]]},
        "author": [
            {"family": "Knuth", "given": "Donald E."}, {"family": "Müller", "given": "José"},
            {"literal": "Groupe de Damas"},
        ],
    }  # fmt: skip


def test_ris_is_read():
    assert item_of(RIS) == {
        "type": "book", "title": "كتاب السدود", "publisher": "دار الفرات", "publisher-place": "حلب",
        "ISBN": "9780306406157", "page": "12–30", "issued": {"date-parts": [[1998, 3]]},
        "author": [{"family": "الحلبي", "given": "خالد"}], "editor": [{"family": "Smith", "given": "Ann"}],
    }  # fmt: skip


@pytest.mark.parametrize("wrap", ["{}", "[{}]"])
def test_csl_json_is_read_without_what_csl_does_not_have(wrap):
    one = {
        "type": "book",
        "title": "Dams",
        "volume": 3,
        "id": "x",
        "custom": {"a": [1]},
        "issued": {"date-parts": [["1998"]]},
    }

    assert item_of(wrap.replace("{}", json.dumps(one))) == {
        "type": "book", "title": "Dams", "volume": "3", "issued": {"date-parts": [[1998]]}
    }  # fmt: skip


@pytest.mark.parametrize(
    ("pasted", "item"),
    [
        ("https://doi.org/10.1000/182", {"type": "document", "DOI": "10.1000/182"}),
        ("doi: 10.1000/182.", {"type": "document", "DOI": "10.1000/182"}),
        ("ISBN 0-306-40615-2", {"type": "book", "ISBN": "0306406152"}),
        ("٩٧٨-٠-٣٠٦-٤٠٦١٥-٧", {"type": "book", "ISBN": "9780306406157"}),
        ("https://example.org/dams", {"type": "webpage", "URL": "https://example.org/dams"}),
    ],
)
def test_identifier_alone_is_a_source(pasted, item):
    assert item_of(pasted) == item


@pytest.mark.parametrize(
    ("pasted", "code"),
    [
        ("just words", "citation_unreadable"),
        ("", "citation_unreadable"),
        ("{", "citation_unreadable"),
        ("[" * 5000, "citation_unreadable"),
        ('{"type": "book"' + ', "a": ' + "[" * 100 + "]" * 100 + "}", "citation_unreadable"),
        ("[null]", "citation_unreadable"),
        ('[{"type": "book", "title": "a"}, {"type": "book", "title": "b"}]', "citation_several"),
        (BIBTEX + "\n" + BIBTEX, "citation_several"),
        (RIS + RIS, "citation_several"),
        ("@book{a, title = {" + "{" * 3000, "citation_unreadable"),
        ("@book{a, title = {T", "citation_unreadable"),
        ("@book{a, title = {T}", "citation_unreadable"),
        ("@book{a, year = {1990}}", "citation_nameless"),
        ('{"type": "malware", "title": "x"}', "citation_type"),
        ('{"type": ["book"], "title": "x"}', "citation_type"),
        ('{"type": "book", "title": {"a": 1}}', "citation_value"),
        ('{"type": "book", "title": "x", "author": "Knuth"}', "citation_value"),
        ('{"type": "book", "title": "x", "author": [{"family": 3}]}', "citation_value"),
        ('{"type": "book", "title": "x", "issued": {"date-parts": [[1998, 13]]}}', "citation_value"),
        ('{"type": "book", "title": "x", "URL": "javascript:alert(1)"}', "address_refused"),
        ('{"type": "book", "title": "x", "URL": "https://bank.example@evil.example/"}', "address_refused"),
        ('{"type": "book", "title": "x\\u202eevil"}', "control_character"),
        ('{"type": "book", "title": "x\\u0000y"}', "control_character"),
        ('{"type": "book", "title": "' + "x" * 501 + '"}', "too_long"),
        ("x" * 20_001, "too_long"),
        ('{"type": "book", "title": "x", "DOI": "11.1/2"}', "citation_doi"),
        ('{"type": "book", "title": "x", "ISBN": "9780306406158"}', "citation_isbn"),
        (json.dumps({"title": "x", "author": [{"literal": "a"}] * 51}), "too_many"),
    ],
)
def test_what_cannot_be_a_source_is_refused_in_words(pasted, code):
    with pytest.raises(Invalid) as refused:
        item_of(pasted)

    assert refused.value.code == code


def test_markup_stays_words():
    assert checked({"title": "<b onclick=x>Dams</b>"})["title"] == "<b onclick=x>Dams</b>"


@pytest.mark.parametrize("words", ["10.1000", "https://example.org/10.1000/182", "11.1000/182", ""])
def test_what_is_no_doi(words):
    assert doi_of(words) is None


@pytest.mark.parametrize("words", ["978030640615", "0306406153", "97803064061570", "abc"])
def test_what_is_no_isbn(words):
    assert isbn_of(words) is None


@pytest.mark.parametrize(
    "typed",
    [
        "0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097", "http://www.orcid.org/0000-0002-1825-0097/",
        "orcid.org/0000-0002-1825-0097?lang=ar", "ORCID iD: 0000 0002 1825 0097", "0000000218250097", "٠٠٠٠-٠٠٠٢-١٨٢٥-٠٠٩٧",
    ],
)  # fmt: skip
def test_orcid_is_read_however_it_is_pasted(typed):
    assert orcid_of(typed) == "0000-0002-1825-0097"


def test_orcid_may_end_in_x_and_its_last_sign_must_fit_the_others():
    # The example of a check sign of ten in ORCID's own description of the structure.
    assert orcid_of("https://orcid.org/0000-0002-1694-233x") == "0000-0002-1694-233X"
    assert orcid_of("0000-0002-1825-0098") is None
    assert orcid_digits("0000-0002-1825-0098") == "0000000218250098"


@pytest.mark.parametrize(
    "typed",
    ["", "Hind", "0000-0002-1825-009", "https://example.org/0000-0002-1825-0097", "X000-0002-1825-0097"],
)
def test_what_has_another_form_is_no_orcid(typed):
    assert orcid_digits(typed) is None
    assert orcid_of(typed) is None


@pytest.mark.parametrize(
    "title", [r"50% of \alpha & {braces} in C#_x^2 ~ $5", "الطاحونة: 100% {حجر} & ماء", r"\\}{{", "~^_#$%&"]
)
def test_what_is_written_as_bibtex_is_read_back(title):
    entry = f"@book{{key,\n  title = {{{bibtex.escaped(title)}}}\n}}"

    assert bibtex.read(entry)["title"] == " ".join(title.split())
    # No sign that TeX acts upon stands by itself.
    assert not re.search(r"(?<!\\)[&%$#_^~]", bibtex.escaped(title))
