"""Lists of names as the styles of citation set them, in Arabic and English.

Names stand as they are written everywhere else: they are not taken apart into family and given names, which Arabic names
do not have. CSL calls such names literal.
"""

from __future__ import annotations

from dataclasses import dataclass

from babel.lists import format_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Naming:
    """How a style joins names (CSL 1.0.2, `and`, `et-al-min`, `delimiter-precedes-last`)."""

    #: How many names are told; of more, the first alone.
    most: int
    sign: str = "and"
    #: Names from which on a comma stands before the last one; 0: never.
    serial: int = 3
    #: What stands before "et al.".
    before_others: str = ""

    def join(self, names: tuple[str, ...]) -> str:
        """Return the names as one list."""
        arabic = (get_language() or "").startswith("ar")
        if len(names) > self.most:
            before = "" if arabic else self.before_others
            return _("%(name)s et al.") % {"name": names[0] + before}
        if arabic or len(names) < 2:
            return format_list(names, locale="ar" if arabic else "en")
        comma = "," if self.serial and len(names) >= self.serial else ""
        return f"{', '.join(names[:-1])}{comma} {self.sign} {names[-1]}"


#: APA 7 tells twenty names; the first names have a comma before their ampersand also where they are two.
APA = Naming(20, "&")
APA_FIRST = Naming(20, "&", serial=2)
#: Chicago 18.
CHICAGO = Naming(2)
MLA = Naming(2)
MLA_FIRST = Naming(2, serial=2, before_others=",")
#: "Cite them right"; editors who are named inside have the comma.
HARVARD = Naming(3, serial=0)
HARVARD_INSIDE = Naming(3)
