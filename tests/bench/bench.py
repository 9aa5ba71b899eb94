#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench.py BUILD-FOLDER [--quick] [FIGURE...]

Carries out build-aux/bench, whose --help says more. Each side of a comparison is a
process of its own that gets everything ready and then does its work once for each
line that it is sent; they take turns, and what counts is the median of the ratios
between neighbours. So a machine that is busy or changes its speed hits both sides.
"""

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_window

HERE = Path(__file__).resolve().parent
CORES = sorted(os.sched_getaffinity(0))

# Of one example: two for each weight forward and in the gradient of the weights,
# and, but for the first layer, in the gradient of the inputs.
FLOP = 2 * (2 * 1728 * 128 + 3 * 128 * 128 + 3 * 128 * 2)
SGEMM_FLOP = 5 * 2 * 1024 ** 3  # of a round of bench-foc sgemm

PICTURES = 200   # a class, of 1024 x 1024 pixels
COPIES = 4       # of these, for what starts a process each round
DROPPED = 1000   # of these, on the window
ANSWERED = 10000 # names that are no files, in its list of answers
TINY = 10000     # a class
TRAINING_ROWS = 10000
MANY_ROWS, FEW_ROWS = 2_000_000, 20_000
SPACE = 6e9      # bytes for the store of MANY_ROWS, and then some

# Of the window on a large data set.
DATASET_FIGURES = {"window-start", "window-open", "window-scroll", "window-import", "window-cancel", "window-train"}
FIGURES = ["jpeg", "jpeg-all", "pillow", "sgd", "gflops", "grid", "memory", "warm", "duplicates",
           "classify", "thumbnails", "plots", "square", "window-start", "window-open", "window-scroll",
           "window-import", "window-cancel", "window-train", "window-picture", "window-classify",
           "window-answers"]


class NotThere(Exception):
    """A reference, or what else a figure needs, is missing: its text says what."""


class Worker:
    """One side: a process that does its work once for each call."""

    def __init__(self, *argv, core=None):
        def pin():
            if core is not None:
                os.sched_setaffinity(0, {core})
        self.process = subprocess.Popen([str(word) for word in argv], text=True, preexec_fn=pin,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError(f"{argv[0]} did not start")

    def __call__(self):
        """Does the work; returns the seconds that it took."""
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def take_turns(workers, rounds):
    """Calls each of the named workers once a round, after one round that does not
    count; returns its seconds. Every other round goes backwards."""
    seconds = {name: [] for name in workers}
    for number in range(rounds + 1):
        for name in list(workers)[::-1 if number % 2 else 1]:
            taken = workers[name]()
            if number:
                seconds[name].append(taken)
    for worker in workers.values():
        if isinstance(worker, Worker):
            worker.close()
    return seconds


def median_ratio(numerators, denominators):
    return statistics.median(a / b for a, b in zip(numerators, denominators))


class Bench:
    def __init__(self, build, figures, quick, work):
        self.foc = build / "tests/bench/bench-foc"
        self.jpeg_loop = build / "tests/bench/bench-jpeg"
        self.build = build
        self.cli = build / "src/cli/face-or-comic-cli"
        self.figures = figures
        self.rounds = 3 if quick else 15
        self.long_rounds = 1 if quick else 7
        self.window_rounds = 1 if quick else 5
        self.quick = quick
        self.work = work
        self.reached = self.missed = self.left_out = 0

    # Getting ready

    def run(self, *argv):
        done = subprocess.run([str(word) for word in argv], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{argv[0]} failed: {done.stderr}")
        return done.stdout.strip()

    def reference(self, script, package):
        """The command of a reference, with a Python that has what it needs."""
        for python in dict.fromkeys([sys.executable, "/usr/bin/python3"]):
            if os.access(python, os.X_OK) and subprocess.run(
                    [python, HERE / script, "version"], capture_output=True).returncode == 0:
                return [python, HERE / script]
        raise NotThere(f"no reference: package {package} is not installed")

    def make(self, name, program, command, *arguments):
        """A file or folder in the work folder, made by a program if it is not there yet."""
        path = self.work / name
        if not path.exists():
            print(f"Making {name} ...", file=sys.stderr, flush=True)
            self.run(program, command, path, *arguments)
        return path

    def pictures(self, name="pictures", per_class=PICTURES, size=1024):
        return self.make(name, self.cli, "demo", "--per-class", per_class, "--size", size)

    def copies(self, name, folder, n):
        """`n` pictures: those of `folder` under many names."""
        path = self.work / name
        if not path.exists():
            files = sorted(folder.glob("*/*.jpg"))
            for number in range(n):
                file = files[number % len(files)]
                (path / file.parent.name).mkdir(parents=True, exist_ok=True)
                os.link(file, path / file.parent.name / f"{number // len(files)}-{file.name}")
        return path

    def large_picture(self):
        """Of 12 megapixels."""
        return next(self.pictures("large", 1, 3464).glob("faces/*.jpg"))

    # Telling

    def head(self):
        model = [line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="utf-8")
                 if line.startswith("model name")]
        print(f"Machine: {model[0] if model else platform.machine()}, {len(CORES)} cores, "
              f"Linux {platform.release()}")
        if os.getloadavg()[0] > 0.5:
            print(f"The machine is busy (load {os.getloadavg()[0]:.1f}): figures of all cores are "
                  "too small")
        print(f"Ours: {self.run(self.foc, 'versions')}")
        for script, package in [("bench-torch.py", "python3-torch"), ("bench-pillow.py", "python3-pil")]:
            try:
                print(f"Reference: {self.run(*self.reference(script, package), 'version')}")
            except NotThere as missing:
                print(f"Reference: none of {script} ({missing})")
        print(f"One sample of SGD: {FLOP:,} floating-point operations = "
              "2 (2 x 1728 x 128 + 3 x 128 x 128 + 3 x 128 x 2)\n")
        self.row("figure", "ours", "reference", "ratio", "target", "")
        self.row("---", "---", "---", "---", "---", "---")

    def row(self, figure, ours, reference, ratio, target, verdict):
        print(f"| {figure:<52} | {ours:>17} | {reference:>21} | {ratio:>7} | {target:>8} | "
              f"{verdict:<7} |", flush=True)

    def tell(self, figure, ours, reference, ratio, target, at_most=False, shown=None):
        reached = ratio <= target if at_most else ratio >= target
        self.reached += reached
        self.missed += not reached
        self.row(figure, ours, reference, shown or f"{ratio:.2f}",
                 ("<= " if at_most else ">= ") + f"{target:g}", "reached" if reached else "MISSED")

    def skip(self, figure, reason):
        self.left_out += 1
        self.row(figure, "-", "-", "-", "-", f"left out: {reason}")

    # Measuring

    def features(self, jobs, folder=None, core=None):
        folder = folder or self.pictures()
        return Worker(self.foc, "features", folder, self.work / f"cache-{jobs}", jobs, core=core)

    def jpeg(self):
        """The three figures over one set of pictures."""
        core = CORES[-1]
        files = sorted(self.pictures().glob("*/*.jpg"))
        n = len(files)
        n_cores = len(CORES)
        names = {"jpeg": "JPEGs to features, one core, cold store (a second)",
                 "jpeg-all": f"JPEGs to features, {n_cores} cores (a second)",
                 "pillow": "JPEGs to features, one core, against Pillow"}
        workers = {"one": self.features(1, core=core)}
        if not self.figures.isdisjoint({"jpeg", "jpeg-all"}):
            workers["loop"] = Worker(self.jpeg_loop, *files, core=core)
        if "jpeg-all" in self.figures:
            workers["all"] = self.features(n_cores)
        if "pillow" in self.figures:
            try:
                pillow = self.reference("bench-pillow.py", "python3-pil")
                # A tenth of the files: it has enough to do with them.
                workers["pillow"] = Worker(*pillow, *files[::10], core=core)
            except NotThere as reason:
                self.skip(names["pillow"], reason)
        seconds = take_turns(workers, self.rounds)
        rate = {name: n / statistics.median(taken) for name, taken in seconds.items()}

        if "jpeg" in self.figures:
            self.tell(names["jpeg"], f"{rate['one']:.0f}", f"{rate['loop']:.0f} bare loop",
                      median_ratio(seconds["loop"], seconds["one"]), 0.85)
        if "jpeg-all" in self.figures:
            self.tell(names["jpeg-all"], f"{rate['all']:.0f}",
                      f"{n_cores} x {rate['loop']:.0f} bare loop",
                      median_ratio(seconds["loop"], seconds["all"]) / n_cores, 0.8)
        if "pillow" in workers:
            share = n / len(files[::10])
            self.tell(names["pillow"], f"{rate['one']:.0f}", f"{rate['pillow'] / share:.0f} Pillow",
                      median_ratio(seconds["pillow"], seconds["one"]) * share, 5)

    def training_store(self, rows=TRAINING_ROWS):
        return self.make(f"store-{rows}", self.foc, "store", rows)

    def sgd(self):
        """Samples and operations a second of one trajectory."""
        core = CORES[-1]
        name = "SGD, one trajectory, one core, samples a second"
        workers = {"ours": Worker(self.foc, "sgd", self.training_store(), core=core)}
        if "gflops" in self.figures:
            workers["sgemm"] = Worker(self.foc, "sgemm", core=core)
        if "sgd" in self.figures:
            try:
                torch = self.reference("bench-torch.py", "python3-torch")
                workers["torch"] = Worker(*torch, "epoch", core=core)
            except NotThere as reason:
                self.skip(name, reason)
        seconds = take_turns(workers, self.rounds)
        median = {name: statistics.median(taken) for name, taken in seconds.items()}

        if "torch" in workers:
            self.tell(name, f"{TRAINING_ROWS / median['ours']:,.0f}",
                      f"{TRAINING_ROWS / median['torch']:,.0f} PyTorch",
                      median_ratio(seconds["torch"], seconds["ours"]), 1.8)
        if "sgemm" in workers:
            flop = TRAINING_ROWS * FLOP
            self.tell("the same in GFLOP/s, against sgemm 1024^3",
                      f"{flop / median['ours'] / 1e9:.1f}",
                      f"{SGEMM_FLOP / median['sgemm'] / 1e9:.1f} OpenBLAS",
                      median_ratio(seconds["sgemm"], seconds["ours"]) * flop / SGEMM_FLOP, 0.65)

    def grid(self):
        checkpoints = self.work / "checkpoints"
        checkpoints.mkdir()
        torch = self.reference("bench-torch.py", "python3-torch")
        seconds = take_turns({
            "ours": Worker(self.foc, "grid", self.training_store(14000), checkpoints, len(CORES)),
            "torch": Worker(*torch, "grid", core=CORES[-1]),
        }, self.long_rounds)
        self.tell("the paper's grid search, 10,000 + 4,000 rows (s)",
                  f"{statistics.median(seconds['ours']):.2f}",
                  f"{statistics.median(seconds['torch']):.2f} PyTorch",
                  median_ratio(seconds["torch"], seconds["ours"]), 5)

    def memory(self):
        if shutil.disk_usage(self.work).free < SPACE:
            raise NotThere(f"less than {SPACE / 1e9:.0f} GB free in {self.work.parent}")
        checkpoints = self.work / "memory"
        checkpoints.mkdir()
        for n, which in [(1, "one trajectory"), (2, "two trajectories")][:1 if self.quick else 2]:
            peaks = [int(self.run(self.foc, "memory", self.training_store(rows), checkpoints, n))
                     for rows in (MANY_ROWS, FEW_ROWS)]
            a_row = (peaks[0] - peaks[1]) / (MANY_ROWS - FEW_ROWS)
            self.tell(f"peak memory, {MANY_ROWS:,} rows, {which}",
                      f"{peaks[0] / 1e6:.1f} MB", f"{peaks[1] / 1e6:.1f} MB at {FEW_ROWS:,}",
                      a_row, 12, at_most=True, shown=f"{a_row:.1f} B")
        (self.work / f"store-{MANY_ROWS}").unlink()

    def warm(self):
        many = self.copies("many", self.pictures("tiny", 10, 16), 2 * TINY)
        seconds = take_turns({
            "ours": Worker(self.foc, "features", many, self.work / "cache", len(CORES), "warm"),
        }, self.rounds)
        median = statistics.median(seconds["ours"])
        self.tell(f"scan and opening of a warm store, {2 * TINY:,} files", f"{median:.3f} s", "-",
                  median, 0.2, at_most=True, shown="-")

    def duplicates(self):
        """Pictures of which no two are the same, and few of which there are many."""
        for name, folder in [
                (f"duplicates, {2 * TINY:,} pictures, warm store", self.pictures("small", TINY, 24)),
                (f"the same, 20 pictures {TINY // 10:,} times each",
                 self.copies("many", self.pictures("tiny", 10, 16), 2 * TINY))]:
            seconds = take_turns({"ours": Worker(self.foc, "duplicates", folder,
                                                 self.work / "cache", len(CORES))}, self.rounds)
            median = statistics.median(seconds["ours"])
            self.tell(name, f"{median:.2f} s", "-", median, 2, at_most=True, shown="-")

    def classify(self):
        n = 2 * PICTURES * COPIES
        folder = self.copies("copies", self.pictures(), n)
        model = self.make("model.safetensors", self.foc, "model")

        def ask():
            start = time.perf_counter()
            self.run(self.cli, "classify", "--model", model, "--format", "json", folder)
            return time.perf_counter() - start

        seconds = take_turns({"ours": ask, "features": self.features(len(CORES), folder)},
                             self.rounds)
        rate = {name: n / statistics.median(taken) for name, taken in seconds.items()}
        self.tell("classify, all cores (a second)", f"{rate['ours']:.0f}",
                  f"{rate['features']:.0f} features",
                  median_ratio(seconds["features"], seconds["ours"]), 0.9)

    def thumbnails(self):
        """What a cache of thumbnails on the disk would save; of a few pictures each."""
        def png(name, size, files):
            folder = self.work / name
            folder.mkdir()
            self.run(self.foc, "png", folder, size, *files)
            return sorted(folder.iterdir())

        big = sorted(self.pictures().glob("*/*.jpg"))[::8]
        small = sorted(self.pictures("256", len(big) // 2, 256).glob("*/*.jpg"))
        files = {"JPEG of 1024": big, "JPEG of 256": small, "PNG of 256": png("png", 256, small),
                 "kept": png("kept", 128, big)}
        seconds = take_turns({name: Worker(self.foc, "thumbnails", 112, *those, core=CORES[-1])
                              for name, those in files.items()}, self.rounds)
        median = {name: statistics.median(taken) / len(big) for name, taken in seconds.items()}
        for name in list(files)[:-1]:
            self.row(f"thumbnail of 112 pixels, of a {name} (ms)", f"{1000 * median[name]:.2f}",
                     f"{1000 * median['kept']:.2f} kept PNG of 128",
                     f"{median_ratio(seconds['kept'], seconds[name]):.2f}", "-", "")

    def plots(self):
        """What a plot costs the main loop, up to ten times a second, at 800 x 400 pixels."""
        for what, curves, points, name, target in [
                ("redraw", 4, 1000, "redrawing 4 curves of 1,000 points", 5),
                ("redraw", 32, 4096, "redrawing 32 curves of 4,096 points", 50),
                ("motion", 4, 1000, "a motion of the pointer over 4 x 1,000", 1),
                ("motion", 32, 4096, "a motion of the pointer over 32 x 4,096", 1)]:
            seconds = take_turns({"ours": Worker(self.foc, "plots", what, curves, points,
                                                 core=CORES[-1])}, 5 * self.rounds)
            median = 1000 * statistics.median(seconds["ours"])
            self.tell(name, f"{median:.2f} ms", "-", median, target, at_most=True, shown="-")
        # A thread draws those of many points: what the main loop has to do for one is this.
        seconds = take_turns({"ours": Worker(self.foc, "figure", 16, 4096, core=CORES[-1])}, 5 * self.rounds)
        median = 1000 * statistics.median(seconds["ours"])
        self.tell("the plot of 16 rates x 4,096 epochs, not drawn", f"{median:.2f} ms", "-", median, 16,
                  at_most=True, shown="-")

    def square(self):
        """One picture of 12 megapixels, without widgets; of the answers while its square is dragged,
        anywhere and of any size, 99 % take less."""
        model = self.make("model.safetensors", self.foc, "model")
        picture = self.large_picture()

        def ask(what, rounds):
            worker = Worker(self.build / "tests/bench/bench-square", what, model, picture, core=CORES[-1])
            return sorted(1000 * taken for taken in take_turns({what: worker}, rounds)[what])

        opened, dragged = ask("open", self.rounds), ask("drag", 100 * self.rounds)
        self.row("12-megapixel JPEG to its answer (ms)", f"{statistics.median(opened):.0f}", "-", "-", "-", "")
        most = dragged[len(dragged) * 99 // 100]
        self.tell("answer update while dragging the square", f"{most:.2f} ms", "-", most, 10, at_most=True,
                  shown="-")
        print(f"  (half of them take less than {statistics.median(dragged):.2f} ms, the longest {dragged[-1]:.2f} ms)")

    def tell_window(self, figure, value, unit, target, at_most=True):
        shown = f"{value:.0f}" if value >= 10 else f"{value:.1f}"
        self.tell(figure, f"{shown} {unit}", "-", value, target, at_most, shown="-")

    def make_window(self, subject):
        """The window that shows a data set, or is given a picture or a folder of them."""
        if bench_window.missing():
            raise NotThere(f"{bench_window.missing()} is not installed")
        return bench_window.Window(self.build, self.work, subject, self.window_rounds)

    def window_picture(self):
        """One picture, as after a drop; its square is dragged around then. Times in ms."""
        found = self.make_window(self.large_picture()).measure("picture", fresh=True)
        self.tell_window("a dropped 12-megapixel JPEG to its answer on screen", found["answer"], "ms", 250)
        self.tell_window("its square dragged: the answer, 99 % within", found["update-quantile"], "ms", 10)
        print(f"  (half of them within {found['update']:.1f} ms, in a frame {found['frame']:.1f} ms after the motion)")

    def window_classify(self):
        """A folder of pictures, as after a drop, and the same in the terminal."""
        folder = self.copies("dropped", self.pictures(), DROPPED)
        found = self.make_window(folder).measure_classifying(self.cli, next(folder.glob("faces/*.jpg")))
        self.tell(f"{DROPPED:,} dropped pictures 1024 x 1024, a second", f"{DROPPED / found['seconds']:.0f}",
                  f"{DROPPED / found['terminal']:.0f} in the terminal", found["ratio"], 0.9)
        self.tell_window("meanwhile: main-loop delay, 99.9 % below", found["quantile"], "ms", 16)
        self.tell_window("the longest", found["longest"], "ms", 50)
        print(f"  (the longest until the first answers: {found['begin']:.0f} ms; main thread at work "
              f"{100 * found['main']:.0f} % of the time, {found['longest-work']:.0f} ms at a time at most; workers "
              f"{found['workers']:.2f} s of processor time, of the terminal {found['terminal-work']:.2f} s)")

    def window_answers(self):
        """What is done with a list of many answers: the most that the main thread works at a time."""
        found = self.make_window(ANSWERED).measure("answers", fresh=True)
        for name, what in [("sort-by-name", "sorted by name"), ("sort-by-confidence", "sorted by confidence"),
                           ("filter", "filtered, all of them stay"), ("search", "searched"),
                           ("step", "one step"), ("clear", "cleared")]:
            self.tell_window(f"{ANSWERED:,} answers, {what}", found[f"{name}-work"], "ms", 16)
        print(f"  (longest delay {max(value for name, value in found.items() if not name.endswith('-work')):.0f} ms)")

    def window(self):
        """The window on a data set of many small pictures; times in ms."""
        window = self.make_window(self.pictures("drawn", TINY, 64))
        tell = self.tell_window

        if "window-start" in self.figures:
            found = window.measure("start")
            tell("window: start to the first frame with content", found["content"], "ms", 350)
            print(f"  (first frame {found['frame']:.0f} ms, all thumbnails {found['thumbnails']:.0f} ms)")
        if "window-open" in self.figures:
            found = window.measure("open")
            tell(f"opening {2 * TINY:,}: first thumbnails", found["thumbnails"], "ms", 500)
        if "window-scroll" in self.figures:
            found = window.measure("scroll")
            tell(f"scrolling through {2 * TINY:,}: frames a second", found["frames"], "", 55, at_most=False)
            tell("gaps between frames, 99.9 % below", found["quantile"], "ms", 50)
            tell("resident memory at the end", found["resident"], "MB", 250)
            print(f"  (longest gap {found['longest']:.0f} ms; {100 * found['blank']:.0f} % of the tiles "
                  f"blank; memory at its peak {found['peak']:.0f} MB)")
        if "window-import" in self.figures:
            found = window.measure("import", fresh=True)
            tell(f"importing {2 * TINY:,}: main-loop delay, 99.9 % below", found["quantile"], "ms", 16)
            tell("the longest", found["longest"], "ms", 50)
            print(f"  (until the first thumbnails were there, the longest was {found['showing']:.0f} ms)")
        if "window-cancel" in self.figures:
            found = window.measure("cancel", fresh=True)
            tell("Cancel pressed to the last thread gone", found["stopped"], "ms", 100)
        if "window-train" in self.figures:
            found = window.measure_training(self.cli)
            self.tell("a search on the Train page, its curves in sight (s)", f"{found['seconds']:.1f}",
                      f"{found['terminal']:.1f} in the terminal", found["ratio"], 0.9)
            tell("meanwhile: main-loop delay, 99.9 % below", found["quantile"], "ms", 16)
            tell("the longest", found["longest"], "ms", 50)
            print(f"  (main thread at work {100 * found['main']:.0f} % of the time, {found['frames']:.0f} frames a "
                  f"second; the most that it works at a time is {found['longest-work']:.0f} ms)")
            for name, what in [("making", "the page is made, unseen"), ("showing", "it is first shown"),
                               ("begin", "from Start to the first curves")]:
                print(f"  (longest delay, {what}: {found[name]:.0f} ms, {found[name + '-work']:.0f} of them at work)")

    def all(self):
        self.head()
        for wanted, measure in [({"jpeg", "jpeg-all", "pillow"}, self.jpeg),
                                ({"sgd", "gflops"}, self.sgd), ({"grid"}, self.grid),
                                ({"memory"}, self.memory), ({"warm"}, self.warm),
                                ({"duplicates"}, self.duplicates),
                                ({"classify"}, self.classify),
                                ({"thumbnails"}, self.thumbnails),
                                ({"plots"}, self.plots),
                                ({"square"}, self.square),
                                (DATASET_FIGURES, self.window),
                                ({"window-picture"}, self.window_picture),
                                ({"window-classify"}, self.window_classify),
                                ({"window-answers"}, self.window_answers)]:
            if self.figures.isdisjoint(wanted):
                continue
            try:
                measure()
            except NotThere as reason:
                self.skip(", ".join(sorted(wanted)), reason)
        print(f"\nTargets: {self.reached} reached, {self.missed} missed, {self.left_out} left out"
              + (" (--quick: too few rounds to rely on)" if self.quick else ""))


def main():
    parser = argparse.ArgumentParser(prog="build-aux/bench")
    parser.add_argument("build", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("figures", nargs="*", metavar="FIGURE", help=", ".join(FIGURES))
    arguments = parser.parse_intermixed_args()
    for figure in arguments.figures:
        if figure not in FIGURES:
            parser.error(f"no figure “{figure}”; there are {', '.join(FIGURES)}")

    with tempfile.TemporaryDirectory(prefix="foc-bench-",
                                     dir=os.environ.get("TMPDIR", "/var/tmp")) as work:
        Bench(arguments.build.resolve(), set(arguments.figures or FIGURES), arguments.quick,
              Path(work)).all()


main()
