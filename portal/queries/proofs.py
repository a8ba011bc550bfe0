"""Whether everything that was sealed or kept as a file is still what it was (R1)."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import BinaryField, Model

from people.models import ClosedCell
from reviews.models import AnnualReport
from reviews.queries.reports import is_intact, sealed_document

CONTENT, DIGEST = "content", "digest"
NAMED = {"reviews_sealedworkbook": "確定した年次報告の会議資料（Excel）"}
"""What a table is called that has no name on the screen."""


@dataclass
class Proof:
    """What was looked at, by kind: how many, how many were closed (A3), and those that fail, by name."""

    kind: str
    count: int = 0
    closed: int = 0
    failing: list[str] = field(default_factory=list)


def all_proofs() -> list[Proof]:
    """Look at every seal and at every file that is kept with its digest."""
    return [_seals(), *(_files(model) for model in kept_files())]


def kept_files() -> Iterator[type[Model]]:
    """Yield the models that keep a file with its digest, whichever app they belong to."""
    for model in apps.get_models():
        fields = {one.name: one for one in model._meta.concrete_fields}
        if isinstance(fields.get(CONTENT), BinaryField) and DIGEST in fields:
            yield model


def _seals() -> Proof:
    """Work out the digest of every sealed report from its rows, those that are withheld among them."""
    proof = Proof("確定した年次報告の封印")
    for report in AnnualReport.objects.exclude(digest="").order_by("pk").iterator(chunk_size=1):
        proof.count += 1
        if not is_intact(report, sealed_document(report)):
            proof.failing.append(f"{report}（id {report.pk}）")
    return proof


def _files(model: type[Model]) -> Proof:
    """Work out the digest of every file; one that was closed is empty, and a closing of that very cell is recorded."""
    proof = Proof(NAMED.get(model._meta.db_table, str(model._meta.verbose_name)))
    closed = set(
        ClosedCell.objects.filter(table_name=model._meta.db_table, column_name=CONTENT).values_list(
            "row_id", flat=True
        )
    )
    kept = model._base_manager.order_by("pk").values_list("pk", CONTENT, DIGEST)
    for key, content, digest in kept.iterator(chunk_size=1):
        proof.count += 1
        if not bytes(content) and key in closed:
            proof.closed += 1
        elif hashlib.sha256(content).hexdigest() != digest:
            proof.failing.append(f"{proof.kind}（id {key}）")
    return proof


def failing_proofs() -> list[str]:
    """Return the names of whatever fails."""
    return [name for proof in all_proofs() for name in proof.failing]
