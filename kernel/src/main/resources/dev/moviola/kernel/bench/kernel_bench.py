"""Measures kernels under Jupyter's own client, in turn.

Usage: kernel_bench.py TASK.json
The task names the kernels, which language each speaks, the repetitions, and a command that prints how many milliseconds
JShell's own loop takes for the declarations. Prints a line of JSON for each step and one with all figures at the end.
"""

import json
import os
import pathlib
import queue
import subprocess
import sys
import time

TASK = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
os.environ["JUPYTER_PATH"] = TASK["jupyter"]
os.environ["XDG_DATA_HOME"] = os.environ["IPYTHONDIR"] = TASK["home"]

import ipykernel  # noqa: E402  (jupyter_client reads JUPYTER_PATH)
import psutil  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402

PATIENCE = 60
SILENCE = 5
ATTEMPTS = 4
LINES = 10_000
CODE = {
    "java": {
        "warm": "int x = 1+1;",
        "lines": f"for (int i = 0; i < {LINES}; i++) System.out.println(i);",
        "loop": 'System.out.println("begun"); while (true) {}',
        "declarations": "\n".join(TASK["declarations"]),
    },
    "python": {
        "warm": "x = 1+1",
        "lines": f"for i in range({LINES}): print(i)",
        "loop": 'print("begun", flush=True)\nwhile True: pass',
        "declarations": "\n".join(
            f"v{i} = {i}" if i % 2 == 0 else f"def f{i}(x): return x + {i}"
            for i in range(len(TASK["declarations"]))
        ),
    },
}


def say(**content):
    print(json.dumps(content), flush=True)


def median(values):
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


class Kernel:
    """One process of a kernel and what it took to get there."""

    def __init__(self, name):
        self.figures = {}
        self.begun = time.perf_counter()
        self.manager = KernelManager(kernel_name=name)
        self.manager.start_kernel(stderr=subprocess.DEVNULL)
        self.client = self.manager.client()
        self.client.start_channels()
        self.reply(self.client.kernel_info())
        self.figures["spawn to kernel_info"] = self.since(self.begun)
        self.subscribe()

    @staticmethod
    def since(start):
        return (time.perf_counter() - start) * 1000

    def reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def subscribe(self):
        """Broadcasts made before the subscription are lost: asks until one arrives."""
        while True:
            self.reply(self.client.kernel_info())
            try:
                self.client.get_iopub_msg(timeout=0.2)
                return
            except queue.Empty:
                pass

    def run(self, code):
        """Milliseconds until reply and last broadcast, and what was printed."""
        start = time.perf_counter()
        return self.result(self.client.execute(code), start)

    def result(self, request, start):
        printed = []
        end = start
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=SILENCE if printed else PATIENCE)
            except queue.Empty:
                break  # the message that says idle was lost
            if message["parent_header"].get("msg_id") != request:
                continue
            end = time.perf_counter()
            if message["msg_type"] == "stream":
                printed.append(message["content"]["text"])
            elif (
                message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
            ):
                break
        content = self.reply(request)
        return (
            max((end - start) * 1000, 0 if printed else self.since(start)),
            "".join(printed),
            content,
        )

    def processes(self):
        process = psutil.Process(self.manager.provisioner.process.pid)
        return [process, *process.children(recursive=True)]

    def processor_milliseconds(self):
        times = [process.cpu_times() for process in self.processes()]
        return sum(time.user + time.system for time in times) * 1000

    def measure(self, language):
        code = CODE[language]
        self.run("1 + 1")
        self.figures["spawn to first cell"] = self.since(self.begun)
        self.figures["processor time to first cell"] = self.processor_milliseconds()
        time.sleep(0.3)
        resident = sum(process.memory_info().rss for process in self.processes())
        self.figures["resident after first cell"] = resident / (1 << 20)
        for _ in range(20):
            self.run(code["warm"])
        self.figures["warm cell"] = median(self.run(code["warm"])[0] for _ in range(40))
        self.figures["kernel_info round trip"] = median(self.info() for _ in range(40))
        took, printed, _ = self.run(code["lines"])
        self.figures["lines"] = took
        self.figures["lines that arrived"] = len(printed.splitlines())
        for _ in range(5):
            self.complete()
        self.figures["completion"] = median(self.complete() for _ in range(15))
        took, printed, content = self.run(code["declarations"])
        if content["status"] != "ok":
            raise AssertionError(f"the declarations failed: {content}")
        self.figures["declarations"] = took
        self.interrupt(code["loop"])

    def info(self):
        start = time.perf_counter()
        self.reply(self.client.kernel_info())
        return self.since(start)

    def complete(self):
        start = time.perf_counter()
        self.reply(self.client.complete('"abc".', 6))
        return self.since(start)

    def interrupt(self, loop):
        request = self.client.execute(loop)
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass
        time.sleep(0.3)
        start = time.perf_counter()
        self.manager.interrupt_kernel()
        self.figures["interrupt"] = self.result(request, start)[0]
        time.sleep(0.5)
        before, start = self.processor_milliseconds(), time.perf_counter()
        time.sleep(1)
        busy = (self.processor_milliseconds() - before) / self.since(start)
        self.figures["processor after the interrupt"] = 100 * busy

    def close(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def measured(name, language):
    """The figures of one start. A peer that loses a message for good is started again: IJava does at times."""
    for attempt in range(ATTEMPTS):
        kernel = Kernel(name)
        try:
            kernel.measure(language)
            return kernel.figures
        except queue.Empty:
            if name == TASK["ours"] or attempt == ATTEMPTS - 1:
                raise
            say(step=f"{name} lost a message and is started again")
        finally:
            kernel.close()
    raise AssertionError("there is at least one attempt")


def main():
    figures = {name: {} for name in TASK["kernels"]}
    loop = []
    for repetition in range(TASK["repetitions"]):
        for name, language in TASK["kernels"].items():
            say(step=f"{name}, {repetition + 1} of {TASK['repetitions']}")
            for what, value in measured(name, language).items():
                figures[name].setdefault(what, []).append(value)
        say(step=f"JShell's own loop, {repetition + 1} of {TASK['repetitions']}")
        loop.append(float(subprocess.check_output(TASK["loop"], text=True, timeout=300)))
    say(
        figures={
            name: {what: median(values) for what, values in each.items()}
            for name, each in figures.items()
        },
        loop=median(loop),
        ipykernel=ipykernel.__version__,
    )


if __name__ == "__main__":
    main()
