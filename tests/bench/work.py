"""One process that sends: `python -m tests.bench.work HOW COPIES START`, at the moment START.

Prints how many it sent, when it began and ended (by the clock that all processes share), by how
many megabytes it grew meanwhile, and how many cores of the machine were busy.
"""

import os
import resource
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from email.utils import parseaddr
from itertools import islice
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import EmailMultiAlternatives, mailers  # noqa: E402
from django.template.loader import render_to_string  # noqa: E402

from accounts.models import Company  # noqa: E402
from stories.digests.addressees import reader_of, ways_out  # noqa: E402
from stories.digests.batch import Batch  # noqa: E402
from stories.digests.contents import ROOMS, Contents  # noqa: E402
from stories.digests.drain import claim, drain, send  # noqa: E402
from stories.digests.message import Shared  # noqa: E402
from stories.digests.models import Delivery, Edition  # noqa: E402
from stories.digests.personal import Greeting, Reader, own_block  # noqa: E402
from stories.digests.rendering import INLINER, rendering_for  # noqa: E402
from stories.digests.transports import KeptLine  # noqa: E402

PAGE = 1000


def edition() -> Edition:
    return Edition.objects.get()


def shared() -> Shared:
    return Shared(edition(), rendering_for(edition(), "en"))


def readers() -> Iterator[Reader]:
    """Everybody's, as the drain knows them."""
    after = 0
    while page := list(
        Delivery.objects.select_related("person__unsubscribe_token").filter(pk__gt=after)[:PAGE]
    ):
        out = ways_out(row.person for row in page)
        yield from (reader_of(row, out[row.person_id]) for row in page)
        after = page[-1].pk


def bare(copies: int) -> Callable[[], int]:
    """A smtplib loop that sends the drain's finished bytes, and does nothing else."""
    parts = shared()
    finished = [(reader.address, parts.copy_for(reader)) for reader in islice(readers(), copies)]
    sender = parseaddr(settings.DIGEST_FROM_EMAIL)[1]
    options = settings.MAILERS["digest"]["OPTIONS"]
    line = smtplib.SMTP(options["host"], options["port"])

    def loop() -> int:
        for address, content in finished:
            line.sendmail(sender, [address], content)
        return len(finished)

    return loop


def anew(copies: int) -> Callable[[], int]:
    """A Django loop that renders, inlines and builds each copy anew, over one connection.

    What the templates say of the week is read from the database once, before it begins.
    """
    parts = shared()
    week = edition()
    context = Contents(week, week.picked()).within(ROOMS[0])
    people = list(islice(readers(), copies))
    connection = mailers["digest"]
    connection.open()

    def one(reader: Reader) -> EmailMultiAlternatives:
        own = own_block(reader, parts.facts)
        slot = {
            "greeting": Greeting().of(reader.name),
            "own": own.first if own else "",
            "own_more": own.more if own else "",
            "unsubscribe": reader.unsubscribe_url,
        }
        text = render_to_string("emails/digest/body.txt", context | {"slot": slot})
        html = render_to_string("emails/digest/body.html", context | {"slot": slot})
        message = EmailMultiAlternatives(context["subject"], text, to=[reader.address])
        message.attach_alternative(INLINER.inline(html), "text/html")
        return message

    def loop() -> int:
        for reader in people:
            connection.send_messages([one(reader)])
        return len(people)

    return loop


def drained(copies: int) -> Callable[[], int]:
    """The product's own loop, shift after shift, on what is due, in a worker that has been
    running: what is imported and compiled once a process is there, as its first batch has left."""
    week, company = edition(), Company.current()
    with KeptLine() as kept:
        send(Batch(week, claim(week, company), {}, company), kept)

    def loop() -> int:
        before = Delivery.objects.filter(state="sent").count()
        while drain(week):
            pass
        return Delivery.objects.filter(state="sent").count() - before

    return loop


def megabytes() -> float:
    """What this process holds in memory now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def busy_seconds() -> float:
    """How long the cores of this machine have been busy, all together."""
    user, nice, system, _idle, _waiting, *rest = Path("/proc/stat").read_text().split()[1:9]
    ticks = sum(map(int, (user, nice, system, *rest)))
    return ticks / os.sysconf("SC_CLK_TCK")


def main(how: str, copies: str, start: str) -> None:
    loop = {"bare": bare, "anew": anew, "drain": drained}[how](int(copies))
    held = megabytes()
    time.sleep(max(0.0, float(start) - time.monotonic()))
    busy, began = busy_seconds(), time.monotonic()
    sent = loop()
    ended = time.monotonic()
    busy = (busy_seconds() - busy) / (ended - began)
    sys.stdout.write(f"{sent} {began} {ended} {megabytes() - held} {busy}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
