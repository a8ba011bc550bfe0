"""Who says something of an initiative, and for which department."""

from dataclasses import dataclass

from initiatives.models import Initiative
from initiatives.rules import speaking_department
from kirishima_dx import clock
from people.models import Department, User


@dataclass(frozen=True)
class Speaker:
    """Who says something, for which department, under the names of that moment."""

    user: User
    name: str
    department: Department | None
    department_name: str

    @classmethod
    def now(cls, user: User, initiative: Initiative) -> "Speaker":
        department = speaking_department(user, initiative, clock.today())
        return cls(user, user.display_name, department, department.name if department else "")
