"""Probes what a kernel has to survive, through Jupyter's own client.

Usage: kernel_probes.py PREFIX FOLDER [NAME ...]
The kernel is that called moviola below PREFIX; FOLDER is for its history. Each probe is a function whose name says what is
expected. Prints one JSON object that maps each name to null or to what went wrong.
"""

import contextlib
import itertools
import json
import os
import pathlib
import queue
import signal
import sys
import time
import traceback

NAME = "moviola"
PATIENCE = 40
os.environ["JUPYTER_PATH"] = str(pathlib.Path(sys.argv[1]) / "share" / "jupyter")
os.environ["XDG_DATA_HOME"] = sys.argv[2]

from jupyter_client.manager import start_new_kernel  # noqa: E402

PROBES = []


def probe(function):
    PROBES.append(function)
    return function


class Cell:
    """What a request gave."""

    def __init__(self, reply, messages):
        self.reply = reply["content"]
        self.header = reply["header"]
        self.messages = messages

    def text(self, stream="stdout"):
        return "".join(
            m["content"]["text"]
            for m in self.messages
            if m["msg_type"] == "stream" and m["content"]["name"] == stream
        )

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    @property
    def value(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def kinds(self):
        return [m["msg_type"] for m in self.messages]


class Kernel:
    """A kernel process and a client of it."""

    def __init__(self):
        self.manager, self.client = start_new_kernel(kernel_name=NAME)
        self.pid = self.manager.provisioner.process.pid

    def close(self):
        self.client.stop_channels()
        if self.manager.is_alive():
            self.manager.shutdown_kernel(now=True)
        self.manager.cleanup_resources()

    def submit(self, code, **options):
        return self.client.execute(code, **options)

    def run(self, code, **options):
        return self.result(self.submit(code, **options))

    def result(self, request):
        """Everything up to the reply and idle of a request."""
        messages = []
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            messages.append(message)
            if message["content"].get("execution_state") == "idle":
                break
        return Cell(self.reply(request), messages)

    def reply(self, request, channel="shell", patience=PATIENCE):
        end = time.monotonic() + patience
        while True:
            get = getattr(self.client, f"get_{channel}_msg")
            reply = get(timeout=max(0.01, end - time.monotonic()))
            if reply["parent_header"].get("msg_id") == request:
                return reply

    def ask(self, kind, content, channel="shell"):
        request = self.client.session.msg(kind, content)
        getattr(self.client, f"{channel}_channel").send(request)
        return self.reply(request["header"]["msg_id"], channel)["content"]

    def frames(self, kind, content):
        session = self.client.session
        return session.serialize(session.msg(kind, content))

    def send_frames(self, frames):
        self.client.shell_channel.socket.send_multipart(frames)

    def until(self, kind, text=""):
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["msg_type"] == kind and text in message["content"].get("text", ""):
                return message

    def drain(self):
        time.sleep(0.3)
        for channel in ("shell", "iopub"):
            with contextlib.suppress(queue.Empty):
                while True:
                    getattr(self.client, f"get_{channel}_msg")(timeout=0.05)

    def alive(self):
        same("2", self.run("1 + 1").value)

    def busy_cores(self, seconds=1.0):
        def ticks():
            text = pathlib.Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
            return (int(text[11]) + int(text[12])) / os.sysconf("SC_CLK_TCK")

        before = ticks()
        time.sleep(seconds)
        return (ticks() - before) / seconds

    def ends(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.manager.provisioner.process.poll() is not None:
                return True
            time.sleep(0.05)
        return False


def same(expected, actual):
    if expected != actual:
        raise AssertionError(f"expected {expected!r}, but was {actual!r}")


def holds(part, whole):
    if part not in whole:
        raise AssertionError(f"expected {part!r} in {whole!r}")


def true(condition, message):
    if not condition:
        raise AssertionError(message)


# Messages that are not as they should be.


@probe
def a_wrongly_signed_message_is_dropped(kernel):
    frames = kernel.frames("execute_request", {"code": "1"})
    frames[1] = b"0" * 64
    kernel.send_frames(frames)
    kernel.alive()


@probe
def an_unsigned_message_is_dropped(kernel):
    frames = kernel.frames("execute_request", {"code": "1"})
    frames[1] = b""
    kernel.send_frames(frames)
    kernel.alive()


@probe
def a_signed_execute_request_without_code_harms_nothing(kernel):
    for content in ({}, {"code": 5}, {"code": None}, {"code": ["1"]}):
        kernel.send_frames(kernel.frames("execute_request", content))
    kernel.drain()
    kernel.alive()


@probe
def a_replayed_message_is_refused(kernel):
    kernel.run("int runs = 0;")
    frames = kernel.frames(
        "execute_request", {"code": "runs++; System.out.println(runs);", "silent": False}
    )
    kernel.send_frames(frames)
    kernel.until("stream", "1")
    kernel.send_frames(frames)
    kernel.drain()
    same("1", kernel.run("runs").value)


@probe
def a_request_of_an_unknown_type_harms_nothing(kernel):
    kernel.send_frames(kernel.frames("dance_request", {}))
    kernel.drain()
    kernel.alive()


@probe
def garbage_frames_harm_nothing(kernel):
    for frames in (
        [b"garbage"],
        [b"<IDS|MSG>"],
        [b"<IDS|MSG>", b"", b"{", b"{", b"{", b"{"],
        [b"", b"\xff\xfe", b"\x00" * 100],
        [os.urandom(10_000)],
    ):
        kernel.send_frames(frames)
    kernel.drain()
    kernel.alive()


@probe
def a_message_whose_json_is_not_an_object_is_dropped(kernel):
    session = kernel.client.session
    for content in (b"[]", b"5", b'"text"', b"null", b"{"):
        frames = session.serialize(session.msg("execute_request", {}))
        frames[-1] = content
        frames[1] = session.sign(frames[2:6])
        kernel.send_frames(frames)
    kernel.drain()
    kernel.alive()


@probe
def a_wrongly_signed_control_message_is_dropped(kernel):
    frames = kernel.frames("shutdown_request", {"restart": False})
    frames[1] = b"f" * 64
    kernel.client.control_channel.socket.send_multipart(frames)
    time.sleep(0.3)
    kernel.alive()


# What requests promise.


@probe
def kernel_info_has_a_status_on_shell_and_control(kernel):
    for channel in ("shell", "control"):
        info = kernel.ask("kernel_info_request", {}, channel)
        same("ok", info["status"])
        true(info["protocol_version"].startswith("5."), info)
        same("java", info["language_info"]["name"].lower())
        true(isinstance(info.get("supported_features", []), list), info)


@probe
def kernel_info_on_control_is_answered_while_a_cell_runs(kernel):
    request = kernel.submit("Thread.sleep(3_000);")
    kernel.until("execute_input")
    start = time.monotonic()
    same("ok", kernel.ask("kernel_info_request", {}, "control")["status"])
    true(time.monotonic() - start < 2, "it waited for the cell")
    same("ok", kernel.result(request).reply["status"])


@probe
def a_cell_is_bracketed_by_busy_and_idle(kernel):
    cell = kernel.run("System.out.println(1);")
    same(["status", "execute_input", "stream", "status"], cell.kinds)
    same("busy", cell.messages[0]["content"]["execution_state"])


@probe
def a_silent_cell_is_quiet_and_not_counted(kernel):
    before = kernel.run("1").reply["execution_count"]
    cell = kernel.run("System.out.println(5); 40 + 2", silent=True)
    true("execute_input" not in cell.kinds and "execute_result" not in cell.kinds, cell.kinds)
    same(before + 1, kernel.run("1").reply["execution_count"])


@probe
def a_cell_that_is_not_stored_is_not_counted(kernel):
    before = kernel.run("1").reply["execution_count"]
    kernel.run("int unstored = 1;", store_history=False)
    same(before + 1, kernel.run("1").reply["execution_count"])
    tail = kernel.ask("history_request", history("tail", n=3))["history"]
    true(all("unstored" not in entry[2] for entry in tail), tail)


@probe
def user_expressions_are_evaluated(kernel):
    reply = kernel.run("int u = 20;", user_expressions={"good": "u + 1", "bad": "nowhere"}).reply
    expressions = reply["user_expressions"]
    same("21", expressions["good"]["data"]["text/plain"])
    same("ok", expressions["good"]["status"])
    same("error", expressions["bad"]["status"])
    true(expressions["bad"]["ename"], expressions)


@probe
def cells_queued_behind_an_error_are_aborted(kernel):
    kernel.run("int after = 0;")
    first = kernel.submit('Thread.sleep(500); throw new IllegalStateException("stop");')
    others = [kernel.submit("after++;") for _ in range(3)]
    same("error", kernel.reply(first)["content"]["status"])
    same(["aborted"] * 3, [kernel.reply(each)["content"]["status"] for each in others])
    kernel.drain()
    same("0", kernel.run("after").value)


@probe
def cells_queued_behind_an_error_run_when_asked_to(kernel):
    kernel.run("int ran = 0;")
    first = kernel.submit('throw new IllegalStateException("go on");', stop_on_error=False)
    second = kernel.submit("ran++;")
    same("error", kernel.reply(first)["content"]["status"])
    same("ok", kernel.reply(second)["content"]["status"])


def history(kind, **more):
    return {"hist_access_type": kind, "output": False, "raw": True, **more}


@probe
def the_history_has_a_tail_a_range_and_a_search(kernel):
    kernel.run("int remembered = 12345;")
    tail = kernel.ask("history_request", history("tail", n=1))
    same("ok", tail["status"])
    same("int remembered = 12345;", tail["history"][-1][2])
    ranged = kernel.ask("history_request", history("range", session=0, start=1, stop=1_000))
    true(any("remembered" in entry[2] for entry in ranged["history"]), ranged)
    search = kernel.ask("history_request", history("search", pattern="*remembered*", n=5))
    true(any("12345" in entry[2] for entry in search["history"]), search)
    none = kernel.ask("history_request", history("search", pattern="*nowhere-at-all*", n=5))
    same([], none["history"])


@probe
def a_control_message_during_a_cell_costs_none_of_its_output(kernel):
    request = kernel.submit("for (int i = 0; i < 30; i++) { System.out.println(i); Thread.sleep(30); }")
    for _ in range(10):
        kernel.ask("kernel_info_request", {}, "control")
        time.sleep(0.05)
    same([str(i) for i in range(30)], kernel.result(request).text().split())


@probe
def the_heartbeat_answers_at_once_also_while_a_cell_runs(kernel):
    import zmq

    request = kernel.submit("long until = System.nanoTime() + 2_000_000_000L; while (System.nanoTime() < until) {}")
    socket = zmq.Context.instance().socket(zmq.REQ)
    socket.connect(kernel.client.hb_channel.address)
    try:
        times = []
        for _ in range(20):
            start = time.monotonic()
            socket.send(b"ping")
            true(socket.poll(5_000), "no answer to a heartbeat")
            same(b"ping", socket.recv())
            times.append(time.monotonic() - start)
        true(sorted(times)[10] < 0.1, f"median of {sorted(times)[10]} s")
    finally:
        socket.close(0)
    kernel.result(request)


@probe
def a_client_that_comes_later_is_welcomed(kernel):
    import zmq

    client = kernel.manager.blocking_client()
    socket = zmq.Context.instance().socket(zmq.SUB)
    socket.connect(client._make_url("iopub"))
    socket.setsockopt(zmq.SUBSCRIBE, b"")
    try:
        true(socket.poll(5_000), "no iopub_welcome")
        frames = socket.recv_multipart()
        true(any(b"iopub_welcome" in frame for frame in frames), frames)
    finally:
        socket.close(0)
    kernel.alive()


@probe
def two_clients_get_each_their_own_replies(kernel):
    other = kernel.manager.blocking_client()
    other.start_channels()
    try:
        other.wait_for_ready(timeout=PATIENCE)
        mine = kernel.submit("Thread.sleep(300); 1")
        theirs = other.execute("2")
        same("ok", kernel.reply(mine)["content"]["status"])
        while True:
            reply = other.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == theirs:
                break
        same("ok", reply["content"]["status"])
    finally:
        other.stop_channels()
    kernel.drain()


@probe
def a_hundred_queued_cells_run_in_order(kernel):
    kernel.run("var order = new ArrayList<Integer>();")
    requests = [kernel.submit(f"order.add({i});") for i in range(100)]
    for request in requests:
        same("ok", kernel.reply(request)["content"]["status"])
    kernel.drain()
    same("true", kernel.run("order.equals(IntStream.range(0, 100).boxed().toList())").value)


@probe
def a_debug_request_does_not_hang_the_control_channel(kernel):
    request = kernel.client.session.msg("debug_request", {"type": "request", "seq": 1, "command": "debugInfo"})
    kernel.client.control_channel.send(request)
    same("ok", kernel.ask("kernel_info_request", {}, "control")["status"])


@probe
def subshells_are_made_listed_and_deleted_and_run_beside_a_cell(kernel):
    made = kernel.ask("create_subshell_request", {}, "control")
    same("ok", made["status"])
    listed = kernel.ask("list_subshell_request", {}, "control")
    same([made["subshell_id"]], listed["subshell_id"])
    long = kernel.submit("Thread.sleep(3_000); 1")
    kernel.until("execute_input")
    message = kernel.client.session.msg(
        "execute_request",
        {"code": "20 + 2", "silent": False, "store_history": True, "user_expressions": {}, "allow_stdin": False},
    )
    message["header"]["subshell_id"] = made["subshell_id"]
    start = time.monotonic()
    kernel.client.shell_channel.send(message)
    same("ok", kernel.reply(message["header"]["msg_id"])["content"]["status"])
    true(time.monotonic() - start < 2, "the subshell waited for the cell")
    same("ok", kernel.reply(long)["content"]["status"])
    same("ok", kernel.ask("delete_subshell_request", {"subshell_id": made["subshell_id"]}, "control")["status"])
    same([], kernel.ask("list_subshell_request", {}, "control")["subshell_id"])
    same("error", kernel.ask("delete_subshell_request", {"subshell_id": "none"}, "control")["status"])
    kernel.drain()


# Comms.


@probe
def a_comm_to_an_unknown_target_is_closed(kernel):
    message = kernel.client.session.msg("comm_open", {"comm_id": "c1", "target_name": "nobody", "data": {}})
    kernel.client.shell_channel.send(message)
    same("c1", kernel.until("comm_close")["content"]["comm_id"])


@probe
def a_target_of_the_user_hears_and_answers(kernel):
    same(
        "ok",
        kernel.run(
            'Notebook.comms().register("echo", (comm, data) -> '
            'comm.onMessage(message -> comm.send(Map.of("heard", message.get("n")))));'
        ).reply["status"],
    )
    send = kernel.client.shell_channel.send
    session = kernel.client.session
    send(session.msg("comm_open", {"comm_id": "c2", "target_name": "echo", "data": {}}))
    send(session.msg("comm_msg", {"comm_id": "c2", "data": {"n": 7}}))
    same({"heard": 7}, kernel.until("comm_msg")["content"]["data"])
    comms = kernel.ask("comm_info_request", {"target_name": "echo"})["comms"]
    same({"c2": {"target_name": "echo"}}, comms)
    send(session.msg("comm_close", {"comm_id": "c2", "data": {}}))
    kernel.drain()
    same({}, kernel.ask("comm_info_request", {"target_name": "echo"})["comms"])


# Output.


@probe
def ten_thousand_lines_arrive_whole(kernel):
    cell = kernel.run("for (int i = 0; i < 10_000; i++) System.out.println(i);")
    same([str(i) for i in range(10_000)], cell.text().split())
    true(len(cell.of("stream")) < 1_000, f"{len(cell.of('stream'))} messages")


@probe
def a_reader_that_is_away_for_three_seconds_misses_no_line(kernel):
    request = kernel.submit("for (int i = 0; i < 100_000; i++) System.out.println(i);")
    time.sleep(3)
    same(100_000, len(kernel.result(request).text().split()))


@probe
def stdout_and_stderr_stay_apart(kernel):
    cell = kernel.run('System.out.println("out"); System.err.println("err");')
    same(("out\n", "err\n"), (cell.text(), cell.text("stderr")))


@probe
def a_thread_that_outlives_its_cell_prints_into_that_cell(kernel):
    first = kernel.submit('new Thread(() -> { try { Thread.sleep(1_000); } catch (Exception e) {} System.out.println("late"); }).start();')
    kernel.reply(first)
    kernel.run("1")
    same(first, kernel.until("stream", "late")["parent_header"]["msg_id"])


@probe
def a_character_written_in_two_pieces_is_whole(kernel):
    cell = kernel.run(
        'byte[] bytes = "€🦖".getBytes("UTF-8");\nfor (byte b : bytes) { System.out.write(b); System.out.flush(); }'
    )
    same("€🦖", cell.text())


@probe
def a_line_of_ten_megabytes_arrives(kernel):
    same(10_000_001, len(kernel.run('System.out.println("x".repeat(10_000_000));').text()))


@probe
def long_text_in_a_cell_is_taken(kernel):
    same("65000", kernel.run('"' + "x" * 65_000 + '".length()').value)
    same("40001", kernel.run('"""\n' + "\\n\n" * 20_000 + '."""'  + ".length()").value)


@probe
def a_cell_of_twenty_megabytes_is_taken(kernel):
    same("20000000", kernel.run("20_000_000 // " + "y" * 20_000_000).value)


@probe
def a_long_list_is_cut_and_says_so(kernel):
    cell = kernel.run("IntStream.range(0, 100_000).boxed().toList()")
    true(sum(len(text) for text in cell.of("execute_result")[0]["data"].values()) < 100_000, "too much")
    holds("100000 items", cell.value.replace(",", ""))


@probe
def pictures_are_shown_as_png(kernel):
    cell = kernel.run("new java.awt.image.BufferedImage(1_000, 1_000, 1)")
    holds("image/png", cell.of("execute_result")[0]["data"])


@probe
def arrays_are_readable(kernel):
    cell = kernel.run("enum Colour { RED, BLUE }\nnew int[] {1, 2}")
    holds("1", cell.value)
    true("[I@" not in cell.value, cell.value)
    value = kernel.run("Colour.values()").value
    holds("RED", value)


@probe
def a_display_is_updated_in_place(kernel):
    cell = kernel.run('String id = display("one");\nupdateDisplay(id, "two");')
    shown, updated = cell.of("display_data"), cell.of("update_display_data")
    same("one", shown[0]["data"]["text/plain"])
    same("two", updated[0]["data"]["text/plain"])
    same(shown[0]["transient"]["display_id"], updated[0]["transient"]["display_id"])


@probe
def output_is_cleared_at_once_or_with_the_next(kernel):
    same([{"wait": False}], kernel.run("clearOutput(false);").of("clear_output"))
    same([{"wait": True}], kernel.run("clearOutput(true);").of("clear_output"))


# Input.


@probe
def a_scanner_reads_what_the_user_types(kernel):
    request = kernel.submit("new Scanner(System.in).nextLine()", allow_stdin=True)
    asked = kernel.client.get_stdin_msg(timeout=PATIENCE)
    same("input_request", asked["msg_type"])
    kernel.client.input("żółw 🐢")
    same("żółw 🐢", kernel.result(request).value)


@probe
def a_password_is_asked_for_as_one(kernel):
    request = kernel.submit('password("secret: ")', allow_stdin=True)
    asked = kernel.client.get_stdin_msg(timeout=PATIENCE)["content"]
    same({"prompt": "secret: ", "password": True}, asked)
    kernel.client.input("hush")
    same("hush", kernel.result(request).value)


@probe
def an_interrupt_ends_the_wait_for_input(kernel):
    request = kernel.submit('input("name: ")', allow_stdin=True)
    kernel.client.get_stdin_msg(timeout=PATIENCE)
    kernel.manager.interrupt_kernel()
    same("error", kernel.result(request).reply["status"])
    kernel.alive()


@probe
def a_cell_without_input_fails_instead_of_waiting(kernel):
    same("error", kernel.run('input("name: ")', allow_stdin=False).reply["status"])
    kernel.alive()


# Help while writing.


@probe
def completion_does_not_wait_for_the_cell_that_runs(kernel):
    request = kernel.submit("Thread.sleep(3_000);")
    kernel.until("execute_input")
    start = time.monotonic()
    reply = kernel.ask("complete_request", {"code": "System.ou", "cursor_pos": 9})
    true(time.monotonic() - start < 2, "it waited")
    holds("out", reply["matches"])
    kernel.result(request)


@probe
def completion_behind_an_emoji_counts_code_points(kernel):
    code = 'String s = "😀"; s.toUpper'
    reply = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
    same(len(code), reply["cursor_end"])
    same(len(code) - len("toUpper"), reply["cursor_start"])
    true(any(match.startswith("toUpperCase(") for match in reply["matches"]), reply)


@probe
def completion_knows_what_the_cell_declares_and_imports_before(kernel):
    for code, match in (
        ("import java.time.chrono.IsoEra;\nIsoEra.", "BCE"),
        ("record Dot(int x) {}\nvar dots = List.of(new Dot(1));\nint n = 2;\ndots.get(0).", "x()"),
        ("Table.crea", "create("),
        ("LocalDa", "java.time.LocalDate"),
        ("for (var word : List.of(1)) { word.int", "intValue()"),
    ):
        reply = kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
        holds(match, reply["matches"])
        same(len(code), reply["cursor_end"])
    same("error", kernel.run("IsoEra.BCE").reply["status"])


@probe
def completion_in_code_that_does_not_compile_is_answered(kernel):
    for code in ("", "int = = ;; fo", "}}}}", '"open', "new ", "@", "class A { void m() { thi"):
        same("ok", kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})["status"])
    same("ok", kernel.ask("complete_request", {"code": "x", "cursor_pos": 1_000})["status"])


