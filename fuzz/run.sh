#!/usr/bin/env bash
# Runs fuzz targets one after another: fuzz/run.sh [SECONDS [TARGET…]], by default all of them for ten minutes each, and
# prints how many inputs each has executed. Needs cargo-fuzz and a nightly toolchain, or the stable one (RUSTC_BOOTSTRAP=1).
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-600}
shift || true
toolchain=()
if rustup toolchain list 2>/dev/null | grep -q '^nightly'; then toolchain=(+nightly); else export RUSTC_BOOTSTRAP=1; fi
# The program is safe Rust: sanitizers would find little and halve the speed.
fuzz() { local verb=$1; shift; cargo "${toolchain[@]}" fuzz "$verb" --sanitizer none "$@"; }

python3 seeds.py
fuzz build
targets=("$@")
((${#targets[@]})) || mapfile -t targets < <(cargo "${toolchain[@]}" fuzz list)
mkdir -p logs
status=0
for target in "${targets[@]}"; do
  # Exit code 70 and the like are findings: the input is kept under artifacts/.
  found=none
  fuzz run "$target" -- -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    >"logs/$target.log" 2>&1 || { found="see logs/$target.log"; status=1; }
  count=$(sed -n 's/^stat::number_of_executed_units: *//p' "logs/$target.log")
  printf '%-10s %10s executions, findings: %s\n' "$target" "${count:-0}" "$found"
done
exit "$status"
