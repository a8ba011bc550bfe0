"""Answers and entries in the admin, to be looked at."""

from django.contrib import admin
from django.test import RequestFactory

from initiatives.models import ProgressEntry
from initiatives.statement import BY_KEY
from people.models import User
from rounds.models import Answer


def test_the_columns_of_a_statement_stand_together_after_what_they_belong_to(
    secretariat: User,
) -> None:
    request = RequestFactory().get("/admin/")
    request.user = secretariat
    for model, before, after in ((ProgressEntry, "as_of", "repeats"), (Answer, "kind", "basis")):
        fields = list(admin.site.get_model_admin(model).get_fields(request))
        begin, end = fields.index(before), fields.index(after)

        assert fields[begin + 1 : end] == [*BY_KEY]
