"""The year's update in the demo: considered in October, drafted with a change of each kind, ready to be adopted."""

from demo.cast import Cast
from demo.statements import FEW_PLACES
from demo.study import STUDIED
from initiatives.models import ProgressEntry
from kirishima_dx import clock
from people.models import User
from plans.models import Edition, FocusItemText, Policy, Section
from reviews.actions.considering import record_consideration
from reviews.enums import ConsiderationOutcome, DecisionKind
from reviews.models import Consideration, Decision, Meeting
from revisions.actions.amending import (
    amend_add,
    amend_close_gaps,
    amend_end,
    amend_merge,
    amend_move,
    amend_split,
    amend_text,
)
from revisions.actions.amending_axes import amend_policy
from revisions.actions.amending_sections import amend_section
from revisions.actions.commenting import comment_on_draft, settle_question
from revisions.actions.opening import open_considered_draft
from revisions.enums import OriginKind
from revisions.models import Origin
from rounds.models import ReportingRound

REWORDED, SPLIT, MOVED, MERGED, MERGED_INTO, ENDED = (
    FEW_PLACES,
    "3-A-2",
    "2-A-6",
    "2-A-5",
    "2-C-1",
    "3-A-6",
)
MOVED_BEHIND = "3-C-2"
SECTION = "management-research"


def consider_update(meeting: Meeting, by: User) -> Consideration:
    """Record that the sitting considered the year's update."""
    return record_consideration(
        plan=meeting.plan,
        fiscal_year=meeting.fiscal_year,
        outcome=ConsiderationOutcome.REVISE,
        reason="（デモ）検討項目の一つが具体化し、要望による変更もあるため。",
        considered_on=meeting.held_on,
        meeting=meeting,
        by=by,
    )


def draft_next_edition(edition: Edition, consideration: Consideration, cast: Cast) -> Edition:
    """Open 2.1 upon the consideration, with one change of each kind, ready to be looked through and adopted."""
    draft = open_considered_draft(
        base=edition,
        major=edition.major,
        minor=edition.minor + 1,
        consideration=consideration,
        by=cast.jimukyoku,
    )
    _reword_items(draft, cast.jimukyoku)
    _place_items(draft, cast.jimukyoku)
    _add_and_end_items(draft, cast.jimukyoku)
    _reword_other_parts(draft, cast.jimukyoku)
    _discuss(draft, cast)
    return draft


def _reword_items(draft: Edition, by: User) -> None:
    reworded, concrete = _text(draft, REWORDED), _text(draft, STUDIED)
    amend_text(
        text=reworded,
        title=reworded.title,
        overview=reworded.overview.replace("身近な公共施設で", "身近な公共施設や商業施設で"),
        is_study=reworded.is_study,
        opened_version=reworded.version,
        reason="（デモ）商業施設での開催の要望が多かったため",
        by=by,
        origin=_decided(draft, DecisionKind.AMENDMENT, REWORDED),
    )
    amend_text(
        text=concrete,
        title=concrete.title,
        overview=concrete.overview,
        is_study=False,
        opened_version=concrete.version,
        reason="（デモ）調査・研究の結果、実施の方法が定まったため",
        by=by,
        origin=_decided(draft, DecisionKind.CONCRETISE, STUDIED),
    )


def _place_items(draft: Edition, by: User) -> None:
    """Move an item to another policy, where it makes others change their numbers; merge one; close the gap behind."""
    behind = _text(draft, MOVED_BEHIND)
    moved, merged = _text(draft, MOVED), _text(draft, MERGED)
    left = merged.policy
    amend_move(
        text=moved,
        policy=behind.policy,
        after=behind,
        opened_version=moved.version,
        reason="（デモ）データを公開する取組と並べて進めるため",
        by=by,
        origin=Origin(OriginKind.FIELD),
    )
    amend_merge(
        text=merged,
        into=_text(draft, MERGED_INTO),
        opened_version=merged.version,
        reason="（デモ）同じ仕組みの導入と運用を、一つの項目で続けるため",
        by=by,
        origin=Origin(OriginKind.ROUND, ReportingRound.objects.earliest("opened_at")),
    )
    amend_close_gaps(policy=left, reason="（デモ）番号を続けるため", by=by)


