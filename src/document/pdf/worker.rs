//! The worker process: the program itself, started again to read one PDF, so that a hostile file can exhaust a process
//! that nobody misses.
//!
//! The worker takes the file on its standard input and hands the reading back as one line of JSON on its standard output.
//! The parent bounds its time everywhere; its memory is bounded on Unix by the shell that starts it (`ulimit -v`, which
//! macOS ignores) and not on Windows.

use std::{
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{OnceLock, mpsc},
    thread,
    time::Duration,
};

use serde::{Deserialize, Serialize};

use super::{read_here, reading::Reading, second};
use crate::{document::ReadError, limits};

/// The hidden verb of the worker.
pub const WORKER_VERB: &str = "__read-pdf";

/// The program that reads PDFs.
static WORKER: OnceLock<PathBuf> = OnceLock::new();

/// Names the program that is started to read a PDF: one that calls [`worker_main`] when its first argument is
/// [`WORKER_VERB`]. Until then PDFs are read within the process. Only the first call counts.
pub fn set_worker(program: PathBuf) {
    // A second name would be that of the same program.
    drop(WORKER.set(program));
}

/// The program that reads PDFs, if it is known.
pub(super) fn worker() -> Option<&'static Path> {
    WORKER.get().map(PathBuf::as_path)
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
enum Answer {
    Read(Reading),
    Unknown(String),
    Unsupported(String),
    TooLarge { what: String, bound: u64 },
    Damaged { part: String, reason: String },
    Encrypted,
    Scan { pages: u32 },
    NoText,
    Timeout,
}

impl Answer {
    fn of(result: Result<Reading, ReadError>) -> Self {
        match result {
            Ok(reading) => Self::Read(reading),
            Err(ReadError::Unsupported(what)) => Self::Unsupported(what),
            Err(ReadError::TooLarge { what, bound }) => {
                Self::TooLarge { what: what.to_owned(), bound }
            }
            Err(ReadError::Damaged { part, reason }) => Self::Damaged { part, reason },
            Err(ReadError::Encrypted) => Self::Encrypted,
            Err(ReadError::Scan { pages }) => Self::Scan { pages },
            Err(ReadError::NoText) => Self::NoText,
            Err(ReadError::Timeout { .. }) => Self::Timeout,
            Err(other) => Self::Unknown(other.to_string()),
        }
    }

    fn into_result(self) -> Result<Reading, ReadError> {
        Err(match self {
            Self::Read(reading) => return Ok(reading),
            Self::Unknown(reason) => ReadError::Unknown(reason),
            Self::Unsupported(what) => ReadError::Unsupported(what),
            Self::TooLarge { what, bound } => {
                let known = ["pages", "glyphs", "file"].into_iter().find(|it| **it == what);
                ReadError::TooLarge { what: known.unwrap_or("memory"), bound }
            }
            Self::Damaged { part, reason } => ReadError::Damaged { part, reason },
            Self::Encrypted => ReadError::Encrypted,
            Self::Scan { pages } => ReadError::Scan { pages },
            Self::NoText => ReadError::NoText,
            Self::Timeout => timeout(),
        })
    }
}

const fn timeout() -> ReadError {
    ReadError::Timeout { seconds: limits::MAX_READ_TIME.as_secs() }
}

/// Reads one PDF from the standard input and answers on the standard output: all that the program does when it is started
/// with [`WORKER_VERB`]. Returns the exit code.
#[must_use]
pub fn worker_main() -> u8 {
    let mut bytes = Vec::new();
    let input = std::io::stdin().lock().take(limits::MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    if input.is_err() {
        return 1;
    }
    let mut result = read_here(&bytes, limits::MAX_READ_TIME);
    if matches!(result, Err(ReadError::NoText))
        && let Some(reading) = second::read(&bytes)
    {
        result = Ok(reading);
    }
    let Ok(mut line) = serde_json::to_vec(&Answer::of(result)) else { return 1 };
    // The second reader may have printed something.
    line.insert(0, b'\n');
    let mut output = std::io::stdout().lock();
    let written = output.write_all(&line).and_then(|()| output.flush());
    u8::from(written.is_err())
}

/// Longer than the worker gives itself: it is stopped where it does not stop.
const GRACE: Duration = Duration::from_secs(2);
/// So much of what a dying worker complains about is looked at.
const MOST_COMPLAINTS: u64 = 1 << 16;

/// Has a PDF read by a worker; `None` where it cannot be started.
pub(super) fn read(program: &Path, bytes: &[u8]) -> Option<Result<Reading, ReadError>> {
    let mut child = command(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .ok()?;
    Some(converse(&mut child, bytes))
}

/// Feeds the worker and waits for its answer.
fn converse(child: &mut Child, bytes: &[u8]) -> Result<Reading, ReadError> {
    let (input, output, complaints) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    let answer = thread::scope(|scope| {
        scope.spawn(move || {
            // A worker that has seen enough may close its end.
            drop(input.map(|mut it| it.write_all(bytes)));
        });
        let complaints = scope.spawn(move || drained(complaints, MOST_COMPLAINTS));
        scope.spawn(move || sender.send(drained(output, u64::MAX)));
        let answer = receiver.recv_timeout(limits::MAX_READ_TIME + GRACE);
        // Whatever it is still doing, nobody waits for it; mostly it has ended on its own.
        drop(child.kill());
        (answer, complaints.join().unwrap_or_default())
    });
    drop(child.wait());
    let (Ok(answer), complaints) = answer else { return Err(timeout()) };
    let line = answer.rsplit(|it| *it == b'\n').next().unwrap_or_default();
    match serde_json::from_slice::<Answer>(line) {
        Ok(answer) => answer.into_result(),
        Err(_) if complaints.windows(17).any(|it| it == b"memory allocation") => {
            Err(ReadError::TooLarge { what: "memory", bound: limits::MAX_WORKER_BYTES })
        }
        Err(_) => Err(ReadError::Damaged {
            part: "PDF".to_owned(),
            reason: "the reader did not survive it".to_owned(),
        }),
    }
}

/// All that a pipe brings, of which only the first `most` bytes are kept.
fn drained(pipe: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut kept = Vec::new();
    if let Some(mut pipe) = pipe {
        // What came before a broken pipe is all there is.
        drop(pipe.by_ref().take(most).read_to_end(&mut kept));
        drop(std::io::copy(&mut pipe, &mut std::io::sink()));
    }
    kept
}

/// The worker under a shell that bounds its memory.
#[cfg(unix)]
fn command(program: &Path) -> Command {
    const SCRIPT: &str = r#"ulimit -c 0; ulimit -v "$1"; exec "$0" "$2""#;
    let kilobytes = (limits::MAX_WORKER_BYTES >> 10).to_string();
    let mut command = Command::new("/bin/sh");
    command.arg("-c").arg(SCRIPT).arg(program).arg(kilobytes).arg(WORKER_VERB);
    command
}

/// The worker: this system offers no bound on memory without unsafe code.
#[cfg(not(unix))]
fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(WORKER_VERB);
    command
}
