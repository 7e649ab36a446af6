"""The admin's pages about people and the company.

Django's groups and allauth's address book are left out: roles are fields of a person here, and
a person's one address is a field too.
"""

from allauth.account import admin as address_book  # noqa: F401 (registers what is taken out here)
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth import admin as groups  # noqa: F401 (the same)
from django.contrib.auth.models import Group

from accounts.admin.base import CultureLeadAdmin, ReadOnlyAdmin
from accounts.admin.company import CompanyAdmin
from accounts.admin.department import DepartmentAdmin
from accounts.admin.person import PersonAdmin

__all__ = ["CompanyAdmin", "CultureLeadAdmin", "DepartmentAdmin", "PersonAdmin", "ReadOnlyAdmin"]

admin.site.unregister([EmailAddress, Group])
