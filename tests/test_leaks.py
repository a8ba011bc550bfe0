"""Nothing that is not published reaches anybody who is not signed in: the leak sentinels.

A word of its own is planted in every column of words of every table, apart for rows that are published and for others,
and all that an anonymous visitor can open is looked through: each door, whatever the pages link to, and what stands in
the files. What may be read stands in `PUBLIC`: a new column without a word there counts as internal. What stands there
and cannot be read fails too, so that the looking through is tried with each of them.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from html import unescape
from io import BytesIO
from typing import Any
from zipfile import ZipFile, is_zipfile

import pytest
from beginnings import lasting
from django.apps import apps
from django.db import connection, models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from doors import DOORS, EVERYONE
from guarded_copy import put_rows
from report_cast import publish, seal
from row_world import World

from initiatives.actions.progress import correct_entry
from initiatives.actions.studying import ask_question, note_finding
from initiatives.models import Evidence, EvidenceDownload, Initiative, ProgressEntry
from initiatives.statement import Statement
from people.models import Department, DepartmentListUpload, User
from plans.models import Edition, FocusItem, RecalledAdoption
from reviews.actions.reporting import open_correction, open_report, write_report
from reviews.models import AgendaItem, AnnualReport, Decision, Meeting
from revisions.models import DraftComment, RecalledDecision
from rounds.models import AnswerImport, ReportingRound

pytestmark = pytest.mark.sqlite
EVERY_ROW = Q()
IN_FORCE = Q(edition__adopted_at__isnull=False)
READ_BY_ALL = Q(report__publication__isnull=False, report__withholding__isnull=True)
PUBLIC: dict[str, Q] = {
    "plans.Plan.name": Q(code="tameshi-dx"),
    "plans.Plan.municipality": Q(code="tameshi-dx"),
    "plans.Edition.issuer": Q(adopted_at__isnull=False),
    "plans.Edition.adoption_basis": Q(adopted_at__isnull=False),
    **dict.fromkeys(
        ("plans.Axis.name", "plans.Axis.english", "plans.Axis.tagline", "plans.Policy.name"),
        IN_FORCE,
    ),
    **dict.fromkeys(
        ("plans.FocusItemText.title", "plans.FocusItemText.overview", "plans.Section.number"),
        IN_FORCE,
    ),
    **dict.fromkeys(("plans.Section.title", "plans.Section.body"), IN_FORCE),
    **dict.fromkeys(
        ("plans.Erratum.wrong", "plans.Erratum.right", "plans.Erratum.reason"), IN_FORCE
    ),
    "people.Department.name": EVERY_ROW,
    **{
        f"initiatives.ProgressEntry.{name}": Q(initiative__focus_item__code="1-A-1")
        for name in (
            *("rating_reason", "achievements", "outcome", "problem", "delay_cause"),
            *("countermeasure", "next_steps", "correction_reason", "department_name"),
        )
    },
}
"""What an anonymous visitor can read, by column: in which rows."""
TOLD_BY_REPORT = {
    "initiatives.Study.question": Q(initiative__focus_item__code="1-A-2"),
    "reviews.Consideration.reason": EVERY_ROW,
    "reviews.Decision.text": EVERY_ROW,
    "reviews.Decision.owner_name": EVERY_ROW,
    "reviews.DecisionOutcome.reason": EVERY_ROW,
    "reviews.FollowUp.text": EVERY_ROW,
    "reviews.Meeting.name": EVERY_ROW,
}
"""What is for staff until a published report tells it, and stays so in the words of afterwards (decision 0012)."""
OF_REPORT = {
    "reviews.SealedPassage.label": READ_BY_ALL,
    "reviews.SealedPassage.text": READ_BY_ALL & ~Q(key__in=("sealed_by", "seal_reason")),
    **dict.fromkeys(
        (
            *("reviews.SealedTable.title", "reviews.SealedTable.columns"),
            *("reviews.SealedRow.cells", "reviews.SealedWorkbook.content"),
        ),
        READ_BY_ALL,
    ),
}
NO_WORDS = {
    "sessions.Session": "what is signed in, sealed by Django",
    "contenttypes.ContentType": "names of tables",
    "auth.Permission": "rights of the software",
    "auth.Group": "none are used",
}
KEYS = {
    *("password", "digest", "key", "place", "letter", "code", "media_type", "value"),
    *(
        "history_type",
        "municipality_code",
        "url_name",
        "table_name",
        "column_name",
        "paper_prefix",
        "object_id",
    ),
}
"""Columns by which software finds something, and whose values are no words."""
Field = Any
"""A column of a model."""
CODED = ("key", "kind", "scale", "value")
"""What is no words in JSON."""
MARK = re.compile(r"qzx[a-z]{3}xzq")


def mark(number: int) -> str:
    """Return a word that no tokeniser splits and nothing escapes."""
    letters = (chr(97 + number // 26**place % 26) for place in range(3))
    return f"qzx{''.join(letters)}xzq"


class Planted:
    """Which word stands in which column: in rows that may be read from outside (`public`), or in others."""

    def __init__(self, public: Mapping[str, Q], first: int) -> None:
        self.public, self.first = public, first
        self.inside: dict[str, str] = {}
        self.outside: dict[str, str] = {}
        self.empty: list[str] = []
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = ON")
            for model, column in columns_of_words():
                self._plant(model, column)
            cursor.execute("PRAGMA ignore_check_constraints = OFF")

    def _plant(self, model: type[models.Model], column: Field) -> None:
        label = f"{model._meta.label}.{column.name}"
        rows = model._base_manager.all()
        shown = rows.filter(self.public[label]) if label in self.public else rows.none()
        keys = list(shown.values_list("pk", flat=True))
        parts = ((self.outside, rows.filter(pk__in=keys)), (self.inside, rows.exclude(pk__in=keys)))
        for words, some in parts:
            word = mark(self.first + len(self.inside) + len(self.outside))
            if write(some, column, word):
                words[word] = label
        if label not in (*self.inside.values(), *self.outside.values()):
            self.empty.append(label)

    def leaks(self, read: Mapping[str, set[str]]) -> list[tuple[str, str]]:
        """Return the internal columns that were read, and where."""
        return sorted(
            (self.inside[one], url)
            for url, words in read.items()
            for one in words & self.inside.keys()
        )

    def found(self, *words: set[str]) -> set[str]:
        """Return the public columns that were read."""
        return {self.outside[one] for some in words for one in some & self.outside.keys()}


def write(rows: Any, column: Field, word: str) -> int:
    """Put a word before what stands in a column, behind the back of all rules; return in how many rows."""
    if isinstance(column, models.CharField | models.TextField):
        return int(rows.update(**{column.name: Concat(Value(word), F(column.name))}))
    found = list(rows.values_list("pk", column.name))
    for pk, value in found:
        is_file = isinstance(column, models.BinaryField)
        said = bytes(value) + word.encode() if is_file else said_in(value, word)
        rows.model._base_manager.filter(pk=pk).update(**{column.name: said})
    return len(found)


def said_in(value: Any, word: str) -> Any:
    """Return JSON with a word before each of its texts; where it has none, the word alone."""
    if isinstance(value, str):
        return word + value
    if isinstance(value, list):
        return [said_in(one, word) for one in value] or [word]
    if isinstance(value, dict):
        told = {key: one if key in CODED else said_in(one, word) for key, one in value.items()}
        return told or {"said": word}
    return value


def columns_of_words() -> Iterator[tuple[type[models.Model], Field]]:
    kinds = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
    for model in apps.get_models(include_auto_created=True):
        for column in model._meta.concrete_fields:
            chosen = bool(column.choices) or isinstance(column, models.SlugField)
            is_key = column.name in KEYS or model._meta.label in NO_WORDS
            if isinstance(column, kinds) and not chosen and not is_key:
                yield model, column


@pytest.fixture
@lasting
def town(
    small_edition: Edition,
    responsible: FocusItem,
    welfare: Department,
    planning: Department,
    secretariat: User,
    editor: User,
    record: Callable[..., ProgressEntry],
    statement: Callable[..., Statement],
) -> World:
    """A town with a row in every table, a published report, a correction of it being written, and studies."""
    said: dict[str, Any] = {
        **{"rating": "late", "delay_cause": "原因", "countermeasure": "対応"},
        **{"problem": "課題", "for_headquarters": True, "outcome": "成果"},
        "new_due_date": date(2027, 1, 31),
    }
    wrong = record(responsible, by=editor, as_of=date(2026, 4, 2), **said)
    entry = correct_entry(
        entry=wrong,
        statement=statement(**said, achievements="実績"),
        as_of=date(2026, 4, 2),
        reason="誤り",
        opened_revision=Initiative.objects.revision_of(responsible),
        by=editor,
    )
    world = World(small_edition, secretariat, entry, welfare)
    put_rows(world)
    EvidenceDownload.objects.update(evidence=Evidence.objects.get())
    RecalledDecision.objects.update(recall=RecalledAdoption.objects.get())
    AnnualReport.everything.update(fiscal_year=F("fiscal_year") - 2)
    study = ask_question(
        focus_item=FocusItem.objects.get(plan=small_edition.plan, code="1-A-2"),
        question="問い",
        review_by=None,
        opened_version=0,
        by=secretariat,
    )
    note_finding(study=study, text="メモ", by=secretariat)
    return world


def publish_a_report(world: World, by: User) -> AnnualReport:
    """Publish the report of the year, and begin to correct it."""
    draft = open_report(plan=world.edition.plan, year=2026, as_of=date(2026, 10, 15), by=by)
    draft = write_report(
        report=draft,
        overview="総括",
        technology_trends="動向",
        national_trends="国",
        opened_version=draft.version,
        by=by,
    )
    report = publish(seal(draft, by), by)
    open_correction(report=report, reason="誤り", by=by)
    return report


@pytest.fixture
def planted(town: World, secretariat: User, settings: Any) -> tuple[Planted, Planted]:
    """Words of before a report was sealed, and others that were written after it: of those it tells nothing."""
    settings.PLAN_CODE = town.edition.plan.code
    before = Planted(PUBLIC | TOLD_BY_REPORT, first=0)
    publish_a_report(town, secretariat)
    return before, Planted(PUBLIC | OF_REPORT, first=1000)


NAMED_BY: dict[str, type[models.Model]] = {
    "round_id": ReportingRound,
    "meeting_id": Meeting,
    "item_id": AgendaItem,
    "decision_id": Decision,
    "evidence_id": Evidence,
    "row_id": Evidence,
    "import_id": AnswerImport,
    "upload_id": DepartmentListUpload,
    "comment_id": DraftComment,
    "edition_id": Edition,
    "pk": Edition,
    "entry_id": ProgressEntry,
}
"""What the numbers in addresses are numbers of."""
LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')


def words_in(content: bytes) -> str:
    """Return all that stands in an answer; of a file that is packed, all its parts."""
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as file:
            parts = [file.read(name) for name in file.namelist()]
        return "\n".join(part.decode(errors="replace") for part in (*parts, content[-100:]))
    return content.decode("utf-8-sig", errors="replace")


def pages(client: Client) -> Iterator[tuple[str, str]]:
    """Yield each address that somebody from outside comes to, and what it answers: from the doors on, by all links.

    Of addresses that differ in what they ask for alone, one of each sort is enough.
    """
    waiting, seen = list(addresses()), set[object]()
    while waiting:
        url = waiting.pop(0)
        path, _, asked = url.partition("?")
        sort = (path, frozenset(one.partition("=")[0] for one in asked.split("&")))
        if sort in seen or path.startswith("/static/"):
            continue
        seen.add(sort)
        response = client.get(url)
        told = words_in(response.content if not response.streaming else b"".join(response))
        yield url, f"{told}\n{response.headers}"
        waiting += [unescape(link) for link in LINK.findall(told)]


def addresses() -> Iterator[str]:
    keys = {name: model._base_manager.latest("pk").pk for name, model in NAMED_BY.items()}
    for door in sorted(DOORS, key=lambda one: one.get != EVERYONE):
        arguments = {name: value or keys[name] for name, value in door.arguments.items()}
        if door.get is not None:
            yield reverse(door.name, kwargs=arguments)
    yield "/reports/2026/2/"
    yield from ("/?on=2026-04-03", "/changes/?since=2026-04-01", "/items/1-A-1/?on=2026-04-03")


def test_nothing_that_is_not_published_reaches_anybody_from_outside(
    planted: tuple[Planted, Planted],
) -> None:
    before, after = planted

    read = {url: set(MARK.findall(text.lower())) for url, text in pages(Client())}

    assert before.leaks(read) == []
    assert after.leaks(read) == []
    assert before.empty == after.empty == [], "Each table has a row in which a word is planted."
    for one in planted:
        assert one.found(*read.values()) == set(one.public), "Whatever is called public is read."
    files = [words for url, words in read.items() if url.endswith((".xlsx", ".csv"))]
    assert "plans.FocusItemText.title" in before.found(*files)
