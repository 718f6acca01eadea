"""What one change asks of many items makes of each item's stored values."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

SET, ADD, REMOVE, REPLACE = "set", "add", "remove", "replace"
#: What can be done to which field; fields that a kind of item does not have are left out for it.
OPERATIONS: dict[str, tuple[str, ...]] = {
    "access": (SET,), "groups": (ADD, REMOVE, SET), "embargo_until": (SET,), "rights_uri": (SET,),
    "rights_holder_ar": (SET,), "rights_holder_en": (SET,), "collection": (SET,), "language": (SET,),
    "kind": (SET,), "date_edtf": (SET,), "creators": (ADD, REMOVE, REPLACE, SET),
    "places": (ADD, REMOVE, REPLACE, SET), "details": (ADD, REMOVE, SET), "identifiers": (ADD, REMOVE, SET),
}  # fmt: skip
OPERATION_WORDS: dict[str, str | Promise] = {
    SET: _("Put this in place of what is there; left empty, it takes out what is there"),
    ADD: _("Add to what is there"),
    REMOVE: _("Take out of what is there"),
    REPLACE: _("Put this in place of one of them"),
}
OPERATIONS_SHORT: dict[str, str | Promise] = {
    SET: pgettext_lazy("operation", "set"), ADD: pgettext_lazy("operation", "add"),
    REMOVE: pgettext_lazy("operation", "take out"), REPLACE: pgettext_lazy("operation", "replace"),
}  # fmt: skip


class Asked(NamedTuple):
    """One change of one field, in stored values."""

    field: str
    op: str
    value: Any
    #: The name that is replaced.
    old: str = ""


def changed(asked: Asked, current: Any) -> Any:
    """Return what a field says after a change."""
    if asked.op == SET:
        return asked.value
    if asked.op == REPLACE:
        return _replaced(asked, current)
    keys = {_key(each) for each in asked.value}
    if asked.op == REMOVE:
        return [each for each in current if _key(each) not in keys]
    held = {_key(each) for each in current}
    added = [*current, *(each for each in asked.value if _key(each) not in held)]
    return sorted(added) if asked.field == "groups" else added


def _key(value: Any) -> Any:
    """Return what makes two members of a list the same: a creator or a place is known by the name alone."""
    if not isinstance(value, dict):
        return value
    return value.get("name") or (value.get("scheme"), value.get("term"), value.get("value"))


def _replaced(asked: Asked, current: Any) -> Any:
    """Return a list with others in the place of one; who comes in takes over the role, unless they have one."""
    found: list[Any] = []
    for each in current:
        if _key(each) != asked.old:
            found.append(each)
            continue
        role = {"role": each["role"]} if each.get("role") else {}
        held = {_key(other) for other in found}
        found += [role | new for new in asked.value if _key(new) not in held]
    return found
