# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's part of build-aux/bench: the program's own window on a display without a
screen, drawn by Cairo, used by bench-window in its own process; a fresh process for each
round. bench.py tells what comes of it."""

import shutil
import statistics
import subprocess
import sys
from pathlib import Path

WITH_DISPLAY = Path(__file__).resolve().parent.parent / "with-display"


def missing():
    """What is not installed, or None."""
    return next((name for name in ("Xvfb", "dbus-daemon") if not shutil.which(name)), None)


class Window:
    """A data set in the window, with a cache folder that rounds share unless it is fresh."""

    def __init__(self, build, work, dataset, rounds):
        self.program = build / "tests/bench/bench-window"
        self.work = work
        self.dataset = dataset
        self.rounds = rounds

    def _run(self, command, cache):
        # What the pictures' store is kept in; all else of the home folder is new each time.
        argv = [WITH_DISPLAY, "env", f"XDG_CACHE_HOME={cache}", self.program, command, self.dataset]
        # The display is there before the clock starts.
        script = ('import os, sys, time; os.environ["FOC_BENCH_BEGUN"] = str(time.monotonic_ns() // 1000); '
                  'os.execvp(sys.argv[1], sys.argv[1:])')
        argv[3:3] = [sys.executable, "-c", script]
        done = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"bench-window {command} failed ({done.returncode}): {done.stderr}")
        return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}

    def measure(self, command, fresh=False):
        """The median of each figure that bench-window tells."""
        known = self.work / "known"
        if not fresh and not known.exists():
            self._run("import", known)
        found = []
        for number in range(self.rounds):
            cache = self.work / f"{command}-{number}" if fresh else known
            found.append(self._run(command, cache))
            if fresh:
                shutil.rmtree(cache, ignore_errors=True)
        return {name: statistics.median(one[name] for one in found) for name in found[0]}
