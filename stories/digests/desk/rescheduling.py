"""What another schedule would do to the edition that is being prepared."""

from accounts.models import Company


def outcome_of(company: Company) -> str:
    """What happens at once if the schedule becomes that of this company, which need not be
    stored: a sentence for whoever is about to save it; "" where the edition just waits for its
    hour, or where nothing changes."""
    return ""
