#!/usr/bin/env python3
"""Writes flat JSONL calls for the benchmarks: deterministic, in time order, some 380 bytes each.

    generate.py N [--seed S] [--days 15] [--unique-prompts] [--uuids] > calls.jsonl

Tenants and prompts follow Zipf's law; 1 % of the calls are errors without tokens.
"""
import argparse
import bisect
import itertools
import random
import sys
import uuid

MODELS = ["claude-haiku-4-5-20251001", "claude-sonnet-4-6", "claude-sonnet-5-5", "claude-opus-5-5"]
START = 1_793_491_200_000  # 2026-11-01T00:00:00Z
ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


def zipf(count, exponent=1.1):
    """Cumulative weights of ranks 1…count."""
    return list(itertools.accumulate(1 / rank**exponent for rank in range(1, count + 1)))


def instant(ms):
    day, rest = divmod(ms - START, 86_400_000)
    hour, rest = divmod(rest, 3_600_000)
    minute, rest = divmod(rest, 60_000)
    return "2026-11-%02dT%02d:%02d:%06.3fZ" % (day + 1, hour, minute, rest / 1000)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("n", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--days", type=int, default=15)
    arguments.add_argument("--unique-prompts", action="store_true")
    arguments.add_argument("--uuids", action="store_true")
    options = arguments.parse_args()
    rng = random.Random(options.seed)
    tenants, prompts = zipf(200), zipf(200_000)
    deploys = ["%07x" % rng.getrandbits(28) for _ in range(40)]
    features = ["feature-%02d" % i for i in range(12)]
    step = options.days * 86_400_000 / options.n
    write = sys.stdout.write
    for i in range(options.n):
        r = rng.random
        ms = START + int(i * step + r() * step)
        tenant = bisect.bisect(tenants, r() * tenants[-1])
        if options.unique_prompts and r() < 0.9:
            prompt = rng.getrandbits(64)
        else:
            prompt = (bisect.bisect(prompts, r() * prompts[-1]) * 0x9E3779B97F4A7C15) & (2**64 - 1)
        if options.uuids:
            request = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        else:
            request = "msg_01" + "".join(ALPHABET[rng.getrandbits(6) % 58] for _ in range(22))
        failed = r() < 0.01
        tokens = (0, 0, 0, 0) if failed else (
            int(r() * 4000), int(r() * 2000) if r() < 0.2 else 0, int(r() * 20000), int(r() * 900) + 1)
        write(
            '{"occurred_at":"%s","request_id":"%s","tenant_id":"tenant-%03d","feature":"%s",'
            '"deploy_sha":"%s","model":"%s","prompt_hash":"%016x","input_tokens":%d,'
            '"cache_create_tokens":%d,"cache_read_tokens":%d,"output_tokens":%d,"status_code":%d,'
            '"latency_ms":%d,"service_tier":"standard"}\n'
            % (instant(ms), request, tenant, features[int(r() * 12)],
               deploys[min(39, i * 40 // options.n)], MODELS[int(r() * 4)], prompt, *tokens,
               429 if failed else 200, int(r() * 9000)))


if __name__ == "__main__":
    main()
