"""Migrations that move data: what was so before still holds for those who read."""

from collections.abc import Callable
from importlib import import_module

from django.apps import apps
from django.test import Client
from report_cast import opened, seal

from people.models import User
from plans.models import Edition
from reviews.actions.reporting import open_correction
from reviews.models import AnnualReport, Publication


def test_reports_that_were_public_stay_public(
    small_edition: Edition, secretariat: User, client_of: Callable[[User | None], Client]
) -> None:
    sealed = seal(opened(small_edition, secretariat), secretariat)
    open_correction(report=sealed, reason="評価の誤り", by=secretariat)
    reader = client_of(None)
    assert reader.get("/reports/2026/1/").status_code == 302
    migration = import_module("reviews.migrations.0003_publish_sealed_reports")

    migration.publish_sealed(apps, None)
    migration.publish_sealed(apps, None)

    published = Publication.objects.get()
    assert (published.report, published.published_at) == (sealed, sealed.sealed_at)
    assert published.published_by_name == secretariat.display_name
    assert reader.get("/reports/2026/1/").status_code == 200
    assert AnnualReport.objects.published().count() == 1
