"""Runs the installed kernel under Jupyter's own client and its conformance tests.

Usage: kernel_clients.py PREFIX FOLDER
The kernel is that called moviola below PREFIX; FOLDER is for its history. Prints one JSON object with the measures; a
failed check ends it with a traceback.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

NAME = "moviola"
PATIENCE = 60
os.environ["JUPYTER_PATH"] = str(pathlib.Path(sys.argv[1]) / "share" / "jupyter")
os.environ["XDG_DATA_HOME"] = sys.argv[2]

import jupyter_kernel_test  # noqa: E402  (it reads JUPYTER_PATH)
from jupyter_client.manager import start_new_kernel  # noqa: E402


class Welcome(jupyter_kernel_test.IopubWelcomeTests):
    kernel_name = NAME
    support_iopub_welcome = True


class Conformance(jupyter_kernel_test.KernelTests):
    kernel_name = NAME
    language_name = "java"
    file_extension = ".jshell"
    code_hello_world = 'System.out.println("hello, world");'
    code_stderr = 'System.err.println("oops");'
    code_generate_error = 'throw new IllegalStateException("boom");'
    code_inspect_sample = '"abc".length'
    code_clear_output = "dev.moviola.kernel.Notebook.clearOutput(false);"
    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")
    completion_samples = [
        {"text": '"abc".substr', "matches": {"substring("}},
        {"text": "System.ou", "matches": {"out"}},
    ]
    complete_code_samples = ["1", "int x = 1;", "for (;;) break;"]
    incomplete_code_samples = ["for (;;) {", "int f() {", "/* open"]
    invalid_code_samples = ["int = 5;", ")"]
    code_execute_result = [
        {"code": "1+1", "result": "2"},
        {"code": "1+2", "result": "3"},
        {"code": '"a" + "b"', "result": "ab"},
    ]
    code_display_data = [
        {"code": 'dev.moviola.display.Display.show("x")', "mime": "text/plain"},
        {
            "code": "dev.moviola.display.Display.show(new java.awt.image.BufferedImage(8, 8, 1))",
            "mime": "image/png",
        },
    ]

    def execute_helper(self, *arguments, **named):
        # The suite gives each message a tenth of a second, which a busy machine may need to wake its client.
        channel = self.kc.iopub_channel
        hurried = channel.get_msg
        channel.get_msg = lambda timeout=None: hurried(timeout=PATIENCE)
        try:
            return super().execute_helper(*arguments, **named)
        finally:
            channel.get_msg = hurried


class Kernel:
    """One kernel process and what its cells gave."""

    def __enter__(self):
        self.manager, self.client = start_new_kernel(kernel_name=NAME)
        self.pid = self.manager.provisioner.process.pid
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)

    def run(self, code):
        return self.result(self.client.execute(code))

    def result(self, request):
        printed, value = [], None
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            content, kind = message["content"], message["msg_type"]
            if kind == "stream":
                printed.append(content["text"])
            elif kind == "execute_result":
                value = content["data"]["text/plain"]
            elif kind == "status" and content["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == request:
                return reply["content"], "".join(printed), value

    def until_it_prints(self):
        while self.client.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
            pass

    def processor_seconds(self):
        fields = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def gone(pid, seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        stat = pathlib.Path(f"/proc/{pid}/stat")
        if not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def check(condition, message):
    if not condition:
        raise AssertionError(message)


def stops(kernel):
    """A loop that is interrupted ends, and burns nothing afterwards."""
    took = {}
    for way in ("message", "signal"):
        request = kernel.client.execute('System.out.println("begun"); while (true) {}')
        kernel.until_it_prints()
        start = time.monotonic()
        if way == "message":
            kernel.manager.interrupt_kernel()
        else:
            os.kill(kernel.pid, signal.SIGINT)
        reply, _, _ = kernel.result(request)
        took[f"interrupt by {way}, ms"] = round((time.monotonic() - start) * 1000, 1)
        check(reply["ename"] == "Interrupted", reply)
    if sys.platform == "linux":
        time.sleep(1)
        before = kernel.processor_seconds()
        time.sleep(2)
        burnt = (kernel.processor_seconds() - before) / 2
        took["cores busy after it"] = round(burnt, 2)
        check(burnt < 0.5, f"{burnt} cores are busy after the interrupt")
    check(kernel.run("40 + 2")[2] == "42", "the kernel does not answer after an interrupt")
    return took


def loses_nothing(kernel):
    """A million lines for a reader that looks away at first."""
    start = time.monotonic()
    request = kernel.client.execute("for (int i = 0; i < 1_000_000; i++) System.out.println(i);")
    time.sleep(2)
    _, printed, _ = kernel.result(request)
    lines = printed.splitlines()
    check(len(lines) == 1_000_000 and lines[-1] == "999999", f"{len(lines)} lines came")
    return {"1,000,000 lines, 2 s looked away, ms": round((time.monotonic() - start) * 1000)}


def is_quick(kernel):
    def median(call):
        times = []
        for _ in range(60):
            start = time.monotonic()
            call()
            times.append((time.monotonic() - start) * 1000)
        return round(sorted(times[20:])[20], 2)

    return {
        "kernel_info, ms": median(lambda: kernel.client.kernel_info(reply=True, timeout=PATIENCE)),
        "int x = 1+1, ms": median(lambda: kernel.run("int x = 1+1;")),
        'complete "abc"., ms': median(
            lambda: kernel.client.complete('"abc".', reply=True, timeout=PATIENCE)
        ),
    }


def survives(kernel):
    for code, name in (
        ("System.exit(1);", "SystemExit"),
        ("int deep() { return deep(); }\ndeep()", "java.lang.StackOverflowError"),
        ('throw new OutOfMemoryError("made up");', "java.lang.OutOfMemoryError"),
    ):
        reply, _, _ = kernel.run(code)
        check(reply["status"] == "error" and reply["ename"] == name, reply)
    check(kernel.run("1 + 1")[2] == "2", "the kernel does not answer any more")


def ends_in_a_loop():
    with Kernel() as kernel:
        kernel.client.execute('System.out.println("begun"); while (true) {}')
        kernel.until_it_prints()
        start = time.monotonic()
        kernel.manager.request_shutdown()
        kernel.manager.provisioner.process.wait(PATIENCE)
        return {"shutdown in a loop, ms": round((time.monotonic() - start) * 1000)}


def ends_with_its_parent():
    script = (
        "import sys\n"
        "from jupyter_client.manager import start_new_kernel\n"
        f"manager, client = start_new_kernel(kernel_name={NAME!r})\n"
        "print(manager.provisioner.process.pid, flush=True)\n"
        "sys.stdin.read()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    kernel = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    if not gone(kernel, 20):
        os.kill(kernel, signal.SIGKILL)
        raise AssertionError("the kernel outlives its parent")


def main():
    load = unittest.defaultTestLoader.loadTestsFromTestCase
    suite = unittest.TestSuite([load(Welcome), load(Conformance)])
    outcome = unittest.TextTestRunner(stream=sys.stderr, verbosity=2).run(suite)
    check(outcome.wasSuccessful(), "the conformance tests failed")
    skipped = sorted(test.id().rpartition(".")[2] for test, _ in outcome.skipped)
    measures = {"tests": outcome.testsRun, "skipped": skipped}
    with Kernel() as kernel:
        survives(kernel)
        measures.update(is_quick(kernel))
        measures.update(loses_nothing(kernel))
        measures.update(stops(kernel))
    measures.update(ends_in_a_loop())
    ends_with_its_parent()
    print(json.dumps(measures))


if __name__ == "__main__":
    main()
