-- More columns are kept packed: agent, key, region, geography, tier, speed, stop reason, outcome, operation,
-- prefix and tool hash, attempt, max_tokens, source, time to first token. What was packed before lacks them, so
-- it goes; the next import packs the hours anew, and until then they are read from the calls.
DELETE FROM call_column;
DELETE FROM call_part;
