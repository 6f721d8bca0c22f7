"""Runs a notebook of the project with nbclient, and the Python lines that it shows with pandas.

Usage: notebooks_run.py PREFIX FOLDER NOTEBOOK...
Each notebook is run in FOLDER, where it leaves its run. The Python lines of its text are run there afterwards. Prints one
JSON object with what they printed; a failed check ends it with a traceback.
"""

import io
import json
import os
import pathlib
import re
import sys
import time
from contextlib import redirect_stdout

prefix, folder = map(pathlib.Path, sys.argv[1:3])
os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
os.environ["XDG_DATA_HOME"] = str(folder / "share")

import nbformat  # noqa: E402
from nbclient import NotebookClient  # noqa: E402

FEWER = {"variants": 4, "trials": 6}


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def committed(path):
    """A notebook of the project, valid, complete and without errors."""
    book = nbformat.read(path, as_version=nbformat.NO_CONVERT)
    nbformat.validate(book)
    check((book.nbformat, book.nbformat_minor) == (4, 5), f"{path} is {book.nbformat}.{book.nbformat_minor}")
    tagged = [cell for cell in book.cells if "parameters" in cell.metadata.get("tags", [])]
    check(len(tagged) == 1, f"{path} must have one cell tagged parameters, but has {len(tagged)}")
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    check(all(cell.execution_count for cell in code), f"{path} has cells that were not run")
    shown = [output for cell in code for output in cell.outputs]
    check(not [output for output in shown if output.output_type == "error"], f"{path} holds an error")
    types = {kind for output in shown for kind in output.get("data", {})}
    check({"image/png", "image/jpeg", "text/html"} <= types, f"{path} shows only {types}")
    check(path.stat().st_size < 1_500_000, f"{path} has {path.stat().st_size} bytes")
    return book


def shorten(book):
    """Fewer clips, where their number is a parameter."""
    for at, cell in enumerate(book.cells):
        if "parameters" in cell.metadata.get("tags", []):
            fewer = [f"{name} = {count};" for name, count in FEWER.items() if f"int {name} = " in cell.source]
            if fewer:
                book.cells.insert(at + 1, nbformat.v4.new_code_cell("\n".join(fewer)))
            return


def python_lines(book):
    text = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    return re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)


def main():
    result = {}
    for notebook in map(pathlib.Path, sys.argv[3:]):
        book = committed(notebook)
        work = folder / notebook.stem
        work.mkdir()
        shorten(book)
        start = time.monotonic()
        NotebookClient(book, timeout=300, kernel_name="moviola", resources={"metadata": {"path": str(work)}}).execute()
        nbformat.validate(book)
        nbformat.write(book, work / notebook.name)
        took = round(time.monotonic() - start, 1)
        printed = []
        os.chdir(work)
        for lines in python_lines(book):
            out = io.StringIO()
            with redirect_stdout(out):
                exec(compile(lines, f"the Python lines of {notebook.name}", "exec"), {})
            printed.append(out.getvalue())
        result[notebook.name] = {"seconds": took, "python": printed}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
