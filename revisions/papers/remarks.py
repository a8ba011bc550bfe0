"""備考: what kind of change it is, where it came from and went, why it was made and on whose decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kirishima_dx.clock import day_of
from kirishima_dx.fiscal_year import wareki_date
from reviews.models import Decision
from revisions.enums import AmendmentKind, OriginKind
from revisions.papers.explained import Explained, Reason


@dataclass(frozen=True)
class Given:
    """A reason as it is told in 備考; empty where it would only repeat what stands there already.

    `kinds` where several reasons are given, `edition` where the table spans several steps, `origin` where it is known.
    """

    text: str
    kinds: str = ""
    edition: str = ""
    origin: str = ""
    decision: Decision | None = None
    at: datetime | None = None
    by_name: str = ""

    @property
    def decided(self) -> str:
        """Return R8-1-3 令和8年度第1回DX推進本部会議."""
        return f"{self.decision.code} {self.decision.meeting.title}" if self.decision else ""

    @property
    def in_words(self) -> str:
        """Return the reason and what it rests on in one line, without the name of who wrote it."""
        day = wareki_date(day_of(self.at)) if self.at else ""
        about = [self.edition and f"第{self.edition}版", self.kinds, day]
        told = "、".join(part for part in about if part)
        rests_on = f"【決定 {self.decided}】" if self.decision else ""
        origin = f"【きっかけ：{self.origin}】" if self.origin else ""
        return f"{self.text}{rests_on}{origin}" + (f"（{told}）" if told else "")


@dataclass(frozen=True)
class Remarks:
    """What stands in 備考 beside a change; `notes` name the other end of a move, a split, a merger."""

    kinds: tuple[AmendmentKind, ...] = ()
    notes: tuple[str, ...] = ()
    reasons: tuple[Given, ...] = ()
    unexplained: tuple[AmendmentKind, ...] = ()
    lacks_decision: bool = False

    @property
    def in_words(self) -> str:
        """Return the remarks as one text for a cell."""
        kinds = "、".join(str(kind.label) for kind in self.kinds)
        reasons = [f"理由：{given.in_words}" for given in self.reasons]
        return "\n".join(part for part in (kinds, *self.notes, *reasons, self.lacking) if part)

    @property
    def lacking(self) -> str:
        """Return what is still to be given, empty where nothing is."""
        if not self.unexplained:
            return ""
        missing = "本部会議の決定がありません" if self.lacks_decision else "理由が書かれていません"
        return f"（{missing}）"


def remarks_of(
    explained: Explained, notes: Sequence[str] = (), *, spans: bool, is_draft: bool
) -> Remarks:
    """Return what is remarked of a change; `spans` names the edition of each reason.

    That a reason is lacking is told of a draft only: what was adopted before there were reasons has none to be given.
    """
    standing = explained.standing_reasons
    several = len(standing) > 1
    return Remarks(
        tuple(explained.kinds),
        tuple(notes),
        tuple(_given(reason, several=several, spans=spans) for reason in standing),
        tuple(explained.unexplained) if is_draft else (),
        explained.lacks_decision,
    )


def _given(reason: Reason, *, several: bool, spans: bool) -> Given:
    act = reason.act
    is_told = act.origin in (OriginKind.DECISION, OriginKind.OTHER)
    return Given(
        reason.text,
        kinds=reason.kinds if several else "",
        edition=reason.edition if spans else "",
        origin="" if is_told else str(act.get_origin_display()),
        decision=act.decision,
        at=reason.at,
        by_name=reason.by_name,
    )
