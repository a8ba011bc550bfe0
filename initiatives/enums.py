"""Closed sets of the initiatives app: three questions, three scales (design.md §2)."""

from collections.abc import Callable
from datetime import date

from django.db import models

from kirishima_dx.closed_set import Bar, ClosedSet, Meaning, Traits, describe
from kirishima_dx.days import months_before


class Status(ClosedSet):
    """状態: how far. The plan's own words are 試行→運用→定着."""

    NOT_STARTED = "not_started", "未着手"
    STUDYING = "studying", "調査・検討中"
    PREPARING = "preparing", "準備中"
    PILOTING = "piloting", "試行中"
    OPERATING = "operating", "運用中"
    ESTABLISHED = "established", "定着"
    PAUSED = "paused", "休止"
    STOPPED = "stopped", "中止"

    @classmethod
    def order_in_words(cls) -> str:
        way = [member.label for member in cls.upwards() if member.is_on_the_way]
        beside = "と".join(member.label for member in cls if member.is_ended)
        return f"{way[0]}から{way[-1]}まで順に進む。{beside}は、この順の外にある"

    @property
    def is_on_the_way(self) -> bool:
        """Whether the item comes along, so that one status lies before or behind another."""
        return not self.is_ended

    @property
    def is_in_use(self) -> bool:
        """Whether people already work with what the item brings, if only on trial."""
        lead = self.ranks_above(Status.PILOTING)
        return lead is not None and lead >= 0


describe(
    Status,
    {
        Status.NOT_STARTED: Traits(meaning="まだ始めていない", rank=0),
        Status.STUDYING: Traits(meaning="方法や効果を調べ、検討している", rank=1),
        Status.PREPARING: Traits(meaning="実施に向けて、体制・予算・仕様などを整えている", rank=2),
        Status.PILOTING: Traits(meaning="範囲を限って試している", rank=3),
        Status.OPERATING: Traits(meaning="本来の範囲で使っている", rank=4),
        Status.ESTABLISHED: Traits(meaning="通常の業務として根付いている", rank=5),
        Status.PAUSED: Traits(
            meaning="一時的に止めている（再開の予定がある）", mark="‖", rank=-1, is_ended=True
        ),
        Status.STOPPED: Traits(meaning="取りやめた", mark="×", rank=-2, is_ended=True),
    },
)


class CycleStep(ClosedSet):
    """段階: the five steps of 進行管理, not PDCA."""

    RESEARCH = "research", "①調査"
    DESIGN = "design", "②戦略設計"
    ACTION = "action", "③取組実行"
    EVALUATION = "evaluation", "④評価"
    IMPROVEMENT = "improvement", "⑤改善&最適化"

    @classmethod
    def order_in_words(cls) -> str:
        names = "、".join(member.label[1:].replace("&", "と") for member in cls)
        return f"{names}の順に進み、繰り返す"


describe(
    CycleStep,
    {
        CycleStep.RESEARCH: Traits(meaning="現状や事例を調べている"),
        CycleStep.DESIGN: Traits(meaning="進め方を組み立てている"),
        CycleStep.ACTION: Traits(meaning="取り組んでいる"),
        CycleStep.EVALUATION: Traits(meaning="結果を確かめている"),
        CycleStep.IMPROVEMENT: Traits(meaning="確かめた結果をもとに改めている"),
    },
)


class Rating(ClosedSet):
    """進捗評価: how well against the schedule."""

    ON_TRACK = "on_track", "順調"
    MOSTLY_ON_TRACK = "mostly_on_track", "概ね順調"
    SLIGHTLY_LATE = "slightly_late", "やや遅れている"
    LATE = "late", "遅れている"
    NOT_RATABLE = "not_ratable", "評価できない"

    @classmethod
    def order_in_words(cls) -> str:
        scale = [member.label for member in reversed(cls.upwards())]
        beside = "と".join(member.label for member in cls if member.rank is None)
        return f"{'、'.join(scale)}の{len(scale)}段階。{beside}は尺度の外にある"

    @property
    def is_late(self) -> bool:
        """Whether it needs a cause, a counter-measure and a new date (G3)."""
        return self.is_bad

    @property
    def is_good(self) -> bool:
        return self.rank is not None and not self.is_bad


