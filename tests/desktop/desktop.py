# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses a GTK program from another process, as a person would: reads its windows as a
screen reader does (AT-SPI), moves a real mouse and types (xdotool). For tests that run
inside "with-display --bus full":

    with Program([path]) as program:
        program.find("button", "Open").press()
        count = program.wait(r"(\\d+) pictures")[1]
        program.drop(["/a/folder"], program.find("list", "Pictures").center)
        program.keys("ctrl+q")

    def test_something(): ...    # an exception is a failure, a text returned a skip
    run_tests(globals())         # speaks TAP; skips all where something is missing
"""

import os
import re
import shutil
import subprocess
import sys
import time
import traceback

# For the programs, not for this one: AT-SPI warns where they are slow, or gone.
G_DEBUG = {name: value for name, value in os.environ.items() if name == "G_DEBUG"}
os.environ.pop("G_DEBUG", None)

try:
    import gi
    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi, GLib
    MISSING = "" if shutil.which("xdotool") else "xdotool is not installed"
except (ImportError, ValueError) as error:
    MISSING = f"Python cannot use AT-SPI: {error}"

TIMEOUT = 30  # seconds; sanitizers and shared machines are slow
PAUSE = 0.05

# Roles whose names differ between versions of AT-SPI and GTK.
ROLES = {"push button": "button", "toggle button": "button", "page tab": "tab", "entry": "text",
         "text box": "text", "check box": "check", "checkbox": "check"}


def until(condition, what, timeout=TIMEOUT):
    """Returns the first true value of condition(). Objects may vanish while they are
    read: such an attempt does not count."""
    end = time.monotonic() + timeout
    while True:
        # AT-SPI learns of changes by signals.
        while GLib.MainContext.default().iteration(False):
            pass
        try:
            value = condition()
            if value:
                return value
        except GLib.Error:
            pass
        if time.monotonic() > end:
            raise AssertionError(f"in {timeout} s there was no {what() if callable(what) else what}")
        time.sleep(PAUSE)


def xdotool(*arguments):
    done = subprocess.run(["xdotool", *map(str, arguments)], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode == 0 else ""


def programs():
    """The names of all programs that show windows."""
    desktop = Atspi.get_desktop(0)
    found = (desktop.get_child_at_index(index) for index in range(desktop.get_child_count()))
    return [program.get_name() for program in found if program is not None and program.get_child_count() > 0]


class Node:
    """Something in a window, as a screen reader finds it."""

    def __init__(self, accessible):
        self._accessible = accessible

    def __eq__(self, other):
        return isinstance(other, Node) and self._accessible == other._accessible

    def __hash__(self):
        return hash(self._accessible)

    @property
    def role(self):
        role = self._accessible.get_role_name()
        return ROLES.get(role, role)

    @property
    def name(self):
        return self._accessible.get_name() or ""

    @property
    def description(self):
        return self._accessible.get_description() or ""

    @property
    def text(self):
        """The words in it, or its name."""
        if "Text" not in self._accessible.get_interfaces():
            return self.name
        return Atspi.Text.get_text(self._accessible, 0, Atspi.Text.get_character_count(self._accessible))

    def is_(self, state):
        """Whether it has an AT-SPI state, such as "selected" or "focused"."""
        return self._accessible.get_state_set().contains(getattr(Atspi.StateType, state.upper()))

    @property
    def center(self):
        """The point in its middle, in its window."""
        area = Atspi.Component.get_extents(self._accessible, Atspi.CoordType.WINDOW)
        return area.x + area.width // 2, area.y + area.height // 2

    @property
    def parent(self):
        return Node(self._accessible.get_parent())

    @property
    def children(self):
        for index in range(self._accessible.get_child_count()):
            child = self._accessible.get_child_at_index(index)
            if child is not None:
                yield Node(child)

    def walk(self):
        """Itself and all within, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, role=None, name=None, state=None):
        """All within of a role, whose name matches a regular expression as a whole, in a
        state."""
        return [node for node in self.walk()
                if role in (None, node.role) and (name is None or re.fullmatch(name, node.name))
                and (state is None or node.is_(state))]

    def find(self, role=None, name=None, state=None, timeout=TIMEOUT):
        """The first such one, as soon as there is one."""
        what = " ".join(filter(None, [state, role or "object", name and f"called {name!r}"]))
        return until(lambda: self.all(role, name, state), lambda: f"{what} in\n{self.tree()}", timeout)[0]

    def wait(self, pattern, timeout=TIMEOUT):
        """Waits for a regular expression in some name or text within; returns its match."""
        def match():
            for node in self.walk():
                for words in (node.name, node.text):
                    found = re.search(pattern, words)
                    if found:
                        return found
            return None
        return until(match, lambda: f"text {pattern!r} in\n{self.tree()}", timeout)

    def wait_for_toast(self, pattern):
        """Waits for a toast whose words match, of a page that this is part of. All of a window
        is too far to walk before it is gone: it is looked for only where it can be, which is
        the last place in something around."""
        def is_there():
            within, around = self, self.parent
            while within.role != "frame":
                *_, last = around.children
                if last != within and any(re.fullmatch(pattern, node.text) for node in last.walk()):
                    return True
                within, around = around, around.parent
            return False

        until(is_there, f"toast {pattern!r}")

    def press(self):
        """Does what it does when activated."""
        if not (self.is_("sensitive") and "Action" in self._accessible.get_interfaces()
                and Atspi.Action.get_n_actions(self._accessible) > 0
                and Atspi.Action.do_action(self._accessible, 0)):
            raise AssertionError(f"the {self.role} {self.name!r} cannot be pressed")
        # A button of GTK is down for a quarter of a second, and deaf while it is.
        time.sleep(0.6)

    def write(self, text):
        """Replaces the words in it, as a screen reader's user may."""
        if not ("EditableText" in self._accessible.get_interfaces()
                and Atspi.EditableText.set_text_contents(self._accessible, text)):
            raise AssertionError(f"the {self.role} {self.name!r} cannot be written")

    def tree(self, depth=0):
        """All within as text, for messages."""
        words = self.text
        line = "  " * depth + f"{self.role} {self.name!r}" + (f" {words!r}" if words != self.name else "")
        return "\n".join([line, *(child.tree(depth + 1) for child in self.children)])


