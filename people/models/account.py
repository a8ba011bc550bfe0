"""Accounts and the roles that they hold."""

from datetime import date
from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from kirishima_dx import clock
from kirishima_dx.constraints import filled, one_of
from kirishima_dx.history import tracked
from people.enums import DEPARTMENT_ROLES, Role
from people.models.department import Department
from people.querysets import RoleAssignmentQuerySet


class User(AbstractUser):
    """An account of one member of staff: a name and what it may do, nothing else about the person.

    Accounts are deactivated, never deleted (the database refuses it), so that every record keeps its author (A2).
    """

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = models.CharField("氏名", max_length=100)
    must_change_password = models.BooleanField(
        "次に入ったときにパスワードを変える",
        default=False,
        editable=False,
        help_text="事務局がパスワードを設定した後、本人が変えるまで。",
    )

    history = tracked(excluded_fields=["password", "last_login"], kept_for_a_time=True)

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "利用者"
        verbose_name_plural = "利用者"
        constraints = (models.CheckConstraint(name="user_named", condition=filled("username")),)

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.username

    def get_full_name(self) -> str:
        return self.display_name

    def get_short_name(self) -> str:
        return self.display_name

    @cached_property
    def current_roles(self) -> "list[RoleAssignment]":
        """Return the roles held today; asked once a request."""
        return list(self.role_assignments.valid_on(clock.today()).select_related("department"))

    @property
    def is_secretariat(self) -> bool:
        """Whether the account acts for the 事務局. The operator's superuser does."""
        return self.is_superuser or any(r.role == Role.SECRETARIAT for r in self.current_roles)

    @property
    def writing_departments(self) -> "list[Department]":
        """Return the departments for which the account may write today, in their order."""
        written = {r.department for r in self.current_roles if r.role in DEPARTMENT_ROLES}
        return sorted(
            (department for department in written if department is not None),
            key=lambda department: department.place_order,
        )

    @property
    def writing_department_ids(self) -> set[int]:
        return {department.pk for department in self.writing_departments}


class RoleAssignment(models.Model):
    """One role held by one account in a period; for a department where the role is one of a department."""

    user = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="role_assignments", verbose_name="利用者"
    )
    role = models.CharField("役割", max_length=20, choices=Role)
    department = models.ForeignKey(
        Department,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="role_assignments",
        verbose_name="部署",
        help_text="担当課の入力者・確認者には必要です。事務局・本部員には選びません。",
    )
    valid_from = models.DateField("開始日", default=clock.today)
    valid_until = models.DateField("終了日（最終日）", null=True, blank=True)

    history = tracked()
    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = "役割"
        verbose_name_plural = "役割"
        ordering = ("user", "role", "valid_from")
        constraints = (
            one_of("role", Role, name="role_known"),
            models.CheckConstraint(
                name="role_department_where_needed",
                condition=Q(role__in=DEPARTMENT_ROLES, department__isnull=False)
                | (~Q(role__in=DEPARTMENT_ROLES) & Q(department__isnull=True)),
                violation_error_message="担当課の役割には部署を選び、事務局・本部員には部署を選ばないでください。",
            ),
            models.CheckConstraint(
                name="role_period_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
                violation_error_message="終了日は開始日以後の日にしてください。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user.display_name} {self.get_role_display()}"

    def is_held_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or self.valid_until >= day)

    @property
    def label(self) -> str:
        """Return 事務局 or 担当課・入力者（福祉課）."""
        name = self.get_role_display()
        return f"{name}（{self.department.name}）" if self.department else name
