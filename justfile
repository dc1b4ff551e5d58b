# What a developer runs. `just` alone lists it.

_default:
    @just --list

# Everything that CI checks, but the licences and the acceptance figures
check:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings
    cargo test

# Rewrites what tests hold to be current (generated pages, compiled samples); `git diff` is the review
bless:
    BLESS=1 UPDATE_DOCS=1 cargo test --no-fail-fast

# Compiles the samples of corpus/ and compares their facts with those written by hand
corpus:
    cargo build --release
    python3 .ci/acceptance.py target/release/chidu

# Measures how fast documents are compiled (docs/performance.md)
bench:
    cargo build --release
    cargo build --release --example bare_clap
    python3 benches/compile.py target/release/chidu target/release/examples/bare_clap
