"""What rows are called that the aims read, by whoever measures them and whoever tells of them."""

from typing import NamedTuple


class Name(NamedTuple):
    """What is measured, and beside what."""

    what: str
    floor: str


FLAT = "同じ文言を書くだけの平らなテンプレート"
BYTES, UNCHANGED = "同じバイトを送るだけのビュー", "304 を送るだけのビュー（同じ職員）"
ANYONE, STAFF = "だれでも", "事務局"

PLAN = Name(f"`/`（{ANYONE}）", FLAT)
ITEM_PAGE = Name(f"`/items/1-A-1/`（{ANYONE}）", FLAT)
REPORT = Name(f"確定した年次報告（{ANYONE}）", FLAT)
WHOLE = Name(f"`/` もう一度（{ANYONE}、200）", BYTES)
COMPRESSED = Name(f"`/` もう一度（{ANYONE}、200 gzip）", BYTES)
ASKED = Name(f"`/` もう一度（{ANYONE}、304）", BYTES)
ASKED_BY_STAFF = Name(f"`/` もう一度（{STAFF}、304）", UNCHANGED)
STATES = Name("52項目の状態", "それらの記録を読むだけ")
TOKEN = Name("進捗の記録の保存（内容の印つき）", "印のトリガーがないときの保存")
ADMIN_LIST = Name(f"`/`（{STAFF}）", "Django の管理画面の一覧")
ADMIN_SAVING = Name("進捗の記録の保存", "Django の管理画面の保存")
READING, ASKING = "`/` を続けて読む", "`/` に変わったかを続けて尋ねる"
CROWD = 8
"""How many read at once."""
