#!/usr/bin/env python3
"""Measures how fast a long document is read, beside other tools on the same files in one run.

usage: documents.py [--chidu target/release/chidu] [--runs N] [--write]

Makes a .docx of 300 pages from the samples of corpus/ (`cargo run --release --example samples -- long`), has LibreOffice
print it, and reads both with each tool that is on this machine: pandoc, python-docx and LibreOffice; pdftotext and
pdfplumber. Every tool is a process of its own, started anew for each run; time is wall clock, memory is the peak of the
process and those that it started. --write puts the figures into docs/performance.md.
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

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "target" / "bench"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- figures of benches/documents.py -->", "<!-- end of figures -->"

PYTHON_DOCX = """
import sys, docx
document = docx.Document(sys.argv[1])
for it in document.iter_inner_content():
    if hasattr(it, "rows"):
        for row in it.rows:
            print("\\t".join(cell.text for cell in row.cells))
    else:
        print(it.text)
"""
PDFPLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as book:
    for page in book.pages:
        print(page.extract_text())
        for table in page.extract_tables():
            for row in table:
                print("\\t".join(cell or "" for cell in row))
"""


def tools(chidu, scratch):
    """Each tool: its name, the kind of file, whether it gives tables, its command."""
    python = sys.executable
    office = ["soffice", f"-env:UserInstallation=file://{scratch}/profile", "--headless"]
    return [
        ("chidu inspect", "docx", True, [chidu, "inspect"]),
        ("pandoc -t html", "docx", True, ["pandoc", "-f", "docx", "-t", "html"]),
        ("python-docx", "docx", True, [python, "-c", PYTHON_DOCX]),
        ("LibreOffice to HTML", "docx", True, [*office, "--convert-to", "html", "--outdir", scratch]),
        ("chidu inspect", "pdf", True, [chidu, "inspect"]),
        ("pdftotext -layout", "pdf", False, ["pdftotext", "-layout"]),
        ("pdfplumber", "pdf", True, [python, "-c", PDFPLUMBER]),
    ]


def has(name, command):
    module = {"python-docx": "docx", "pdfplumber": "pdfplumber"}.get(name)
    if module:
        return subprocess.run([command[0], "-c", f"import {module}"], capture_output=True, check=False).returncode == 0
    return shutil.which(command[0]) is not None


def measured(command):
    """Seconds and peak memory in MiB of one process."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{command[0]} ended with {child.returncode}")
    return seconds, usage.ru_maxrss / 1024


def make():
    """The two files, made once."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    word, printed = FOLDER / "long.docx", FOLDER / "long.pdf"
    if not word.exists():
        example = ["cargo", "run", "--release", "--quiet", "--example", "samples", "--", "long", str(word)]
        subprocess.run(example, cwd=ROOT, check=True)
    if not printed.exists() and shutil.which("soffice"):
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(FOLDER), str(word)]
        subprocess.run(office, check=True, capture_output=True)
    return [it for it in (word, printed) if it.exists()]


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--chidu", default=str(ROOT / "target" / "release" / "chidu"))
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--write", action="store_true")
    chosen = options.parse_args()
    lines = []
    for file in make():
        with tempfile.TemporaryDirectory() as scratch:
            lines += table(file, tools(chosen.chidu, scratch), chosen.runs)
    text = "\n".join(lines)
    print(text)
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        before, rest = page.split(BEGIN)
        _, after = rest.split(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{machine()}\n{text}\n{END}{after}", encoding="utf-8")


def machine():
    model = next((it.split(":")[1].strip() for it in open("/proc/cpuinfo") if it.startswith("model name")), "")
    return f"Measured on {os.cpu_count()} cores of {model or platform.machine()}, {platform.system()}, in one run.\n"


def table(file, every, runs):
    """The figures of one file, a tool a row; the tools take turns, so that a slow minute meets all of them."""
    kind = file.suffix[1:]
    chosen = [it for it in every if it[1] == kind and has(it[0], it[3])]
    taken = {it[0]: [] for it in chosen}
    for _ in range(runs):
        for name, _, _, command in chosen:
            taken[name].append(measured([*command, str(file)]))
    best = {name: min(it[0] for it in figures) for name, figures in taken.items()}
    size = file.stat().st_size / (1 << 20)
    lines = [f"A .{kind} of {size:.1f} MiB, {runs} runs each:", ""]
    lines += ["| tool | tables | least | median | against chidu | peak memory |", "| --- | --- | --- | --- | --- | --- |"]
    for name, _, tables, _ in chosen:
        seconds = [it[0] for it in taken[name]]
        memory = max(it[1] for it in taken[name])
        cells = (name, "yes" if tables else "no", f"{best[name]:.2f} s", f"{statistics.median(seconds):.2f} s")
        ratio = best[name] / best["chidu inspect"]
        lines.append(f"| {' | '.join(cells)} | {ratio:.1f}× | {memory:.0f} MiB |")
    return [*lines, ""]


if __name__ == "__main__":
    main()
