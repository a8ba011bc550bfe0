"""Why what somebody does in a round is refused."""

from rounds.models import Answer


class AnswerConflict(Exception):
    """Something was done to the answer since the form was opened (G4). `answer` is as it now stands."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        super().__init__("開いている間に、ほかの人がこの回答を変えました。")


class ImportConflict(Exception):
    """What a preview showed is no longer what an import would do (F1); nothing was applied."""

    def __init__(self) -> None:
        super().__init__(
            "確認の画面を開いている間に、回答が変わりました。もう一度確かめてください。"
        )
