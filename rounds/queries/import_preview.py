"""What an upload of answer workbooks would do, item by item, before it does it (F1, F2)."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from kirishima_dx.closing import digest_of
from kirishima_dx.spreadsheets.table import CellFault
from people.closed import closed_words
from people.models import User
from rounds.answer_content import AnswerContent, gaps_of
from rounds.answer_sheet.columns import BY_KEY
from rounds.answer_sheet.merging import FieldMerge, Side, merge, merged
from rounds.answer_sheet.reading import ReadFile, ReadRow, read_answer_file
from rounds.enums import AnswerState
from rounds.models import Answer, AnswerChange, AnswerImport, AnswerImportFile, ReportingRound
from rounds.queries.closed_words import is_of_item
from rounds.queries.scenes import RoundScenes


class Outcome(Enum):
    """What a row would do; in the order in which people want to see them."""

    FAULT = "fault"
    CONFLICT = "conflict"
    CHANGE = "change"
    SAME = "same"


@dataclass
class RowPlan:
    """One row beside the answer that it is about."""

    file: int
    row: ReadRow
    answer: Answer
    merges: list[FieldMerge]
    faults: list[CellFault] = field(default_factory=list)

    @property
    def outcome(self) -> Outcome:
        if self.faults:
            return Outcome.FAULT
        if self.conflicts:
            return Outcome.CONFLICT
        return Outcome.CHANGE if self.merges else Outcome.SAME

    @property
    def conflicts(self) -> list[FieldMerge]:
        return [one for one in self.merges if one.is_conflict]

    @property
    def changes(self) -> list[FieldMerge]:
        return [one for one in self.merges if not one.is_conflict]

    def after(self, picks: "Picks") -> AnswerContent:
        """Return what the answer says after the row; KeyError where a conflict was not decided."""
        own = {one.name: picks[self.answer.pk, one.name] for one in self.conflicts}
        return merged(AnswerContent.of(self.answer), self.merges, own)


Picks = dict[tuple[int, str], Side]
"""What a person chose for a conflict: by the key of the answer and the name of the field."""


@dataclass
class FilePlan:
    """One file: what it says, and what each of its rows would do."""

    stored: AnswerImportFile
    read: ReadFile
    applied_before: AnswerImport | None = None
    rows: list[RowPlan] = field(default_factory=list)
    strangers: list[CellFault] = field(default_factory=list)
    """Rows whose key fits no answer."""

    @property
    def faults(self) -> list[CellFault]:
        """Return every fault in the file, in the order of its rows."""
        of_rows = (fault for row in self.rows for fault in row.faults)
        return [*self.read.faults, *self.strangers, *of_rows]

    @property
    def can_apply(self) -> bool:
        return not self.read.refusal and not self.faults

    def with_outcome(self, outcome: Outcome) -> list[RowPlan]:
        return [row for row in self.rows if row.outcome is outcome]


@dataclass
class ImportPlan:
    """All files of an upload. `stamp` changes with whatever the preview was made from."""

    upload: AnswerImport
    scenes: RoundScenes
    files: list[FilePlan]

    @property
    def stamp(self) -> str:
        parts = [
            f"{plan.stored.place}:{row.answer.pk}:{row.answer.revision}"
            for plan in self.files
            for row in plan.rows
            if row.merges
        ]
        return hashlib.sha256("/".join(parts).encode()).hexdigest()[:32]

    @property
    def closed_file(self) -> AnswerImportFile | None:
        """Return a file of it that is gone (A3): the upload is then applied no more."""
        return next((plan.stored for plan in self.files if plan.stored.is_closed), None)

    @property
    def applicable(self) -> list[FilePlan]:
        return [plan for plan in self.files if plan.can_apply]

    @property
    def changes_something(self) -> bool:
        return any(row.merges for plan in self.applicable for row in plan.rows)


def read_upload(upload: AnswerImport) -> list[ReadFile]:
    """Read the files of an upload, in their order; they never change, so once is enough."""
    return [
        read_answer_file(one.name, bytes(one.content), upload.round_id)
        for one in upload.files.all()
    ]


def import_plan(
    upload: AnswerImport,
    read: Sequence[ReadFile],
    *,
    by: User,
    writable: set[int] | None,
    lock: bool = False,
) -> ImportPlan:
    """Set what the files of an upload say (read_upload) beside the answers as they now stand.

    `writable` holds the keys of the initiatives for which `by` may answer; None stands for all. `lock` takes the
    answers for this transaction. The number of queries does not depend on the number of rows.
    """
    round, stored = upload.round, upload.files.defer("content")
    files = [FilePlan(one, said) for one, said in zip(stored, read, strict=True)]
    scenes = RoundScenes.of(round, by=by)
    answers = _answers(round, lock=lock)
    exported = _exported(round, (row for plan in files for row in plan.read.rows))
    for place, plan in enumerate(files):
        plan.applied_before = _applied_before(upload, plan.stored)
        for row in plan.read.rows:
            _plan_row(plan, place, row, answers, exported)
    plan_of_all = ImportPlan(upload, scenes, files)
    for row_plan in _changing(plan_of_all):
        _judge(plan_of_all, row_plan, writable)
    _refuse_closed_words(plan_of_all)
    _refuse_in_two_files(plan_of_all)
    return plan_of_all


def _answers(round: ReportingRound, *, lock: bool) -> dict[int, Answer]:
    answers = round.answers.select_related("initiative__focus_item", "round").order_by("pk")
    if lock:
        answers = answers.select_for_update(of=("self",))
    return {answer.pk: answer for answer in answers}


def _exported(
    round: ReportingRound, rows: Iterable[ReadRow]
) -> dict[tuple[int, int], AnswerContent]:
    """Return what each answer said on the revision that a row names, by answer and revision."""
    revisions = {row.key.revision for row in rows}
    changes = AnswerChange.objects.filter(answer__round=round, revision__in=revisions)
    return {
        (answer_id, revision): AnswerContent.from_json(content)
        for answer_id, revision, content in changes.values_list("answer_id", "revision", "content")
    }


def _applied_before(upload: AnswerImport, stored: AnswerImportFile) -> AnswerImport | None:
    """Return the upload that applied the same file, byte for byte, before."""
    same = AnswerImport.objects.filter(
        round=upload.round_id, applied_at__isnull=False, files__digest=stored.digest
    ).exclude(pk=upload.pk)
    return same.order_by("-applied_at").first()


def _plan_row(
    plan: FilePlan,
    place: int,
    row: ReadRow,
    answers: dict[int, Answer],
    exported: dict[tuple[int, int], AnswerContent],
) -> None:
    answer = answers.get(row.key.answer_id)
    base = exported.get((row.key.answer_id, row.key.revision))
    if answer is None or base is None or answer.initiative.focus_item.code != row.code:
        plan.strangers.append(
            CellFault(
                plan.read.sheet,
                f"{row.number}行目",
                "",
                "照合キーに当たる回答がありません。様式を取り直してください。",
            )
        )
        return
    merges = merge(base, AnswerContent.of(answer), row.said)
    plan.rows.append(RowPlan(place, row, answer, merges))


def _changing(plan: ImportPlan) -> list[RowPlan]:
    return [row for file in plan.files for row in file.rows if row.merges]


def _judge(plan: ImportPlan, row: RowPlan, writable: set[int] | None) -> None:
    """Put to a row why what it changes may not be changed."""
    answer = row.answer
    scene = plan.scenes.scene(answer)
    refusal = plan.scenes.deadlines.refusal(
        answer, scene.lead.pk if scene.lead else None, scene.today
    )
    if writable is not None and answer.initiative_id not in writable:
        refusal = (
            "ほかの部署の項目に書かれています。自分の部署の項目だけを取り込めます"
            "（この行の回答をもとに戻すか、事務局に渡してください）。"
        )
    elif answer.state == AnswerState.ACCEPTED:
        refusal = "事務局が確認を終えた回答なので、変えられません。直すときは、事務局に「再開」を頼んでください。"
    if refusal:
        _fault(plan, row, refusal)
    elif answer.state == AnswerState.SENT:
        _refuse_worse(plan, row)


def _refuse_worse(plan: ImportPlan, row: RowPlan) -> None:
    """What was sent is replaced by something whole only."""
    picks: Picks = {(row.answer.pk, one.name): Side.FILE for one in row.conflicts}
    scene = plan.scenes.scene(row.answer)
    gaps = gaps_of(row.after(picks), as_of=plan.scenes.round.as_of, last=scene.last)
    for name, message in gaps.items():
        _fault(plan, row, f"提出済みの回答が不足のある内容になります。{message}", name)


def _fault(plan: ImportPlan, row: RowPlan, message: str, name: str = "") -> None:
    changed = name or row.merges[0].name
    address = row.row.addresses.get(changed, f"{row.row.number}行目")
    sheet = plan.files[row.file].read.sheet
    row.faults.append(CellFault(sheet, address, BY_KEY[changed].label, message))


def _refuse_closed_words(plan: ImportPlan) -> None:
    """A workbook that went out before something was closed brings the words back (A3); one query where it does not."""
    changing = {
        f"{place}:{one.name}": (row, one)
        for place, row in enumerate(_changing(plan))
        for one in row.merges
    }
    texts = {key: one.file for key, (_, one) in changing.items() if isinstance(one.file, str)}
    items = {digest_of(text): changing[key][0].answer.initiative_id for key, text in texts.items()}
    closed = closed_words(texts, is_of_it=lambda cell: is_of_item(cell, items[cell.digest]))
    for key, message in closed.items():
        row, one = changing[key]
        _fault(plan, row, message, one.name)


def _refuse_in_two_files(plan: ImportPlan) -> None:
    """Two files that change one answer: which counts is for people to say."""
    first: dict[int, RowPlan] = {}
    for row in _changing(plan):
        other = first.setdefault(row.answer.pk, row)
        if other.file != row.file:
            name = plan.files[other.file].read.name
            _fault(
                plan,
                row,
                f"ファイル「{name}」の{other.row.number}行目も、同じ項目を変えています。どちらか一方だけを送ってください。",
            )