class Program(Node):
    """A program, started and waited for until it shows a window. Ended with the block."""

    def __init__(self, argv, name=None, environment=None, timeout=TIMEOUT):
        self.argv = [os.fspath(argument) for argument in argv]
        self.process = subprocess.Popen(self.argv, stdout=sys.stderr,
                                        env={**os.environ, **G_DEBUG, **(environment or {})})
        self._program = name or os.path.basename(self.argv[0])
        super().__init__(until(self._find_program, f"window of {self._program}", timeout))

    def _find_program(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self._program} ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        for index in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(index)
            if (program is not None and program.get_process_id() == self.process.pid
                    and program.get_child_count() > 0):
                program.set_cache_mask(Atspi.Cache.NONE)
                return program
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        status = self.process.poll()
        if status is None:
            self.process.terminate()
            self.process.wait(TIMEOUT)
        elif status != 0 and kind is None:
            raise AssertionError(f"{self._program} ended with status {status}")

    def end(self, timeout=TIMEOUT):
        """Waits until it ends by itself; returns its status."""
        return self.process.wait(timeout)

    def window(self, title=""):
        """(X window id, x, y, width, height) of the window whose title matches."""
        return find_window(self.process.pid, title)

    def click(self, point, button=1, title=""):
        """Clicks on a point of a window: x and y from its top left corner."""
        _, x, y, _, _ = self.window(title)
        move_pointer((x + point[0], y + point[1]))
        xdotool("click", button)
        time.sleep(PAUSE)

    def keys(self, *names, title=""):
        """Types keys by their X names, such as "ctrl+f", "Tab", "Menu"."""
        xdotool("windowfocus", "--sync", self.window(title)[0])
        for name in names:
            xdotool("key", name)
            time.sleep(PAUSE)

    def type(self, text, title=""):
        """Types a text."""
        xdotool("windowfocus", "--sync", self.window(title)[0])
        xdotool("type", "--delay", 30, text)
        time.sleep(PAUSE)

    def drop(self, values, point, kind="uri-list", title=""):
        """Drags files (or a "texture" and others: see drag-source.c) from another program
        onto a point of a window. Returns whether they were taken."""
        return drag_and_drop(self.window(title), values, point, kind)


