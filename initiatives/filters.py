"""What 進捗一覧 can be narrowed to and sorted by, all of it in the address (design.md §5)."""

from collections.abc import Mapping
from functools import reduce
from operator import or_
from typing import Any

import django_filters
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict

from initiatives.enums import (
    LATE_RATINGS,
    NO_ANSWER,
    NO_DEPARTMENT,
    Freshness,
    Rating,
    ResponsibilityKind,
    Status,
)
from initiatives.models import Responsibility
from initiatives.queries.item_list import UNANSWERED
from initiatives.querysets import with_latest_entry
from initiatives.statement import COLUMNS
from kirishima_dx.fiscal_year import first_day, fiscal_year_of
from kirishima_dx.list_filter import (
    ListFilter,
    Options,
    Shortcut,
    choice,
    every_word,
    rank,
    shortcut,
    sort_filter,
)
from kirishima_dx.moment import Moment, When
from people.models import User
from people.queries import column_then, departments_then
from plans.models import Edition, FocusItemText

ANY_LATE = "any_late"
GIVEN = "given"
TEXTS = ("title", "overview", *(f"latest__{one.key}" for one in COLUMNS if one.is_prose))
"""Where words are looked for."""
IN_ORDER = ("policy__axis__number", "policy__letter", "number")
SORTS = {
    "number": "番号",
    "status": "状態",
    "rating": "進捗評価",
    "as_of": "基準日",
    "department": "主担当課",
}
Texts = QuerySet[Any]  # FocusItemText with the join of querysets.with_latest_entry.


def shortcuts(user: User | AnonymousUser, kept: Mapping[str, str]) -> list[Shortcut]:
    """Return the ways into the list: of one's own departments first, then of all. `kept` goes on with each."""
    found: list[tuple[str, dict[str, str]]] = []
    if isinstance(user, User):
        for department in user.writing_departments:
            own = {"department": department.code}
            silent = {**own, "this_year": UNANSWERED}
            found += [
                (f"{department.name}の項目", own),
                (f"{department.name}の今年度まだ答えていない項目", silent),
            ]
    found += [
        ("遅れている項目", {"rating": ANY_LATE}),
        ("今年度まだ答えていない項目", {"this_year": UNANSWERED}),
    ]
    if isinstance(user, User) and user.is_secretariat:
        found.append((f"主担当課が{NO_DEPARTMENT}の項目", {"department": UNANSWERED}))
    return [shortcut(label, {**conditions, **kept}) for label, conditions in found]


