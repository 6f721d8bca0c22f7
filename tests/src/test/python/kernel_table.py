"""Turns and sorts tables in JupyterLab in headless Chromium, with the kernel, while it is busy and without it.

Usage: kernel_table.py PREFIX FOLDER CHROMIUM SCREENSHOT_FOLDER
Prints one JSON object with the measures; a failed check ends it with a traceback.
"""

import json
import pathlib
import sys
import time

import lab
from playwright.sync_api import expect, sync_playwright

ROWS = 1_000_000
HOSTILE = "<img src=x onerror=\\\"document.title='broken'\\\"></script><script>document.title='broken'</script>"

LONG = f"""
long[] number = LongStream.range(0, {ROWS}).toArray();
double[] mixed = LongStream.of(number).mapToDouble(n -> (n * 7919 % {ROWS}) / {ROWS // 10}.0).toArray();
String[] word = LongStream.of(number).mapToObj(n -> n == 3 ? "{HOSTILE}" : "word " + n % 1000).toArray(String[]::new);
Table.create("long", LongColumn.create("n", number), DoubleColumn.create("mixed", mixed), StringColumn.create("word", word))
"""

CLIPS = """
import dev.moviola.frame.TableView;
Path run = Files.createTempDirectory("moviola");
Files.createDirectories(run.resolve("clips"));
for (int i = 0; i < 3; i++) RehearsalRenderer.render(new Take("samurai vs T-rex", i, 1, 320, 180, 12), run.resolve("clips/" + i + ".mp4"));
Table clips = Table.create("clips",
    LongColumn.create("rank", 1, 2, 3),
    StringColumn.create("prompt", "samurai vs T-rex in a sandstorm", "samurai vs T-rex, rain that does not end, seen from far above through the window of a plane", "samurai"),
    StringColumn.create("clip", "clips/0.mp4", "clips/1.mp4", "clips/2.mp4"),
    DoubleColumn.create("overall", 98.76, 61.5, 12),
    DoubleColumn.create("warp", 0.02, 0.4, 1),
    DoubleColumn.create("latency", 12.5, 140.25, 3));
TableView.of(clips).withPosters(run)
"""


def notebook(*cells):
    return json.dumps(
        {
            "nbformat": 4, "nbformat_minor": 5,
            "metadata": {"kernelspec": {"name": "moviola", "display_name": "Java (Moviola)", "language": "java"}},
            "cells": [
                {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [],
                 "source": source.strip()}
                for i, source in enumerate(cells)
            ],
        }
    )


class Table:
    """A table that is shown below a cell."""

    def __init__(self, cell):
        self.frame = cell.locator(".moviola-table")

    def column(self, number):
        return self.frame.locator(f"tbody tr td:nth-child({number})").all_inner_texts()

    def sort(self, name):
        self.frame.locator("th", has_text=name).click()

    def button(self, title):
        return self.frame.locator(f"button[title='{title}']")

    def shows(self, text):
        expect(self.frame.locator("p").first).to_contain_text(text, timeout=lab.PATIENCE)


def work(page, shoot, url):
    took = {}
    desk = lab.Desk(page)
    desk.ready()
    desk.menu("Run", "Run All Cells")
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    table = Table(cells.nth(0))
    table.shows("rows 1 to 20 of 1,000,000")
    expect(table.frame).to_contain_text("long: 1,000,000 rows, 3 columns")
    assert table.column(1) == [str(n) for n in range(20)], table.column(1)
    assert "<img src=x" in table.column(3)[3] and "</script>" in table.column(3)[3], table.column(3)
    sent = table.frame.evaluate("frame => frame.outerHTML.length")
    assert sent < 60_000, f"{sent} characters were sent"
    took["characters sent"] = sent

    table.button("next page").click()
    table.shows("rows 21 to 40 of")
    assert table.column(1) == [str(n) for n in range(20, 40)]
    start = time.monotonic()
    table.sort("mixed")
    table.shows("rows 1 to 20 of")
    expect(table.frame.locator("tbody tr").first).to_contain_text("10.000", timeout=lab.PATIENCE)
    took["sorted first, ms"] = round(1000 * (time.monotonic() - start))
    best = [(n * 7919 % ROWS, n) for n in range(ROWS)]
    best.sort(reverse=True)
    assert table.column(1) == [str(n) for _, n in best[:20]], table.column(1)
    start = time.monotonic()
    table.button("last page").click()
    table.shows("rows 999,981 to 1,000,000 of")
    took["another page, ms"] = round(1000 * (time.monotonic() - start))
    assert table.column(1) == [str(n) for _, n in best[-20:]], table.column(1)
    table.frame.locator("input").fill("500001")
    table.frame.locator("input").press("Enter")
    table.shows("rows 500,001 to 500,020 of")
    assert table.column(1) == [str(n) for _, n in best[500_000:500_020]], table.column(1)
    shoot("long")
    table.sort("word")
    expect(table.frame.locator("tbody tr").first).to_contain_text("<img src=x", timeout=lab.PATIENCE)

    posters = Table(cells.nth(1))
    expect(posters.frame.locator("img")).to_have_count(3, timeout=lab.PATIENCE)
    assert all(
        posters.frame.locator("img").nth(i).evaluate("img => img.naturalWidth") > 60 for i in range(3)
    ), "each clip has its picture"
    assert posters.frame.locator("td i").count() == 6, "overall and warp have bars"
    posters.sort("overall")
    posters.sort("overall")
    assert posters.column(2) == ["3", "2", "1"], posters.column(2)
    assert posters.frame.locator("img").count() == 3
    posters.frame.scroll_into_view_if_needed()
    shoot("posters")

    cell = desk.fresh("Thread.sleep(600_000);")
    page.keyboard.press("Control+Enter")
    expect(cell.locator(".jp-InputPrompt")).to_contain_text("[*]", timeout=lab.PATIENCE)
    table.button("last page").click()
    table.shows("rows 999,981 to 1,000,000 of")
    page.locator("[data-jp-item-name='interrupt']").click()
    desk.idle()

    page.locator("[data-jp-item-name='restart']").click()
    page.get_by_role("button", name="Confirm Kernel Restart").click()
    desk.idle()
    table.button("first page").click()
    expect(table.frame).to_contain_text("only the first 200 rows are here", timeout=lab.PATIENCE)
    table.sort("mixed")
    first = sorted(((n * 7919 % ROWS, n) for n in range(200)), reverse=True)
    assert table.column(1) == [str(n) for _, n in first[:20]], table.column(1)
    shoot("gone")
    assert page.title() != "broken"
    return took


def main(prefix, folder, chromium, shots):
    (folder / "work").mkdir(parents=True)
    shots.mkdir(parents=True, exist_ok=True)
    (folder / "work" / "tables.ipynb").write_text(notebook(LONG, CLIPS))
    with lab.server(prefix, folder) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=lab.FLAGS)
        page = browser.new_page(viewport={"width": 1300, "height": 1000})
        errors = []
        page.on("pageerror", lambda error: errors.append(str(error)))

        def shoot(name):
            page.screenshot(path=str(shots / f"table-{name}.png"))

        try:
            page.goto(url + "/lab/tree/tables.ipynb", wait_until="domcontentloaded", timeout=lab.PATIENCE)
            took = work(page, shoot, url)
        except Exception:
            shoot("failed")
            print(errors, file=sys.stderr)
            raise
        browser.close()
    print(json.dumps(took))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3], pathlib.Path(sys.argv[4]))
