//! The documents that a command line names: files, and folders in which the readable ones are looked for.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use crate::{
    cli::{Exit, Failure},
    document::ReadError,
    limits,
    source::Source,
};

/// The endings by which documents are found in a folder; a file that is named is read whatever its ending.
const ENDINGS: [&str; 13] =
    ["csv", "doc", "docx", "htm", "html", "md", "pdf", "text", "tsv", "txt", "wps", "xls", "xlsx"];
/// Folders are not followed deeper than this: links may run in circles.
const MAX_FOLDERS: usize = 32;

/// A document to compile, and the name that its ruleset gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    pub(crate) name: String,
}

/// Reads a file's bytes; one that passes the bound is not read at all.
pub(crate) fn open(path: &Path) -> Result<Source, Failure> {
    let failed = |it: &std::io::Error| Failure::unreadable(path, &ReadError::Open(it.to_string()));
    let about = fs::metadata(path).map_err(|it| failed(&it))?;
    if about.len() > limits::MAX_FILE_BYTES {
        let error = ReadError::TooLarge { what: "file", bound: limits::MAX_FILE_BYTES };
        return Err(Failure::unreadable(path, &error));
    }
    let bytes = fs::read(path).map_err(|it| failed(&it))?;
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { name, bytes })
}

/// The documents that some paths name, in their order; those of a folder by name.
pub(crate) fn documents(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut res = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = res.len();
            walk(path, 0, &mut res)?;
            if res.len() == before {
                let failure = Failure::new(Exit::Input, "cli.nothing-in-folder");
                return Err(failure.arg("path", path.display()));
            }
        } else {
            res.push(path.clone());
        }
    }
    Ok(res)
}

fn walk(folder: &Path, depth: usize, res: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let failed = |it: std::io::Error| Failure::unreadable(folder, &ReadError::Open(it.to_string()));
    if depth > MAX_FOLDERS {
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        entries.push(entry.map_err(failed)?.path());
    }
    entries.sort();
    for path in entries.into_iter().filter(|it| !is_hidden(it)) {
        if path.is_dir() {
            walk(&path, depth + 1, res)?;
        } else if is_document(&path) {
            res.push(path);
        }
    }
    Ok(())
}

/// Whether a file is hidden, or the lock that Word lays beside a document that is open.
fn is_hidden(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || name.starts_with("~$")
}

fn is_document(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

/// Gives each document its ruleset's name: the stem of its file, or the one that was asked for.
pub(crate) fn named(paths: Vec<PathBuf>, name: Option<&str>) -> Result<Vec<Input>, Failure> {
    if let Some(name) = name {
        let [path] = paths.as_slice() else {
            return Err(Failure::new(Exit::Usage, "cli.name-for-many").arg("count", paths.len()));
        };
        if name.is_empty() || name.starts_with('.') || name.contains(['/', '\\', ':', '\0']) {
            return Err(Failure::new(Exit::Usage, "cli.bad-name").arg("name", name));
        }
        return Ok(vec![Input { path: path.clone(), name: name.to_owned() }]);
    }
    let named = paths.into_iter().map(|path| {
        let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Input { path, name }
    });
    refuse_twins(named.collect())
}

/// Refuses two documents that would write one file. Systems differ on whether case tells files apart, so it does not.
fn refuse_twins(inputs: Vec<Input>) -> Result<Vec<Input>, Failure> {
    let mut seen: BTreeMap<String, &Input> = BTreeMap::new();
    for input in &inputs {
        if let Some(first) = seen.insert(input.name.to_lowercase(), input) {
            return Err(Failure::new(Exit::Usage, "cli.two-of-one-name")
                .arg("name", &input.name)
                .arg("first", first.path.display())
                .arg("second", input.path.display()));
        }
    }
    Ok(inputs)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(all: &[&str]) -> Vec<PathBuf> {
        all.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn a_name_is_the_stem_of_the_file() {
        let inputs = named(paths(&["a/新河区办法.txt", "b.v2.docx"]), None).unwrap();
        let names: Vec<_> = inputs.iter().map(|it| it.name.as_str()).collect();
        assert_eq!(names, ["新河区办法", "b.v2"]);
    }

    #[test]
    fn two_documents_of_one_name_are_refused() {
        for twins in [["a/x.txt", "b/x.docx"], ["X.txt", "x.md"], ["x.txt", "x.txt"]] {
            let failure = named(paths(&twins), None).unwrap_err();
            assert_eq!(failure.exit, Exit::Usage, "{twins:?}");
        }
    }

    #[test]
    fn a_name_is_for_one_document_and_stays_in_the_folder() {
        assert!(named(paths(&["a.txt", "b.txt"]), Some("n")).is_err());
        for name in ["", "../n", "a\\b", ".n", "c:n"] {
            assert!(named(paths(&["a.txt"]), Some(name)).is_err(), "{name}");
        }
        assert_eq!(named(paths(&["a.txt"]), Some("n.v2")).unwrap()[0].name, "n.v2");
    }

    #[test]
    fn folders_are_searched_by_name_and_locks_left_out() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("b")).unwrap();
        for name in ["c.TXT", "a.docx", "b/d.pdf", "~$a.docx", ".e.txt", "x.rules.yaml", "f.png"] {
            fs::write(folder.path().join(name), "x").unwrap();
        }
        let found = documents(&[folder.path().to_owned()]).unwrap();
        let names: Vec<_> =
            found.iter().map(|it| it.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("a.docx"), Path::new("b/d.pdf"), Path::new("c.TXT")]);
        let empty = tempfile::tempdir().unwrap();
        assert_eq!(documents(&[empty.path().to_owned()]).unwrap_err().exit, Exit::Input);
    }
}
