"""What may come in: one JSON object, whose text every later part can hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from archive.text.json_input import json_object


class Json(JSONParser):
    """A JSON object; anything else is refused here, so that views need not ask."""

    def parse(
        self, stream: BinaryIO, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the object.

        Raises ParseError for what is no JSON object, Invalid for text that no database can hold.
        """
        try:
            return json_object(stream.read())
        except ValueError:
            raise ParseError(_("Send one JSON object in UTF-8.")) from None
