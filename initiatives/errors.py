"""Why what somebody records of an initiative is refused."""

from initiatives.models import Initiative, Study


class RevisionConflict(Exception):
    """Something was recorded of the initiative since the form was opened (G4)."""

    def __init__(self, initiative: Initiative) -> None:
        self.initiative = initiative
        super().__init__("開いている間に、ほかの人が記録しました。")


class EntryRefused(ValueError):
    """An entry breaks a rule. `errors` maps a field of the form to what is wrong, in Japanese."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("\n".join(errors.values()))


class StudyRefused(ValueError):
    """A question, a note or a file of a study cannot be kept; the message says why, in Japanese."""


class StudyConflict(Exception):
    """Somebody else saved the question since the form was opened (G4). `current` is None where there is none."""

    def __init__(self, current: Study | None) -> None:
        self.current = current
        super().__init__("開いている間に、ほかの人が保存しました。")


class RecallRefused(ValueError):
    """A planned change of responsibility cannot be called off or moved; the message says why, in Japanese."""


class RecallOutdated(Exception):
    """What is planned is no longer what the form showed, or its day has come (G4)."""
