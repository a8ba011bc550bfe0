"""What stands in the way of a back-up, a restore or a move, in words for whoever runs the command."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DatabaseError

NO_ROOM = {errno.ENOSPC, errno.EDQUOT if hasattr(errno, "EDQUOT") else errno.ENOSPC, errno.EFBIG}
_NO_CONNECTION = ("connection failed", "connection is bad", "Name or service not known", "Errno -")
NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}


class MoveRefused(Exception):
    """The message says in Japanese what is in the way, what was left as it was, and what to do."""


@contextmanager
def told_in_words(where: object) -> Iterator[None]:
    """Turn what the system or a database says into a MoveRefused; `where` is what was written or read."""
    try:
        yield
    except FileExistsError as fault:
        raise MoveRefused(
            f"「{where}」はすでにあります。上書きはしません。別の名前にしてください。"
        ) from fault
    except OSError as fault:
        raise MoveRefused(_of_system(fault, where)) from fault
    except (DatabaseError, sqlite3.Error) as fault:
        raise MoveRefused(_of_database(fault, where)) from fault


def _of_system(fault: OSError, where: object) -> str:
    if fault.errno in NO_ROOM:
        return f"「{where}」を書く場所（ディスクの空き）が足りません。途中のものは残していません。"
    if fault.errno in NOT_ALLOWED:
        return f"「{where}」を読み書きする権限がありません（{fault.strerror}）。"
    if fault.errno == errno.ENOENT:
        return f"「{where}」がありません。名前を確かめてください。"
    return f"「{where}」を読み書きできません（{fault.strerror or fault}）。"


def _of_database(fault: Exception, where: object) -> str:
    said = str(fault).strip().partition("\n")[0]  # PostgreSQL goes on with our own SQL.
    if "disk is full" in said or getattr(fault.__cause__, "sqlstate", "") == "53100":
        return f"「{where}」を書く場所（ディスクの空き）が足りません。"
    if "disk I/O error" in said:
        return (
            f"「{where}」を書けません。ディスクの空きと、ディスクに誤りがないかを確かめてください。"
        )
    if "malformed" in said or "not a database" in said:
        return f"「{where}」は壊れているか、SQLite のデータベースではありません（{said}）。"
    if getattr(fault.__cause__, "sqlstate", "") == "42501":
        return (
            f"「{where}」を読み書きする権限が、このデータベースの利用者にありません（{said}）。"
            "表の持ち主（migrate と同じ設定）で実行してください。"
        )
    if "readonly database" in said or "unable to open database file" in said:
        return (
            f"「{where}」を読み書きできません（{said}）。"
            "フォルダーがあるか、ファイルとフォルダーに書く権限があるかを確かめてください。"
        )
    if any(words in said for words in _NO_CONNECTION):
        return (
            f"「{where}」に接続できません。ホスト・ポート・データベース名・利用者・パスワードを確かめてください。"
            f"データベースがなければ、先に作ってください（CREATE DATABASE）。何も変えていません: {said}"
        )
    if "is locked" in said or "is busy" in said:
        return (
            f"「{where}」は、ほかのプログラムが使っています。サーバーを止めてから実行してください。"
        )
    return f"「{where}」で、データベースが断りました: {said}"
