//! The worker process: it gives what a reading within the process gives, and may die without harm.

use std::{
    io::Write as _,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use chidu::{
    diagnostic::Findings,
    document::{ReadError, from_source, pdf},
    source::Source,
};

use super::{paper::*, try_read};

fn read_by_worker(bytes: Vec<u8>) -> Result<(String, Vec<String>), ReadError> {
    pdf::set_worker(env!("CARGO_BIN_EXE_chidu").into());
    let mut findings = Findings::default();
    let source = Source { name: "notice.pdf".to_owned(), bytes };
    let document = from_source::read(&source, &mut findings)?;
    let shown = serde_json::to_string(&document).unwrap();
    Ok((shown, findings.iter().map(|it| it.code.clone()).collect()))
}

fn sample() -> Sheet {
    let mut sheet = a4();
    sheet.text(250, 150, 14, "考核细则");
    sheet.table(&[70, 130, 520], &[180, 200, 230], &[&["序号", "内容"], &["1", "迟到的扣1分。"]]);
    sheet
}

#[test]
fn a_worker_reads_the_same() {
    let file = pdf(&[sample(), a4()]).into_iter().chain(*b"\n").collect::<Vec<u8>>();
    let (document, findings) = try_read(file.clone(), Duration::from_secs(20)).unwrap();
    let shown = serde_json::to_string(&document).unwrap();
    assert_eq!(read_by_worker(file).unwrap(), (shown, findings));
}

#[test]
fn a_worker_hands_errors_over() {
    assert_eq!(read_by_worker(pdf(&[a4()])).unwrap_err(), ReadError::NoText);
    assert!(matches!(read_by_worker(b"%PDF-1.7".to_vec()), Err(ReadError::Damaged { .. })));
}

#[test]
fn a_worker_without_input_answers() {
    let mut worker = Command::new(env!("CARGO_BIN_EXE_chidu"))
        .arg(pdf::WORKER_VERB)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    worker.stdin.take().unwrap().write_all(b"").unwrap();
    let output = worker.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(String::from_utf8(output.stdout).unwrap().contains("Damaged"));
}

#[cfg(unix)]
#[test]
fn a_bomb_kills_the_worker_only() {
    // A run of this byte is itself the code of sixty-four times as many; behind it, the ends of the four codes.
    let mut run = vec![0x81; 1000];
    run.extend([4, 2, 0, 128, 128, 128, 128]);
    let mut objects = Objects::default();
    let filters = "/RunLengthDecode".repeat(4);
    let bomb = objects.stream(&format!("/Filter[{filters}]"), &run);
    let page = objects.add(format!("<</Type/Page/MediaBox[0 0 595 842]/Contents {bomb} 0 R>>"));
    let tree = objects.add(format!("<</Type/Pages/Kids[{page} 0 R]/Count 1>>"));
    let start = Instant::now();
    let refused = read_by_worker(objects.finish(tree, "")).unwrap_err();
    assert_eq!(refused, ReadError::TooLarge { what: "memory", bound: 2 << 30 });
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
}