@probe
def inspection_works_at_the_end_inside_and_in_parentheses(kernel):
    for code, position in (('"abc".length', 12), ('"abc".length', 8), ('"abc".length(', 13), ("System.out.println(1", 20), ("Table.create(", 13)):
        reply = kernel.ask("inspect_request", {"code": code, "cursor_pos": position, "detail_level": 0})
        true(reply["found"], (code, position))
        true(reply["data"]["text/plain"], reply)


@probe
def inspection_works_after_types_that_were_refused_or_only_looked_at(kernel):
    same("error", kernel.run('class Refused { int m() { return "x"; } }').reply["status"])
    kernel.run("class Waiting extends NotThereYet {}")
    kernel.run("int kept = 1; record Known(int x) {}")
    kernel.ask("is_complete_request", {"code": "class OnlyAsked {}"})
    code = "record Unseen(int x) {}\nvar u = new Unseen(1);\nu."
    kernel.ask("complete_request", {"code": code, "cursor_pos": len(code)})
    for code in ('"abc".length', "new Known(", "kept", "List.of("):
        reply = kernel.ask("inspect_request", {"code": code, "cursor_pos": len(code), "detail_level": 0})
        true(reply["found"], code)


@probe
def inspection_of_nothing_finds_nothing(kernel):
    reply = kernel.ask("inspect_request", {"code": "nowhere", "cursor_pos": 3, "detail_level": 0})
    same(("ok", False), (reply["status"], reply["found"]))


