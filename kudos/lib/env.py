"""Reading the few settings that come from the environment."""

import os
import secrets
from contextlib import suppress
from pathlib import Path
from urllib.parse import SplitResult

from django.core.exceptions import ImproperlyConfigured


def flag(name: str) -> bool:
    """True for 1, true, yes or on (any case); False when absent or anything else."""
    return os.environ.get(name, "").strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number of zero or more; raises ImproperlyConfigured for anything else."""
    text = os.environ.get(name, "").strip()
    if not text:
        return default
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def is_loopback(url: SplitResult) -> bool:
    """Whether the address is served to this machine alone."""
    return url.hostname in {"127.0.0.1", "localhost", "::1"}


def secret_key(home: Path, public_url: SplitResult) -> str:
    """SECRET_KEY, or a random one kept in `home` while only this machine is served.

    Raises ImproperlyConfigured when the app is served to others without a key of its own:
    a key that nobody chose is a key that nobody backs up.
    """
    if key := os.environ.get("SECRET_KEY", ""):
        return key
    if not is_loopback(public_url):
        raise ImproperlyConfigured(
            "Set SECRET_KEY to a long random value: this address is served to others."
        )
    kept = home / "secret-key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(50))
    return kept.read_text().strip()


def _write_once(path: Path, text: str) -> None:
    """Create a file readable by its owner alone; the first of several processes wins."""
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
