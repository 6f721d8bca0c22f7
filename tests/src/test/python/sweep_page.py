"""Opens the report of a sweep in headless Chromium and checks what a reader would.

Usage: sweep_page.py CHROMIUM REPORT SCREENSHOT_FOLDER
Prints one JSON object with the measures; a failed check ends it with a traceback.
"""

import json
import pathlib
import sys

from playwright.sync_api import sync_playwright

from report_page import FLAGS, Reader, check, pictures_are_there, until, wide


def numbers(page, nth):
    return [float(text) for text in page.locator(f"#s-body tr:not(.space) td:nth-child({nth})").all_inner_texts()]


def what_was_found(page, trials):
    best = max(trials["values"][0])
    shown = float(page.locator("#s-best .value").inner_text().split()[0])
    check(abs(shown - best) < 0.1, f"the best value is {best}, but {shown} is shown")
    settings = page.locator("#s-best .settings").inner_text()
    check(all(name in settings for name in ("num_steps", "guidance", "blur_strength")), f"all settings are told, but only {settings}")
    page.locator("#s-film .film").click()
    until(page, "(document.querySelector('#s-film video') || {}).currentTime > 0.1")
    page.get_by_role("button", name="Look closer at its clip").click()
    check(page.get_by_role("dialog").is_visible(), "the best clip can be looked at closely")
    page.keyboard.press("Escape")


def charts(page):
    pictures = page.locator("#sweep figure img")
    for i in range(pictures.count()):
        check(pictures.nth(i).get_attribute("alt"), "every chart says what it shows")
    broken = page.evaluate("[...document.querySelectorAll('#sweep figure img')].filter(each => !each.naturalWidth).length")
    check(broken == 0, f"{broken} charts cannot be shown")
    return pictures.count()


def the_sheet_plays(page):
    video = "document.querySelector('#s-xy video')"
    check(page.evaluate(video + ".readyState") == 0, "the sheet loads when it is asked for")
    page.locator("#s-xy").get_by_role("button", name="Play").click()
    until(page, video + ".currentTime > 0.2")
    page.locator("#s-xy").get_by_role("button", name="Pause").click()
    until(page, video + ".paused")
    check(page.evaluate(video + ".videoWidth") > 300, "the sheet has a picture")


def trials_are_sorted_and_searched(page, trials):
    down = numbers(page, 3)
    check(len(down) == len(trials["number"]) and down == sorted(down, reverse=True), f"the best trial comes first, but was {down}")
    page.locator("#s-head").get_by_role("button", name="num_steps").click()
    steps = numbers(page, 4)
    check(steps == sorted(steps), f"steps must ascend, but were {steps}")
    page.locator("#s-text").fill("low")
    rows = page.locator("#s-body tr:not(.space)").all_inner_texts()
    check(0 < len(rows) < len(down) and all("low" in row for row in rows), "only trials with the word are shown")
    page.locator("#s-text").fill("")
    page.locator("#s-param").select_option(label="blur_strength")
    values = page.locator("#s-by tbody th").all_inner_texts()
    check(values == ["low", "high"], f"the table by control has its values, but had {values}")


def clips_are_told_by_what_was_tried(page, trials):
    prompts = page.locator("#body .open").all_inner_texts()
    check(len(set(prompts)) == len(prompts), f"each clip is told by its settings, but there are only {set(prompts)}")
    check(all(text.startswith("trial ") and "guidance " in text for text in prompts), f"settings are named, but {prompts}")
    check(not page.locator("#f-mod").is_visible(), "where no prompt has modifiers, none can be chosen")
    page.locator("#f-text").fill("trial 3:")
    page.locator("#body .open", has_text="trial 3:").click()
    dialog = page.get_by_role("dialog").inner_text()
    check("Settings of trial 3" in dialog and "guidance" in dialog, "a clip that is looked at closely tells its settings")
    page.keyboard.press("Escape")
    page.locator("#f-text").fill("")


def looks(browser, report, folder):
    for scheme in ("light", "dark"):
        for width in (1400, 800, 400):
            reader = Reader(browser, width, scheme)
            page = reader.open(report)
            check(wide(page) <= 0, f"the page is {wide(page)} px wider than a window of {width}")
            pictures_are_there(page)
            page.screenshot(path=str(folder / f"sweep-{width}-{scheme}.png"), full_page=True)
            reader.close()


def main(chromium, report, shots):
    folder = pathlib.Path(shots)
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        reader = Reader(browser)
        page = reader.open(report)
        trials = page.evaluate("JSON.parse(document.getElementById('data').textContent).sweep.trials")
        what_was_found(page, trials)
        shown = charts(page)
        the_sheet_plays(page)
        trials_are_sorted_and_searched(page, trials)
        clips_are_told_by_what_was_tried(page, trials)
        reader.close()
        looks(browser, report, folder)
        browser.close()
    print(json.dumps({"trials": len(trials["number"]), "charts": shown}))


if __name__ == "__main__":
    main(*sys.argv[1:])
