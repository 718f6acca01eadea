"""Settings of a public site: every secret given, TLS assumed, the database and broker checked at start."""

from config import env
from config.settings.base import *

SECRET_KEY = env.read("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise SystemExit("Hashiya cannot start: SECRET_KEY is shorter than 50 characters; make a longer one.")
ALLOWED_HOSTS = [PUBLIC_URL.split("//")[1].split(":")[0], *env.read("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
SECURE_SSL_REDIRECT = False  # The reverse proxy redirects.
SECURE_HSTS_SECONDS = 31_536_000 if PUBLIC_URL.startswith("https://") else 0
if env.read("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    REST_FRAMEWORK = {**REST_FRAMEWORK, "NUM_PROXIES": 1}
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
