# SPDX-License-Identifier: GPL-3.0-or-later
"""The window's part of build-aux/bench: the program's own window on a display without a
screen, drawn by Cairo, used by bench-window in its own process; a fresh process for each
round. bench.py tells what comes of it."""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

# Of the longest training in the search, which takes some seconds to half a minute by the machine.
EPOCHS = 30

WITH_DISPLAY = Path(__file__).resolve().parent.parent / "with-display"


def missing():
    """What is not installed, or None."""
    return next((name for name in ("Xvfb", "dbus-daemon") if not shutil.which(name)), None)


def summarise(rounds):
    """The median of each figure; of those that are the longest of their round, the longest."""
    return {name: (max if name == "longest" else statistics.median)(one[name] for one in rounds)
            for name in rounds[0]}


class Window:
    """A data set in the window, with a cache folder that rounds share unless it is fresh; or a
    picture, or a folder of them, that it is to classify, or how many names it is to ask about."""

    def __init__(self, build, work, dataset, rounds):
        self.program = build / "tests/bench/bench-window"
        self.work = work
        self.dataset = dataset
        self.rounds = rounds

    def _run(self, command, cache, *arguments, runs=None):
        # What the pictures' store is kept in; all else of the home folder is new each time.
        folders = [f"XDG_CACHE_HOME={cache}"] + ([f"XDG_DATA_HOME={runs}"] if runs else [])
        argv = [WITH_DISPLAY, "env", *folders, self.program, command, self.dataset, *arguments]
        # The display is there before the clock starts.
        script = ('import os, sys, time; os.environ["FOC_BENCH_BEGUN"] = str(time.monotonic_ns() // 1000); '
                  'os.execvp(sys.argv[1], sys.argv[1:])')
        argv[2 + len(folders):2 + len(folders)] = [sys.executable, "-c", script]
        done = subprocess.run([str(word) for word in argv], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"bench-window {command} failed ({done.returncode}): {done.stderr}")
        return {name: float(value) for name, value in (line.split() for line in done.stdout.splitlines())}

    def _known(self):
        """A cache folder that has the pictures of the data set."""
        known = self.work / "known"
        if not known.exists():
            self._run("import", known)
        return known

    def measure(self, command, fresh=False):
        """The median of each figure that bench-window tells."""
        known = None if fresh else self._known()
        found = []
        for number in range(self.rounds):
            cache = self.work / f"{command}-{number}" if fresh else known
            found.append(self._run(command, cache))
            if fresh:
                shutil.rmtree(cache, ignore_errors=True)
        return summarise(found)

    def _search(self, cli, known, runs):
        """The seconds of the same search in the terminal. It is niced as the window's worker
        is: that changes nothing, but where others want the processors, too."""
        done = subprocess.run(
            ["nice", "-n", "10", "env", f"XDG_CACHE_HOME={known}", f"XDG_DATA_HOME={runs}", cli, "experiment",
             "--json", "--epochs", f"1,3,5,{EPOCHS}", self.dataset],
            capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{cli} failed: {done.stderr}")
        return json.loads(done.stdout)["seconds"]["grid"]

    def measure_training(self, cli):
        """The same, of a search in the window, which takes turns with the terminal program;
        with "terminal", the seconds of that, and "ratio", of the terminal's to ours."""
        known, runs = self._known(), self.work / "runs"
        found = []
        for number in range(self.rounds):
            sides = {"seconds": lambda: self._run("train", known, EPOCHS, runs=runs),
                     "terminal": lambda: {"terminal": self._search(cli, known, runs)}}
            one = {}
            for name in list(sides)[::-1 if number % 2 else 1]:
                one.update(sides[name]())
                shutil.rmtree(runs, ignore_errors=True)
            found.append(one | {"ratio": one["terminal"] / one["seconds"]})
        return summarise(found)

    def _ask(self, cli, *paths):
        """Seconds of the terminal program, by the clock and of the processors; niced as the
        window's workers are."""
        before, begun = os.times(), time.monotonic()
        done = subprocess.run(["nice", "-n", "10", cli, "classify", "--format", "csv", *paths],
                              capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{cli} failed: {done.stderr}")
        seconds, after = time.monotonic() - begun, os.times()
        return seconds, sum(after[2:4]) - sum(before[2:4])

    def measure_classifying(self, cli, one):
        """A folder of pictures in the window, which takes turns with the terminal program; with
        "terminal", the seconds of that less those for `one` picture, which are its start, and
        "ratio", of the terminal's to ours. All files have been read before."""
        self._ask(cli, self.dataset)
        cache = self.work / "none"
        found = []
        for number in range(self.rounds):
            def ask():
                start, (seconds, work) = self._ask(cli, one)[0], self._ask(cli, self.dataset)
                return {"terminal": seconds - start, "terminal-work": work}

            sides = [lambda: self._run("classify", cache), ask]
            figures = {}
            for side in sides[::-1 if number % 2 else 1]:
                figures.update(side())
            found.append(figures | {"ratio": figures["terminal"] / figures["seconds"]})
        return summarise(found)
