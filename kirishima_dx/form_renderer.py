"""How the widgets of forms are drawn: by Django's own templates, but inputs and selects by a function.

Django draws each option of a select by a template of its own, and lists are narrowed by selects of a hundred options;
an input takes three templates, and every page of a day asks for three days.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.safestring import SafeString

from kirishima_dx.safe_html import fill, joined

INPUT = '<input type="{}" name="{}"{}{}>'
INPUTS = {f"django/forms/widgets/{kind}.html" for kind in ("input", "text", "date", "number")}
SELECT = '<select name="{}"{}>{}</select>'
GROUP = '<optgroup label="{}">{}</optgroup>'
OPTION = '<option value="{}"{}>{}</option>'


class FormRenderer(DjangoTemplates):
    """Draws selects and INPUTS by functions, anything else as Django does; settings.FORM_RENDERER names it."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == "django/forms/widgets/select.html":
            return drawn_select(context["widget"])
        if template_name in INPUTS:
            return drawn_input(context["widget"])
        return super().render(template_name, context, request)


def drawn_input(widget: Mapping[str, Any]) -> SafeString:
    """Draw what Input.get_context gives, as Django's template for it does."""
    value = "" if widget["value"] is None else fill(' value="{}"', widget["value"])
    return fill(INPUT, widget["type"], widget["name"], value, _attributes(widget["attrs"]))


def drawn_select(widget: Mapping[str, Any]) -> SafeString:
    """Draw what Select.get_context gives, as Django's template for it does."""
    groups = joined(_group(name, options) for name, options, _ in widget["optgroups"])
    return fill(SELECT, widget["name"], _attributes(widget["attrs"]), groups)


def _group(name: str | None, options: Iterable[Mapping[str, Any]]) -> SafeString:
    drawn = joined(
        fill(OPTION, one["value"], _attributes(one["attrs"]), one["label"]) for one in options
    )
    return fill(GROUP, name, drawn) if name else drawn


def _attributes(attrs: Mapping[str, Any]) -> SafeString:
    """Draw attributes in their order: True is the name alone, False is none."""
    return joined(
        fill(" {}", name) if value is True else fill(' {}="{}"', name, value)
        for name, value in attrs.items()
        if value is not False
    )
