"""The quick way to canonical JSON writes the same octets as the library of the standard (RFC 8785)."""

from __future__ import annotations

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from annotations.editions.canonical import canonical

NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1) | st.floats(allow_nan=False, allow_infinity=False)
SCALARS = st.none() | st.booleans() | NUMBERS | st.text()
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4)
)  # fmt: skip


@given(VALUES)
@example({"b": 1, "a": [0.1, 1.0, -0.0, 1e-7, 1e21, 5e-324, 2**53 - 1], "": '\u2028\u007f\u0000\\"/'})
@example([9007199254740992.0, 9007199254740994.0, 1e15 + 0.5, -9007199254740994.0, 1e16])
@example({"\ue000": 1, "\U0001f600": 2, "é": 3})
@example({"صفحة": {"حاشية": ["نصّ", True, None]}})
def test_octets_are_those_of_the_standard(value):
    assert canonical(value).encode() == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [2**53, -(2**53), float("nan"), float("inf"), "\ud800", {"\udc00": 1}])
def test_what_the_standard_refuses_is_refused(value):
    with pytest.raises((rfc8785.CanonicalizationError, UnicodeEncodeError)):
        canonical(value)
