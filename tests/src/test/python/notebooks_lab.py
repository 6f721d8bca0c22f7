"""Opens the project's notebooks in JupyterLab in headless Chromium, light and dark, wide and narrow, and looks at them.

Usage: notebooks_lab.py PREFIX FOLDER CHROMIUM SCREENSHOT_FOLDER NOTEBOOK...
Prints one JSON object; a failed check ends it with a traceback.
"""

import json
import os
import pathlib
import shutil
import sys

import lab
from playwright.sync_api import expect, sync_playwright

# Taller than any of the notebooks, so that JupyterLab renders all of it.
HEIGHT = 16_000
WIDTHS = (1400, 800)
WIDER = """
() => [...document.querySelectorAll('.jp-Notebook .jp-OutputArea-output, .jp-Notebook .jp-MarkdownOutput')]
    .filter(part => part.offsetParent && part.scrollWidth > part.clientWidth + 2
        && !part.querySelector('.moviola-table, table'))
    .map(part => part.className + ': ' + part.innerText.slice(0, 80))
"""
MEDIA = """
() => ({
    pictures: [...document.querySelectorAll('.jp-Notebook .jp-OutputArea img')]
        .filter(image => image.offsetParent && image.naturalWidth > 0).length,
    broken: [...document.querySelectorAll('.jp-Notebook .jp-OutputArea img')]
        .filter(image => image.offsetParent && image.complete && image.naturalWidth === 0).length,
    films: [...document.querySelectorAll('.jp-Notebook video')].map(film => film.videoWidth),
    tables: document.querySelectorAll('.jp-Notebook .moviola-table').length,
})
"""

# JupyterLab puts cells into the page one after the other.
SHOWN = """
([pictures, films]) => {
    const images = [...document.querySelectorAll('.jp-Notebook .jp-RenderedImage img')];
    const videos = [...document.querySelectorAll('.jp-Notebook video')];
    return images.length === pictures && images.every(image => image.complete)
        && videos.length === films && videos.every(film => film.readyState > 0);
}
"""

# JupyterLab lays its panels out again a while after the window has changed.
LAID_OUT = """
width => {
    const panel = document.querySelector('.jp-NotebookPanel');
    return panel !== null && panel.getBoundingClientRect().right <= width;
}
"""


def expected(notebook):
    """How many pictures and films the outputs of a notebook hold."""
    outputs = [
        output["data"]
        for cell in json.loads(notebook.read_text())["cells"]
        for output in cell.get("outputs", [])
        if "data" in output
    ]
    films = sum("<video" in "".join(data.get("text/html", "")) for data in outputs)
    pictures = sum("text/html" not in data and bool({"image/png", "image/jpeg"} & set(data)) for data in outputs)
    return [pictures, films]


def main():
    prefix, folder, chromium, shots = (pathlib.Path(word) for word in sys.argv[1:5])
    notebooks = [pathlib.Path(word) for word in sys.argv[5:]]
    shots.mkdir(parents=True, exist_ok=True)
    work = folder / "work"
    work.mkdir()
    for notebook in notebooks:
        shutil.copy(notebook, work / notebook.name)
    seen = {}
    with lab.server(prefix, folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=lab.FLAGS)
        try:
            for notebook in notebooks:
                for theme in ("light", "dark"):
                    seen.update(look(browser, url, notebook, theme, shots))
        finally:
            browser.close()
    print(json.dumps(seen))


def look(browser, url, notebook, theme, shots):
    context = browser.new_context(viewport={"width": WIDTHS[0], "height": HEIGHT})
    page = context.new_page()
    try:
        name = "JupyterLab Dark" if theme == "dark" else "JupyterLab Light"
        page.request.put(
            f"{url}/lab/api/settings/@jupyterlab%2Fapputils-extension%3Athemes",
            data=json.dumps({"raw": json.dumps({"theme": name})}),
            headers={"X-XSRFToken": xsrf(page, url)},
        )
        page.goto(f"{url}/doc/tree/{notebook.name}?reset")
        desk = lab.Desk(page)
        desk.ready()
        expect(page.locator("body")).to_have_attribute(
            "data-jp-theme-light", "false" if theme == "dark" else "true", timeout=lab.PATIENCE)
        return {
            f"{notebook.stem}, {theme}, {width}": look_at_width(page, notebook, theme, width, shots)
            for width in WIDTHS
        }
    finally:
        context.close()


def look_at_width(page, notebook, theme, width, shots):
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.wait_for_function(LAID_OUT, arg=width, timeout=lab.PATIENCE)
    page.wait_for_function(SHOWN, arg=expected(notebook), timeout=2 * lab.PATIENCE)
    media = page.evaluate(MEDIA)
    wide = page.evaluate(WIDER)
    page.screenshot(path=str(shots / f"notebook-{notebook.stem}-{theme}-{width}.png"))
    if wide:
        raise AssertionError(f"{notebook.name} at {width} pixels, {theme}: wider than the page: {wide}")
    if media["broken"]:
        raise AssertionError(f"{notebook.name}: {media['broken']} pictures do not show")
    return media


def xsrf(page, url):
    page.goto(f"{url}/lab?reset")
    return next((c["value"] for c in page.context.cookies() if c["name"] == "_xsrf"), "")


if __name__ == "__main__":
    main()
