"""No test can lean on the number of a row: tables share none, and none is small."""

from itertools import pairwise

from row_numbers import ABSENT, STEP, numbered_models

from rounds.models import Answer


def test_no_two_tables_share_a_number(answer: Answer) -> None:
    seen = {m: set(m._base_manager.values_list("pk", flat=True)) for m in numbered_models()}
    ours = sorted(
        (min(numbers), max(numbers))
        for model, numbers in seen.items()
        if numbers and model._meta.app_label not in ("auth", "contenttypes", "kirishima_dx")
    )

    assert len(ours) > 10
    assert ours[0][0] > STEP
    assert ours[-1][1] < ABSENT
    assert all(before[1] < after[0] for before, after in pairwise(ours))
