#!/usr/bin/env python3
"""Six weeks of an invented company in which two dozen things go wrong, each in a file of its own.

Lumen Desk again (see ../README.md), from 1 July to 14 August 2026. `base.jsonl.gz` is what goes well, and no fault
changes a byte of it. Every other file holds the calls that one fault touches, as they were logged; what the same calls
would have been without it is written to the second folder. So base and one version of each file make a company with any
choice of faults.

    python3 generate.py [FOLDER [FOLDER FOR THE CLEAN VERSIONS]]

The same Python writes the same bytes every time: chance is seeded by feature, and ids are hashes.
"""
import gzip
import json
import sys
from datetime import timezone
from pathlib import Path

from company import *
from faults import *


def with_cache(calls):
    """What each call reads from the cache and writes to it, in the order of time."""
    alive = {}
    for call in sorted(calls, key=lambda call: (call.at, call.name)):
        if call.is_refused:
            continue
        if call.ttl is None:
            call.fresh, call.prefix = call.fresh + call.prefix, 0
            continue
        until, length = alive.get(call.prefix_name, (0, 0))
        call.read = min(length, call.prefix) if call.at < until else 0
        call.write = call.prefix - call.read
        alive[call.prefix_name] = (call.at + (HOUR if call.ttl == "1h" else 5 * MINUTE), call.prefix)
    return calls


def tell(faults):
    """All calls of a company in which these faults happen, in the order of time."""
    calls = []
    for teller in [*WELL, *FAULT_OF]:
        told = teller(FAULT_OF[teller] in faults) if teller in FAULT_OF else teller()
        for n, call in enumerate(told, 1):
            # A call and its faulty version have one name, and so one id.
            call.name = f"{teller.__name__.replace('_', '-')}-{n:05}"
            calls.append(call)
    return sorted(with_cache(strike_single_calls(calls, faults)), key=lambda call: (call.at + call.wait, call.name))


# ---------------------------------------------------------------- the log


def rfc3339(ms):
    text = datetime.fromtimestamp(ms // 1000, timezone.utc).replace(microsecond=ms % 1000 * 1000).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def flat(call):
    """A call in the column names of llm_call; what does not apply is left out."""
    answered = not call.is_refused
    dice = chance_of("latency", call.name)
    first_token = 350 + (call.fresh + call.write) // 40 + call.read // 400 + between(dice, (0, 200))
    latency = first_token + call.output * between(dice, (9, 12)) if answered else 180 + 13 * call.attempt
    geo = None if call.model == HAIKU else call.geo or ("us" if call.tenant == "alder-bank" else "global")
    row = {"occurred_at": rfc3339(call.at + call.wait), "request_id": "req_011C" + digest("id", call.name, length=12),
           "tenant_id": call.tenant, "feature": call.feature, "deploy_sha": call.deploy, "model": call.model, "channel": "anthropic",
           "workspace": ENGINEERING if call.feature in ("code-review", "code-migration") else PRODUCT,
           "prompt_hash": call.prompt or digest("prompt", call.operation), "prefix_hash": digest("prefix", call.prefix_name, length=8),
           "tool_hash": digest("tool", call.operation) if call.tool == "own" else call.tool,
           "session_id": call.session, "user_id": call.user, "agent": call.agent, "operation_id": call.operation, "attempt": call.attempt}
    if answered:
        row |= {"input_tokens": call.fresh, "cache_create_tokens": call.write,
                "cache_create_1h_tokens": call.write if call.ttl == "1h" and call.write else None, "cache_read_tokens": call.read,
                "output_tokens": call.output}
    row |= {"max_tokens": call.max_tokens, "status_code": call.status, "latency_ms": latency}
    if answered:
        row |= {"ttft_ms": first_token, "service_tier": call.tier, "inference_geo": geo, "stop_reason": call.stop, "outcome": call.outcome}
    if call.compaction:
        row["response"] = response(call)
    return {name: value for name, value in row.items() if value is not None}


def response(call):
    """The API's answer where only its iterations tell of the compaction; the row's own counts are the last iteration's."""
    def counted(fresh, write, read, output):
        return {"input_tokens": fresh, "cache_creation_input_tokens": write, "cache_read_input_tokens": read, "output_tokens": output}

    own = counted(call.fresh, call.write, call.read, call.output)
    hidden = {"type": "compaction"} | counted(call.compaction[0], 0, 0, call.compaction[1])
    return {"model": call.model, "usage": own | {"iterations": [hidden, {"type": "message"} | own]}}


def packed(calls):
    text = "".join(json.dumps(flat(call), separators=(",", ":")) + "\n" for call in calls)
    return gzip.compress(text.encode(), 9, mtime=0)


def main():
    here = Path(__file__).resolve().parent
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else here
    clean_folder = Path(sys.argv[2]) if len(sys.argv) > 2 else folder if len(sys.argv) > 1 else here.parent.parent / "Tests/Planted"
    faulty, clean = tell(FAULTS), tell([])
    base = packed(call for call in faulty if call.fault is None)
    assert base == packed(call for call in clean if call.fault is None), "a fault touches calls that are not its own"
    (folder / "base.jsonl.gz").write_bytes(base)
    for fault in FAULTS:
        (folder / f"{fault}.jsonl.gz").write_bytes(packed(call for call in faulty if call.fault == fault))
        (clean_folder / f"{fault}.clean.jsonl.gz").write_bytes(packed(call for call in clean if call.fault == fault))
    print(f"{len(faulty)} calls with {len(FAULTS)} faults, {len(clean)} without, in {folder} and {clean_folder}")


if __name__ == "__main__":
    main()
