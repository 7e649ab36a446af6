"""Why an edition was held or given up and why a copy did not leave, where nobody said it: stored in
English, and shown in the language of whoever reads it."""


def said(note: str) -> str:
    """A stored reason in the language of the moment. What a person wrote or a mail server said
    stays as it is."""
    return note
