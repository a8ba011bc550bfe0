"""The page of a study: files that come in and go out."""

from collections.abc import Callable

import pytest
from django.test import Client
from row_numbers import ABSENT
from studying import PDF, kept, office, upload

from initiatives.evidence_file import MAX_BYTES
from initiatives.models import Evidence, EvidenceDownload, Study
from people.models import User

Clients = Callable[[User | None], Client]
PAGE, FILES = "/items/1-A-2/study/", "/items/1-A-2/study/files/"


def shown(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_file_comes_in_and_goes_out_as_it_was(
    study: Study, editor: User, staff: User, client_of: Clients
) -> None:
    response = upload(client_of(editor), "先行自治体の調査.pdf", PDF)
    assert response.headers["Location"] == PAGE
    evidence = Evidence.objects.get()

    answered = client_of(staff).get(f"{FILES}{evidence.pk}/")

    assert answered.content == PDF
    assert answered.headers["Content-Type"] == "application/pdf"
    assert answered.headers["Content-Disposition"].startswith("attachment;")
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answered.headers["Content-Security-Policy"]
    assert [one.taken_by for one in EvidenceDownload.objects.all()] == [staff]


def test_what_a_browser_could_run_goes_out_as_what_it_was_found_to_be(
    study: Study, editor: User, client_of: Clients
) -> None:
    """A text with marks of HTML in it is a text, whatever its sender called it."""
    upload(client_of(editor), "page.html.txt", b"<script>alert(1)</script>")

    answered = client_of(editor).get(f"{FILES}{Evidence.objects.get().pk}/")

    assert answered.headers["Content-Type"] == "text/plain"
    assert answered.headers["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("page.pdf", b"<!doctype html><script>alert(1)</script>", "受け付けられません"),
        ("picture.svg", b"<svg/>", "受け付けられません"),
        ("report.pdf.html", b"<html>", "受け付けられません"),
        ("macro.docx", office("word/document.xml", "word/vbaProject.bin"), "受け付けられません"),
        ("空.pdf", b"", "空です（0バイト）"),
        ("大.pdf", PDF.ljust(MAX_BYTES + 1024 * 1024), "大きすぎます（11.0MB）"),
    ],
)
def test_a_hostile_file_is_refused_and_the_title_stays(
    study: Study,
    editor: User,
    client_of: Clients,
    name: str,
    content: bytes,
    told: str,
) -> None:
    response = upload(client_of(editor), name, content, title="消えない題")
    page = response.content.decode()

    assert response.status_code == 200
    assert f"「{name}」" in page
    assert told in page
    assert "ファイルは画面に残せないので、もう一度選んでください。" in page
    assert response.context["evidence_form"]["title"].value() == "消えない題"
    assert not Evidence.objects.exists()


def test_a_path_in_a_name_is_cut_off(study: Study, editor: User, client_of: Clients) -> None:
    upload(client_of(editor), "../../etc/調査.pdf", PDF)

    assert Evidence.objects.get().name == "調査.pdf"


def test_a_file_is_kept_once(study: Study, editor: User, client_of: Clients) -> None:
    client = client_of(editor)
    upload(client, "調査.pdf", PDF)

    page = upload(client, "別名.pdf", PDF).content.decode()

    assert "同じ内容の資料が、すでにあります（「聞き取りの結果」、調査.pdf）" in page
    assert Evidence.objects.count() == 1


def test_without_file_and_title_both_are_asked_for(
    study: Study, editor: User, client_of: Clients
) -> None:
    page = client_of(editor).post(FILES, {}).content.decode()

    assert "ファイルを選んでください。" in page
    assert "何の資料かを書いてください。" in page


def test_the_secretariat_alone_sees_who_took_files_out(
    study: Study, editor: User, staff: User, secretariat: User, client_of: Clients
) -> None:
    evidence = kept(study, editor)
    client_of(staff).get(f"{FILES}{evidence.pk}/")
    client_of(staff).head(f"{FILES}{evidence.pk}/")

    assert EvidenceDownload.objects.count() == 1, "asking how large it is takes nothing out"
    assert "職員 一郎" in shown(client_of(secretariat))
    assert "職員 一郎" not in shown(client_of(editor))
    assert "保存 1回" in shown(client_of(editor))


def test_a_file_is_found_under_its_own_item_alone(
    study: Study, lost_star: Study, editor: User, client_of: Clients
) -> None:
    evidence = kept(study, editor)
    client = client_of(editor)

    assert client.get(f"/items/1-A-1/study/files/{evidence.pk}/").status_code == 404
    assert client.get(f"{FILES}{ABSENT}/").status_code == 404
    assert not EvidenceDownload.objects.exists()


def test_nobody_outside_takes_a_file_out(study: Study, editor: User, client_of: Clients) -> None:
    evidence = kept(study, editor)

    answered = client_of(None).get(f"{FILES}{evidence.pk}/")

    assert answered.headers["Location"].startswith("/login/")
    assert not EvidenceDownload.objects.exists()
