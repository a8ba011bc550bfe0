"""Why an act on reports, meetings or decisions is refused."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reviews.models import AgendaItem, AnnualReport, Decision, Meeting


class ReportRefused(ValueError):
    """A report cannot be opened, changed or sealed in this way; the message says why, in Japanese."""


class ReportConflict(Exception):
    """Somebody else saved the report since the form was opened (G4)."""

    def __init__(self, current: "AnnualReport") -> None:
        self.current = current
        super().__init__("開いている間に、ほかの人が保存しました。")


class ConsiderationRefused(ValueError):
    """A consideration cannot be recorded in this way; the message says why, in Japanese."""


class MeetingRefused(ValueError):
    """A sitting cannot be planned, recorded or closed in this way; the message says why, in Japanese."""


class DecisionRefused(ValueError):
    """A decision cannot be recorded or followed up in this way; the message says why, in Japanese."""


class RecordConflict(Exception):
    """Somebody else saved a sitting, an agenda item or a decision since the form was opened (G4)."""

    def __init__(self, current: "Meeting | AgendaItem | Decision") -> None:
        self.current = current
        super().__init__("開いている間に、ほかの人が保存しました。")
