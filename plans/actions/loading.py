"""Loading a plan file."""

from dataclasses import dataclass, field

from django.db import transaction
from simple_history.utils import bulk_create_with_history

from plans.enums import ErratumKind
from plans.errors import DraftRefused
from plans.models import Axis, Edition, Erratum, FocusItem, FocusItemText, Plan, Policy, Section
from plans.plan_file.source import PlanFile
from plans.queries import edition_outline


@dataclass(frozen=True)
class Difference:
    """A text that differs between the plan file and the database."""

    place: str
    in_file: str | None
    in_database: str | None


@dataclass
class LoadResult:
    """What loading did: `created` on the first time, else how database and file differ (nothing was touched)."""

    edition: Edition
    created: bool
    differences: list[Difference] = field(default_factory=list)


@transaction.atomic
def load_plan(source: PlanFile) -> LoadResult:
    """Load an edition as 案, or compare it with what is there and touch nothing (T4).

    Of two loads at the same moment one creates and the other waits, then compares with what the first one made.
    Raises DraftRefused where the plan exists with other editions but not this one.
    """
    about = {
        "name": source.name,
        "municipality": source.municipality,
        "municipality_code": source.municipality_code,
    }
    plan, created = Plan.objects.get_or_create(code=source.code, defaults=about)
    if not created:
        editions = Edition.objects.of(plan)
        edition = editions.filter(major=source.major, minor=source.minor).first()
        if edition is None:
            raise DraftRefused(
                f"{plan.name}はすでに読み込まれています（{'、'.join(e.name for e in editions)}）。"
                f"第{source.major}.{source.minor}版は「版と改定」の画面で作成してください。"
            )
        return LoadResult(edition, created=False, differences=_differences(source, edition))
    edition = Edition.objects.create(
        plan=plan,
        major=source.major,
        minor=source.minor,
        first_fiscal_year=source.first_fiscal_year,
        last_fiscal_year=source.last_fiscal_year,
        last_updated=source.last_updated,
        issuer=source.issuer,
    )
    _create_items(source, edition)
    _create_sections(source, edition)
    Erratum.objects.bulk_create(
        Erratum(
            edition=edition,
            kind=ErratumKind.TRANSCRIPTION,
            order=order,
            place=erratum.place,
            wrong=erratum.wrong,
            right=erratum.right,
            reason=erratum.reason,
        )
        for order, erratum in enumerate(source.errata, start=1)
    )
    return LoadResult(edition, created=True)


def _create_items(source: PlanFile, edition: Edition) -> None:
    texts: list[FocusItemText] = []
    items: list[FocusItem] = []
    for axis_source in source.axes:
        axis = Axis.objects.create(
            edition=edition,
            key=str(axis_source.number),
            number=axis_source.number,
            name=axis_source.name,
            english=axis_source.english,
            tagline=axis_source.tagline,
        )
        for policy_source in axis_source.policies:
            policy = Policy.objects.create(
                edition=edition,
                axis=axis,
                key=f"{axis.key}-{policy_source.letter}",
                letter=policy_source.letter,
                name=policy_source.name,
            )
            for item in policy_source.items:
                focus_item = FocusItem(plan=edition.plan, code=f"{policy.code}-{item.number}")
                items.append(focus_item)
                texts.append(
                    FocusItemText(
                        edition=edition,
                        focus_item=focus_item,
                        policy=policy,
                        number=item.number,
                        title=item.title,
                        overview=item.overview,
                        is_study=item.is_study,
                    )
                )
    FocusItem.objects.bulk_create(items)
    # Recorded too, so that the history of the 案 begins with the wording it was loaded with.
    bulk_create_with_history(texts, FocusItemText, default_change_reason="計画ファイルの読込み")


def _create_sections(source: PlanFile, edition: Edition) -> None:
    by_key: dict[str, Section] = {}
    for order, (section, parent) in enumerate(source.walk_sections(), start=1):
        by_key[section.key] = Section.objects.create(
            edition=edition,
            key=section.key,
            parent=by_key[parent.key] if parent else None,
            order=order,
            number=section.number,
            title=section.title,
            is_supplied=section.is_supplied,
            kind=section.kind,
            body=section.body,
        )


def _differences(source: PlanFile, edition: Edition) -> list[Difference]:
    in_file, in_database = source.texts(), edition_outline(edition).texts()
    plan = edition.plan
    for place, file_value, value in (
        ("plan/name", source.name, plan.name),
        ("plan/municipality", source.municipality, plan.municipality),
        ("plan/municipality_code", source.municipality_code, plan.municipality_code),
        ("edition/first_fiscal_year", source.first_fiscal_year, edition.first_fiscal_year),
        ("edition/last_fiscal_year", source.last_fiscal_year, edition.last_fiscal_year),
        ("edition/last_updated", source.last_updated or "", edition.last_updated or ""),
        ("edition/issuer", source.issuer, edition.issuer),
    ):
        in_file[place], in_database[place] = str(file_value), str(value)
    errata = edition.errata.filter(kind=ErratumKind.TRANSCRIPTION)
    for erratum_source in source.errata:
        in_file[f"errata/{erratum_source.place}/{erratum_source.wrong}"] = erratum_source.right
    for erratum in errata:
        in_database[f"errata/{erratum.place}/{erratum.wrong}"] = erratum.right
    return [
        Difference(place, in_file.get(place), in_database.get(place))
        for place in [*in_file, *(place for place in in_database if place not in in_file)]
        if in_file.get(place) != in_database.get(place)
    ]
