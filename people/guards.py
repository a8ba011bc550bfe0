"""What the database refuses in the people app."""

from kirishima_dx.guard_triggers import ByVendor
from kirishima_dx.guards import Guard, append_only, filled_in_once, fixed
from people.closable import CLOSABLE

_SECONDS = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]*"
"""A moment as Django writes it into SQLite: text in UTC that sorts by time. What is written in another way would be
compared with others as text, so it is refused."""
_A_YEAR_BACK = ByVendor(
    sqlite=f"NEW.until GLOB '{_SECONDS}' AND NEW.shortened_at GLOB '{_SECONDS}'"
    " AND NEW.until <= datetime(NEW.shortened_at, '-1 year')",
    postgresql="isfinite(NEW.until) AND isfinite(NEW.shortened_at) AND NEW.until AT TIME ZONE 'UTC'"
    " <= NEW.shortened_at AT TIME ZONE 'UTC' - interval '1 year'",
)

GUARDS = [
    Guard(
        "people_user_no_delete",
        "people_user",
        "DELETE",
        "利用者は削除できません。無効にしてください。",
    ),
    fixed("people_user", "date_joined", what="アカウントの登録日時"),
    fixed("people_department", "code", what="部署のコード"),
    *filled_in_once(
        "people_departmentlistupload",
        what="部署一覧の取込み",
        kept=("id", "file_name", "content", "uploaded_at", "uploaded_by_id"),
        while_open="OLD.applied_at IS NULL",
        closable=CLOSABLE["DepartmentListUpload"],
    ),
    *append_only(
        "people_departmentsuccession",
        what="部署の引継ぎ",
        closable=CLOSABLE["DepartmentSuccession"],
    ),
    Guard(
        "people_departmentsuccession_joined_once",
        "people_departmentsuccession",
        "INSERT",
        "この二つの部署の引継ぎは、すでに記録されています。",
        "EXISTS (SELECT 1 FROM people_departmentsuccession AS s WHERE s.before_id = NEW.before_id"
        " AND s.after_id = NEW.after_id AND NOT EXISTS"
        " (SELECT 1 FROM people_successionrecall AS r WHERE r.succession_id = s.id))",
    ),
    *append_only(
        "people_successionrecall",
        what="引継ぎの取りやめの記録",
        closable=CLOSABLE["SuccessionRecall"],
    ),
    Guard(
        "people_successionrecall_of_its_day",
        "people_successionrecall",
        "INSERT",
        "引継ぎの取りやめの記録が、引継ぎの日と合いません。",
        "NOT EXISTS (SELECT 1 FROM people_departmentsuccession AS s"
        " WHERE s.id = NEW.succession_id AND s.effective_from = NEW.planned_day)",
    ),
    *append_only("people_closing", what="閉鎖の記録", closable=CLOSABLE["Closing"]),
    *append_only("people_closedcell", what="閉鎖の記録"),
    *filled_in_once(
        "people_signin",
        what="ログインの記録",
        kept=("id", "tried_at", "username", "user_id", "address", "door", "known_browser"),
        while_open="OLD.outcome = 'under_way'",
        closable=CLOSABLE["SignIn"],
        kept_for_a_time="tried_at",
    ),
    *append_only(
        "people_download",
        what="ファイルの取出しの記録",
        closable=CLOSABLE["Download"],
        kept_for_a_time="taken_at",
    ),
    *append_only(
        "people_unlock",
        what="ログイン停止の解除の記録",
        closable=CLOSABLE["Unlock"],
        kept_for_a_time="unlocked_at",
    ),
    *append_only("people_passwordsetting", what="パスワードの設定の記録"),
    *append_only("people_shortening", what="記録の整理の記録", closable=CLOSABLE["Shortening"]),
    Guard(
        "people_shortening_a_year_back",
        "people_shortening",
        "INSERT",
        "記録は、少なくとも1年は残します。",
        _A_YEAR_BACK.within("(", ") IS NOT TRUE"),
    ),
]
