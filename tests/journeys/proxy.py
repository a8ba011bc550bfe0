"""nginx with a sample of deploy/, of which only ports and paths are changed, before the product on this machine."""

import re
import socket
import ssl
import subprocess
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

from journeys.server import PATIENCE, ROOT

SAMPLES = ROOT / "deploy" / "nginx"
MAIN = """
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    access_log {folder}/access.log;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/conf.d/kirishima.conf;
}}
"""


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Proxy:
    """A running nginx; `host` is the name by which the sample is asked."""

    def __init__(self, program: str, sample: str, host: str, folder: Path, behind: str) -> None:
        self.host, self._folder = host, folder
        self.http, self.https = free_port(), free_port()
        self._write(sample, behind)
        self._make_certificate()
        command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self._process = subprocess.Popen([*command, "-g", "daemon off;"], stderr=subprocess.PIPE)
        self._wait()

    def _write(self, sample: str, behind: str) -> None:
        for part in ("conf.d", "snippets", "tls"):
            (self._folder / part).mkdir()
        for source, target in (
            (sample, "conf.d/kirishima.conf"),
            ("kirishima-proxy.conf", "snippets/kirishima-proxy.conf"),
            ("kirishima-limits.conf", "snippets/kirishima-limits.conf"),
        ):
            text = (SAMPLES / source).read_text(encoding="utf-8")
            text = re.sub(r"(?m)^ *listen \[::\].*\n", "", text)
            text = text.replace("listen 80;", f"listen 127.0.0.1:{self.http};")
            text = text.replace("listen 443 ssl;", f"listen 127.0.0.1:{self.https} ssl;")
            text = text.replace("127.0.0.1:8000", behind)
            text = re.sub("/etc/nginx|/var/log/nginx", str(self._folder), text)
            (self._folder / target).write_text(text, encoding="utf-8")
        user = "user root;" if self._folder.owner() == "root" else ""
        main = MAIN.format(folder=self._folder, user=user)
        (self._folder / "nginx.conf").write_text(main, encoding="utf-8")

    def _make_certificate(self) -> None:
        tls = self._folder / "tls"
        subprocess.run(
            [
                *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
                *("-subj", f"/CN={self.host}", "-addext", f"subjectAltName=DNS:{self.host}"),
                *("-keyout", str(tls / "kirishima.key"), "-out", str(tls / "kirishima.crt")),
            ],
            check=True,
            capture_output=True,
        )

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self._process.poll() is None:
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", self.https)) == 0:
                    return
            time.sleep(0.05)
        self._process.kill()
        _, told = self._process.communicate()
        raise AssertionError(f"nginx does not answer:\n{told.decode()}\n{self.errors}")

    @property
    def errors(self) -> str:
        return (self._folder / "error.log").read_text(encoding="utf-8")

    @property
    def origin(self) -> str:
        return f"https://{self.host}:{self.https}"

    def stop(self) -> None:
        self._process.terminate()
        self._process.communicate(timeout=PATIENCE)


class Browser:
    """Keeps cookies as a browser does, speaks TLS by the certificate of the proxy, and comes from an address."""

    def __init__(self, proxy: Proxy, folder: Path, come_from: str = "127.0.0.1") -> None:
        self._proxy = proxy
        self._come_from = come_from
        self._tls = ssl.create_default_context(cafile=folder / "tls" / "kirishima.crt")
        self.cookies: dict[str, str] = {}
        self.told: dict[str, str] = {}
        """What was said of each cookie."""

    def ask(
        self,
        path: str,
        body: bytes | None = None,
        *,
        secure: bool = True,
        claims_length: int | None = None,
        **headers: str,
    ) -> tuple[HTTPResponse, str]:
        """Send a request and return the answer and its text; `claims_length` announces a body that is not sent."""
        port = self._proxy.https if secure else self._proxy.http
        plain = socket.create_connection(
            ("127.0.0.1", port), timeout=PATIENCE, source_address=(self._come_from, 0)
        )
        connection = HTTPConnection(self._proxy.host, port)
        connection.sock = (
            self._tls.wrap_socket(plain, server_hostname=self._proxy.host) if secure else plain
        )
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if claims_length is not None:
            sent["Content-Length"] = str(claims_length)
        is_post = body is not None or claims_length is not None
        if is_post:
            sent["Origin"] = self._proxy.origin
        with closing(connection):
            connection.request("POST" if is_post else "GET", path, body, sent)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        for said in response.headers.get_all("Set-Cookie") or ():
            name, _, rest = said.partition("=")
            self.cookies[name], self.told[name] = rest.partition(";")[0], said
        return response, text
