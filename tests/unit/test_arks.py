"""Names that stay: computed from random ids, read back, and found out when one sign of them is wrong."""

from __future__ import annotations

import pytest

from annotations.citing import ark

ID = "7kq2mvz9xhsaebcd"
NAME = ark.mint("12345", "release", ID)


def test_check_character_is_that_of_noid() -> None:
    assert ark.check_character("13030/xf93gt2") == "q"


@pytest.mark.parametrize("one", ["2" * 16, "z" * 16, ID])
def test_every_id_comes_back_from_its_name(one: str) -> None:
    for kind in ark.SHOULDERS:
        name = ark.mint("12345", kind, one)
        assert ark.read(name, "12345") == ark.Name(kind, one)
        assert set(name.rpartition("/")[2]) <= set(ark.LETTERS)


def test_one_wrong_sign_and_two_that_changed_places_are_found() -> None:
    begin, name = NAME.rsplit("/", 1)
    for at in range(len(name)):
        for sign in ark.LETTERS:
            if sign != name[at]:
                with pytest.raises(ark.Mistyped):
                    ark.read(f"{begin}/{name[:at]}{sign}{name[at + 1 :]}", "12345")
        if at and name[at - 1] != name[at]:
            with pytest.raises(ark.Mistyped):
                ark.read(f"{begin}/{name[: at - 1]}{name[at]}{name[at - 1]}{name[at + 1 :]}", "12345")


def test_parts_are_read_as_the_queries_of_pages() -> None:
    quote = {"text": ID, "revision": "3", "at": "5-9"}
    assert dict(ark.read(ark.mint("12345", "work", ID, quote), "12345").query) == quote
    assert dict(ark.read(f"{NAME}/nAb3", "12345").query) == {"note": "ab3"}
    assert ark.read(NAME.replace("ark:/", "ARK:").upper(), "12345") == ark.Name("release", ID)
    for odd in ("/", "x", "ark:/12345/", f"{NAME}/q1", NAME.replace("12345", "54321")):
        found = ark.read(odd, "12345")
        assert found is None or found.query == (), odd


def test_id_of_another_form_has_no_name() -> None:
    assert ark.mint("12345", "work", "Short") == ""
