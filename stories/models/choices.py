"""The closed lists of a story. Customer groups are not among them: each company edits its own."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a story is in its life (product.md, "A story's life")."""

    DRAFT = "draft", _("Draft")
    ASKING = "asking", _("Asking the people in it")
    WAITING = "waiting", _("Waiting for review")
    RETURNED = "returned", _("Sent back")
    PUBLISHED = "published", _("Published")
    HIDDEN = "hidden", _("Hidden")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Moment(models.TextChoices):
    CUSTOMER_LOVE = "customer_love", _("Customer love")
    WOW = "wow", _("Wow")
    DARE_TO_TRY = "dare_to_try", _("Dare to try")


class Visibility(models.TextChoices):
    COMPANY = "company", _("Everybody at the company")
    PRIVATE = "private", _("Only the people celebrated and their managers")


class WordsSource(models.TextChoices):
    """Where the customer's words were heard."""

    EMAIL = "email", _("An email")
    CALL = "call", _("A call")
    REVIEW = "review", _("A review")
    VISIT = "visit", _("A visit")
    SURVEY = "survey", _("A survey")
    SOCIAL = "social", _("A social post")


class Role(models.TextChoices):
    NOMINEE = "nominee", _("Nominee")
    HELPER = "helper", _("Helping hand")
