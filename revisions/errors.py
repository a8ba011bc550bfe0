"""Why an act on a draft is refused."""

from revisions.obstacles import Obstacle


class AdoptionRefused(ValueError):
    """Something stands in the way of adoption; `obstacles` says what."""

    def __init__(self, obstacles: list[Obstacle]) -> None:
        self.obstacles = obstacles
        super().__init__("\n".join(obstacle.message for obstacle in obstacles))


class DraftChanged(Exception):
    """The draft was changed after the person who adopts it had looked at it (G4)."""

    def __init__(self) -> None:
        super().__init__("確認の画面を開いた後に、案が変更されました。")
