"""What the pages of drafting say once something was saved, and where it is seen."""

import pytest
from django.test import Client
from draft_cast import EDIT
from part_cast import POLICY, POLICY_END, SECTION_END, sent

from plans.models import Edition, FocusItemText, Policy, Section

URL = "/editions/draft/"
NAMED = "「やさしい窓口」の推進"


@pytest.mark.parametrize(
    ("url", "form", "said"),
    [
        (POLICY, sent(name="窓口"), "「取組方針 1-A 『やさしい窓口』の推進」の改定を"),
        (SECTION_END, sent(), "「① 『やさしい窓口』の推進」を終了にしました。"),
        (f"{EDIT}end/", sent(), "1-A-1「『やさしい窓口』の推進」を終了にしました。"),
        (f"{EDIT}move/", sent(spot="1-B/1-B-1"), "「『やさしい窓口』の推進」を1-B-2に移しました。"),
    ],
)
def test_names_that_hold_brackets_are_told_apart_from_the_message(
    draft: Edition, desk: Client, url: str, form: dict[str, object], said: str
) -> None:
    FocusItemText.objects.filter(edition=draft, focus_item__code="1-A-1").update(title=NAMED)
    Policy.objects.filter(edition=draft, key="1-A").update(name=NAMED)
    Section.objects.filter(edition=draft, key="purpose").update(title=NAMED)
    page = desk.post(url, form, follow=True).content.decode()
    assert said in page
    assert "「「" not in page


def test_a_part_that_is_to_end_is_named_likewise(draft: Edition, desk: Client) -> None:
    Policy.objects.filter(edition=draft, key="2-A").update(name=NAMED)
    FocusItemText.objects.filter(edition=draft, policy__key="2-A").delete()
    page = desk.get(POLICY_END.replace("1-A", "2-A")).content.decode()
    assert "「取組方針 2-A 『やさしい窓口』の推進」は、第1.1版（案）に載らなくなります。" in page
