"""Works with the installed kernel in JupyterLab in headless Chromium, as a user does.

Usage: kernel_lab.py PREFIX FOLDER NOTEBOOK CHROMIUM SCREENSHOT_FOLDER
Prints one JSON object with the measures; a failed check ends it with a traceback.
"""

import json
import pathlib
import shutil
import sys
import time

from lab import FLAGS, PATIENCE, Desk, server
from playwright.sync_api import expect, sync_playwright


def work(desk):
    page, took = desk.page, {}
    start = time.monotonic()
    desk.ready()
    took["open, s"] = round(time.monotonic() - start, 1)

    start = time.monotonic()
    desk.menu("Run", "Run All Cells")
    notebook = page.locator(".jp-Notebook")
    expect(notebook.locator(".jp-OutputArea-output table").first).to_be_visible(timeout=PATIENCE)
    expect(notebook.locator(".jp-OutputArea-output img").first).to_be_visible(timeout=PATIENCE)
    clip = notebook.locator(".jp-OutputArea-output video").first
    expect(clip).to_be_attached(timeout=PATIENCE)
    clip.scroll_into_view_if_needed()
    seconds = clip.evaluate(
        "v => new Promise((done, no) => { v.onerror = () => no('the clip does not play');"
        " const tell = () => done(v.duration); v.readyState > 0 ? tell() : v.onloadedmetadata = tell; v.load(); })"
    )
    assert seconds > 0.5, f"the clip lasts {seconds} s"
    took["run all, s"] = round(time.monotonic() - start, 1)
    desk.shoot("clip")
    notebook.locator(".jp-OutputArea-output table").first.scroll_into_view_if_needed()
    desk.shoot("table")
    assert notebook.locator("[data-mime-type='application/vnd.jupyter.stderr']").count() == 0, "nothing failed"

    cell = desk.fresh('System.out.println("begun");\nwhile (true) {}')
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea-output")).to_contain_text("begun", timeout=PATIENCE)
    start = time.monotonic()
    page.locator("[data-jp-item-name='interrupt']").click()
    expect(cell.locator(".jp-OutputArea")).to_contain_text("Interrupted", timeout=PATIENCE)
    took["interrupt, ms"] = round(1000 * (time.monotonic() - start))
    desk.shoot("interrupted")

    cell = desk.fresh('"abc".sub')
    page.keyboard.press("Tab")
    completer = page.locator(".jp-Completer")
    expect(completer).to_contain_text("substring", timeout=PATIENCE)
    desk.shoot("completion")
    completer.locator(".jp-Completer-item", has_text="substring").first.click()
    expect(cell.locator(".cm-content")).to_contain_text('"abc".substring(', timeout=PATIENCE)

    cell = desk.fresh("Math.max(")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(".jp-Tooltip")).to_contain_text("max", timeout=PATIENCE)
    desk.shoot("inspection")
    page.keyboard.press("Escape")

    start = time.monotonic()
    page.locator("[data-jp-item-name='restart']").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    desk.idle()
    took["restart, s"] = round(time.monotonic() - start, 1)
    cell = desk.fresh("rows")
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-OutputArea")).to_contain_text("cannot find symbol", timeout=PATIENCE)
    desk.shoot("restarted")
    return took


def main(prefix, folder, notebook, chromium, shots):
    (folder / "work").mkdir(parents=True)
    shots.mkdir(parents=True, exist_ok=True)
    shutil.copy(notebook, folder / "work" / "tour.ipynb")
    with server(prefix, folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        desk = Desk(page, shots)
        try:
            page.goto(url + "/lab", wait_until="domcontentloaded", timeout=PATIENCE)
            launcher = page.locator(".jp-LauncherCard", has_text="Java (Moviola)").first
            expect(launcher).to_be_visible(timeout=PATIENCE)
            desk.shoot("launcher")
            page.locator(".jp-DirListing-item", has_text="tour.ipynb").dblclick()
            took = work(desk)
        except Exception:
            desk.shoot("failed")
            raise
        browser.close()
    print(json.dumps(took))


main(*(pathlib.Path(word) for word in sys.argv[1:4]), sys.argv[4], pathlib.Path(sys.argv[5]))
