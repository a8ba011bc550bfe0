"""How the widgets of forms are drawn: by Django's own templates, but a select by a function.

Django draws each option of a select by a template of its own, and lists are narrowed by selects of a hundred options.
"""

from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SELECT = "django/forms/widgets/select.html"


class FormRenderer(DjangoTemplates):
    """Draws selects by `drawn_select`, anything else as Django does; settings.FORM_RENDERER names it."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        if template_name == SELECT:
            return drawn_select(context["widget"])
        return super().render(template_name, context, request)


def drawn_select(widget: dict[str, Any]) -> SafeString:
    """Draw what Select.get_context gives, as Django's template for it does."""
    return format_html(
        '<select name="{}"{}>{}</select>',
        widget["name"],
        _attributes(widget["attrs"]),
        SafeString("".join(_group(name, options) for name, options, _ in widget["optgroups"])),
    )


def _group(name: str | None, options: list[dict[str, Any]]) -> SafeString:
    drawn = ((one["value"], _attributes(one["attrs"]), one["label"]) for one in options)
    inside = format_html_join("", '<option value="{}"{}>{}</option>', drawn)
    return format_html('<optgroup label="{}">{}</optgroup>', name, inside) if name else inside


def _attributes(attrs: dict[str, Any]) -> SafeString:
    """Draw attributes in their order: True is the name alone, False is none."""
    return format_html_join(
        "",
        " {}{}",
        (
            (name, "" if value is True else format_html('="{}"', value))
            for name, value in attrs.items()
            if value is not False
        ),
    )
