"""What several files of deploy/ and the product itself say of one thing is the same everywhere."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

from kirishima_dx.management.commands.serve import server_options
from kirishima_dx.server.limits import MOST_CONNECTIONS, RESERVED_DESCRIPTORS

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
UNITS = DEPLOY / "systemd"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
SITES = ("kirishima.conf", "kirishima-subpath.conf")


def text(*names: str) -> str:
    """Return files of deploy/ without their comments."""
    whole = "\n".join((DEPLOY / name).read_text(encoding="utf-8") for name in names)
    return re.sub(r"(?m)^\s*#.*$|<!--(?s:.*?)-->", "", whole)


def all_found(pattern: str, words: str) -> set[str]:
    found = set(re.findall(pattern, words))
    assert found, pattern
    return found


NGINX = text(*(f"nginx/{file.name}" for file in sorted((DEPLOY / "nginx").iterdir())))
IIS = text("iis/web.config")
SERVICES = {file.stem: text(f"systemd/{file.name}") for file in UNITS.glob("*.service")}


def test_everybody_takes_as_much_as_the_product_reads() -> None:
    most = int(server_options()["max_request_body_size"])

    assert all_found(r"client_max_body_size (\w+);", NGINX) == {f"{most // 1024**2}m"}
    assert all_found(r'maxAllowedContentLength="(\d+)"', IIS) == {str(most)}
    assert all_found(r"（(\d+ MB) まで）", NGINX) == {f"{most // 1024**2} MB"}
    assert f"`client_max_body_size {most // 1024**2}m`" in OPERATIONS
    assert f'`maxAllowedContentLength="{most}"`' in OPERATIONS
    assert most == 10 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE


def test_everybody_means_the_same_port_of_this_machine() -> None:
    unit = SERVICES["kirishima"]
    (host,), (port,) = all_found(r"--host (\S+)", unit), all_found(r"--port (\S+)", unit)

    assert all_found(r"proxy_pass http://([\d.:]+);", NGINX) == {f"{host}:{port}"}
    assert all_found(r'url="http://([\d.:]+)\{', IIS) == {f"{host}:{port}"}
    assert f"--host {host} --port {port}" in OPERATIONS


def test_everybody_waits_as_long() -> None:
    seconds = all_found(r"proxy_read_timeout (\d+)s;", NGINX)
    command = (DEPLOY / "iis" / "web.config").read_text(encoding="utf-8")

    assert {str(int(one) // 60) for one in seconds} == all_found(
        r"/timeout:\"00:0(\d):00\"", command
    )
    assert f"{seconds.pop()} 秒" in OPERATIONS


def test_the_unit_allows_as_many_files_as_the_server_needs() -> None:
    (files,) = all_found(r"LimitNOFILE=(\d+)", SERVICES["kirishima"])

    assert int(files) >= 2 * MOST_CONNECTIONS + RESERVED_DESCRIPTORS


def test_headers_of_a_proxy_are_set_and_never_appended() -> None:
    assert all_found(r"X-Forwarded-For (\S+);", NGINX) == {"$remote_addr"}
    assert "proxy_add_x_forwarded_for" not in NGINX
    names = {one.get("name"): one.get("value") for one in ElementTree.fromstring(IIS).iter("set")}  # noqa: S314 — our own file
    assert names == {"HTTP_X_FORWARDED_FOR": "{REMOTE_ADDR}", "HTTP_X_FORWARDED_PROTO": "https"}
    for site in SITES:
        assert "Strict-Transport-Security" not in text(f"nginx/{site}"), "comes from the product"


def test_the_services_find_what_they_name() -> None:
    folders = all_found(r"(/(?:opt|etc|var)/[\w/.-]+)", "\n".join(SERVICES.values()))
    script = (DEPLOY / "kirishima-manage").read_text(encoding="utf-8")
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for folder in folders:
        assert folder.removesuffix("/.venv/bin/python") in script + readme, folder
    commands = all_found(r"manage(?:\.py)? (\w+)", "\n".join(SERVICES.values()))
    files = {file.stem for file in ROOT.glob("*/management/commands/*.py")}
    assert commands - {"check", "clearsessions"} <= files
    for timer in UNITS.glob("*.timer"):
        assert timer.stem in SERVICES


def test_the_sample_of_settings_names_what_the_product_reads() -> None:
    sample = (UNITS / "kirishima.env.example").read_text(encoding="utf-8")
    named = all_found(r"(?m)^#?([A-Z_]+)=", sample)

    source = (ROOT / "kirishima_dx" / "settings.py").read_text(encoding="utf-8")
    assert named <= all_found(r'\("([A-Z_]+)"', source)


def test_units_have_no_words_that_systemd_does_not_know(tmp_path: Path) -> None:
    """systemd passes over what it does not know. Where it is at hand it is asked, with programs that are there."""
    units = [file for file in UNITS.iterdir() if file.suffix in (".service", ".timer")]
    for file in units:
        there = file.read_text(encoding="utf-8").replace(
            "/opt/kirishima/.venv/bin/python", "/bin/sh"
        )
        there = there.replace("/etc/kirishima/kirishima.env", "/dev/null")
        (tmp_path / file.name).write_text(there, encoding="utf-8")
    assert len(units) == 5
    if analyse := shutil.which("systemd-analyze"):
        names = [str(tmp_path / file.name) for file in units]
        done = subprocess.run(
            [analyse, "verify", "--man=no", *names], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
