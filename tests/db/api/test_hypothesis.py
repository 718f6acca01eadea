"""The Hypothesis API, asked as its unmodified client asks: the requests are in the form in which version 1.1766.0 sent them."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlencode

import pytest
import time_machine
from django.utils import timezone
from knox.models import AuthToken
from rest_framework.test import APIClient

from annotations.actions.carry_over import carry_over
from annotations.enums import Outcome, Visibility
from annotations.models import Annotation
from archive.access.client_tokens import sign_code, sign_grant
from archive.actions.deactivate_account import deactivate_account
from archive.api import throttles
from archive.models import AuditEvent
from tests.factories import make_group
from tests.factories_editions import make_desk, publish_now
from tests.factories_notes import CONTENT, add_revision, decide_note, make_note, make_text, submit_note

pytestmark = pytest.mark.django_db

API = "/api/hypothesis/"
HERE = "http://localhost:8000"
BY_WORD = "urn:ietf:params:oauth:grant-type:jwt-bearer"
