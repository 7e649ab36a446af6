"""One line of the proof table."""

from dataclasses import dataclass
from typing import Self

HEADER = "fault seed recipients missing extra bound verdict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one run of one fault showed; -1 stands for a figure that it never came to measure."""

    fault: str
    seed: int
    recipients: int
    missing: int = -1
    extra: int = -1
    bound: int = -1
    is_ok: bool = False

    def __str__(self) -> str:
        figures = [self.recipients, self.missing, self.extra, self.bound]
        shown = ["-" if figure < 0 else str(figure) for figure in figures]
        return " ".join([self.fault, str(self.seed), *shown, "ok" if self.is_ok else "broken"])

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything but a line as `str` writes it."""
        fault, seed, *figures, verdict = text.split()
        recipients, missing, extra, bound = (-1 if f == "-" else int(f) for f in figures)
        return cls(
            fault=fault,
            seed=int(seed),
            recipients=recipients,
            missing=missing,
            extra=extra,
            bound=bound,
            is_ok=verdict == "ok",
        )
