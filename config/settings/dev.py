"""Settings of `make demo` and of development: embedded, on this machine, without a secret to set."""

import hashlib
import os
import secrets
from pathlib import Path

from config import env


def _local_secret() -> str:
    """Return this checkout's own random key, made once: sessions survive a restart, and no two sites share one."""
    path = Path(__file__).resolve().parent.parent.parent / env.read("STATE_ROOT") / "secret-key"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(60))
    return path.read_text()


from config.settings.base import *  # noqa: E402

SECRET_KEY = env.read("SECRET_KEY", default=_local_secret())
DEBUG = os.environ.get("DEBUG", "") == "1"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *env.read("ALLOWED_HOSTS")]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DEMO = env.read("DEMO")
CELERY_WORKER_NODENAME = hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]
WHITENOISE_USE_FINDERS = True  # Served from where they were built: nothing to collect first.
WHITENOISE_AUTOREFRESH = True  # And found there anew: building the front end again needs no restart.
