"""Which columns of the people app are closed where they hold personal data by mistake, and which are kept (A3)."""

from kirishima_dx.closing import BYTES, WORDS, Closable, Kept

CLOSABLE: Closable = {
    "Closing": {"reason": WORDS},
    "DepartmentListUpload": {"file_name": WORDS, "content": BYTES},
    "DepartmentSuccession": {"reason": WORDS},
    "Download": {"file_name": WORDS},
    "SignIn": {"username": WORDS},
    "Shortening": {"reason": WORDS},
    "SuccessionRecall": {"reason": WORDS},
    "Unlock": {"username": WORDS, "reason": WORDS},
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
    "Download": {
        "address": "どこから取り出されたか（A2）。",
        "url_name": "画面の名だけ。",
        "path": "画面のアドレスだけ。検索の言葉は入らない。",
        "digest": "閉じた後も残す（A3）。",
    },
    "Closing": {"subject": "閉じたものの種類だけ。"},
    "SignIn": {
        "address": "端末のアドレスだけ。",
        "known_browser": "でたらめに選んだ番号。人のことは何も表さない。",
    },
    "Unlock": {"address": "端末のアドレスだけ。"},
    "Shortening": {"table_name": "どの表か。"},
    "ClosedCell": dict.fromkeys(
        ("table_name", "column_name", "digest"), "何をどこで閉じたか（A3）。"
    ),
}