@probe
def whether_a_cell_is_complete_is_known(kernel):
    for code, status in (
        ("1 + 1", "complete"),
        ("int f() {", "incomplete"),
        ("int = 5;", "invalid"),
        ("/* open", "incomplete"),
        ("%time 1", "complete"),
        ("record Dot(int x) {}\nvar d = new Dot(1);", "complete"),
        ("%%bash\nfor i in 1 2", "complete"),
    ):
        same((code, status), (code, kernel.ask("is_complete_request", {"code": code})["status"]))


# The language.


@probe
def sealed_types_in_one_cell_work(kernel):
    cell = kernel.run(
        "sealed interface Shape permits Circle, Square {}\nrecord Circle(int r) implements Shape {}\n"
        "record Square(int a) implements Shape {}\nnew Circle(3)"
    )
    same("ok", cell.reply["status"])


@probe
def classes_that_need_each_other_work(kernel):
    same("ok", kernel.run("class Ping { Pong p; int n = 4; }\nclass Pong { Ping p; }").reply["status"])
    same("4", kernel.run("var ping = new Ping(); ping.p = new Pong(); ping.n").value)


@probe
def callers_see_a_method_that_is_redefined(kernel):
    kernel.run("int inner() { return 5; }\nint outer() { return inner() * 10; }")
    same("50", kernel.run("outer()").value)
    kernel.run("int inner() { return 6; }")
    same("60", kernel.run("outer()").value)


