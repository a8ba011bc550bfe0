"""Why a change of the plan's text is refused."""

from typing import Any


class EditConflict(Exception):
    """Somebody else saved the row since the form was opened (G4). `current` is the row as it is."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__("開いている間に、ほかの人が保存しました。")


class DraftRefused(ValueError):
    """A draft cannot be opened or changed in this way; the message says why, in Japanese."""


class AdoptionMoved(Exception):
    """Somebody else called an adoption off, moved it or adopted anew since the form was opened (G4)."""

    def __init__(self) -> None:
        super().__init__("画面を開いた後に、ほかの人が施行の予定を変えました。")


class TitleTaken(DraftRefused):
    """What is to be added stands there already by the same name: most often the same form, sent twice."""


class ErratumRefused(ValueError):
    """An erratum does not fit the text. `errors` says by form field what is wrong, in Japanese."""

    def __init__(self, errors: dict[str, str]) -> None:
        self.errors = errors
        super().__init__("\n".join(errors.values()))
