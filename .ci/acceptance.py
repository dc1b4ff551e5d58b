#!/usr/bin/env python3
"""Compiles documents whose facts were labelled by hand, and prints how many of the facts were found.

usage: acceptance.py CHIDU [--shared DIR] [--gate]

The labelled documents and the tool that compares two lists of facts lie beside the project (../shared by default); where
they are absent, one line says so. With --gate, a figure under its floor is a failure.
"""
import argparse
import json
import subprocess
import sys
import tempfile
import unicodedata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Over each group together: precision, recall, share of right paths; the last is the least F1 of one file.
FLOORS = {
    "seeds": (0.99, 0.98, 0.98, 0.90),
    "real": (0.93, 0.90, 0.90, 0.85),
    "documents": (0.99, 0.98, 0.95, 0.90),
}
FORM = "{:<12} {:<26} {:>6} {:>6} {:>6} {:>10} {:>7} {:>6} {:>6} {:>7}"


def documents(shared):
    """Each group's documents with their labels; and whether the document is text, in which quotes can be looked up."""
    groups = {"seeds": [], "real": [], "documents": [], "corpus": []}
    for path in sorted((shared / "seeds").glob("0*")):
        groups["seeds"].append((path, shared / "gold" / f"{path.name[:3]}.jsonl"))
    for path in sorted((shared / "real").glob("[0-9]*")):
        if path.suffix != ".jsonl":
            groups["real"].append((path, shared / "real" / f"{path.stem}.jsonl"))
    for path in sorted((shared / "documents").glob("0*")):
        if "scan" not in path.name:
            groups["documents"].append((path, shared / "gold" / f"{path.name[:3]}.jsonl"))
    for labels in sorted((ROOT / "corpus").glob("*.facts.jsonl")):
        stem = labels.name.removesuffix(".facts.jsonl")
        found = [it for it in sorted((ROOT / "corpus").glob(f"{stem}.*")) if it.suffix in (".txt", ".md")]
        groups["corpus"] += [(path, labels) for path in found]
    return {name: files for name, files in groups.items() if files}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False)


def said(verb, done):
    lines = done.stderr.strip().splitlines() or [""]
    return f"{verb}: exit {done.returncode}: {lines[0]}"


def facts(chidu, path, folder):
    """The file with the facts that the program finds in a document, or why there is none."""
    done = run(chidu, "compile", str(path), "--name", "x", "-o", folder, "--quiet")
    if done.returncode != 0:
        return None, said("compile", done)
    done = run(chidu, "export", f"{folder}/x.rules.yaml", "--to", "facts")
    if done.returncode != 0:
        return None, said("export", done)
    found = Path(folder) / "x.jsonl"
    found.write_text(done.stdout, encoding="utf-8")
    return found, None


def compared(tool, gold, found, source):
    """The figures of the tool: right, labelled and found facts, right paths, quotes that the source has not."""
    lookup = ["--source", str(source)] if source else []
    done = run(sys.executable, str(tool), str(gold), str(found), *lookup, "--json")
    if done.returncode != 0:
        sys.exit(f"{tool.name}: {done.stderr.strip()}")
    result = json.loads(done.stdout)
    paths = result["extras"].get("path", (0, 0))
    return (*result["kinds"]["all"], *paths, result["unfounded_quotes"])


def is_utf8_text(path):
    try:
        return path.suffix in (".txt", ".md") and bool(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return False


def ratios(figures):
    right, labelled, found, path_right, paths, unfounded = figures
    share = lambda part, whole: part / whole if whole else 1.0
    precision, recall = share(right, found), share(right, labelled)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, f1, share(path_right, paths), unfounded


def row(group, name, figures):
    precision, recall, f1, path, unfounded = ratios(figures)
    right, labelled, found = figures[:3]
    name = "".join(it for it in name if unicodedata.east_asian_width(it) != "W")[:26]
    cells = (right, labelled, found, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", f"{path:.3f}", unfounded)
    print(FORM.format(group, name, *cells))


def faults(group, total, least):
    """The figures of a group that are under their floors."""
    if group not in FLOORS:
        return []
    precision, recall, _, path, unfounded = ratios(total)
    named = zip(("precision", "recall", "path", "least F1"), (precision, recall, path, least), FLOORS[group])
    under = [f"{group}: {name} {value:.3f} is under {floor}" for name, value, floor in named if value < floor]
    return under + ([f"{group}: {unfounded} quotes are not in their source"] if unfounded else [])


def main():
    options = argparse.ArgumentParser()
    options.add_argument("chidu")
    options.add_argument("--shared", default=str(ROOT.parent / "shared"))
    options.add_argument("--gate", action="store_true")
    chosen = options.parse_args()
    shared = Path(chosen.shared)
    tool = shared / "tools" / "compare_facts.py"
    if not tool.exists():
        print(f"acceptance: skipped, there is no {Path('..') / shared.name} beside the project")
        return 0
    under, by_labels = [], {}
    print(FORM.format("group", "document", "right", "gold", "found", "precision", "recall", "F1", "path", "no quote"))
    for group, files in documents(shared).items():
        total, least = (0,) * 6, 1.0
        for path, gold in files:
            with tempfile.TemporaryDirectory() as folder:
                found, failure = facts(chosen.chidu, path, folder)
                if failure:
                    print(f"{path.name}: {failure}")
                    found = Path(folder) / "none.jsonl"
                    found.write_text("", encoding="utf-8")
                figures = compared(tool, gold, found, path if is_utf8_text(path) else None)
            row(group, path.name, figures)
            total = tuple(a + b for a, b in zip(total, figures))
            f1 = ratios(figures)[2]
            least = min(least, f1)
            # A file may score better than the text that was dumped from it, not worse.
            if group == "documents" and f1 < by_labels.get(gold, 0.0) - 0.01:
                under.append(f"{path.name}: F1 {f1:.3f} is under that of the text, {by_labels[gold]:.3f}")
            if group == "seeds":
                by_labels[gold] = f1
        row(group, "all", total)
        under += faults(group, total, least)
    scan = shared / "documents" / "000-scan.pdf"
    if scan.exists():
        with tempfile.TemporaryDirectory() as folder:
            done = run(chosen.chidu, "compile", str(scan), "-o", folder, "--lang", "en")
        print(f"{scan.name}: {said('compile', done)}")
        if done.returncode != 3 or "scan" not in done.stderr.replace(scan.name, ""):
            under.append(f"{scan.name} is not refused as a scan")
    for fault in under:
        print(f"under its floor: {fault}")
    return 1 if under and chosen.gate else 0


if __name__ == "__main__":
    sys.exit(main())
