"""How long a story is news to the digest."""

from datetime import timedelta

# From its publishing. An edition covers what came since the one before, and after a quiet or a
# missed week reaches further back, this far at most.
DIGEST_REACHES_BACK = timedelta(weeks=4)