def find_window(pid, title=""):
    """(X window id, x, y, width, height), as soon as it is visible."""
    def visible():
        return xdotool("search", "--all", "--onlyvisible", "--pid", pid, "--name", title).split()

    window = until(visible, f"window {title!r} of process {pid}")[0]
    return int(window), *geometry(window)


def geometry(window):
    values = dict(re.findall(r"^(\w+)=(-?\d+)$", xdotool("getwindowgeometry", "--shell", window), re.MULTILINE))
    return tuple(int(values[name]) for name in ("X", "Y", "WIDTH", "HEIGHT"))


def move_pointer(point, start=None):
    """At once, or from a start as a hand does: in many steps."""
    steps = []
    for step in range(1, 21) if start else ():
        steps += ["mousemove", *(round(a + (b - a) * step / 20) for a, b in zip(start, point)), "sleep", "0.03"]
    xdotool(*steps, "mousemove", *point)
    time.sleep(PAUSE)


def drag_and_drop(window, values, point, kind="uri-list"):
    _, x, y, width, height = window
    target = (x + point[0], y + point[1])
    source = subprocess.Popen([os.environ["FOC_TEST_DRAG_SOURCE"], "--as", kind, *map(os.fspath, values)],
                              stdout=subprocess.PIPE, text=True, env={**os.environ, **G_DEBUG})
    try:
        source_id, _, _, own_width, own_height = find_window(source.pid)
        # In the corner of the window that is farthest from the target.
        corner = (x if point[0] > width / 2 else x + width - own_width,
                  y if point[1] > height / 2 else y + height - own_height)
        xdotool("windowmove", "--sync", source_id, *corner, "windowraise", source_id)
        until(lambda: geometry(source_id)[:2] == corner, "drag source in its corner")
        time.sleep(0.3)

        start = (corner[0] + own_width // 2, corner[1] + own_height // 2)
        move_pointer(start)
        xdotool("mousedown", 1)
        time.sleep(0.1)
        move_pointer(target, start)
        if source.stdout.readline() != "begin\n":
            raise AssertionError("the drag did not begin")
        # The target answers every motion; let it see the last one.
        time.sleep(0.3)
        xdotool("mouseup", 1)
        return source.stdout.readline() == "end\n"
    finally:
        source.kill()
        source.wait()
        source.stdout.close()


def draw_dataset(folder, per_class=10):
    """Draws the demo data set into a new folder."""
    subprocess.run([os.environ["FOC_TEST_CLI"], "demo", folder, "--per-class", str(per_class),
                    "--size", "64"], check=True, stdout=subprocess.DEVNULL)


def run_tests(names):
    """Runs all functions called test_..., in order, and speaks TAP."""
    if MISSING:
        print(f"1..0 # SKIP {MISSING}")
        return
    tests = [(name, test) for name, test in names.items() if name.startswith("test_") and callable(test)]
    print(f"1..{len(tests)}", flush=True)
    for number, (name, test) in enumerate(tests, 1):
        title = f"{number} {name[5:].replace('_', ' ')}"
        try:
            reason = test()
            print(f"ok {title}" + (f" # SKIP {reason}" if reason else ""), flush=True)
        except Exception:  # pylint: disable=broad-except
            print(f"not ok {title}", *traceback.format_exc().splitlines(), sep="\n# ", flush=True)
