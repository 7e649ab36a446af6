"""Why the desk cannot do what it was asked to."""


class DeskError(Exception):
    """A sentence for the person who asked, in the language that was active then."""
