"""部署一覧 as a workbook: what it holds, what is right in it, and what a row of it does."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from kirishima_dx.city import city_name
from kirishima_dx.spreadsheets.cell_kinds import Code, Day, Kind, MailAddress, PlaceInOrder
from kirishima_dx.spreadsheets.list_rows import Column, Entry
from kirishima_dx.spreadsheets.list_workbook import Layout, list_workbook
from kirishima_dx.spreadsheets.reference_list import ReferenceList, Rule
from people.actions.department_list import lock_departments, save_department
from people.models import Department, User
from people.queries import HandoverDays, handover_days

COLUMNS = (
    Column("code", "コード", Code(required="コードを入れてください。"), 22, is_needed=True),
    Column("division", "部", Kind(), 20),
    Column("name", "名称", Kind(required="名称を入れてください。"), 26, is_needed=True),
    Column("order", "並び順", PlaceInOrder(), 9),
    Column("email", "メールアドレス", MailAddress(), 34),
    Column("valid_from", "設置日", Day(), 14),
    Column("valid_until", "廃止日", Day(), 14),
)
GUIDE = {
    "コード": "必須。部署を見分けるための短い符号です。半角の英数字とハイフンで自由に決めます（例：hojo-fukushi）。"
    "行の照合に使うので、一度決めたら変えません。廃止した部署の符号も使い回しません。",
    "部": "部・総合支所などの名称です。なければ空欄にします。",
    "名称": "必須。課の名称です。",
    "並び順": "一覧に並べる順です。小さい数から並びます。空欄は0です。",
    "メールアドレス": "課の共用アドレスです。照会と督促のお知らせを送ります。職員個人のアドレスは入れません。",
    "設置日": "部署が置かれた日です（例：2026-04-01、令和8年4月1日）。分からなければ空欄にします。",
    "廃止日": "部署が置かれていた最後の日です。続いている部署は空欄にします。",
    "取り込むと": "同じコードの部署はこの一覧のとおりに書き換わり、新しいコードの部署は追加されます。"
    "一覧にない部署は、そのまま残ります（削除はしません）。反映する前に、変わるところを画面で確かめられます。",
    "機構改革のとき": "名称変更・分割・統合は、この一覧ではなく、画面の「機構改革・引継ぎ」で行ってください。"
    "担当している項目と利用者の役割を一緒に引き継ぎ、過去の記録は当時の名称のまま残ります。",
}
LAYOUT = Layout(
    frozen="D2", guide=GUIDE, guide_head=(), guide_width=18, empty_rows=30, is_filtered=False
)


class DepartmentList(ReferenceList):
    """All departments by code."""

    sheet, columns, keys, model = "部署一覧", COLUMNS, ("code",), Department

    def records(self) -> Sequence[Department]:
        self.handover_days = handover_days()
        known = list(Department.objects.all())
        self.called_off = {one.code for one in known if one.called_off_on is not None}
        return [one for one in known if one.called_off_on is None]

    def rules(self, new: Entry) -> Iterator[Rule]:
        yield from super().rules(new)
        begins, ends = new.valid_from, new.valid_until
        if begins and ends and ends < begins:
            yield ("valid_until", "valid_from"), "廃止日は設置日以後の日にしてください。"
        if new.record is None and new.code in self.called_off:
            yield (
                ("code",),
                "このコードは、引継ぎの取りやめで置かれなかった部署のものです。"
                "画面の「機構改革・引継ぎ」で使うか、別のコードにしてください。",
            )
        days = self.handover_days.get(new.record.pk) if new.record else None
        for column, message in (days or HandoverDays()).refusals(begins, ends):
            yield (column,), message

    def warnings(self, old: Entry | None, new: Entry) -> list[str]:
        """Point out what is usually done in another way."""
        warnings = []
        if old is not None and old.name != new.name:
            warnings.append(
                "名称を書き換えると、過去の画面の表示も新しい名称になります。"
                "機構改革による改称は「機構改革・引継ぎ」で行ってください。"
            )
        if old is not None and old.valid_until is None and new.valid_until is not None:
            warnings.append(
                "廃止日が入ります。担当している項目の引継ぎは「機構改革・引継ぎ」で行ってください。"
            )
        return warnings

    def lock(self) -> None:
        lock_departments()

    def save(self, new: Entry, *, by: User, reason: str) -> None:
        department = new.record or Department()
        for key in self.by_key:
            setattr(department, key, getattr(new, key))
        save_department(department=department, reason=reason, by=by)


def department_list_workbook(*, made_at: datetime) -> bytes:
    """Return the list, with empty rows below it to be filled in."""
    title = DepartmentList.sheet
    return list_workbook(DepartmentList(), LAYOUT, title=title, owner=city_name(), made_at=made_at)
