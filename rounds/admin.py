"""Rounds and answers in the admin, to be looked at: what is asked and answered changes on its own pages."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.safestring import SafeString

from initiatives.admin import StatedAdmin
from people.admin_site import ReadOnlyAdmin
from rounds.models import Answer, AnswerChange, AnswerImport, Extension, Reminder, ReportingRound


def _board_of(round: ReportingRound) -> SafeString:
    return format_html('<a href="{}">{}</a>', round.get_absolute_url(), round.name)


@admin.register(ReportingRound)
class ReportingRoundAdmin(ReadOnlyAdmin):
    list_display = (
        "name",
        "is_rehearsal",
        "opens_on",
        "due_on",
        "opened_by_name",
        "closed_at",
        "page",
    )
    list_filter = ("fiscal_year", "kind", "is_rehearsal")

    @admin.display(description="画面")
    def page(self, round: ReportingRound) -> SafeString:
        return _board_of(round)


@admin.register(Answer)
class AnswerAdmin(StatedAdmin):
    stated_after = "kind"
    list_display = ("initiative", "round", "state", "asked_department_name", "sent_at", "page")
    list_filter = ("state", "round")
    list_select_related = ("round", "initiative__focus_item")
    search_fields = ("initiative__focus_item__code", "asked_department_name")

    @admin.display(description="画面")
    def page(self, answer: Answer) -> SafeString:
        return format_html('<a href="{}">{}</a>', answer.get_absolute_url(), answer.initiative)


@admin.register(AnswerChange)
class AnswerChangeAdmin(ReadOnlyAdmin):
    list_display = ("answer", "revision", "step", "changed_at", "changed_by_name", "reason")
    list_filter = ("step", "answer__round")
    list_select_related = ("answer__round", "answer__initiative__focus_item")
    search_fields = ("answer__initiative__focus_item__code", "changed_by_name")
    date_hierarchy = "changed_at"


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    list_display = ("round", "department", "due_on", "reason", "extended_at", "extended_by_name")
    list_filter = ("round",)
    list_select_related = ("round", "department")


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("round", "department", "mailed_to", "reminded_at", "reminded_by_name")
    list_filter = ("round",)
    list_select_related = ("round", "department")


@admin.register(AnswerImport)
class AnswerImportAdmin(ReadOnlyAdmin):
    list_display = ("round", "uploaded_at", "uploaded_by_name", "applied_at")
    list_filter = ("round",)
    list_select_related = ("round",)
