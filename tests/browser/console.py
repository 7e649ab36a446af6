"""What the consoles of a test's pages call errors."""

from playwright.sync_api import ConsoleMessage, Error

# What htmx says of a request that its reader breaks off, by going on to another page or by asking
# anew (htmx 2, onabort): the first is also said of one that failed.
OVER, BROKEN_OFF = "htmx:afterRequest", "htmx:sendAbort"
REFUSED = "Failed to load resource: the server responded with a status of 4"


class Complaints(list[str]):
    """The errors in the order in which they came, but for those that are expected."""

    def hear(self, said: ConsoleMessage) -> None:
        if said.text.startswith(BROKEN_OFF):
            self._take_back(said.text.replace(BROKEN_OFF, OVER))
        elif said.type == "error" and not is_expected(said):
            self.append(said.text)

    def hear_error(self, error: Error) -> None:
        self.append(str(error))

    def _take_back(self, text: str) -> None:
        """Forget what was said of the same request just before; pages may speak in turns."""
        for place in reversed(range(len(self))):
            if self[place] == text:
                del self[place]
                return


def is_expected(said: ConsoleMessage) -> bool:
    """Whether it tells that the page itself was refused, or of a draft saved while typing, after
    the session's end: the page says so beside the form. Or of a form that comes back, or that
    somebody overtook: the part that replaces it says why."""
    is_the_page = said.page is not None and said.location["url"] == said.page.url
    is_said = any(status in said.text for status in ("401", "409", "422"))
    return (said.text.startswith(REFUSED) and is_the_page) or is_said
