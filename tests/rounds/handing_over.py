"""What is typed to hand 福祉課 over, and what a browser sends from the last step."""

from datetime import date

from django.test import Client

ADDRESS = "/departments/handover/"
DAY = date(2027, 4, 1)
EVE = date(2027, 3, 31)
START = {"department": "welfare", "day": "2027-04-01", "kind": "rename"}
RENAME = {**START, "s1-name": "福祉政策課", "s1-code": "fukushi-seisaku"}
SPLIT = {
    **START,
    "kind": "split",
    "s1-name": "高齢福祉課",
    "s1-code": "korei",
    "s2-name": "障害福祉課",
    "s2-code": "shogai",
    **{f"s{n}-{key}": "" for n in (3, 4, 5) for key in ("name", "code", "existing")},
}
MERGE = {**START, "kind": "merge", "s1-existing": "planning", "s1-name": "", "s1-code": ""}


def chosen(client: Client, data: dict[str, str], **changes: str) -> dict[str, str]:
    """Return what a browser sends from the last step, but for the changes."""
    form = client.get(ADDRESS, data).context["allocation"]
    assert form is not None
    shown = {field.html_name: str(field.value() or "") for field in form}
    return {**data, **shown, "reason": "機構改革", **changes}
