"""Places of an edition's text (the words of `Erratum.place`): what people call them, and their
anchors on the page."""

from dataclasses import dataclass

from plans.models import Axis, Edition, FocusItemText, Policy, Section

Anchored = Axis | Policy | FocusItemText | Section
COVER = "edition"
PARTS = {
    "title": "題",
    "overview": "取組の概要",
    "is_study": "検討項目 ★",
    "name": "名称",
    "english": "英語の語",
    "tagline": "標語",
    "body": "本文",
    "number": "見出し番号",
    "kind": "種類",
    "is_supplied": "補った見出し",
    "parent": "上の節",
}
ABOUT = {
    "plan/name": "計画の名称",
    "plan/municipality": "地方公共団体名",
    "plan/municipality_code": "全国地方公共団体コード",
    "edition/first_fiscal_year": "計画期間の最初の年度",
    "edition/last_fiscal_year": "計画期間の最後の年度",
    "edition/last_updated": "原案の最終更新日",
    "edition/issuer": "策定者",
}


@dataclass(frozen=True)
class Place:
    """Where a text stands: `label` for people, `anchor` on the page of its edition, if any."""

    label: str
    anchor: str


def locate(place: str, headings: dict[str, str] | None = None) -> Place:
    """Return what a place is called; `headings` names the sections by their key."""
    if place in ABOUT:
        return Place(ABOUT[place], "")
    group, _, rest = place.partition("/")
    if group == "errata":
        where = locate(rest.rpartition("/")[0], headings)
        return Place(f"正誤 {where.label}", where.anchor)
    key, _, part = rest.partition("/")
    name, anchor = {
        "axes": (f"軸{key}", f"axis-{key}"),
        "policies": (f"取組方針 {key}", f"policy-{key}"),
        "items": (f"重点項目 {key}", f"item-{key}"),
        "sections": ((headings or {}).get(key, f"節「{key}」"), key),
    }.get(group, (place, ""))
    part_name = "見出し" if group == "sections" and part == "title" else PARTS.get(part, part)
    return Place(f"{name} {part_name}".strip(), anchor)


def anchor(text: Anchored) -> str:
    """Return where a text stands on the page of its edition, as `locate` does."""
    match text:
        case Axis():
            return f"axis-{text.number}"
        case Policy():
            return f"policy-{text.code}"
        case FocusItemText():
            return f"item-{text.place}"
        case _:
            return text.key


def lasting_anchor(place: str) -> str:
    """Return where a part stands on the page of a draft, by its lasting place: sections-purpose."""
    return place.replace("/", "-")


def lasting_place(part: Axis | Policy | Section | FocusItemText | Edition) -> str:
    """Return the name of a part by its lasting key, the same in all editions whatever number it bears there:
    edition, axes/1, policies/1-A, items/1-A-3, sections/purpose."""
    match part:
        case FocusItemText():
            return f"items/{part.focus_item.code}"
        case Axis():
            return f"axes/{part.key}"
        case Policy():
            return f"policies/{part.key}"
        case Section():
            return f"sections/{part.key}"
        case _:
            return COVER