def _add_and_end_items(draft: Edition, by: User) -> None:
    split, ended = _text(draft, SPLIT), _text(draft, ENDED)
    amend_split(
        text=split,
        policy=split.policy,
        title="（デモ）道路の通行止めの情報の共有",
        overview="（デモ）道路の通行止めを地図で知らせる取組を、災害の情報と分けて先に進めます。",
        is_study=False,
        opened_version=split.version,
        reason="（デモ）準備の整った部分から先に進めるため",
        by=by,
        origin=Origin(OriginKind.PROBLEM, _problem(SPLIT)),
    )
    amend_end(
        text=ended,
        opened_version=ended.version,
        reason="（デモ）関連する項目の中で続けるため",
        by=by,
    )
    amend_add(
        policy=_policy(draft, "3-C"),
        title="（デモ）地域の集まりを支えるデジタル掲示板",
        overview="（デモ）自治会などのお知らせを、スマホでも受け取れるようにします。",
        is_study=True,
        reason="（デモ）現場の気づきとして提案があったため",
        by=by,
        origin=Origin(OriginKind.FIELD),
    )


def _reword_other_parts(draft: Edition, by: User) -> None:
    policy = _policy(draft, "1-B")
    amend_policy(
        policy=policy,
        name=f"{policy.name}（デモ）",
        opened_version=policy.version,
        reason="（デモ）取組方針の文言を改める例",
        by=by,
        origin=Origin(OriginKind.NATION),
    )
    section = Section.objects.select_related("edition").get(edition=draft, key=SECTION)
    amend_section(
        section=section,
        number=section.number,
        title=section.title,
        body=f"{section.body}（デモ）生成AIなど新しい技術は、小さく試してから評価します。",
        opened_version=section.version,
        reason="（デモ）技術の動向の調べ方を加えるため",
        by=by,
        origin=Origin(OriginKind.TECHNOLOGY),
    )


def _discuss(draft: Edition, cast: Cast) -> None:
    """Let somebody say something of an item, and ask what the 事務局 settles."""
    comment_on_draft(
        draft=draft,
        focus_item=_text(draft, REWORDED).focus_item,
        place="",
        text="（デモ）支所の近くの商業施設も候補に入れてほしい。",
        is_question=False,
        by=cast.editors["demo-madoguchi"],
    )
    question = comment_on_draft(
        draft=draft,
        focus_item=_text(draft, SPLIT).focus_item,
        place="",
        text="（デモ）分けた後の担当課はどこになるか。",
        is_question=True,
        by=cast.editors["demo-bosai"],
    )
    with clock.standing_at(clock.now().replace(hour=16)):
        settle_question(
            comment=question,
            settlement="（デモ）施行のときに、もとの項目の担当課が引き継ぐ。",
            by=cast.jimukyoku,
        )


def _text(draft: Edition, code: str) -> FocusItemText:
    """Return what the draft says of an item by now: each change makes a new version of it."""
    texts = draft.item_texts.select_related("edition", "focus_item", "policy__axis")
    return texts.get(focus_item__code=code)


def _policy(draft: Edition, code: str) -> Policy:
    policies = draft.policies.select_related("axis", "edition")
    return next(policy for policy in policies if policy.code == code)


def _decided(draft: Edition, kind: DecisionKind, code: str) -> Origin:
    """Return what the DX推進本部 decided about an item as the origin of a change."""
    decision = Decision.objects.get(meeting__plan=draft.plan_id, kind=kind, focus_items__code=code)
    return Origin(OriginKind.DECISION, decision)


def _problem(code: str) -> ProgressEntry:
    """Return the latest 課題 of an item that was put to the DX推進本部."""
    put = ProgressEntry.objects.standing().filter(for_headquarters=True)
    return put.filter(initiative__focus_item__code=code).latest("as_of")
