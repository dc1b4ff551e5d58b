#!/usr/bin/env python3
"""Writes the first inputs of each fuzz target into fuzz/corpus/, from the samples of corpus/ and the fixtures of the tests.

Files of other people (../shared/documents) are taken too where they are at hand; none of it is committed.
"""
import hashlib
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
# A longer input is mutated too slowly.
MOST = 64 << 10
BETWEEN = b"\xff"
DOCX = ("word/document.xml", "word/numbering.xml", "word/styles.xml", "word/footnotes.xml")
XLSX = ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml")


def files(*patterns):
    roots = [ROOT / "corpus", ROOT / "tests" / "fixtures", ROOT.parent / "shared" / "documents"]
    return sorted(path for root in roots for pattern in patterns for path in root.rglob(pattern))


def keep(target, data, most=MOST):
    if 0 < len(data) <= most:
        folder = HERE / "corpus" / target
        folder.mkdir(parents=True, exist_ok=True)
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


def parts(path, names):
    """The parts of a container as the target takes them."""
    with zipfile.ZipFile(path) as archive:
        known = set(archive.namelist())
        found = [archive.read(it) if it in known else b"" for it in names]
    while found and not found[-1]:
        found.pop()
    return BETWEEN.join(found)


def pieces(text, size=2000):
    """A text in pieces of whole lines, so that a mutation does not touch one of a thousand."""
    piece = ""
    for line in text.splitlines(keepends=True):
        piece += line
        if len(piece) > size:
            yield piece
            piece = ""
    yield piece


def main():
    for path in files("*.docx"):
        keep("docx", path.read_bytes())
        keep("docx", parts(path, DOCX), 4 * MOST)
    for path in files("*.xlsx"):
        keep("xlsx", path.read_bytes())
        keep("xlsx", parts(path, XLSX), 4 * MOST)
    for target, pattern in (("pdf", "*.pdf"), ("doc", "*.doc"), ("xls", "*.xls"), ("html", "*.html")):
        for path in files(pattern):
            keep(target, path.read_bytes(), 4 * MOST)
    for path in files("*.txt", "*.md"):
        data = path.read_bytes()
        keep("text", data)
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        for piece in pieces(text):
            keep("compile", piece.encode())
        piece = next(pieces(text))
        for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-16", "big5hkscs"):
            keep("text", piece.encode(encoding, errors="ignore"))
            page = f'<meta charset="{encoding}"><p>{piece}</p><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table>'
            keep("html", page.encode(encoding, errors="ignore"))
        keep("delimited", "\n".join(",".join(it.split()) for it in piece.splitlines()).encode())
        keep("delimited", piece.replace(" ", "\t").encode("gb18030", errors="ignore"))
    tables = [path.read_bytes() for path in sorted((ROOT / "corpus" / "data" / "xinhe").glob("*.csv"))]
    tables.sort(key=lambda it: not it.startswith(b"unit,category"))
    keep("delimited", b"\x0c".join(tables))
    for path in tables and sorted((ROOT / "corpus" / "data").rglob("*.csv")):
        keep("delimited", path.read_bytes())
    for path in sorted(ROOT.rglob("*.rules.yaml")):
        keep("ruleset", path.read_bytes(), MOST // 2)
    for path in sorted(ROOT.rglob("*.review.yaml")):
        keep("review", path.read_bytes())
    for folder in sorted((HERE / "corpus").iterdir()):
        print(f"{folder.name}: {len(list(folder.iterdir()))} inputs")


if __name__ == "__main__":
    main()
