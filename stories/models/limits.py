"""How long the texts of a story may be, in letters.

A draft keeps more: what somebody typed is not lost because it has to be shorter on the feed.
"""

HEADLINE_MAX = 80
LINE_MAX = 120
ALT_MAX = 200
DRAFT_LINE_MAX = 200
DRAFT_TEXT_MAX = 20_000
VALUES_MAX = 3
VOICE_MAX = 2000
REPORT_MAX = 500

PUBLISHED_MAX = {
    "headline": HEADLINE_MAX,
    "what_they_did": 5000,
    "difference": 2000,
    "customer_words": 1000,
    "customer_role": LINE_MAX,
    "customer_name": LINE_MAX,
    "photo_alt": ALT_MAX,
}