@probe
def a_static_method_whose_signature_changes_hangs_nothing(kernel):
    kernel.run("static int twice(int x) { return 2 * x; }")
    same("ok", kernel.run("static long twice(int x) { return 2L * x; }\ntwice(4)").reply["status"])
    kernel.alive()


@probe
def a_redefined_class_explains_what_became_of_its_variables(kernel):
    kernel.run("class Thing { int a = 1; }\nThing thing = new Thing();")
    cell = kernel.run("class Thing { int b = 2; }")
    holds("thing", cell.text("stderr") + cell.text())
    same("ok", kernel.run("new Thing().b").reply["status"])


@probe
def three_hundred_declarations_in_one_cell_all_hold(kernel):
    code = "\n".join(f"int many{i} = {i}; int plus{i}(int x) {{ return x + many{i}; }}" for i in range(150))
    same("ok", kernel.run(code).reply["status"])
    same("149", kernel.run("plus149(0)").value)


# Errors.


@probe
def an_error_has_the_name_of_the_exception_its_line_and_its_causes(kernel):
    cell = kernel.run('int before = 1;\nthrow new IllegalStateException("outer", new RuntimeException("inner"));')
    same("java.lang.IllegalStateException", cell.reply["ename"])
    same("outer", cell.reply["evalue"])
    text = "\n".join(cell.of("error")[0]["traceback"])
    holds("line 2", text)
    holds("Caused by", text)
    holds("inner", text)
    true("dev.moviola" not in text and "#" not in text, text)


