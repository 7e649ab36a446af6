"""Finding colleagues as people type them."""

import re
from collections.abc import Collection
from difflib import SequenceMatcher

from django.db.models import Case, Q, QuerySet, When

from accounts.db.similarity import most_similar
from accounts.models import User
from kudos.lib.text import fold

AT_MOST = 20
SHORTEST = 2
LONGEST = 100
MOST_WORDS = 6
# Slips are looked for so far into a word: each place is a condition of the query.
SWAPPED_WITHIN = 20
# So many candidates are compared letter by letter.
CANDIDATES = 100
# One wrong letter of four passes, one of three does not (difflib's ratio of equal letters).
CLOSE_ENOUGH = 0.7
WORD = re.compile(r"[a-z0-9]+")
# An address is found by its beginning: half the company would resemble the rest of it.
WORDS_ALONE = re.compile(r"[^@.]*")
TYPED_WORD = re.compile(r"[!-~]+")


def colleagues(
    query: str, *, exclude: Collection[str] = (), among: QuerySet[User] | None = None
) -> list[User]:
    """Up to 20 people who work here, or of those `among`, whose name, department or address was
    typed.

    Those who have every word of the query as the beginning of a word of theirs come first, then
    those of whom it reminds. Accents, case and a slip or two do not matter. `exclude` holds
    references. A query of fewer than two letters finds nobody.
    """
    # Cut twice: one letter of some scripts folds to many.
    words = TYPED_WORD.findall(fold(query[:LONGEST])[:LONGEST])[:MOST_WORDS]
    if len("".join(words)) < SHORTEST:
        return []
    everybody = User.objects.all() if among is None else among
    here = everybody.filter(is_active=True).exclude(ref__in=exclude)
    here = here.select_related("department")
    found = list(_beginning_with(words, here)[:AT_MOST])
    if len(found) < AT_MOST:
        others = here.exclude(pk__in=[person.pk for person in found])
        found += _reminding_of(words, others)[: AT_MOST - len(found)]
    return found


def _beginning_with(words: list[str], people: QuerySet[User]) -> QuerySet[User]:
    for word in words:
        people = people.filter(_has_word(word))
    first_name = Case(When(search_text__startswith=words[0], then=0), default=1)
    return people.order_by(first_name, "name", "pk")


def _has_word(beginning: str) -> Q:
    return Q(search_text__startswith=beginning) | Q(search_text__contains=f" {beginning}")


def _reminding_of(words: list[str], people: QuerySet[User]) -> list[User]:
    """The nearest first; those too far from what was typed are left out."""
    typed = " ".join(words)
    if not WORDS_ALONE.fullmatch(typed):
        return []
    candidates = {*_with_swapped(words, people), *most_similar(people, typed, at_most=CANDIDATES)}
    nearness = {person: _nearness(words, person) for person in candidates}
    near = [person for person in candidates if nearness[person] >= CLOSE_ENOUGH]
    return sorted(near, key=lambda person: (-nearness[person], person.name, person.pk))


def _with_swapped(words: list[str], people: QuerySet[User]) -> QuerySet[User]:
    """People with one of the words once two neighbouring letters have changed places.

    It is the commonest slip, and the one that leaves hardly a trigram in place.
    """
    swapped = Q(pk__in=[])
    for word in words:
        for at in range(min(len(word), SWAPPED_WITHIN) - 1):
            swapped |= _has_word(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return people.filter(swapped)[:CANDIDATES]


def _nearness(words: list[str], person: User) -> float:
    """How well the typed words match this person's best ones, 0 to 1 on average."""
    theirs = WORD.findall(person.search_text)
    return sum(_best_match(word, theirs) for word in words) / len(words)


def _best_match(typed: str, words: list[str]) -> float:
    matcher = SequenceMatcher(b=typed, autojunk=False)
    best = 0.0
    for word in words:
        # Somebody may still be typing: compare with as much of the word.
        matcher.set_seq1(word[: len(typed) + 1])
        best = max(best, matcher.ratio())
    return best
