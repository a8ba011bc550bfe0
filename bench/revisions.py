"""Measure the papers of a revision: comparing two editions, the page of 新旧対照表, its workbook."""

from django.urls import reverse

from bench.bare_writer import BareWriter
from bench.data import SENTENCE
from bench.timing import Row, in_turn, queries_of, row
from bench.visits import Visitor, measure_page
from kirishima_dx import clock
from people.models import User
from plans.actions.drafting.opening import abandon_draft, open_draft
from plans.comparison.whole import compare
from plans.models import Edition
from plans.queries import EditionOutline, draft_outline, edition_outline
from revisions.actions.amending import amend_add, amend_end, amend_text
from revisions.papers.document import comparison_table
from revisions.papers.table import TableWords
from revisions.queries.revisions import revision
from revisions.workbooks.comparison import comparison_workbook

EACH = 5
"""Of how many items one is reworded."""


def measure_revisions(edition: Edition, staff: Visitor, runs: int) -> list[Row]:
    """Open the next edition, reword each fifth item, end one and add one, and measure what tells of it."""
    by = User.objects.get()
    draft = _drafted(edition, by)
    url = reverse("edition_compare", args=[edition.number, draft.number])
    few = max(3, runs // 4)
    measured = [
        _comparing(edition_outline(edition), draft_outline(draft), runs),
        measure_page("新旧対照表（事務局、5分の1を変更）", url, staff, few),
        *_workbook(edition, draft, few),
    ]
    abandon_draft(draft=draft, reason="計測を終えたため", by=by)
    return measured


def _drafted(edition: Edition, by: User) -> Edition:
    draft = open_draft(base=edition, major=edition.major, minor=edition.minor + 1, by=by)
    texts = list(draft.item_texts.select_related("edition", "focus_item", "policy__axis"))
    for text in texts[::EACH]:
        amend_text(
            text=text,
            title=text.title,
            overview=f"{text.overview}{SENTENCE}",
            is_study=text.is_study,
            opened_version=text.version,
            reason=SENTENCE,
            by=by,
        )
    ended = texts[1]
    amend_end(text=ended, opened_version=ended.version, reason=SENTENCE, by=by)
    amend_add(
        policy=ended.policy,
        title="計測のための項目",
        overview=SENTENCE,
        is_study=True,
        reason=SENTENCE,
        by=by,
    )
    return draft


def _comparing(old: EditionOutline, new: EditionOutline, runs: int) -> Row:
    """Set comparing beside asking of each text whether it is another one, which finds no word and no fate."""

    def ask() -> int:
        before, after = old.texts(), new.texts()
        return sum(before.get(place) != text for place, text in after.items())

    def work() -> object:
        comparison = compare(old, new)
        return [item.overview_runs for item in comparison.changed_items]

    seconds = in_turn(work, ask, runs)
    return row(
        "二つの版の比較（語の違いまで）", "すべての文言を見比べるだけ", queries_of(work), seconds
    )


def _workbook(old: Edition, new: Edition, runs: int) -> list[Row]:
    """Set writing the workbook of rows that were told already beside openpyxl writing its cells, rich text and all."""
    table = comparison_table(revision(old, new), TableWords())

    def make() -> bytes:
        return comparison_workbook(table, old=old, new=new, made_at=clock.now())

    asked = queries_of(make)
    return BareWriter(make(), rich_text=True).rows("新旧対照表の Excel", asked, make, runs)
