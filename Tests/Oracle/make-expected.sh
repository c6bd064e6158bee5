#!/bin/sh
# Writes sample-data.expected.json, random-calls.tsv.gz, random-contracts.tsv.gz and the what-if files beside this script, after checking the golden amounts and that
# all files agree.
#   make-expected.sh [prices.csv]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
top=$here/../..
prices=${1:-$top/Sources/UsageLog/Prices/prices.csv}
sample=$top/sample-data
python3 "$here/oracle.py" --prices "$prices" --self-test --check-sample "$sample" >&2
python3 "$here/oracle.py" --prices "$prices" "$sample/app-calls.jsonl" "$sample/wrapped-responses.jsonl.gz" "$sample/tracker.jsonl" \
    > "$here/sample-data.expected.json.new"
mv "$here/sample-data.expected.json.new" "$here/sample-data.expected.json"
python3 "$here/oracle.py" --prices "$prices" --random-calls 4000 --seed 1 "$here/random-calls.tsv.gz" >&2
python3 "$here/oracle.py" --prices "$prices" --random-contracts 3000 --seed 1 "$here/random-contracts.tsv"
gzip -9nf "$here/random-contracts.tsv"
python3 "$here/chargeback.py" > "$here/chargeback.expected.json"
python3 "$here/what_if.py" --prices "$prices" "$here/what-if-calls.jsonl.gz" "$here/what-if.expected.json"
