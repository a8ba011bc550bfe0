"""Addresses of signing in, of one's own account and of the departments."""

from django.urls import path

from people.views import account, closing, departments, sign_in, sign_in_locks

urlpatterns = [
    path("login/", sign_in.sign_in, name="login"),
    path("logout/", sign_in.sign_out, name="logout"),
    path("account/password/", account.password_change, name="password_change"),
    path("sign-ins/locked/", sign_in_locks.lock_list, name="lock_list"),
    path("departments/", departments.department_list, name="department_list"),
    path("departments.xlsx", departments.department_list_file, name="department_list_workbook"),
    path("departments/import/", departments.department_import, name="department_import"),
    path(
        "departments/import/<int:upload_id>/",
        departments.department_import_check,
        name="department_import_check",
    ),
    path("closings/", closing.closing_list, name="closing_list"),
    path("closings/search/", closing.closing_search, name="closing_search"),
    path("closings/<str:table>/<int:row_id>/", closing.closing_add, name="closing_add"),
]
