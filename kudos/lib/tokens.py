"""Random references, so that no address gives away how many there are or what comes next."""

from django.utils.crypto import get_random_string

# Without vowels and look-alikes: no words by accident, nothing to misread when dictated.
ALPHABET = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 14


def new_ref() -> str:
    """A fresh reference of 14 characters: 27**14 possibilities, about 66 bits."""
    return get_random_string(LENGTH, ALPHABET)
