#!/usr/bin/env python3
"""Measures how long `chidu compile` takes: start-up, one document of 50 KB, long documents, a batch of documents.

usage: compile.py CHIDU BARE_CLAP [--runs N] [--only start|one|long|batch]

Figures are CPU seconds (user and system) of whole processes, as the operating system counts them; the median of several
runs, those that are compared in turn. The documents are made of the samples of corpus/, so that anyone can run it:

    cargo build --release --example bare_clap && cargo build --release
    python3 benches/compile.py target/release/chidu target/release/examples/bare_clap
"""
import argparse
import os
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = sorted(it for it in (ROOT / "corpus").glob("[0-9]*") if it.suffix in (".txt", ".md"))


def cpu(*command):
    """CPU milliseconds of one process, and its peak memory in MB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))}: exit {process.returncode}")
    return (used.ru_utime + used.ru_stime) * 1000, used.ru_maxrss / 1024


def medians(runs, *commands):
    """The medians of CPU time and of peak memory of commands that are run in turn, after one round that does not count."""
    figures = [[] for _ in commands]
    for nth in range(runs + 1):
        for command, own in zip(commands, figures):
            figure = cpu(*command)
            if nth > 0:
                own.append(figure)
    return [tuple(statistics.median(it) for it in zip(*own)) for own in figures]


def document(size):
    """A text of about `size` bytes: the samples one after the other, again and again, whole lines only."""
    texts = [it.read_text(encoding="utf-8") for it in SAMPLES]
    lines, held = [], 0
    while True:
        for text in texts:
            for line in text.splitlines(keepends=True):
                held += len(line.encode())
                if held > size:
                    return "".join(lines)
                lines.append(line)


def start(chidu, bare, runs):
    (own, memory), (base, _) = medians(runs * 10, (chidu, "--version"), (bare, "--version"))
    print(f"start-up: {own:.2f} ms, a bare clap program {base:.2f} ms: {own / base:.2f} times; {memory:.1f} MB")


def one(chidu, runs, folder, also):
    path = folder / "one.txt"
    path.write_text(document(50_000), encoding="utf-8")
    [(own, memory)] = medians(runs * 10, (chidu, "compile", "--quiet", path, "-o", folder / "out"))
    print(f"one document of {path.stat().st_size:,} bytes: {own:.1f} ms, {memory:.1f} MB")
    longest = max(SAMPLES, key=lambda it: it.stat().st_size)
    for path in (longest, *also):
        [(own, memory)] = medians(runs * 10, (chidu, "compile", "--quiet", path, "-o", folder / "out"))
        print(f"{path.name} ({path.stat().st_size:,} bytes): {own:.1f} ms, {memory:.1f} MB")


def long(chidu, runs, folder):
    sizes, commands = (100_000, 1_000_000, 10_000_000), []
    for size in sizes:
        path = folder / f"long-{size}.txt"
        path.write_text(document(size), encoding="utf-8")
        commands.append((chidu, "compile", "--quiet", path, "-o", folder / "out"))
    figures = medians(max(runs // 3, 3), *commands)
    for size, (own, memory) in zip(sizes, figures):
        print(f"{size / 1e6:g} MB: {own:.0f} ms, {own / size * 1e6:.1f} ns a byte, {memory:.0f} MB")
    small, large = (figures[nth][0] / sizes[nth] for nth in (1, 2))
    print(f"time a byte, 10 MB beside 1 MB: {large / small:.2f}")


def batch(chidu, runs, folder):
    """What one more document costs in a small batch and in a large one, on one thread and on all."""
    notices = folder / "notices"
    notices.mkdir()
    texts = [it.read_bytes() for it in SAMPLES]
    counts = (len(texts), 10 * len(texts), (1_000 // len(texts) + 1) * len(texts))
    groups = []
    for count in counts:
        group = notices / str(count)
        group.mkdir()
        for nth in range(count):
            (group / f"n{nth:04}.txt").write_bytes(texts[nth % len(texts)])
        groups.append((chidu, "compile", "--quiet", group, "-o", folder / "out"))
    for threads in ("1", None):
        os.environ.pop("RAYON_NUM_THREADS", None)
        if threads:
            os.environ["RAYON_NUM_THREADS"] = threads
        (least, _), (small, _), (large, memory) = medians(max(runs // 3, 3), *groups)
        warm = (small - least) / (counts[1] - counts[0])
        each = large / counts[2]
        alone = statistics.mean(cpu(*groups[0][:3], it, "-o", folder / "out")[0] for it in SAMPLES)
        threads = "one thread" if threads else "all cores"
        print(f"{counts[2]:,} documents on {threads}: {each:.2f} ms each ({memory:.0f} MB); a warm one {warm:.2f} ms: "
              f"{each / warm:.2f} times; a process of its own for each {alone:.2f} ms: {each / alone:.2f} times")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("chidu")
    options.add_argument("bare")
    options.add_argument("--runs", type=int, default=9)
    options.add_argument("--only", choices=("start", "one", "long", "batch"))
    options.add_argument("--also", type=Path, nargs="*", default=[], help="notices to compile beside the samples")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("start", "one", "long", "batch"):
            if chosen.only not in (None, part):
                continue
            if part == "start":
                start(chosen.chidu, chosen.bare, chosen.runs)
            else:
                arguments = (chosen.chidu, chosen.runs, folder)
                if part == "one":
                    one(*arguments, chosen.also)
                else:
                    {"long": long, "batch": batch}[part](*arguments)


main()
