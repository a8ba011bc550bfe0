"""What stands for the content of the whole database at one moment (docs/decisions/0035)."""

from django.db import models


class ContentToken(models.Model):
    """A random value that every counted change of any table replaces, in the transaction of the change.

    Triggers write it (kirishima_dx/content_triggers.py), `current_token` reads it; nobody else touches it. There is one
    row. On PostgreSQL a few may come to be, because of several that write at once none waits for another: all rows
    together are the token.
    """

    value = models.CharField("値", max_length=36)

    class Meta:
        verbose_name = "内容の印"
        verbose_name_plural = "内容の印"

    def __str__(self) -> str:
        return self.value
