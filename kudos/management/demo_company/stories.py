"""All stories of the demo company, newest first."""

from .shapes import Story
from .stories_colleagues import COLLEAGUE_STORIES
from .stories_customers_days import DAY_STORIES
from .stories_customers_gifts import GIFT_STORIES
from .stories_customers_needs import NEED_STORIES
from .stories_off_feed import OFF_FEED_STORIES
from .stories_partners import PARTNER_STORIES
from .stories_press import PRESS_STORIES
from .stories_suppliers import SUPPLIER_STORIES
from .stories_suppliers_listings import LISTING_STORIES
from .stories_waiting import WAITING_STORIES


def _newest_first(story: Story) -> tuple[int, int, int]:
    return story.days_ago, -story.hour, -story.minute


STORIES = tuple(
    sorted(
        (
            *GIFT_STORIES,
            *DAY_STORIES,
            *NEED_STORIES,
            *SUPPLIER_STORIES,
            *LISTING_STORIES,
            *PRESS_STORIES,
            *COLLEAGUE_STORIES,
            *PARTNER_STORIES,
            *OFF_FEED_STORIES,
            *WAITING_STORIES,
        ),
        key=_newest_first,
    )
)
