"""From Redis's address, or from a folder where there is none, to Django's CACHES."""

from pathlib import Path
from typing import Any


def backend(redis_url: str, *, home: Path) -> dict[str, Any]:
    """One entry of CACHES; an empty address keeps it in files."""
    if redis_url:
        return {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url,
            "KEY_PREFIX": "kudos",
            "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 2},
        }
    return {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": home / "cache",
    }
