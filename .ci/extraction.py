#!/usr/bin/env python3
"""Compares the text that the program reads with what other tools extract from the same files, character by character.

usage: extraction.py CHIDU [--shared DIR] [--gate]

Chinese characters are compared in their order. The other tools: the raw XML of .docx, openpyxl for .xlsx, an HTML parser, a
decoder for .txt, LibreOffice for .doc (by way of the XML that it writes), pdftotext for .pdf, page by page and cell by cell,
with the XML of the Word file that the page was printed from for the order. What is not at hand is skipped in one line. With
--gate, a figure under its floor is a failure.
"""
import argparse
import difflib
import json
import logging
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
FORM = "{:<22} {:<34} {:>8} {:>8} {:>10} {:>8}"
EXACT, NEAR = 0.999, 0.995
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class Absent(Exception):
    """A tool or a file that is not on this machine."""


def chinese(text):
    return "".join(it for it in text if "\u3400" <= it <= "\u9fff")


def run(*command):
    if not shutil.which(str(command[0])):
        raise Absent(str(command[0]))
    done = subprocess.run([str(it) for it in command], capture_output=True, timeout=300, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("utf-8")


def inspected(chidu, path):
    """The document model."""
    return json.loads(run(chidu, "inspect", path, "--format", "json"))


def paragraphs(document):
    for block in document["blocks"]:
        if block["kind"] == "paragraph":
            yield block
        else:
            for cell in block["cells"]:
                yield from cell["paragraphs"]


def own_text(document, labels=False):
    """The text; the numbers that Word supplies are in no other tool's text."""
    own = (it.get("label", "") if labels else "" for it in paragraphs(document))
    return "".join(label + it["text"] for label, it in zip(own, paragraphs(document)))


def docx_text(path, _):
    """What stands in the body, footnotes after it; of two forms of a text box the first, and nothing deleted."""
    with zipfile.ZipFile(path) as archive:
        text = []
        for part in ("word/document.xml", "word/footnotes.xml"):
            if part in archive.namelist():
                collect(ElementTree.fromstring(archive.read(part)), text)
    return "".join(text)


def collect(element, text):
    if element.tag == FALLBACK or element.tag == WORD + "del":
        return
    if element.tag == WORD + "t":
        text.append(element.text or "")
    for child in element:
        collect(child, text)


def xlsx_text(path, _):
    try:
        import openpyxl
    except ImportError:
        raise Absent("openpyxl") from None
    book = openpyxl.load_workbook(path)
    rows = (row for sheet in book for row in sheet.iter_rows(values_only=True))
    return "".join(str(value) for row in rows for value in row if value is not None)


class Article(HTMLParser):
    """The title and the body of the saved page; the rest of it is the site's."""

    def __init__(self):
        super().__init__()
        self.open, self.text = 0, []

    def handle_starttag(self, tag, attributes):
        marked = dict(attributes).get("class") in ("tit", "content")
        if tag not in ("br", "img", "input", "meta", "link", "hr") and (self.open or marked):
            self.open += 1

    def handle_endtag(self, tag):
        if self.open and tag not in ("br", "img", "input", "meta", "link", "hr"):
            self.open -= 1

    def handle_data(self, data):
        if self.open:
            self.text.append(data)


def html_text(path, _):
    article = Article()
    article.feed(path.read_bytes().decode("gb18030"))
    return "".join(article.text)


def txt_text(path, _):
    return path.read_bytes().decode("utf-16-le")


def doc_text(path, folder):
    run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "docx", "--outdir", folder, path)
    return docx_text(Path(folder) / f"{path.stem}.docx", folder)


def printed_from(path, folder):
    """The text of the Word file that a page was printed from."""
    return docx_text(path.with_suffix(".docx"), folder)


def pdf_pieces(path):
    """The lines of each page outside of tables, and each cell of its tables by itself, as pdftotext reads them."""
    try:
        import pdfplumber
    except ImportError:
        raise Absent("pdfplumber") from None
    # It complains of fonts without a box on each page.
    logging.disable(logging.WARNING)
    pieces = []
    with pdfplumber.open(path) as book:
        for number, page in enumerate(book.pages, 1):
            boxes = [cell for table in page.find_tables() for cell in table.cells]
            for box in boxes:
                pieces.append(pdf_cell(path, number, box))
            if not boxes:
                pieces += run("pdftotext", "-f", number, "-l", number, path, "-").splitlines()
    return [it for it in map(chinese, pieces) if it]


def pdf_cell(path, number, box):
    left, top, right, bottom = (round(it) for it in box)
    crop = ("-x", left, "-y", top, "-W", max(right - left, 1), "-H", max(bottom - top, 1))
    return run("pdftotext", "-r", 72, "-f", number, "-l", number, *crop, path, "-")


