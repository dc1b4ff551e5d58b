//! Files of every format from the command line: what is shown of them, what is said of those that are not what they seem,
//! and a folder of good and bad ones.
#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by a panic")]
#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use std::{
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;
use tempfile::TempDir;

/// What the program did: exit code, output, messages.
type Run = (i32, String, String);

fn chidu(folder: &Path, args: &[&str]) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chidu"));
    let done = command.current_dir(folder).args(args).env("LC_ALL", "C").output().unwrap();
    let text = |it: Vec<u8>| String::from_utf8(it).unwrap();
    (done.status.code().unwrap(), text(done.stdout), text(done.stderr))
}

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats").join(name)
}

/// A folder with copies of samples under other names.
fn renamed(names: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (from, to) in names {
        fs::copy(sample(from), folder.path().join(to)).unwrap();
    }
    folder
}

/// A Word or Excel file with a password: a compound file around an encrypted package.
fn encrypted() -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for name in ["EncryptionInfo", "EncryptedPackage"] {
        file.create_stream(name).unwrap().write_all(&[7; 4096]).unwrap();
    }
    file.into_inner().into_inner()
}

/// A PDF of one page that is a picture.
fn scan() -> Vec<u8> {
    let objects = [
        "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream",
        "<</Length 28>>stream\nq 595 0 0 842 0 0 cm /P Do Q\nendstream",
        "<</Type/Page/Parent 4 0 R/MediaBox[0 0 595 842]/Contents 2 0 R/Resources<</XObject<</P 1 0 R>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Catalog/Pages 4 0 R>>",
    ];
    let (mut file, mut index) = ("%PDF-1.4\n".to_owned(), "0000000000 65535 f \n".to_owned());
    for (number, object) in (1..).zip(objects) {
        index += &format!("{:010} 00000 n \n", file.len());
        file += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let at = file.len();
    format!("{file}xref\n0 6\n{index}trailer<</Size 6/Root 5 0 R>>\nstartxref\n{at}\n%%EOF\n")
        .into()
}

#[test]
fn a_file_is_what_it_holds() {
    for (from, to, said) in [
        ("05-qingshui-party.xlsx", "a.docx", "Excel"),
        ("05-qingshui-party.xls", "a.doc", "Excel"),
        ("05-qingshui-party.html", "a.doc", "web page"),
        ("05-qingshui-party.html", "a.xls", "web page"),
        ("05-qingshui-party.docx", "a.doc", "Word"),
        ("05-qingshui-party.docx", "a.pdf", "Word"),
        ("05-qingshui-party.doc", "a.docx", "Word 97"),
        ("05-qingshui-party.pdf", "a.txt", "PDF"),
        ("14-xiaohe-petition.utf16le.txt", "a.doc", "text"),
    ] {
        let folder = renamed(&[(from, to)]);
        let (code, out, err) = chidu(folder.path(), &["compile", to, "-o", "out", "--lang", "en"]);
        assert_eq!(code, 0, "{from} as {to}: {err}");
        assert!(err.contains(&format!("the file is called {to}")), "{from} as {to}: {err}");
        assert!(err.contains(said), "{from} as {to}: {err}");
        assert!(out.contains("Indicators"), "{from} as {to}: {out}");
        assert!(folder.path().join("out/a.rules.yaml").exists());
    }
}

#[test]
fn what_cannot_be_read_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let docx = fs::read(sample("05-qingshui-party.docx")).unwrap();
    let cut = docx.get(..docx.len() / 2).unwrap().to_vec();
    for (name, bytes, english, chinese) in [
        ("scan.pdf", scan(), ["is a scan: 1 page", "OCR"], ["是扫描件：1 页图片", "文字识别"]),
        ("locked.docx", encrypted(), ["password", "without the password"], ["密码", "不带密码"]),
        ("locked.xlsx", encrypted(), ["password", "without the password"], ["密码", "不带密码"]),
        ("cut.docx", cut, ["damaged", ""], ["损坏", ""]),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
        for (lang, said) in [("en", english), ("zh", chinese)] {
            let (code, out, err) = chidu(folder.path(), &["compile", name, "--lang", lang]);
            assert_eq!((code, out.as_str()), (3, ""), "{name}: {err}");
            assert!(err.contains(name) && said.iter().all(|it| err.contains(it)), "{name}: {err}");
        }
    }
}

