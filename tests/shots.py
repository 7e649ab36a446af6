"""`make shots`: pictures of every screen of the demo company, into docs/images/.

Each on a phone and on a desktop, light and dark; the digest's mail in the widths of mail programs
and whole. Names given as arguments choose some of them.
The company lives in a folder of its own that is gone afterwards.
"""

import io
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default as modern
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from kudos.management.demo_company import DEMO_SIGN_INS, PASSWORD
from tests.browser import chromium
from tests.engines import SETTINGS, say

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "images"
BYTES_MAX = 300_000
COLOURS = 256
READY_SECONDS = 90
STAFF, MANAGER, LEAD = (sign_in.key for sign_in in DEMO_SIGN_INS)

type Theme = Literal["light", "dark"]


@dataclass(frozen=True)
class Device:
    name: str
    viewport: ViewportSize
    scale: int


DEVICES = (
    Device("phone", {"width": 360, "height": 740}, 2),
    Device("desktop", {"width": 1280, "height": 900}, 1),
)
MAIL_DEVICES = (
    Device("320", {"width": 320, "height": 740}, 2),
    Device("600", {"width": 600, "height": 900}, 1),
    Device("1280", {"width": 1280, "height": 900}, 1),
)
THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Screen:
    """One picture: who looks, where they go, and what they do there first."""

    name: str
    person: str | None
    path: str
    prepare: Callable[[Page], None] = lambda page: None


def open_first(selector: str) -> Callable[[Page], None]:
    def prepare(page: Page) -> None:
        with page.expect_navigation():
            page.locator(selector).first.click()

    return prepare


def see_what_was_changed(page: Page) -> None:
    open_first("article:has(.card__top span > time) h2 a")(page)
    open_first("a[href$='/versions/']")(page)


def write(page: Page) -> None:
    """A story half told: somebody picked, and the coach with something left to say."""
    page.get_by_role("combobox", name="Who was it?").press_sequentially("priya")
    page.get_by_role("option", name="Priya").first.click()
    page.get_by_text("so that comes first").or_(page.get_by_text("so those come first")).wait_for()
    page.get_by_role("radio").first.check(force=True)
    page.get_by_label("In one line, what happened?").fill("A lost voucher flew anyway")
    page.get_by_label("What did they do?").fill(
        "A father rang at ten to six: the balloon flight was at dawn and the voucher had gone "
        "through the wash. She found the booking by the colour of the card, rang the pilot at home "
        "and read him the names."
    )
    page.get_by_text("Saved a moment ago").wait_for()
    page.get_by_role("heading", name="A lost voucher flew anyway").wait_for(state="attached")
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")


def show_mail(page: Page) -> None:
    """What is in the frame comes by itself, after the page."""
    page.frame_locator("iframe").get_by_text("Hello").wait_for()


SCREENS = (
    Screen("sign-in", None, "/accounts/login/"),
    Screen("feed", STAFF, "/"),
    Screen("story", STAFF, "/", open_first("article:has(.quote) h2 a")),
    Screen("versions", LEAD, "/", see_what_was_changed),
    Screen("person", STAFF, "/", open_first(".people__names a")),
    Screen("mine", STAFF, "/stories/mine/?list=celebrated"),
    Screen("preferences", STAFF, "/preferences/"),
    Screen("digest-archive", STAFF, "/digest/"),
    Screen("edition", STAFF, "/digest/", open_first(".archive a")),
    Screen("team", MANAGER, "/team/"),
    Screen("team-sheet", MANAGER, "/team/sheet/"),
    Screen("review", MANAGER, "/review/"),
    Screen("composer", MANAGER, "/stories/new/", write),
    Screen("desk", LEAD, "/digest/desk/"),
    Screen("desk-preview", LEAD, "/digest/desk/preview/#copy", show_mail),
    Screen("desk-people", LEAD, "/digest/desk/people/?find=priya", open_first(".roster a")),
)
MAIL = "digest-mail"


