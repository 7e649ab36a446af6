"""A list to choose from that keeps what was sent."""

from typing import Any

from django import forms


class KeepingSelect(forms.Select):
    """A browser shows the first choice where none is selected: whoever was refused would read that
    they had chosen it. So what is none of the choices stands before them, and is selected."""

    def optgroups(
        self, name: str, value: list[str], attrs: dict[str, Any] | None = None
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        groups = super().optgroups(name, value, attrs)
        is_chosen = any(option["selected"] for _, options, _ in groups for option in options)
        if is_chosen or not any(value):
            return groups
        kept = self.create_option(name, value[0], value[0], selected=True, index=0)
        return [(None, [kept], 0), *groups]