@probe
def an_overflow_of_the_stack_is_folded(kernel):
    cell = kernel.run("int deep(int n) { return deep(n + 1) + 1; }\ndeep(0)")
    same("java.lang.StackOverflowError", cell.reply["ename"])
    true(len("\n".join(cell.of("error")[0]["traceback"])) < 4_000, "too long")
    kernel.alive()


@probe
def a_result_that_cannot_be_printed_harms_nothing(kernel):
    kernel.run("class Deep { public String toString() { return toString(); } }")
    kernel.run("new Deep()")
    kernel.run('class Bad { public String toString() { throw new IllegalStateException("no"); } }')
    kernel.run("new Bad()")
    kernel.alive()


@probe
def a_cell_that_does_not_compile_runs_nothing(kernel):
    cell = kernel.run('System.out.println("ran");\nint b = nowhere;')
    same("", cell.text())
    same("error", cell.reply["status"])
    holds("line 2, column 9", "\n".join(cell.of("error")[0]["traceback"]))


@probe
def an_exit_ends_the_cell_only(kernel):
    for code in ("System.exit(3)", "Runtime.getRuntime().halt(1)"):
        same("error", kernel.run(code).reply["status"])
    kernel.alive()


@probe
def running_out_of_memory_ends_the_cell_only(kernel):
    cell = kernel.run("var hoard = new ArrayList<byte[]>(); while (true) hoard.add(new byte[50_000_000]);")
    same("java.lang.OutOfMemoryError", cell.reply["ename"])
    kernel.run("hoard = null;")
    kernel.alive()


