"""The WSGI entry point that granian serves."""

import gc
import os
import sys

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

django = get_wsgi_application()

from archive.views.front import Front  # noqa: E402 - only now is Django set up.

application = Front(django)

# What is loaded stays: the collector need not look at it again with every request. And a thread that waited for
# the database goes on soon: it may hold the head of the audit chain, for which all writers wait.
gc.collect()
gc.freeze()
sys.setswitchinterval(0.001)
