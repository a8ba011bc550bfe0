"""The form of giving a draft up."""

from kirishima_dx.forms import ProseField
from revisions.forms.draft import DraftForm


class AbandonForm(DraftForm):
    """Why a draft is given up."""

    reason = ProseField(
        label="取りやめの理由",
        rows=3,
        max_length=2000,
        help_text="取りやめた案とともに残り、職員が読めます。",
        error_messages={"required": "取りやめの理由を書いてください。"},
    )
