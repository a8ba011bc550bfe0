"""What the database refuses in the people app."""

from kirishima_dx.guards import Guard, append_only
from people.closable import CLOSABLE

GUARDS = [
    Guard(
        "people_user_no_delete",
        "people_user",
        "DELETE",
        "利用者は削除できません。無効にしてください。",
    ),
    *append_only(
        "people_departmentsuccession",
        what="部署の引継ぎ",
        closable=CLOSABLE["DepartmentSuccession"],
    ),
    *append_only("people_closing", what="閉鎖の記録", closable=CLOSABLE["Closing"]),
    *append_only("people_closedcell", what="閉鎖の記録"),
]