@probe
def large_results_and_large_variables_do_not_pile_up(kernel):
    for _ in range(60):
        same("ok", kernel.run("new byte[60_000_000]").reply["status"])
    for _ in range(60):
        same("ok", kernel.run("byte[] v = new byte[60_000_000];").reply["status"])


# Interrupts.


def interrupted(kernel, code, idle=True):
    request = kernel.submit('System.out.println("begun");\n' + code)
    kernel.until("stream", "begun")
    kernel.manager.interrupt_kernel()
    start = time.monotonic()
    cell = kernel.result(request)
    true(time.monotonic() - start < 5, "it took too long")
    same("Interrupted", cell.reply["ename"])
    kernel.alive()
    if idle:
        # A compiler thread of the JVM may still be at work on what ran before; a loop that goes on never ends.
        busy = itertools.takewhile(lambda cores: cores >= 0.5, (kernel.busy_cores() for _ in range(15)))
        true(len(list(busy)) < 15, "a core is busy after the interrupt")


@probe
def an_endless_loop_stops_and_its_core_is_idle(kernel):
    interrupted(kernel, "while (true) {}")


@probe
def nested_and_recursive_loops_stop(kernel):
    interrupted(kernel, "for (;;) for (int i = 0; i < 1_000; i++) {}")
    kernel.run("long slow(int n) { return n < 2 ? 1 : slow(n - 1) + slow(n - 2); }")
    interrupted(kernel, "slow(60)")


