"""Which columns of the people app are closed where they hold personal data by mistake, and which are kept (A3)."""

from kirishima_dx.closing import BYTES, WORDS, Closable, Kept

CLOSABLE: Closable = {
    "Closing": {"reason": WORDS},
    "DepartmentListUpload": {"file_name": WORDS, "content": BYTES},
    "DepartmentSuccession": {"reason": WORDS},
    "Shortening": {"reason": WORDS},
    "SuccessionRecall": {"reason": WORDS},
}
_ACCOUNT = "アカウントは、だれが記録したかを示す（A2）。名前は管理画面で直す。"
_UNIT = "組織の名称。部署の画面で直す。"
KEPT: Kept = {
    "User": {
        "username": _ACCOUNT,
        "name": _ACCOUNT,
        "password": "暗号にした値だけ。",
        "email": _ACCOUNT,
    },
    "Department": {"name": _UNIT, "division": _UNIT, "email": "課の共用アドレス。"},
    "Closing": {"subject": "閉じたものの種類だけ。"},
    "Shortening": {"table_name": "どの表か。"},
    "ClosedCell": dict.fromkeys(
        ("table_name", "column_name", "digest"), "何をどこで閉じたか（A3）。"
    ),
}
