"""What the migration tells of amendments and decisions that an older database holds."""

from datetime import date, timedelta
from importlib import import_module

from django.apps import apps
from django.db import connection
from draft_cast import TITLE, text_of
from meeting_cast import decided

from kirishima_dx import clock
from people.models import User
from plans.actions.adoption import put_in_force
from plans.actions.drafting.items import reword_item
from plans.models import Edition
from reviews.models import Decision, DecisionOutcome
from revisions.models import AdoptionDecision, Amendment

tell = import_module("revisions.migrations.0004_what_still_counts").tell


def amended(
    draft: Edition, by: User, decision: Decision | None, hour: int, code: str, **words: str
) -> None:
    """Change an item as the versions before did, and note the act an hour after the one before."""
    text = text_of(draft, code)
    now = {"title": text.title, "overview": text.overview, "is_study": text.is_study, **words}
    moment = clock.now() + timedelta(hours=hour)
    with clock.standing_at(moment):
        reword_item(text=text, opened_version=text.version, by=by, reason="理由", **now)
    Amendment.objects.create(
        edition=draft,
        focus_item=text.focus_item,
        kind="reword",
        reason="理由",
        origin="decision" if decision else "other",
        decision=decision,
        amended_at=moment,
        amended_by=by,
        amended_by_name="名",
    )


def test_o3_an_older_database_tells_what_its_editions_differ_in(
    draft: Edition, secretariat: User
) -> None:
    with connection.cursor() as cursor:
        on_table = "" if connection.vendor == "sqlite" else " ON revisions_effect"
        cursor.execute(f"DROP TRIGGER revisions_effect_late_insert{on_table}")
    gone, back, shown, basis = (
        decided(draft, secretariat, None, kind="amendment", text=text) for text in "一二三四"
    )
    amended(draft, secretariat, gone, 1, "1-A-1", title="甲")
    amended(draft, secretariat, None, 2, "1-A-1", title=TITLE)
    amended(draft, secretariat, back, 3, "1-B-1", overview="乙")
    amended(draft, secretariat, None, 4, "1-B-1", overview=text_of(draft.base, "1-B-1").overview)  # type: ignore[arg-type]
    amended(draft, secretariat, shown, 5, "1-B-1", overview="丙")
    AdoptionDecision.objects.create(edition=draft, decision=basis)
    day = date(2026, 10, 10)
    told = {"decided_on": day, "effective_from": day, "basis": "根拠"}
    put_in_force(edition=draft, fates=[], by=secretariat, **told)

    tell(apps, None)

    assert [act.decision for act in Amendment.objects.counting()] == [shown]
    assert [(one.decision, one.kind, one.label) for one in DecisionOutcome.objects.all()] == [
        (shown, "reflected", str(text_of(draft, "1-B-1"))),
        (basis, "basis", ""),
    ]