@probe
def loops_in_lambdas_and_on_other_threads_stop(kernel):
    interrupted(kernel, "LongStream.range(0, Long.MAX_VALUE).map(x -> x ^ 1).sum();")
    interrupted(kernel, "var other = new Thread(() -> { while (true) {} }); other.start(); other.join();")


@probe
def a_loop_that_catches_everything_stops(kernel):
    interrupted(kernel, "while (true) try { Thread.sleep(5); } catch (Throwable t) {}")


@probe
def sleeping_and_locked_cells_stop(kernel):
    interrupted(kernel, "Thread.sleep(600_000);", idle=False)
    interrupted(kernel, "new CountDownLatch(1).await();", idle=False)
    interrupted(kernel, "synchronized (Object.class) { Object.class.wait(); }", idle=False)


@probe
def a_flood_of_lines_stops(kernel):
    interrupted(kernel, "while (true) System.out.println(System.nanoTime());", idle=False)


@probe
def the_interrupt_is_answered_on_control_and_variables_live_on(kernel):
    kernel.run("int kept = 4;")
    request = kernel.submit('System.out.println("begun"); while (true) {}')
    kernel.until("stream", "begun")
    same("ok", kernel.ask("interrupt_request", {}, "control")["status"])
    same("error", kernel.result(request).reply["status"])
    same("4", kernel.run("kept").value)