describe(
    Rating,
    {
        Rating.ON_TRACK: Traits(
            meaning="予定どおり、または予定より早い",
            mark="◎",
            bar=Bar("", "2C9A63"),
            fill="E6F5EC",
            rank=3,
        ),
        Rating.MOSTLY_ON_TRACK: Traits(
            meaning="小さなずれはあるが、期限に影響しない",
            mark="○",
            bar=Bar("wdUpDiag", "51B883", "FFFFFF"),
            fill="E9F7F9",
            rank=2,
        ),
        Rating.SLIGHTLY_LATE: Traits(
            meaning="予定より遅れているが、期限までに取り戻せる見込み",
            mark="△",
            bar=Bar("pct25", "927200", "FFE380"),
            fill="FBF5E0",
            rank=1,
            is_bad=True,
        ),
        Rating.LATE: Traits(
            meaning="予定より遅れており、期限に影響する",
            mark="▲",
            bar=Bar("diagCross", "FFFFFF", "CE0000"),
            fill="FDE0E0",
            rank=0,
            is_bad=True,
        ),
        Rating.NOT_RATABLE: Traits(
            meaning="予定がまだ定まっていないなど、評価できない（理由を書く）",
            mark="―",
            bar=Bar("dkHorz", "767676", "FFFFFF"),
        ),
    },
)
LATE_RATINGS = tuple(rating for rating in Rating if rating.is_late)
"""Ratings that need a cause, a counter-measure and a new date (G3)."""


class Direction(ClosedSet):
    """今後の方針: what next."""

    CONTINUE = "continue", "継続"
    EXPAND = "expand", "拡充"
    REVISE = "revise", "見直し"
    MERGE = "merge", "統合"
    COMPLETE = "complete", "完了"
    STOP = "stop", "中止"


describe(
    Direction,
    {
        Direction.CONTINUE: Traits(meaning="いまの進め方で続ける"),
        Direction.EXPAND: Traits(meaning="対象や内容を広げる"),
        Direction.REVISE: Traits(meaning="進め方や目標を改める"),
        Direction.MERGE: Traits(meaning="ほかの項目と一つにする"),
        Direction.COMPLETE: Traits(meaning="目的を達したので終える"),
        Direction.STOP: Traits(meaning="達しないまま取りやめる"),
    },
)


class Freshness(ClosedSet):
    """鮮度: how old a statement is on a day, a question of its own (design.md §2), or what else has an age. `months` is
    its utmost age."""

    QUARTER = "quarter", "3か月以内"
    HALF = "half", "半年以内"
    YEAR = "year", "1年以内"
    OLDER = "older", "1年より前"

    @property
    def months(self) -> int | None:
        return {Freshness.QUARTER: 3, Freshness.HALF: 6, Freshness.YEAR: 12}.get(self)

    def days(self, at: date) -> tuple[date | None, date | None]:
        """Return from which day on, and before which day, a statement was made that is so old on a day."""
        places = list(Freshness)
        before = places[places.index(self) - 1].months if self is not places[0] else None
        return (
            months_before(at, self.months) if self.months else None,
            months_before(at, before) if before else None,
        )


def freshness_on(at: date) -> Callable[[date], Freshness]:
    """Return what tells how old a statement of a day is on the day `at`."""
    begins = [(one.days(at)[0] or date.min, one) for one in Freshness]
    return lambda as_of: next(one for begin, one in begins if begin <= as_of)


describe(
    Freshness,
    {
        Freshness.QUARTER: Traits(meaning="最新の記録の基準日が、3か月以内である", rank=3),
        Freshness.HALF: Traits(meaning="3か月より前で、半年以内である", rank=2),
        Freshness.YEAR: Traits(meaning="半年より前で、1年以内である", rank=1),
        Freshness.OLDER: Traits(meaning="1年を過ぎても、新しい記録がない", rank=0, is_bad=True),
    },
)


class EntryKind(models.TextChoices):
    UPDATE = "update", "更新あり"
    UNCHANGED = "unchanged", "変更なし"
    CORRECTION = "correction", "訂正"


class ResponsibilityKind(models.TextChoices):
    LEAD = "lead", "主担当課"
    SUPPORTING = "supporting", "関係課"


NO_ANSWER = "未回答"
"""Shown where nothing was stated. Silence is a visible value (G2)."""
NO_ANSWER_CODE = "no_answer"
SILENCE = Traits(
    meaning="基準日までに回答がなかった", mark="？", look="none", bar=Bar("", "FFFFFF")
)
"""How silence is told apart from what was stated."""
SHOWS_SILENCE: tuple[type[ClosedSet], ...] = (Status, Rating)
"""Where nothing was stated, a column of these shows 未回答; one of another closed set stays empty."""


def shown_meanings(members: type[ClosedSet]) -> tuple[Meaning, ...]:
    """Return what each word says that may stand where a closed set is shown: with 未回答, where silence shows so."""
    if members not in SHOWS_SILENCE:
        return members.meanings()
    silence = Meaning("", NO_ANSWER, SILENCE.mark, SILENCE.meaning)
    return (*members.meanings(), silence)


NO_DEPARTMENT = "未設定"
"""Shown where no department is responsible yet."""
