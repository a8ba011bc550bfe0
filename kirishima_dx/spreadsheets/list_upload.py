"""A list as it came in, kept from its preview on: what is applied is what was shown, and once."""

from typing import Any, TypeVar

from django.conf import settings
from django.db import models, transaction

from kirishima_dx import clock
from kirishima_dx.spreadsheets.list_rows import ListOutdated


class ListUpload(models.Model):
    """The base of a table for the uploads of one list; `both_or_neither("applied_at", "applied_by")` belongs to it."""

    file_name = models.CharField("ファイル名", max_length=255)
    content = models.BinaryField("内容")
    uploaded_at = models.DateTimeField("取込日時")
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="取込者"
    )
    applied_at = models.DateTimeField("反映日時", null=True, blank=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.file_name


Upload = TypeVar("Upload", bound=ListUpload)


def keep_list(table: type[Upload], *, file_name: str, content: bytes, by: Any) -> Upload:
    """Keep a list that was sent in, in the table of its kind."""
    return table._default_manager.create(
        file_name=file_name[-255:], content=content, uploaded_at=clock.now(), uploaded_by=by
    )


@transaction.atomic
def take_list(upload: ListUpload, *, by: Any) -> None:
    """Note who applies a list; no other list of its kind is applied until that is done.

    To be called in the transaction that applies it. Raises ListOutdated where it was applied before.
    """
    uploads = type(upload)._default_manager.select_for_update()
    # One list at a time, also where nothing stands yet whose row could be locked.
    list(uploads.order_by("pk").values_list("pk")[:1])
    taken = uploads.get(pk=upload.pk)
    if taken.applied_at is not None:
        raise ListOutdated
    taken.applied_at, taken.applied_by = clock.now(), by
    taken.save(update_fields=["applied_at", "applied_by"])
