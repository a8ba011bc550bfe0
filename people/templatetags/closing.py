"""What the pages of all apps say of something that was closed, and the way to close it (A3)."""

from typing import Any

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from people.closed import closing_of, is_closed

register = template.Library()
LINK = "個人情報を含むため閉じる"


@register.simple_tag(takes_context=True)
def closing_note(
    context: dict[str, Any], row: Model | None, *, linked: bool = True
) -> SafeString | str:
    """Tell staff when and why something of a row was closed, and the 事務局 where to close it; others nothing."""
    user = context.get("user")
    if row is None or user is None or not user.is_authenticated:
        return ""
    note: SafeString | str = ""
    closing = closing_of(row) if is_closed(row) else None
    if closing is not None:
        day = wareki_date(day_of(closing.closed_at))
        note = format_html(
            '<p class="support closed-note">{}に事務局が閉じました（理由：{}）</p>',
            day,
            closing.reason,
        )
    return format_html("{}{}", note, _link(row)) if linked and user.is_secretariat else note


def _link(row: Model) -> SafeString:
    address = reverse("closing_add", args=[row._meta.db_table, row.pk])
    return format_html(
        '<p class="no-print"><a class="closing-link" href="{}">{}<span class="unseen">（{}）</span></a></p>',
        address,
        LINK,
        str(row._meta.verbose_name),
    )
