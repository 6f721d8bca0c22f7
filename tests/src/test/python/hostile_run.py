"""Reads the report and the table of a run whose prompts and modifiers are hostile, as a browser and a spreadsheet do.

Usage: hostile_run.py CHROMIUM RUN_FOLDER PROMPTS_JSON
A failed check ends it with a traceback.
"""

import csv
import json
import pathlib
import sys

from playwright.sync_api import sync_playwright

from report_page import FLAGS, Reader, check, rows


def reads_the_table(run, prompts):
    csv.field_size_limit(1 << 24)
    with open(run / "scores.csv", encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    check(len(table) == 2 * len(prompts), f"a row for each job, but there are {len(table)}")
    found = {row["prompt"] for row in table}
    for prompt in prompts:
        check(prompt in found, f"scores.csv has lost {prompt[:80]!r}; it has {[text[:80] for text in found]}")


def looks_at_the_page(browser, run, prompts):
    reader = Reader(browser)
    reader.page.on("dialog", lambda dialog: reader.faults.append("dialog " + dialog.message))
    page = reader.open(run / "report.html")
    check(page.evaluate("window.owned === undefined"), "a prompt ran as script")
    check(page.evaluate("document.querySelectorAll('[src=\"x\"], [onerror], marquee').length") == 0, "a prompt became an element")
    check(page.title() != "owned", "a prompt set the title")
    check(rows(page).count() > 0, "the page has rows")
    shown = " ".join(rows(page).locator(".c-prompt").all_inner_texts())
    check("<script>" in shown and "<img src=x" in shown, f"the prompt must be shown as it is, but was {shown[:400]!r}")
    reader.close()


def main(chromium, run, prompts):
    run = pathlib.Path(run)
    prompts = json.loads(pathlib.Path(prompts).read_text(encoding="utf-8"))
    reads_the_table(run, prompts)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        looks_at_the_page(browser, run, prompts)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
