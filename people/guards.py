"""What the database refuses in the people app."""

from kirishima_dx.guards import Guard, append_only

GUARDS = [
    Guard(
        "people_user_no_delete",
        "people_user",
        "DELETE",
        "利用者は削除できません。無効にしてください。",
    ),
    *append_only("people_departmentsuccession", what="部署の引継ぎ"),
]
