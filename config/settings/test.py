"""Settings of the tests: an own media folder, a quick password hash, no throttles, nothing sent anywhere."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "for-tests-only-" + "x" * 50)
os.environ.setdefault("STATE_ROOT", tempfile.mkdtemp(prefix="hashiya-test-"))

from config import env
from config.settings.base import *

SECRET_KEY = env.read("SECRET_KEY")
MEDIA_ROOT = str(STATE_ROOT / "media")
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = False
CELERY_BROKER_URL = "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {}
REST_FRAMEWORK = {**REST_FRAMEWORK, "DEFAULT_THROTTLE_CLASSES": []}
EXPORTS_WHEN_PUBLISHED = False
OUTSIDE_NETWORK = False
YT_DLP = YT_DLP_PROXY = MAP_TILES = MAP_TILES_CREDIT = ""
#: The pages are there whether or not the client is installed; what it sends is tested without it.
HYPOTHESIS_CLIENT = str(ROOT / "frontend/node_modules/hypothesis/build")
HYPOTHESIS_ORIGINS = []
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