#[test]
fn a_folder_is_read_whole_and_what_failed_is_listed() {
    let mut names = vec![];
    for (at, entry) in fs::read_dir(sample("")).unwrap().enumerate() {
        let from = entry.unwrap().file_name().to_string_lossy().into_owned();
        let (stem, ending) = from.split_once('.').unwrap();
        names.push((from.clone(), format!("{stem}-{at}.{}", ending.rsplit('.').next().unwrap())));
    }
    let pairs: Vec<_> = names.iter().map(|it| (it.0.as_str(), it.1.as_str())).collect();
    let folder = renamed(&pairs);
    let bad =
        [("bad-1.pdf", scan()), ("bad-2.docx", encrypted()), ("bad-3.xls", (0..=255).collect())];
    for (name, bytes) in &bad {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let place = folder.path().to_str().unwrap();
    let (code, _, err) = chidu(folder.path(), &["compile", place, "-o", "out", "--lang", "en"]);
    assert_eq!(code, 3, "{err}");
    let (_, failed) = err.rsplit_once("documents failed").unwrap();
    for ((name, _), why) in bad.iter().zip(["scan", "password", "neither text nor"]) {
        let row = failed.lines().find(|it| it.contains(name));
        assert!(row.is_some_and(|it| it.contains(why)), "{name}: {failed}");
    }
    assert_eq!(failed.lines().filter(|it| it.contains("bad-")).count(), bad.len(), "{failed}");
    assert!(pairs.iter().all(|it| !failed.contains(it.1)), "{failed}");
    assert_eq!(fs::read_dir(folder.path().join("out")).unwrap().count(), pairs.len());
}

/// All places of a document's model.
fn places(model: &Value) -> Vec<&Value> {
    let blocks = model["blocks"].as_array().unwrap().iter();
    let cells = |it: &'_ Value| it["cells"].as_array().cloned().unwrap_or_default().len();
    let mut found = Vec::new();
    for block in blocks {
        found.push(&block["place"]);
        for nth in 0..cells(block) {
            found.push(&block["cells"][nth]["place"]);
        }
    }
    found
}

#[test]
fn inspect_shows_every_format_with_its_places() {
    for entry in fs::read_dir(sample("")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let (code, out, err) = chidu(&sample(""), &["inspect", name, "--lang", "zh"]);
        assert_eq!(code, 0, "{name}: {err}");
        let (code, json, _) = chidu(&sample(""), &["inspect", name, "--format", "json"]);
        assert_eq!(code, 0);
        let model: Value = serde_json::from_str(&json).unwrap();
        let is_paged = name.ends_with("pdf");
        assert_eq!(model["pages"].is_u64(), is_paged, "{name}");
        let tables: Vec<_> =
            model["blocks"].as_array().unwrap().iter().filter(|it| it["kind"] == "table").collect();
        for (nth, table) in tables.iter().enumerate() {
            assert_eq!(table["place"]["table"], nth + 1, "{name}");
            for cell in table["cells"].as_array().unwrap() {
                assert_eq!(cell["place"]["row"].as_u64(), cell["row"].as_u64().map(|it| it + 1));
                assert_eq!(
                    cell["place"]["column"].as_u64(),
                    cell["column"].as_u64().map(|it| it + 1)
                );
            }
        }
        assert!(places(&model).iter().all(|it| it["page"].is_u64() == is_paged), "{name}");
        assert_eq!(out.contains("第2页"), is_paged, "{name}: {out}");
        assert_eq!(out.contains("表1"), !tables.is_empty(), "{name}: {out}");
    }
}

#[test]
fn the_scan_that_is_at_hand_is_called_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/documents/000-scan.pdf");
    if !path.exists() {
        println!("skipped: {} is absent", path.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let args = ["compile", path.to_str().unwrap(), "--lang", "en"];
    let (code, _, err) = chidu(folder.path(), &args);
    assert!(code == 3 && err.contains("the file is a scan: 8 pages"), "{err}");
}
