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
    Guard(
        "people_departmentsuccession_joined_once",
        "people_departmentsuccession",
        "INSERT",
        "この二つの部署の引継ぎは、すでに記録されています。",
        "EXISTS (SELECT 1 FROM people_departmentsuccession AS s WHERE s.before_id = NEW.before_id"
        " AND s.after_id = NEW.after_id AND NOT EXISTS"
        " (SELECT 1 FROM people_successionrecall AS r WHERE r.succession_id = s.id))",
    ),
    *append_only("people_successionrecall", what="引継ぎの取りやめの記録"),
    Guard(
        "people_successionrecall_of_its_day",
        "people_successionrecall",
        "INSERT",
        "引継ぎの取りやめの記録が、引継ぎの日と合いません。",
        "NOT EXISTS (SELECT 1 FROM people_departmentsuccession AS s"
        " WHERE s.id = NEW.succession_id AND s.effective_from = NEW.planned_day)",
    ),
]
