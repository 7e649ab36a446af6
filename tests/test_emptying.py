"""What a test committed is gone before the next one."""

from threading import Thread

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from accounts.models import Company, Department, History, User
from stories.models import Story
from tests.emptying import empty

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_is_left_but_what_migrating_wrote(company: Company, story: Story) -> None:
    assert History.objects.exists()
    empty()
    models = apps.get_models(include_auto_created=True)
    assert {model for model in models if model._base_manager.exists()} == {ContentType, Permission}


def test_what_is_being_written_is_waited_for(stranger: User) -> None:
    def clean() -> None:
        empty()
        connection.close()

    other = Thread(target=clean)
    with transaction.atomic():
        Department.objects.create(name="Night shift")
        other.start()
        other.join(timeout=0.3)
        assert other.is_alive()
    other.join()
    assert not Department.objects.exists()
