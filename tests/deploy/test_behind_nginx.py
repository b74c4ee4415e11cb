"""The nginx of `deploy/`, as it is but for paths and ports, in front of the site's own socket."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build_cache import ROOT
from tests.demo import copied_demo
from tests.factories import free_port
from tests.running_site import STARTED_WITHIN, RunningSite

pytestmark = [pytest.mark.processes, pytest.mark.any_database]

NAME = "clinic.example"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
# What else a server's nginx.conf says around a site.
AROUND = """
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/clinic.conf;
}}
"""


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes


@dataclass
class Server:
    http_port: int
    https_port: int
    certificate: Path

    def ask(self, address: str, *, plain: bool = False, encoding: str = "identity") -> Answer:
        connection: http.client.HTTPConnection
        if plain:
            connection = http.client.HTTPConnection("127.0.0.1", self.http_port, timeout=30)
        else:
            context = ssl.create_default_context(cafile=self.certificate)
            context.check_hostname = False  # it is asked by its address
            connection = http.client.HTTPSConnection(
                "127.0.0.1", self.https_port, timeout=30, context=context
            )
        with closing(connection):
            headers = {"Host": NAME, "Accept-Encoding": encoding}
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    var = tmp_path_factory.mktemp("var")
    told = {
        "BIND": f"unix:{var / 'site.sock'}",
        "BASE_URL": f"https://{NAME}",
        "BEHIND_PROXY": "true",
    }
    with copied_demo(var, for_running=True) as database_url:
        site = RunningSite(var, database_url=database_url, settings=told)
        site.start("-m", "gunicorn", "--config", "gunicorn.conf.py", "clinic_site.wsgi")
        try:
            yield site
        finally:
            site.stop()


@pytest.fixture(scope="module")
def nginx(site: RunningSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not NGINX:
        pytest.skip("nginx is not installed here")
    folder = tmp_path_factory.mktemp("nginx")
    server = Server(free_port(), free_port(), folder / "certificate.pem")
    make_certificate(folder)
    (folder / "clinic.conf").write_text(adapted(site, folder, server))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(AROUND.format(user=user, folder=folder))
    command = [NGINX, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=10)


def make_certificate(folder: Path) -> None:
    request = ["openssl", "req", "-x509", "-nodes", "-newkey", "rsa:2048", "-days", "2"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([*request, *files, "-subj", f"/CN={NAME}"], check=True, capture_output=True)


def adapted(site: RunningSite, folder: Path, server: Server) -> str:
    text = (ROOT / "deploy/nginx.conf").read_text()
    for there, here in {
        "/etc/letsencrypt/live/clinic.example/fullchain.pem": f"{folder}/certificate.pem",
        "/etc/letsencrypt/live/clinic.example/privkey.pem": f"{folder}/key.pem",
        "/var/cache/clinic": f"{folder}/cache",
        "/var/www/acme": f"{folder}/acme",
        "/run/clinic/main.sock": f"{site.var}/site.sock",
        "/var/lib/clinic/main": f"{site.var}",
        "listen 80;": f"listen {server.http_port};",
        "listen [::]:80;": f"listen [::]:{server.http_port};",
        "listen 443 ": f"listen {server.https_port} ",
        "listen [::]:443 ": f"listen [::]:{server.https_port} ",
    }.items():
        assert there in text
        text = text.replace(there, here)
    return text


def wait_until_ready(server: Server) -> None:
    give_up = time.monotonic() + STARTED_WITHIN
    while time.monotonic() < give_up:
        try:
            if server.ask("/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError("nginx or the site did not start")


def test_readers_come_by_tls_alone(nginx: Server) -> None:
    answer = nginx.ask("/contact/", plain=True)
    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/contact/")
    assert nginx.ask("/contact/").status == 200
    with socket.create_connection(("::1", nginx.http_port), timeout=10):
        pass  # by the sixth version of the protocol, too


def test_a_certificate_is_fetched_without_the_site(nginx: Server) -> None:
    assert nginx.ask("/.well-known/acme-challenge/token", plain=True).status == 404


def test_what_is_not_there_has_the_sites_own_page(nginx: Server) -> None:
    for address in ("/nothing/", "/static/nothing.css", "/media/images/nothing.png"):
        answer = nginx.ask(address)
        assert answer.status == 404
        assert b"805-880-6533" in answer.body


def test_uploads_and_the_database_are_nobodys(nginx: Server) -> None:
    for address in (
        "/db.sqlite3",
        "/static/../db.sqlite3",
        "/static/%2e%2e/db.sqlite3",
        "/media/original_images/",
        "/media/images/../original_images/",
    ):
        assert nginx.ask(address).status in {400, 404}


def test_style_sheets_and_pictures_are_served_with_the_site_away(
    site: RunningSite, nginx: Server
) -> None:
    page = nginx.ask("/fitness/psoas-so-what/").body.decode()
    sheet = re.search(r'/static/css/site\.[^"]+', page)
    picture = re.search(r'/media/images/[^" ]+', page)
    assert sheet
    assert picture
    site.stop()
    answers = {name: nginx.ask(found[0]) for name, found in [("css", sheet), ("img", picture)]}
    for answer in answers.values():
        assert answer.status == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Strict-Transport-Security"]
        assert answer.headers["Content-Security-Policy"]
    assert answers["css"].headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answers["img"].headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    zipped = nginx.ask(sheet[0], encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    away = nginx.ask("/admin/")
    assert (away.status, away.headers["Retry-After"]) == (503, "30")
    assert b"805-880-6533" in away.body