class ItemFilter(ListFilter):
    """Narrows and sorts the items of one edition by what is promised and by what holds on a day.

    A condition that makes no sense is reported in `form.errors` and left out; the others hold.
    """

    q = django_filters.CharFilter(label="語句", method="with_words", max_length=200)
    axis = choice("軸", "of_axis")
    policy = choice("取組方針", "of_policy")
    department = choice("担当課", "of_department")
    status = choice("状態", "with_status", [*Status.choices, (UNANSWERED, NO_ANSWER)])
    rating = choice(
        "進捗評価",
        "with_rating",
        [*Rating.choices, (ANY_LATE, "遅れあり（やや遅れを含む）"), (UNANSWERED, NO_ANSWER)],
    )
    this_year = choice(
        "今年度の記録", "told_this_year", [(UNANSWERED, "まだ答えていない"), (GIVEN, "答えている")]
    )
    freshness = choice("記録の新しさ", "as_fresh_as", [*Freshness.choices, (UNANSWERED, NO_ANSWER)])
    study = choice("検討項目", "under_study", [("only", "★だけ"), ("without", "★を除く")])
    sort = sort_filter(SORTS)
    default_order = "number"

    class Meta:
        model = FocusItemText
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, edition: Edition, at: When) -> None:
        self.edition, self.at = edition, Moment.of(at)
        texts = with_latest_entry(edition.item_texts.order_by(*IN_ORDER), self.at)
        super().__init__(data, queryset=texts)
        self.filters["axis"].extra["choices"] = self._axes()
        self.filters["policy"].extra["choices"] = self._policies()
        self.filters["department"].extra["choices"] = self._departments()

    def _axes(self) -> Options:
        axes = self.edition.axes.order_by("number")
        return [(str(axis.number), f"{axis.number} {axis.name}") for axis in axes]

    def _policies(self) -> Options:
        policies = self.edition.policies.select_related("axis").order_by("axis__number", "letter")
        return [(policy.code, str(policy)) for policy in policies]

    def _departments(self) -> Options:
        responsible = Responsibility.objects.valid_on(self.at).filter(department=OuterRef("id"))
        departments = departments_then(self.at, also=responsible)
        named = [(department.code, department.name) for department in departments]
        return [*named, (UNANSWERED, NO_DEPARTMENT)]

    def with_words(self, texts: Texts, name: str, value: str) -> Texts:
        """Keep the items that contain every word, also where it was typed in full-width letters."""

        def found(word: str) -> Q:
            columns = (Q(**{f"{column}__icontains": word}) for column in TEXTS)
            return reduce(or_, columns)

        # At once: each filter of its own would join the entries again.
        return texts.filter(every_word(value, found))

    def of_axis(self, texts: Texts, name: str, value: str) -> Texts:
        return texts.filter(policy__axis__number=value)

    def of_policy(self, texts: Texts, name: str, value: str) -> Texts:
        number, _, letter = value.partition("-")
        return texts.filter(policy__axis__number=number, policy__letter=letter)

    def of_department(self, texts: Texts, name: str, value: str) -> Texts:
        held = Responsibility.objects.valid_on(self.at).filter(
            initiative__focus_item=OuterRef("focus_item")
        )
        if value == UNANSWERED:
            return texts.exclude(Exists(held.filter(kind=ResponsibilityKind.LEAD)))
        return texts.filter(Exists(held.filter(department__code=value)))

    def with_status(self, texts: Texts, name: str, value: str) -> Texts:
        if value == UNANSWERED:
            return texts.filter(latest__isnull=True)
        return texts.filter(latest__status=value)

    def with_rating(self, texts: Texts, name: str, value: str) -> Texts:
        if value == UNANSWERED:
            return texts.filter(latest__isnull=True)
        if value == ANY_LATE:
            return texts.filter(latest__rating__in=LATE_RATINGS)
        return texts.filter(latest__rating=value)

    def told_this_year(self, texts: Texts, name: str, value: str) -> Texts:
        """Part the items of which something was said in the fiscal year of the day from the silent ones."""
        first = first_day(fiscal_year_of(self.at.day))  # As initiatives.silence tells it.
        if value == GIVEN:
            return texts.filter(latest__as_of__gte=first)
        return texts.filter(Q(latest__isnull=True) | Q(latest__as_of__lt=first))

    def as_fresh_as(self, texts: Texts, name: str, value: str) -> Texts:
        """Keep the items whose latest statement is so old on the day."""
        if value == UNANSWERED:
            return texts.filter(latest__isnull=True)
        begin, end = Freshness(value).days(self.at.day)
        if begin is not None:
            texts = texts.filter(latest__as_of__gte=begin)
        return texts if end is None else texts.filter(latest__as_of__lt=end)

    def under_study(self, texts: Texts, name: str, value: str) -> Texts:
        return texts.filter(is_study=value == "only")

    def sorted_by(self, texts: Texts, name: str, value: str) -> Texts:
        key = value.removeprefix("-")
        if key == "number":
            return texts.order_by(*(f"{'-' * value.startswith('-')}{name}" for name in IN_ORDER))
        texts, columns = self._sort_columns(texts, key)
        orders = [
            column.desc(nulls_last=True) if value.startswith("-") else column.asc(nulls_last=True)
            for column in columns
        ]
        return texts.order_by(*orders, *IN_ORDER)

    def _sort_columns(self, texts: Texts, key: str) -> tuple[Texts, list[Any]]:
        if key == "status":
            return texts, [rank("latest__status", Status)]
        if key == "rating":
            return texts, [rank("latest__rating", Rating)]
        if key == "as_of":
            return texts, [F("latest__as_of")]
        lead = Responsibility.objects.leading_on(self.at).filter(
            initiative__focus_item=OuterRef("focus_item")
        )
        orders = lead.annotate(then_order=column_then("order", self.at)).values("then_order")
        texts = texts.annotate(lead_order=orders[:1], lead_code=lead.values("department__code")[:1])
        return texts, [F("lead_order"), F("lead_code")]