class Studio:
    """A demo company on a port of its own, and a browser that visits it."""

    def __init__(self, browser: Browser, environment: dict[str, str]) -> None:
        self.browser, self.environment = browser, environment
        self.address = environment["KUDOS_URL"]
        self.sessions: dict[str, Any] = {}

    def shoot(self, screen: Screen, device: Device, theme: Theme) -> None:
        with self.page(device, theme, self.session(screen.person)) as page:
            page.goto(screen.path)
            screen.prepare(page)
            save(page, f"{screen.name}-{device.name}-{theme}")

    def shoot_mail(self) -> None:
        """As a mail program shows it that loads no images; the mail has none to miss."""
        html = self.digest()
        for device in MAIL_DEVICES:
            for theme in THEMES:
                with self.page(device, theme) as page:
                    page.route("**/*", lambda route: route.abort())
                    page.set_content(html)
                    save(page, f"{MAIL}-{device.name}-{theme}", whole=True)

    def session(self, person: str | None) -> Any:
        """What a browser keeps of somebody signed in, once for all their pictures."""
        if person and person not in self.sessions:
            with self.page(DEVICES[1], "light") as page:
                page.goto("/accounts/login/")
                page.get_by_label("Email or employee number").fill(person)
                page.get_by_label("Password", exact=True).fill(PASSWORD)
                page.get_by_role("button", name="Sign in").click()
                page.get_by_role("article").first.wait_for()
                self.sessions[person] = page.context.storage_state()
        return self.sessions.get(person or "")

    @contextmanager
    def page(self, device: Device, theme: Theme, session: Any = None) -> Iterator[Page]:
        context = self.browser.new_context(
            base_url=self.address,
            viewport=device.viewport,
            device_scale_factor=device.scale,
            color_scheme=theme,
            reduced_motion="reduce",
            locale="en",
            storage_state=session,
        )
        try:
            yield context.new_page()
        finally:
            context.close()

    def digest(self) -> str:
        """The HTML of one reader's copy."""
        command = [sys.executable, "manage.py", "digest", "preview", "--for", STAFF]
        told = subprocess.run(
            command, env=self.environment, cwd=ROOT, check=True, capture_output=True
        )
        body = message_from_bytes(told.stdout, policy=modern).get_body(["html"])
        assert body is not None
        return str(body.get_content())


def save(page: Page, name: str, *, whole: bool = False) -> None:
    """What the window shows, or the whole page, as a small PNG. Raises ValueError when it is not
    small."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole))).convert("RGB")
    file = FOLDER / f"{name}.png"
    few = picture.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(file, optimize=True)
    if (size := file.stat().st_size) > BYTES_MAX:
        raise ValueError(f"{file.name} has {size} bytes; the documentation takes {BYTES_MAX}.")
    say(f"{file.relative_to(ROOT)}  {size // 1000} kB")


@contextmanager
def served() -> Iterator[dict[str, str]]:
    """The demo company as `make run` starts it; gives the environment that it runs in."""
    with TemporaryDirectory(prefix="kudos-shots-") as home, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        environment = {name: value for name, value in os.environ.items() if name not in SETTINGS}
        environment |= {"KUDOS_HOME": home, "KUDOS_URL": f"http://127.0.0.1:{port}"}
        command = [sys.executable, "manage.py", "serve", "--demo"]
        server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            wait_for(f"{environment['KUDOS_URL']}/health/ready", server)
            yield environment
        finally:
            server.terminate()
            server.wait(30)


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return once the address answers. Raises TimeoutError when it does not."""
    deadline = time.monotonic() + READY_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            with urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.5)
    raise TimeoutError(f"The demo company did not answer at {address}.")


def main(names: list[str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with served() as environment, chromium.launched() as browser:
        studio = Studio(browser, environment)
        for device in DEVICES:
            for theme in THEMES:
                for screen in SCREENS:
                    if not names or screen.name in names:
                        studio.shoot(screen, device, theme)
        if not names or MAIL in names:
            studio.shoot_mail()


if __name__ == "__main__":
    main(sys.argv[1:])
