"""The review page in a browser: a queue cleared from the keyboard, and every state sound."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Company, ReviewPolicy, User
from stories.models import State, Story
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import LONG_NAME, RIGHT_TO_LEFT
from tests.factories import UserFactory, draft_story, tell_story


@pytest.fixture
def queue(
    company: Company, manager: User, teller: User, nominee: User, culture_lead: User
) -> list[Story]:
    company.review_policy = ReviewPolicy.REVIEW_FIRST
    company.save()
    stories = [
        tell_story(
            teller,
            nominee,
            headline=f"A kayak school kept its season {n}",
            what_they_did="They rang the owner at seven, before the first booking came in. " * 6,
            customer_words="I have worked with big platforms for ten years. Nobody ever rang.",
            words_source="email",
            customer_role="the owner",
        )
        for n in range(12)
    ]
    stories[3].hand_over(manager, by=culture_lead, note="You know the school.")
    for n in range(3):
        stories[n + 8].publish(by=culture_lead)
        Story.objects.filter(pk=stories[n + 8].pk).update(looked_at=None)
    stories[0].send_back(by=culture_lead, note="It names the owner.")
    stories[10].hide(by=culture_lead, note="It names the owner.")
    return stories


def test_shots(visit: Visit, manager: User, queue: list[Story]) -> None:
    import itertools

    for scheme, width in (("light", 1280), ("dark", 360), ("light", 1000), ("light", 360)):
        page = visit(
            manager,
            color_scheme=scheme,
            viewport={"width": width, "height": 900 if width > 400 else 740},
            reduced_motion="reduce",
        )
        for n, path in enumerate(
            (
                "",
                "?tab=week",
                "?tab=returned",
                "?tab=hidden",
                f"?tab=waiting&story={queue[3].ref}",
                "?tab=waiting&story=nothing",
            )
        ):
            page.goto("/review/" + path)
            page.screenshot(
                path=f"/tmp/shots-review/{scheme}-{width}-{n}.png", full_page=width < 400 or n == 4
            )
        page.goto(f"/review/?tab=waiting&story={queue[3].ref}")
        page.wait_for_load_state("load")
        page.keyboard.press("s")
        page.keyboard.type("Please say")
        page.screenshot(path=f"/tmp/shots-review/{scheme}-{width}-send.png")
        page.keyboard.press("Control+Enter")
        page.get_by_text("Sent back, with your note.", exact=True).wait_for()
        page.screenshot(path=f"/tmp/shots-review/{scheme}-{width}-sent.png")
        page.keyboard.press("u")
        page.get_by_text("Taken back. The story is as it was.", exact=True).wait_for()
        page.screenshot(path=f"/tmp/shots-review/{scheme}-{width}-undone.png")
