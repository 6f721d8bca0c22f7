"""Opens generated reports in headless Chromium and checks what a reader would.

Usage: report_page.py CHROMIUM SMALL_REPORT LARGE_REPORT SCREENSHOT_FOLDER
Prints one JSON object with the measures; a failed check ends it with a traceback.
"""

import json
import pathlib
import sys
import time

from lab import FLAGS
from playwright.sync_api import sync_playwright


def check(condition, message):
    if not condition:
        raise AssertionError(message)


class Reader:
    """A page that keeps what went wrong on it and what it asked for."""

    def __init__(self, browser, width=1400, scheme="light"):
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        self.page = self.context.new_page()
        self.faults = []
        self.requests = []
        self.page.on("console", lambda message: self.faults.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def open(self, file):
        self.page.goto(pathlib.Path(file).resolve().as_uri())
        self.page.wait_for_selector("html[data-ready]")
        return self.page

    def close(self):
        check(not self.faults, f"the console has errors: {self.faults}")
        strange = [url for url in self.requests if not url.startswith(("file:", "data:"))]
        check(not strange, f"the page asked the network for {strange}")
        self.context.close()


def until(page, expression, arg=None, seconds=20):
    """Waits in steps; the page's own policy forbids the evaluation that Playwright's waiting would use."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        check(time.monotonic() < end, f"waited {seconds} s for {expression}")
        page.wait_for_timeout(50)


def rows(page):
    return page.locator("#body tr:not(.space)")


def column(page, css, count=8):
    cells = page.locator(f"#body tr:not(.space) td.{css}")
    return [cells.nth(i).inner_text().strip() for i in range(min(count, cells.count()))]


def wide(page):
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def reads_sorts_and_filters(browser, report):
    reader = Reader(browser)
    page = reader.open(report)
    ranks = [int(text) for text in column(page, "c-rank")]
    check(ranks == list(range(1, len(ranks) + 1)), f"rows must start with the best, but began with ranks {ranks}")

    page.get_by_role("button", name="Quality", exact=True).click()
    check(page.locator("th[aria-sort]").inner_text().strip().startswith("Quality"), "aria-sort must be on Quality")
    low = [int(text) for text in column(page, "c-quality")]
    check(low == sorted(low), f"qualities must ascend, but were {low}")
    page.get_by_role("button", name="Quality", exact=True).click()
    check(page.locator("th[aria-sort=descending]").count() == 1, "a second press must turn the order round")
    high = [int(text) for text in column(page, "c-quality")]
    check(high == sorted(high, reverse=True), f"qualities must descend, but were {high}")

    total = page.evaluate("JSON.parse(document.getElementById('data').textContent).rows.seq.length")
    page.locator("#f-text").fill("neon rain")
    found = page.locator("#count").inner_text()
    check(f"of {total} jobs" in found, f"the count must say how many of {total} are shown, but was {found}")
    check(all("neon rain" in text for text in rows(page).locator(".c-prompt").all_inner_texts()), "only rows with the words may be shown")
    page.get_by_role("button", name="Reset").click()
    until(page, "n => document.getElementById('count').textContent.startsWith(n + ' job')", arg=str(total))

    page.locator("#f-state").select_option("FAILED")
    check(set(column(page, "c-state", 50)) and all(text.startswith("failed") for text in column(page, "c-state", 50)), "only failed jobs")
    page.locator("#f-state").select_option("")
    page.locator("#f-mod").select_option(label="environment: sandstorm")
    check(rows(page).count() > 0, "some clips have a sandstorm")
    page.locator("#f-mod").select_option("")
    page.locator("#f-metric").select_option(label="quality (0–100)")
    page.locator("#f-min").fill("70")
    check(all(int(text) >= 70 for text in column(page, "c-quality", 50)), "only clips of quality 70 and more")
    page.locator("#f-text").fill("no such words anywhere")
    check(rows(page).count() == 0, "nothing matches")
    page.get_by_role("button", name="Reset").click()
    page.get_by_label("relative to siblings").check()
    check(any(text[0] in "+−±" for text in column(page, "c-defect")), "relative scores have a sign")
    page.get_by_label("relative to siblings").uncheck()
    reader.close()


def plays(browser, report):
    reader = Reader(browser)
    page = reader.open(report)
    check(page.locator("video").count() == 0, "nothing may load a clip before it is asked for")
    page.locator("#strip .film").first.click()
    until(page, "(document.querySelector('#strip video') || {}).currentTime > 0.1")
    page.locator("#strip .film").nth(1).click()
    check(page.locator("video").count() == 1, "one clip plays at a time")
    until(page, "(document.querySelector('#strip video') || {}).currentTime > 0.1")

    page.locator("#strip").get_by_role("button", name="Look closer").first.click()
    dialog = page.get_by_role("dialog")
    check(dialog.locator("svg.timeline path.lane").count() == 8, "the timeline has a lane for each defect")
    head = "document.querySelector('.timeline .head').getAttribute('x1')"
    until(page, "document.querySelector('dialog video').readyState >= 2")
    before = float(page.evaluate(head))
    dialog.get_by_role("button", name="Play / pause").click()
    until(page, f"Number({head}) > {before + 20}")
    dialog.get_by_role("button", name="Play / pause").click()
    box = dialog.locator("svg.timeline").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.9, box["y"] + box["height"] / 2)
    until(page, "document.querySelector('dialog video').currentTime > 1.5")
    at = page.evaluate("document.querySelector('dialog video').currentTime")
    dialog.get_by_role("button", name="One frame back").click()
    until(page, f"document.querySelector('dialog video').currentTime < {at}")
    check("without support" in dialog.inner_text(), "the physics findings are told")
    page.keyboard.press("Escape")
    check(dialog.count() == 0 or not dialog.is_visible(), "Escape closes the panel")

    page.locator("#body .open").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    check(page.get_by_role("dialog").is_visible(), "a clip can be opened from the keyboard")
    page.get_by_role("button", name="Next clip").click()
    check("#3" in page.locator("#d-title").inner_text(), f"the next clip is #3, but is {page.locator('#d-title').inner_text()}")
    reader.close()


def hostile_text_stays_text(browser, report):
    reader = Reader(browser)
    page = reader.open(report)
    page.locator("#f-text").fill("window.pwned=1")
    check(rows(page).count() == 1, "the hostile prompt is found by its text")
    rows(page).first.locator(".open").click()
    shown = page.locator("dialog .prompt").inner_text()
    check("</script><script>window.pwned=1</script>" in shown, f"the prompt is shown as it is, but was {shown}")
    page.keyboard.press("Escape")
    check(page.evaluate("typeof window.pwned") == "undefined", "the prompt must not run")
    check(page.locator("img[onerror]").count() == 0, "the prompt must not become markup")
    reader.close()


def pictures_are_there(page):
    until(page, "[...document.images].every(each => each.loading === 'lazy' || each.complete)")


def looks(browser, report, folder):
    colours = {}
    for scheme in ("light", "dark"):
        for width in (1400, 800, 400):
            reader = Reader(browser, width, scheme)
            page = reader.open(report)
            check(wide(page) <= 0, f"the page is {wide(page)} px wider than a window of {width}")
            pictures_are_there(page)
            page.screenshot(path=str(folder / f"report-{width}-{scheme}.png"), full_page=True)
            page.get_by_role("button", name="Look closer").first.click()
            until(page, "!document.querySelector('dialog video') || document.querySelector('dialog video').readyState >= 2")
            page.screenshot(path=str(folder / f"clip-{width}-{scheme}.png"))
            check(page.evaluate("(d => d.scrollWidth - d.clientWidth)(document.querySelector('dialog'))") <= 0, f"the panel overflows at {width}")
            page.screenshot(path=str(folder / f"clip-{width}-{scheme}.png"))
            colours[scheme] = page.evaluate("getComputedStyle(document.body).backgroundColor")
            reader.close()
    check(colours["light"] != colours["dark"], "dark mode must look different")


def stays_quick(browser, report):
    reader = Reader(browser)
    page = reader.open(report)
    total = page.evaluate("JSON.parse(document.getElementById('data').textContent).rows.seq.length")
    nodes = "document.getElementsByTagName('*').length"
    most = page.evaluate(nodes)
    sorting = page.evaluate(
        """() => { const button = [...document.querySelectorAll('#head button')].find(b => b.textContent === 'melt');
           const start = performance.now(); button.click(); return performance.now() - start; }"""
    )
    top = [float(text) for text in column(page, "c-defect", 2)[1:2]]
    for share in (0.25, 0.5, 1.0):
        page.evaluate("s => { const e = document.getElementById('scroll'); e.scrollTop = s * e.scrollHeight; }", share)
        page.wait_for_timeout(120)
        most = max(most, page.evaluate(nodes))
        check(rows(page).count() > 0, "rows are there wherever one scrolls to")
    last = int(rows(page).last.get_attribute("aria-rowindex"))
    check(last == total + 1, f"the end of {total} rows is reached, but the last was {last}")
    check(most < 6000, f"the document must hold only the rows in sight, but held {most} elements")
    typing = page.evaluate(
        """() => { const box = document.getElementById('f-text'); const start = performance.now();
           box.value = 'neon'; box.dispatchEvent(new Event('input', { bubbles: true })); return performance.now() - start; }"""
    )
    reader.close()
    return {"rows": total, "elements": most, "sort_ms": round(sorting, 1), "first_filter_ms": round(typing, 1), "highest": top}


def main(chromium, small, large, shots):
    folder = pathlib.Path(shots)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        reads_sorts_and_filters(browser, small)
        plays(browser, small)
        hostile_text_stays_text(browser, small)
        looks(browser, small, folder)
        measures = stays_quick(browser, large)
        browser.close()
    print(json.dumps(measures))


if __name__ == "__main__":
    main(*sys.argv[1:])