@probe
def a_signal_interrupts_and_does_not_kill(kernel):
    request = kernel.submit('System.out.println("begun"); while (true) {}')
    kernel.until("stream", "begun")
    os.kill(kernel.pid, signal.SIGINT)
    same("Interrupted", kernel.result(request).reply["ename"])
    os.kill(kernel.pid, signal.SIGINT)
    time.sleep(0.5)
    kernel.alive()


# Ends. The kernel of these is not used again.


@probe
def a_shutdown_is_answered_and_ends_an_endless_loop(kernel):
    kernel.submit('System.out.println("begun"); while (true) {}')
    kernel.until("stream", "begun")
    reply = kernel.ask("shutdown_request", {"restart": False}, "control")
    same(("ok", False), (reply["status"], reply["restart"]))
    true(kernel.ends(10), "the process still runs")


@probe
def a_shutdown_after_cells_ends_the_process_soon(kernel):
    kernel.run("1")
    start = time.monotonic()
    same(True, kernel.ask("shutdown_request", {"restart": True}, "control")["restart"])
    true(kernel.ends(10), "the process still runs")
    true(time.monotonic() - start < 5, "it took too long")


def main():
    wanted = set(sys.argv[3:])
    outcome = {}
    kernel = None
    try:
        for function in PROBES:
            if wanted and function.__name__ not in wanted:
                continue
            try:
                kernel = kernel or Kernel()
                function(kernel)
                outcome[function.__name__] = None
                if "shutdown" in function.__name__ and kernel.ends(0.1):
                    kernel.close()
                    kernel = None
            except Exception:
                outcome[function.__name__] = traceback.format_exc()
                if kernel:
                    kernel.close()
                kernel = None
    finally:
        if kernel:
            kernel.close()
    print(json.dumps(outcome))


if __name__ == "__main__":
    main()
