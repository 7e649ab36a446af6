"""Fields and summaries tie errors and hints to their control (WCAG 2.2, 3.3.1 and 1.3.1)."""

import re

from django import forms
from django.template.loader import render_to_string


class StoryForm(forms.Form):
    headline = forms.CharField(label="In one line, what happened?", help_text="Up to 80 letters.")
    moment = forms.ChoiceField(
        label="Which moment?", choices=[("wow", "Wow")], widget=forms.RadioSelect
    )


def field(form: forms.Form, name: str) -> str:
    return render_to_string("components/field.html", {"field": form[name]})


def summary(form: forms.Form) -> str:
    return render_to_string("components/error_summary.html", {"form": form})


def test_a_control_is_described_by_its_hint_and_its_error() -> None:
    html = field(StoryForm({}), "headline")
    described = re.search(r'<input[^>]*aria-describedby="([^"]+)"', html)

    assert described is not None
    assert [f'id="{each}"' in html for each in described[1].split()] == [True, True]


def test_a_group_of_radios_is_a_fieldset_described_by_its_error() -> None:
    html = field(StoryForm({}), "moment")

    assert re.search(r'<fieldset aria-describedby="id_moment_error"', html)
    assert 'id="id_moment_error"' in html


def test_the_summary_leads_to_each_refused_field() -> None:
    assert re.findall(r'href="#([^"]+)"', summary(StoryForm({}))) == ["id_headline", "id_moment"]


def test_there_is_no_summary_when_nothing_was_refused() -> None:
    assert summary(StoryForm({"headline": "It rained", "moment": "wow"})).strip() == ""


def test_the_summary_escapes_what_was_typed() -> None:
    form = StoryForm({"headline": "x", "moment": "<script>alert(1)</script>"})

    assert "<script>" not in summary(form)
