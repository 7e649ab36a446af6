"""A person at the company."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.company import Company
from accounts.models.department import Department
from accounts.models.preferences import Preferences
from kudos.lib.text import fold, one_line, validate_plain_text
from kudos.lib.tokens import new_ref

HUES = ("coral", "amber", "lime", "green", "cyan", "blue", "violet", "rose")


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str | None = None, password: str | None = None, **fields: Any
    ) -> User:
        """Make a person with an email address or an employee number.

        Without a password they cannot sign in until they reset it.
        Raises IntegrityError when the address or the number is taken, or both are missing.
        """
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, is_culture_lead=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, Preferences):
    """Somebody who tells stories, is celebrated in them, or both.

    People without a mailbox have an employee number instead of an email address and sign in
    with it. Nobody is ever deleted: a leaver is inactive and keeps their place in the stories.
    """

    ref = models.CharField(max_length=20, unique=True, default=new_ref, editable=False)
    email = models.EmailField(_("email address"), null=True, blank=True, unique=True)
    employee_id = models.CharField(
        _("employee number"),
        max_length=40,
        null=True,
        blank=True,
        unique=True,
        validators=[validate_plain_text],
        help_text=_("For people without a mailbox: they sign in with it."),
    )
    name = models.CharField(_("name"), max_length=120, validators=[validate_plain_text])
    department = models.ForeignKey(
        Department,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="people",
        verbose_name=_("department"),
    )
    manager = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("manager"),
    )
    photo = models.ImageField(_("photo"), upload_to="people/", blank=True)
    is_active = models.BooleanField(
        _("works here"),
        default=True,
        help_text=_("Untick when somebody leaves. Their stories stay."),
    )
    is_culture_lead = models.BooleanField(
        _("culture lead"),
        default=False,
        help_text=_("Runs Kudos: groups, values, departments, people and the digest."),
    )
    date_joined = models.DateTimeField(default=timezone.now, editable=False)
    # Name, department and email folded to ASCII: what colleague search compares with.
    search_text = models.CharField(max_length=500, default="", editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique_in_any_case"),
            models.CheckConstraint(
                condition=models.Q(email__isnull=False) | models.Q(employee_id__isnull=False),
                name="user_has_email_or_employee_id",
                violation_error_message=_("Give an email address or an employee number."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.ref])

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split()[0] if self.name else ""

    def reads(self, company: Company) -> str:
        """The code of the language that Kudos speaks to them: their own, else the company's."""
        return self.language or company.language

    @property
    def is_staff(self) -> bool:
        """Django's word for "may open the admin"."""
        return self.is_culture_lead or self.is_superuser

    def get_session_auth_hash(self) -> str:
        """Sessions end with the address that opened them, as they do with the password: to
        change somebody's address is to say who may come in."""
        return self._with_address(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._with_address, super().get_session_auth_fallback_hash())

    def _with_address(self, password_hash: str) -> str:
        return sha256(f"{password_hash} {self.email}".encode()).hexdigest()

    @property
    def initials(self) -> str:
        """One or two letters for people without a photo: first and last name."""
        words = self.name.split()
        chosen = words[:1] + words[-1:] if len(words) > 1 else words
        return "".join(word[0] for word in chosen).upper()

    @property
    def hue(self) -> str:
        """One of the eight named hues, the same one for the same name everywhere."""
        return HUES[sum(self.name.encode()) % len(HUES)]

    @property
    def photo_url(self) -> str:
        """Where this person's photo is served, or "" without one."""
        return reverse("person_photo", args=[self.ref]) if self.photo else ""

    def clean(self) -> None:
        # AbstractBaseUser.clean() would turn a missing address into "", which is not unique.
        self.email = self.email.strip().lower() if self.email else None
        self.employee_id = one_line(self.employee_id) if self.employee_id else None
        self.name = one_line(self.name)
        self.check_manager()

    def check_manager(self) -> None:
        """Raise ValidationError when the chain of managers leads back to this person."""
        seen: set[int] = set()
        above = self.manager
        while above is not None and above.pk not in seen:
            if above.pk == self.pk and self.pk is not None:
                raise ValidationError(
                    {"manager": _("This would make them their own manager, directly or not.")}
                )
            seen.add(above.pk)
            above = above.manager

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.lower() if self.email else None
        self.employee_id = self.employee_id or None
        self.search_text = self.folded()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search_text"}
        super().save(*args, **kwargs)

    def folded(self) -> str:
        """Name, department and address as colleague search compares them."""
        parts = (self.name, self.department.name if self.department else "", self.email or "")
        return fold(" ".join(parts))[:500]
