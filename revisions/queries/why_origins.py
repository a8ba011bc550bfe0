"""What gave rise to the changes of a text, back to the answer that began it: decision, sitting, report, entry, answer.

To people who are not signed in a chain names only what was published: decisions and sittings in words, published
reports and entries as links, nothing of answers and rounds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from initiatives.models import ProgressEntry
from kirishima_dx.fiscal_year import wareki_date
from kirishima_dx.quoting import quoted
from plans.models import Edition
from reviews.models import AnnualReport, Decision, ReportedEntry
from reviews.queries.report_ways import ReportRows, rounds_of_entries
from revisions.enums import OriginKind
from revisions.models import Amendment
from revisions.papers.explained import Reason
from rounds.models import ReportingRound

_WHENCE = (
    "edition",
    "decision__meeting__report__publication",
    "decision__meeting__report__withholding",
    "decision__agenda_item__report__publication",
    "decision__agenda_item__report__withholding",
    "decision__agenda_item__entry__initiative__focus_item",
    "entry__initiative__focus_item",
    "round",
    "erratum__edition",
)


@dataclass(frozen=True)
class Step:
    """One step back on the way to what gave rise to a change; without a `url` it is told in words alone."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Told:
    """One reason with the steps back from it, the nearest first."""

    reason: Reason
    steps: list[Step]


def amendments_of(editions: Iterable[Edition]) -> QuerySet[Amendment]:
    """Return the amendments of editions with whether they count and what their chains need, oldest first."""
    found = Amendment.objects.filter(edition__in=[edition.pk for edition in editions])
    return found.with_counts().select_related(*_WHENCE).order_by("amended_at", "pk")


class Chains:
    """Traces amendments back, all of them in four queries."""

    def __init__(self, amendments: Iterable[Amendment], *, is_staff: bool) -> None:
        acts = list(amendments)
        self._is_staff = is_staff
        reports = [report for act in acts if (report := _report_before(act))]
        items = {key for act in acts for key in _items_of(act)}
        self._rows = ReportRows(reports, items)
        self._reported = _reported(reports, items)
        entries = [act.entry for act in acts if act.entry] + list(self._reported.values())
        entries += [
            act.decision.agenda_item.entry
            for act in acts
            if act.decision and act.decision.agenda_item.entry
        ]
        answered = rounds_of_entries({entry.pk for entry in entries}) if is_staff else {}
        rounds = ReportingRound.objects.in_bulk(set(answered.values()))
        self._rounds = {entry: rounds[key] for entry, key in answered.items()}

    def told(self, reasons: Iterable[Reason]) -> list[Told]:
        """Return reasons with where each comes from."""
        return [Told(reason, list(self._steps(reason.act))) for reason in reasons]

    def _steps(self, act: Amendment) -> Iterator[Step]:
        if act.decision:
            yield from self._decided(act, act.decision)
        elif act.entry:
            yield from self._entry(act.entry)
        elif act.round and self._is_staff:
            yield Step("照会", act.round.name, reverse("round_story", args=[act.round_id]))
        elif act.erratum:
            anchor = f"erratum-{act.erratum.edition.number}-{act.erratum.order}"
            words = f"{act.erratum.edition.name}の正誤{act.erratum.order}"
            yield Step("正誤", words, f"{reverse('errata')}#{anchor}")
        elif act.origin != OriginKind.OTHER:
            yield Step("きっかけ", act.get_origin_display())

    def _decided(self, act: Amendment, decision: Decision) -> Iterator[Step]:
        agenda, meeting = decision.agenda_item, decision.meeting
        url = decision.get_absolute_url() if self._is_staff else ""
        yield Step("決定", f"{decision.code} {decision.get_kind_display()}", url)
        if self._is_staff:
            yield Step("議題", f"{meeting.title}{quoted(agenda.title)}", agenda.get_absolute_url())
        else:
            yield Step("会議", f"{meeting.title}（{wareki_date(meeting.held_on)}）")
        report = _report_before(act)
        item = next(_items_of(act), None)
        if report and (self._is_staff or report.is_published):
            yield Step("年次報告", report.title, self._rows.url(report, item))
        entry = agenda.entry or self._reported.get((report.pk if report else None, item))
        if entry:
            yield from self._entry(entry)

    def _entry(self, entry: ProgressEntry) -> Iterator[Step]:
        item = entry.initiative.focus_item
        words = f"{item.code} の{wareki_date(entry.as_of)}現在の記録"
        yield Step("進捗の記録", words, f"{item.get_absolute_url()}#entry-{entry.pk}")
        asked = self._rounds.get(entry.pk)
        if asked:
            url = reverse("answer", args=[asked.pk, item.code])
            yield Step("照会への回答", asked.name, url)


def _report_before(act: Amendment) -> AnnualReport | None:
    """Return the report that the sitting had before it when it decided."""
    if act.decision is None:
        return None
    return act.decision.agenda_item.report or act.decision.meeting.report


def _items_of(act: Amendment) -> Iterator[int]:
    """Yield the item whose report the sitting had before it: that of the 課題, else the one that was changed."""
    agenda = act.decision.agenda_item if act.decision else None
    if agenda and agenda.focus_item_id:
        yield agenda.focus_item_id
    if act.focus_item_id:
        yield act.focus_item_id


def _reported(
    reports: Iterable[AnnualReport], items: Iterable[int]
) -> Mapping[tuple[int | None, int | None], ProgressEntry]:
    """Return what sealed reports tell of items, by report and item."""
    told = ReportedEntry.objects.filter(
        report__in=[report.pk for report in reports], focus_item__in=items
    ).select_related("entry__initiative__focus_item")
    return {(one.report_id, one.focus_item_id): one.entry for one in told}
