"""The editions so far, and what became of everybody's copy of one."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Count, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import Request
from kudos.lib.cursor import Cursor, before
from stories.digests.desk.progress import standing
from stories.digests.models import Delivery, DeliveryState, Edition, EditionState
from stories.digests.views.desk.common import edition_to_read
from stories.digests.views.desk.status import in_words, status_of

EDITIONS_A_PAGE = 26
COPIES_A_PAGE = 50


@require_safe
def editions(request: Request) -> HttpResponse:
    """Every edition that is under way or over, newest first."""
    rows: QuerySet[Edition] = Edition.objects.exclude(state=EditionState.PLANNED)
    rows = rows.order_by("-cutoff_at", "-pk")
    if after := request.GET.get("after"):
        rows = before(rows, Cursor.parse(after), field="cutoff_at")
    page = list(rows[: EDITIONS_A_PAGE + 1])
    shown = page[:EDITIONS_A_PAGE]
    is_more = len(page) > EDITIONS_A_PAGE
    context = {
        "editions": list(_listed(shown)),
        "next": Cursor(shown[-1].cutoff_at, shown[-1].pk) if is_more else None,
        "is_first": not after,
    }
    return render(request, "digests/desk_editions.html", context)


def _listed(editions: list[Edition]) -> Iterator[tuple[Edition, str, int | None]]:
    """Each with its state in words and, where it was given up on its way, how many copies were
    sent before that."""
    given_up = [edition.pk for edition in editions if edition.state == EditionState.ABORTED]
    sent = Delivery.objects.filter(edition__in=given_up, state=DeliveryState.SENT).order_by()
    counts = dict(sent.values_list("edition").annotate(Count("pk")))
    for edition in editions:
        is_cut_short = edition.pk in given_up and edition.eligible is not None
        yield edition, in_words(edition), counts.get(edition.pk, 0) if is_cut_short else None


@require_safe
def edition(request: Request, week_start: date) -> HttpResponse:
    """How one edition went, and with `state` the people whose copies are in it, 50 a page."""
    shown = edition_to_read(week_start)
    status = status_of(shown)
    chosen = request.GET.get("state", "")
    if chosen and chosen not in DeliveryState.values:
        raise Http404
    copies, after = page_of(shown, chosen, request.GET.get("after", "")) if chosen else ([], "")
    context = {
        "edition": shown,
        "status": status,
        "chosen": chosen,
        "chosen_label": DeliveryState(chosen).label if chosen else "",
        "copies": copies,
        "next": after,
    }
    return render(request, "digests/desk_edition.html", context)


def page_of(edition: Edition, state: str, after: str) -> tuple[list[Delivery], str]:
    """Up to 50 copies in that state, and the cursor of the next page or "". Raises Http404 for a
    forgery."""
    rows = edition.deliveries.filter(standing(state)).select_related("person__department")
    rows = rows.order_by("-due_at", "-pk")
    if after:
        rows = before(rows, Cursor.parse(after), field="due_at")
    page = list(rows[: COPIES_A_PAGE + 1])
    if len(page) <= COPIES_A_PAGE:
        return page, ""
    last = page[COPIES_A_PAGE - 1]
    return page[:COPIES_A_PAGE], str(Cursor(last.due_at, last.pk))
