#!/usr/bin/env bash
# Writes the samples of corpus/formats/ that need LibreOffice, after `cargo run --example samples` has written the others: .doc
# and .pdf from the .docx, .xls from the .xlsx. Needs soffice (Debian: libreoffice-writer, libreoffice-calc) and a Chinese font
# (fonts-wqy-zenhei). LibreOffice writes dates into its files, so the bytes differ each time; what they say does not.
set -euo pipefail
cd "$(dirname "$0")/../corpus/formats"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
convert() { soffice "-env:UserInstallation=file://$profile" --headless --convert-to "$@"; }
convert pdf ./*.docx
convert 'doc:MS Word 97' ./*.docx
convert 'xls:MS Excel 97' ./*.xlsx
