#!/usr/bin/env python3
"""Writes calls for the benchmarks: deterministic, in time order.

    generate.py N [--seed S] [--days 15] [--start-day 0] [--unique-prompts] [--uuids]
                [--format jsonl|csv|wrapped [--prompt-bytes 400]] > calls.jsonl

Tenants and prompts follow Zipf's law, 1 % of the calls are errors without tokens, and now and then a retry
storm sends one prompt some hundred times. With --unique-prompts nine prompts in ten are used once.

Calls are made in chunks, each from a seed of its own: on all cores, with the same bytes on any number of them,
and N calls are the beginning of any longer log of the same density.
"""
import argparse
import bisect
import functools
import itertools
import multiprocessing
import os
import random
import sys
import time
import uuid

MODELS = ["claude-haiku-4-5-20251001", "claude-sonnet-4-6", "claude-sonnet-5-5", "claude-opus-5-5"]
FEATURES = ["feature-%02d" % i for i in range(12)]
START = 1_793_491_200_000  # 2026-11-01T00:00:00Z
DAY = 86_400_000
CHUNK = 50_000
DEPLOY_HOURS = 9
STORM_CHUNKS = 4  # one chunk in so many has a storm
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
BASE58_PAIRS = [a + b for a in BASE58 for b in BASE58]
TEXT = "The ticket was answered yesterday; the customer asks for the invoice as a PDF and for a new address. "


@functools.cache
def zipf(count, exponent=1.1):
    """Cumulative weights of ranks 1…count."""
    return list(itertools.accumulate(1 / rank**exponent for rank in range(1, count + 1)))


DEPLOYS = ["%07x" % random.Random(i).getrandbits(28) for i in range(40)]


@functools.cache
def date(day):
    return time.strftime("%Y-%m-%d", time.gmtime((START + day * DAY) / 1000))


def instant(ms):
    day, rest = divmod(ms - START, DAY)
    hour, rest = divmod(rest, 3_600_000)
    minute, rest = divmod(rest, 60_000)
    return "%sT%02d:%02d:%06.3fZ" % (date(day), hour, minute, rest / 1000)


def text(length):
    return (TEXT * (length // len(TEXT) + 1))[:length]


def jsonl(at, request, tenant, feature, deploy, model, prompt, fresh, written, read, output, status, latency):
    return (
        '{"occurred_at":"%s","request_id":"%s","tenant_id":"%s","feature":"%s","deploy_sha":"%s","model":"%s",'
        '"prompt_hash":"%s","input_tokens":%d,"cache_create_tokens":%d,"cache_read_tokens":%d,'
        '"output_tokens":%d,"status_code":%d,"latency_ms":%d,"service_tier":"standard"}\n'
        % (at, request, tenant, feature, deploy, model, prompt, fresh, written, read, output, status, latency))


def csv(*values):
    return "%s,%s,%s,%s,%s,%s,%s,%d,%d,%d,%d,%d,%d,standard\n" % values


CSV_HEADER = (
    "occurred_at,request_id,tenant_id,feature,deploy_sha,model,prompt_hash,input_tokens,cache_create_tokens,"
    "cache_read_tokens,output_tokens,status_code,latency_ms,service_tier\n")


def wrapped(message, at, request, tenant, feature, deploy, model, prompt, fresh, written, read, output, status,
            latency):
    """The call as a gateway logs it: the request with its message, and the response as the API sent it."""
    if status == 200:
        response = (
            '{"id":"%s","type":"message","role":"assistant","model":"%s","content":[{"type":"text","text":"%s"}],'
            '"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":%d,'
            '"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,"output_tokens":%d,'
            '"service_tier":"standard"}}' % (request, model, TEXT, fresh, written, read, output))
    else:
        response = '{"type":"error","error":{"type":"rate_limit_error","message":"Too many requests."}}'
    return (
        '{"ts":"%s","tenant":"%s","route":"%s","git_sha":"%s","duration_ms":%d,"status":%d,"prompt_hash":"%s",'
        '"request":{"model":"%s","max_tokens":4096,"messages":[{"role":"user","content":"%s"}]},"response":%s,'
        '"headers":{"request-id":"%s"}}\n'
        % (at, tenant, feature, deploy, latency, status, prompt, model, message, response,
           request.replace("msg_", "req_")))


def chunk(number, options):
    """The lines of one chunk's calls."""
    rng = random.Random(options.seed * 1_000_003 + number)
    draw, bits, choices = rng.random, rng.getrandbits, rng.choices
    tenants, prompts = zipf(200), zipf(200_000)
    writers = {"jsonl": jsonl, "csv": csv, "wrapped": functools.partial(wrapped, text(options.prompt_bytes))}
    write = writers[options.format]
    first, last = number * CHUNK, min(options.n, (number + 1) * CHUNK)
    storm_start = first + int(draw() * CHUNK * STORM_CHUNKS)
    storm = range(storm_start, storm_start + 150 + int(draw() * 450))
    stormy = (bits(64), bisect.bisect(tenants, draw() * tenants[-1]))
    lines = []
    for i in range(first, last):
        at = options.start + i * options.step + draw() * options.step
        tenant = bisect.bisect(tenants, draw() * tenants[-1])
        if options.unique_prompts and draw() < 0.9:
            prompt = bits(64)
        else:
            prompt = ((1 + bisect.bisect(prompts, draw() * prompts[-1])) * 0x9E3779B97F4A7C15) & (2**64 - 1)
        if i in storm:
            # Closer together than the other calls of a thin log, and still in order.
            at = options.start + storm.start * options.step + (i - storm.start) * min(options.step, 500)
            prompt, tenant = stormy
        if options.uuids:
            request = str(uuid.UUID(int=bits(128), version=4))
        else:
            request = "msg_01" + "".join(choices(BASE58_PAIRS, k=11))
        failed = draw() < 0.01
        tokens = (0, 0, 0, 0) if failed else (
            int(draw() * 4000), int(draw() * 2000) if draw() < 0.2 else 0, int(draw() * 20000),
            int(draw() * 900) + 1)
        at = int(at)
        lines.append(write(
            instant(at), request, "tenant-%03d" % tenant, FEATURES[int(draw() * 12)],
            DEPLOYS[(at - START) // (DEPLOY_HOURS * 3_600_000) % len(DEPLOYS)], MODELS[int(draw() * 4)],
            "%016x" % prompt, *tokens, 429 if failed else 200, int(draw() * 9000)))
    return "".join(lines)


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("n", type=int)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--days", type=float, default=15)
    arguments.add_argument("--start-day", type=float, default=0)
    arguments.add_argument("--unique-prompts", action="store_true")
    arguments.add_argument("--uuids", action="store_true")
    arguments.add_argument("--format", choices=["jsonl", "csv", "wrapped"], default="jsonl")
    arguments.add_argument("--prompt-bytes", type=int, default=400)
    options = arguments.parse_args()
    options.start = START + options.start_day * DAY
    options.step = options.days * DAY / options.n
    if options.format == "csv":
        sys.stdout.write(CSV_HEADER)
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    with multiprocessing.Pool(cores) as pool:
        for lines in pool.imap(functools.partial(chunk, options=options), range(-(-options.n // CHUNK))):
            sys.stdout.write(lines)


if __name__ == "__main__":
    main()
