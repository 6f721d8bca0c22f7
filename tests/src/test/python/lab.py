"""JupyterLab for the tests that work in a browser: a server of its own, and the notebook that is open."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request

from playwright.sync_api import expect

PATIENCE = 60_000
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def server(prefix, folder):
    """A server of its own, with settings that belong to nobody."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = dict(
        os.environ,
        JUPYTER_PATH=str(prefix / "share" / "jupyter"),
        JUPYTER_CONFIG_DIR=str(folder / "config"),
        JUPYTER_DATA_DIR=str(folder / "data"),
        JUPYTER_RUNTIME_DIR=str(folder / "runtime"),
        JUPYTERLAB_SETTINGS_DIR=str(folder / "settings"),
        JUPYTERLAB_WORKSPACES_DIR=str(folder / "workspaces"),
        XDG_DATA_HOME=str(folder / "share"),
    )
    quiet = folder / "settings" / "@jupyterlab" / "apputils-extension" / "notification.jupyterlab-settings"
    quiet.parent.mkdir(parents=True)
    quiet.write_text('{"fetchNews": "false", "checkForUpdates": false}')
    log = folder / "lab.log"
    with open(log, "wb") as out:
        process = subprocess.Popen(
            [
                sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
                "--IdentityProvider.token=", "--ServerApp.password=", "--ServerApp.port_retries=0",
                "--LabApp.news_url=None", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
                f"--ServerApp.root_dir={folder / 'work'}",
            ],
            env=environment, stdout=out, stderr=subprocess.STDOUT, cwd=folder,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while True:
            try:
                urllib.request.urlopen(url + "/api", timeout=5).read()
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise AssertionError("JupyterLab does not start:\n" + log.read_text()) from None
                time.sleep(0.2)
        yield url
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


class Desk:
    """The notebook that is open."""

    def __init__(self, page, shots=None):
        self.page = page
        self.shots = shots

    def shoot(self, name):
        self.page.screenshot(path=str(self.shots / f"lab-{name}.png"))

    def ready(self):
        """Waits until it can be worked with."""
        self.page.locator(".jp-NotebookPanel-toolbar").wait_for(timeout=PATIENCE)
        self.idle()

    def cells(self):
        return self.page.locator(".jp-Notebook .jp-CodeCell")

    def fresh(self, code):
        """Types code into a new cell below the others."""
        page = self.page
        last = self.cells().last
        last.scroll_into_view_if_needed()
        last.locator(".cm-content").click()
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        cell = page.locator(".jp-Notebook .jp-CodeCell.jp-mod-active")
        cell.locator(".cm-content").click()
        page.keyboard.insert_text(code)
        return cell

    def menu(self, first, second):
        self.page.get_by_role("menuitem", name=first, exact=True).first.click()
        self.page.get_by_role("menuitem", name=second).first.click()

    def idle(self):
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("Java (Moviola) | Idle", timeout=PATIENCE)
