"""How alike two texts are: of one deed more than of two, to either engine."""

from collections.abc import Callable, Sequence

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from kudos.management import demo_company
from stories.db import likeness as engines
from tests.digests.retold import OTHER, RETOLD, TWICE
from tests.digests.retold_demo import DEMO_OTHER, DEMO_RETOLD
from tests.stories.told_twice import FERRY, KAYAK, REWORDED

pytestmark = pytest.mark.django_db

TOLD = {
    story.headline: f"{story.headline}\n{story.what_they_did}\n{story.difference}"
    for story in demo_company.STORIES
}
SAME = [(TOLD[headline], "\n".join(again)) for headline, again in DEMO_RETOLD.items()] + [
    ("\n".join(one), "\n".join(again)) for one, again in TWICE + RETOLD
]
DIFFERENT = [(TOLD[headline], "\n".join(other)) for headline, other in DEMO_OTHER.items()] + [
    ("\n".join(one), "\n".join(other)) for one, other in OTHER
]

# What a form lets through.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs"]))

type Engine = tuple[Callable[[str, Sequence[str]], list[float]], engines.Scale]

NEEDS_TRIGRAMS = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="pg_trgm is PostgreSQL's"
)


@pytest.fixture(params=["words", pytest.param("trigrams", marks=NEEDS_TRIGRAMS)])
def engine(request: pytest.FixtureRequest) -> Engine:
    if request.param == "trigrams":
        return engines.by_trigrams, engines.TRIGRAMS
    return engines.by_words, engines.WORDS


def test_the_same_text_is_as_alike_as_can_be(engine: Engine) -> None:
    likeness, _scale = engine
    assert likeness(KAYAK, [KAYAK, KAYAK.upper()]) == pytest.approx([1, 1])


def test_clear_cases_are_told_apart(engine: Engine) -> None:
    likeness, scale = engine
    reworded, unrelated = likeness(KAYAK, [REWORDED, FERRY])
    assert reworded >= scale.very
    assert unrelated < scale.similar


def test_a_deed_told_twice_is_mostly_found(engine: Engine) -> None:
    likeness, scale = engine
    values = [likeness(one, [again])[0] for one, again in SAME]
    assert sum(value >= scale.similar for value in values) >= len(SAME) - 1
    assert sum(value >= scale.very for value in values) >= len(SAME) * 2 // 3


def test_another_deed_of_the_same_people_never_stands_in_the_way(engine: Engine) -> None:
    likeness, scale = engine
    assert all(likeness(one, [other])[0] < scale.very for one, other in DIFFERENT)


def test_the_demo_companys_stories_do_not_stand_in_each_others_way(engine: Engine) -> None:
    likeness, scale = engine
    texts = list(TOLD.values())
    values = [
        value
        for place, text in enumerate(texts[:-1])
        for value in likeness(text, texts[place + 1 :])
    ]
    assert max(values) < scale.very
    assert sum(value >= scale.similar for value in values) <= len(values) / 50


@pytest.mark.parametrize("text", ["", "!?", "to be or not", "\u200f"])
def test_a_text_that_says_nothing_is_like_no_other(text: str, engine: Engine) -> None:
    likeness, _scale = engine
    assert likeness(text, [KAYAK]) == [0]
    assert likeness(KAYAK, [text]) == [0]


@given(text=TEXT, others=st.lists(TEXT, max_size=4))
@settings(deadline=None, max_examples=50)
def test_any_text_gets_the_same_answer_twice_and_the_other_way_round(
    text: str, others: list[str]
) -> None:
    values = engines.likeness(text, others)
    assert values == engines.likeness(text, others)
    assert values == pytest.approx([engines.likeness(other, [text])[0] for other in others])
    assert all(0 <= value <= 1 + 1e-6 for value in values)
    shuffled = engines.likeness(text, others[::-1])
    assert shuffled[::-1] == pytest.approx(values)
