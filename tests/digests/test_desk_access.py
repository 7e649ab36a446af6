"""Who finds the desk beside culture leads. Who does not: tests/access/digests.md."""

from accounts.models import Company, User
from tests.conftest import signed_in


def test_an_operator_runs_the_desk_too(company: Company, stranger: User) -> None:
    stranger.is_superuser = True
    stranger.save()
    assert signed_in(stranger).get("/digest/desk/").status_code == 200
