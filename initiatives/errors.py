"""Why what somebody records of an initiative is refused."""

from initiatives.models import Initiative


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