def in_order(found, expected):
    """How many characters the two have in common, in order."""
    matcher = difflib.SequenceMatcher(None, found, expected, autojunk=False)
    return sum(it.size for it in matcher.get_matching_blocks())


class Report:
    def __init__(self):
        self.under = []

    def row(self, name, other, found, expected, common, floor):
        recall = common / expected if expected else 0.0
        # Against pieces that are looked up one by one, there is no share of what was found.
        precision = recall if found is None else common / found if found else 0.0
        shown = ("", expected, "") if found is None else (found, expected, f"{precision:.4f}")
        print(FORM.format(name, other, *shown, f"{recall:.4f}"))
        if min(precision, recall) < floor:
            self.under.append(f"{name} against {other}: {precision:.4f} {recall:.4f} is under {floor}")

    def compare(self, name, other, found, expected, floor):
        found, expected = chinese(found), chinese(expected)
        self.row(name, other, len(found), len(expected), in_order(found, expected), floor)


KINDS = {
    ".docx": ("raw XML", docx_text, EXACT),
    ".xlsx": ("openpyxl", xlsx_text, EXACT),
    ".html": ("html.parser", html_text, EXACT),
    ".txt": ("decoder", txt_text, EXACT),
    ".doc": ("LibreOffice", doc_text, NEAR),
    ".pdf": ("raw XML of the printed .docx", printed_from, NEAR),
}


def cells_held(report, document, path):
    """How many of the characters of pdftotext's cells and lines stand together in one paragraph or cell, or in the text."""
    pieces = pdf_pieces(path)
    whole = chinese(own_text(document, labels=True))
    held = sum(len(it) for it in pieces if it in whole)
    every = sum(map(len, pieces))
    report.row(path.name, "pdftotext by line and cell", None, every, held, NEAR)


def same_sections(report, chidu, folder, shared):
    """The same labels and the same paths of rules, whether printed or not."""
    seen = []
    for name in ("000.docx", "000.pdf"):
        path = shared / "documents" / name
        lines = [it.get("label", "") + it["text"] for it in paragraphs(inspected(chidu, path))]
        heads = [re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．](?!\d)", it.strip()) for it in lines]
        labels = [it.group() for it in heads if it]
        run(chidu, "compile", path, "--name", "x", "-o", folder, "--quiet")
        facts = map(json.loads, run(chidu, "export", f"{folder}/x.rules.yaml", "--to", "facts").splitlines())
        seen.append((labels, [it["path"] for it in facts if "path" in it]))
    for nth, what in enumerate(("section labels", "paths of rules")):
        (ours, others) = (it[nth] for it in seen)
        matcher = difflib.SequenceMatcher(None, [str(it) for it in ours], [str(it) for it in others], autojunk=False)
        common = sum(it.size for it in matcher.get_matching_blocks())
        report.row("000.docx, 000.pdf", what, len(others), len(ours), common, 1.0)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("chidu")
    options.add_argument("--shared", default=str(ROOT.parent / "shared"))
    options.add_argument("--gate", action="store_true")
    chosen = options.parse_args()
    shared = Path(chosen.shared)
    if not (shared / "documents").exists():
        print(f"extraction: skipped, there is no {Path('..') / shared.name} beside the project")
        return 0
    chidu, report = Path(chosen.chidu).resolve(), Report()
    print(FORM.format("document", "against", "ours", "theirs", "precision", "recall"))
    files = [it for it in sorted((shared / "documents").glob("0*")) if "scan" not in it.name]
    for path in files:
        other, extract, floor = KINDS[path.suffix]
        document = inspected(chidu, path)
        with tempfile.TemporaryDirectory() as folder:
            try:
                expected = extract(path, folder)
                typed = path.suffix == ".pdf"
                if typed:
                    cells_held(report, document, path)
                # A printed number is a character of the page, an automatic one is none of the XML.
                found = own_text(document) if not typed else without_labels(document, chidu, path)
                report.compare(path.name, other, found, expected, floor)
            except Absent as tool:
                print(f"{path.name}: skipped, {tool} is not on this machine")
    with tempfile.TemporaryDirectory() as folder:
        same_sections(report, chidu, folder, shared)
    for fault in report.under:
        print(f"under its floor: {fault}")
    return 1 if report.under and chosen.gate else 0


def without_labels(document, chidu, path):
    """The text of a printed page without the numbers that are automatic in the Word file."""
    labels = [it["label"] for it in paragraphs(inspected(chidu, path.with_suffix(".docx"))) if it.get("label")]
    pieces = []
    for paragraph in paragraphs(document):
        words = paragraph.get("label", "") + paragraph["text"]
        if labels and words.startswith(labels[0]):
            words = words[len(labels.pop(0)):]
        pieces.append(words)
    return "".join(pieces)


if __name__ == "__main__":
    sys.exit(main())
