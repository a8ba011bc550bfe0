"""Raw statements, as somebody with a database shell would send them."""

from django.db import IntegrityError, connection, transaction


def refused(sql: str) -> bool:
    """Whether the database refuses a raw statement; the statement must be one that would do something."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            assert cursor.rowcount != 0, f"touches no row: {sql}"
    except IntegrityError:
        return True
    return False
