#!/bin/sh
# A tour of the recipes on sample-data: each finds what was planted for it.
set -eu
forensics=$1
FORENSICS_DB=$(mktemp -d)/demo.db
export FORENSICS_DB
trap 'rm -rf "$(dirname "$FORENSICS_DB")"' EXIT

show() {
  printf '\n$ forensics %s\n' "$*"
  "$forensics" "$@"
}

printf '\n# A small company, told in every log format there is. What was passed over or guessed is said below the sums.'
show import sample-data
printf '\n# The same again: nothing is counted twice.'
show import sample-data
printf '\n# Which prompts cost the most? (A retry storm after a deploy.)'
show top-prompts --as-of latest --limit 5
printf '\n# Whose cost changed? (One tenant nearly tripled, one is new, one is gone.)'
show tenant-trend --as-of latest
printf '\n# Where does caching not work? (A deploy broke one feature.)'
show cache-hit-ratio --as-of latest
printf '\n# A summer before: what was out of the ordinary, and which deploys made calls dearer? (docs/recipes.md)'
show spend-anomalies --since 2026-08-01 --until 2026-08-15
show deploy-regressions --since 2026-07-01 --until 2026-08-15
printf '\n# What would it have saved to ask a smaller model for one word?'
show what-if route --from claude-opus-4-8 --to claude-haiku-4-5 --feature sentiment --since 2026-07-01 --until 2026-08-15
printf '\n# Where does the cost that the logs state differ from ours? (No prices for newer models, none for batches.)'
show price-check --as-of latest --since 30d --limit 5
printf '\n# And the calls behind it, down to the log line.'
show calls --as-of latest --feature summarise --limit 3
printf '\n# How did the first line come about? Every rate, and the log line to look at.'
show top-prompts --as-of latest --explain 1
printf '\n# What has no price, and the lines that would give it one.'
show prices unpriced
printf '\n# And before there is a log.'
show estimate --model sonnet-4-6 --input 2500 --output 450 --calls 10000
printf '\n# Every number is SQL.'
show top-prompts --as-of latest --limit 1 --show-sql | head -20
printf '…\n'
