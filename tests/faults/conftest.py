"""What the account's tests share with those of the digest."""

from tests.digests.conftest import edition

__all__ = ["edition"]
