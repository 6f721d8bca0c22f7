"""Runs notebooks on the installed kernel with nbclient, nbconvert and papermill, and checks notebooks that Moviola wrote.

Usage: kernel_notebooks.py PREFIX FOLDER NOTEBOOK PAPERMILL_FOLDER [WRITTEN...]
NOTEBOOK has a cell tagged parameters that declares `int rows`, and ends with the number of rows of a table. WRITTEN are
notebooks that must be valid. Prints one JSON object; a failed check ends it with a traceback.
"""

import json
import os
import pathlib
import subprocess
import sys
import time

prefix, folder, notebook, papermill_folder = map(pathlib.Path, sys.argv[1:5])
os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
os.environ["XDG_DATA_HOME"] = str(folder)
os.environ["PYTHONPATH"] = str(papermill_folder)

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def shown(book):
    """The media types that the code cells show, and the text of the last result."""
    types, last = set(), None
    for cell in book.cells:
        for output in cell.get("outputs", []):
            check(output.output_type != "error", output)
            types.update(output.get("data", {}))
            if output.output_type == "execute_result":
                last = output.data["text/plain"]
    return types, last


def valid(path):
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    check((book.nbformat, book.nbformat_minor) == (4, 5), f"{path} is {book.nbformat}.{book.nbformat_minor}")
    return book


def command(*words):
    done = subprocess.run([sys.executable, "-m", *words], capture_output=True, text=True, timeout=180)
    check(done.returncode == 0, f"{words} ended with {done.returncode}\n{done.stdout}\n{done.stderr}")


def main():
    start = time.monotonic()
    book = nbformat.read(notebook, as_version=4)
    NotebookClient(book, timeout=120, kernel_name="moviola").execute()
    types, last = shown(book)
    check({"text/html", "image/png", "text/plain"} <= types, f"the cells showed {types}")
    check(last == "3", f"the table must have 3 rows, but has {last}")
    nbformat.validate(book)
    measures = {"nbclient, s": round(time.monotonic() - start, 2)}

    start = time.monotonic()
    page = folder / "page.html"
    command("nbconvert", "--to", "html", "--execute", "--output", str(page), str(notebook))
    check("data:image/png;base64" in page.read_text(), "the page must hold the chart")
    measures["nbconvert, s"] = round(time.monotonic() - start, 2)

    start = time.monotonic()
    out = folder / "papermill.ipynb"
    command(
        "moviola_papermill", str(notebook), str(out), "-k", "moviola", "-p", "rows", "5", "-p", "title",
        'a "quoted" \\ \u00fc \U0001f996',
    )
    _, last = shown(valid(out))
    check(last == "5", f"papermill's parameter must make 5 rows, but made {last}")
    measures["papermill, s"] = round(time.monotonic() - start, 2)

    for path in sys.argv[5:]:
        _, last = shown(valid(path))
        measures[pathlib.Path(path).name] = last
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
