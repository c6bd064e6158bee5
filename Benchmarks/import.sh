#!/bin/sh
# Imports the same generated calls with forensics and its peers, alternately, and prints a table.
#
#   Benchmarks/import.sh FORENSICS [CALLS] [RUNS]
set -eu
forensics=$1
calls=${2:-1000000}
runs=${3:-3}
here=$(dirname "$0")
room=${TMPDIR:-/tmp}/forensics-benchmark
mkdir -p "$room"
if [ ! -x "$room/python/bin/python" ]; then
  python3 -m venv "$room/python"
  "$room/python/bin/pip" install --quiet duckdb sqlite-utils
fi
log=$room/calls-$calls.jsonl
[ -s "$log" ] || python3 "$here/generate.py" "$calls" > "$log"
"$room/python/bin/python" "$here/import.py" "$forensics" "$log" "$room" "$calls" "$runs"
