// The call table at its final size, before anything is built on it: inserts generated calls into the real
// schema (read from migrations/) and reports what a row costs in time and in bytes; --read asks it questions.
//
//   gcc -O2 -Wall -Wextra -o storage Benchmarks/sketch/storage.c -lsqlite3 -lm
//   ./storage --calls 2000000                                 the plan, without sums
//   ./storage --sums --prompt-sums day --db big.db            kept for reading…
//   ./storage --read --db big.db                              …and read (--days 1: that window only)
//
// Calls are generated a batch ahead, outside the clock. Call number i is always the same call.
#include <math.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

// ---------------------------------------------------------------- options

static struct {
  const char *db, *migrations;
  const char *key;          // hour, time: clustered; request, identity: rowid table with a unique index
  const char *ids;          // msg (random order), ordered (by time), uuid (random order)
  const char *index;        // columns or expressions of one more index
  const char *prompt_sums;  // none, day, hour, both
  const char *long_names;   // none, sessions (and users), prompts (as well)
  const char *long_key;     // code (as in the migration); day, hour: the time first
  int64_t calls, batch, repeat, late_day, files, days;
  int64_t page_size, cache_mib, autocheckpoint;
  bool unique_prompts, rolling_deploys, sums, text, unchecked, read;
} option = {
  .db = "storage-sketch.db", .migrations = "migrations", .key = "hour", .ids = "msg", .index = "",
  .prompt_sums = "none", .long_names = "none", .long_key = "code", .calls = 2000000, .batch = 50000, .late_day = -1, .files = 1,
  .page_size = 4096, .cache_mib = 48, .autocheckpoint = 1000,
};

static void read_options(int count, char **words) {
  const struct { const char *name; const char **text; int64_t *number; bool *flag; } known[] = {
    {"--db", &option.db, 0, 0}, {"--migrations", &option.migrations, 0, 0}, {"--key", &option.key, 0, 0},
    {"--ids", &option.ids, 0, 0}, {"--index", &option.index, 0, 0},
    {"--prompt-sums", &option.prompt_sums, 0, 0}, {"--long-names", &option.long_names, 0, 0},
    {"--long-key", &option.long_key, 0, 0},
    {"--calls", 0, &option.calls, 0}, {"--batch", 0, &option.batch, 0}, {"--repeat", 0, &option.repeat, 0},
    {"--late-day", 0, &option.late_day, 0}, {"--files", 0, &option.files, 0},
    {"--page-size", 0, &option.page_size, 0}, {"--cache-mib", 0, &option.cache_mib, 0},
    {"--autocheckpoint", 0, &option.autocheckpoint, 0}, {"--days", 0, &option.days, 0},
    {"--unique-prompts", 0, 0, &option.unique_prompts}, {"--rolling-deploys", 0, 0, &option.rolling_deploys},
    {"--sums", 0, 0, &option.sums}, {"--text", 0, 0, &option.text}, {"--unchecked", 0, 0, &option.unchecked},
    {"--read", 0, 0, &option.read},
  };
  enum { KNOWN = sizeof known / sizeof *known };
  for (int w = 1; w < count; w++) {
    int k = 0;
    while (k < KNOWN && strcmp(words[w], known[k].name) != 0) k++;
    if (k == KNOWN || (!known[k].flag && w + 1 == count)) {
      fprintf(stderr, "storage: cannot use '%s'\n", words[w]);
      exit(64);
    }
    if (known[k].flag) *known[k].flag = true;
    else if (known[k].text) *known[k].text = words[++w];
    else *known[k].number = atoll(words[++w]);
  }
}

static bool is(const char *a, const char *b) { return strcmp(a, b) == 0; }

// ---------------------------------------------------------------- the generator

#define START 1790812800000LL  // 2026-10-01T00:00:00Z
#define HOUR 3600000LL
#define DAY (24 * HOUR)
#define CALLS_A_DAY (10000000 / 15)  // 10 M calls are 15 days; fewer calls are fewer days
#define NONE INT64_MIN

#define FIELDS_IN_USE(X) \
  X(hour) X(identity) X(occurred_at) X(tenant) X(feature) X(deploy) X(model) X(prompt) \
  X(input_tokens) X(cache_create_tokens) X(cache_create_1h_tokens) X(cache_read_tokens) X(output_tokens) \
  X(web_search_requests) X(cost_usd_nanos) X(status_code) X(latency_ms) X(ttft_ms) X(service_tier) \
  X(channel) X(workspace) X(stop_reason) X(session) X(user) X(row_version) X(source) X(source_line)
#define AS_ENUM(name) f_##name,
#define AS_TEXT(name) #name,
enum { FIELDS_IN_USE(AS_ENUM) FIELDS };
static const char *const field_name[] = {FIELDS_IN_USE(AS_TEXT)};

typedef struct {
  int64_t value[FIELDS];
  char request_id[40];
  char prompt[20], session[20], user[20];  // for --text and --long-names
} Call;

static uint64_t mix(uint64_t x) {  // splitmix64
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}
static uint64_t random_state;
static uint64_t draw(void) { return mix(random_state++); }
static int64_t below(int64_t n) { return (int64_t)(draw() % (uint64_t)n); }
static double fraction(void) { return (double)(draw() >> 11) / 9007199254740992.0; }
static int64_t skewed(double low, double high) { return (int64_t)(low * pow(high / low, fraction())); }

// Rank 0, 1, 2 … with weight 1, 1/2, 1/3 …
typedef struct { int count; double *upto; } Zipf;
static Zipf make_zipf(int count) {
  Zipf z = {count, malloc(sizeof(double) * (size_t)count)};
  double total = 0;
  for (int i = 0; i < count; i++) z.upto[i] = total += 1.0 / (i + 1);
  for (int i = 0; i < count; i++) z.upto[i] /= total;
  return z;
}
static int draw_zipf(const Zipf *z) {
  double x = fraction();
  int low = 0, high = z->count - 1;
  while (low < high) {
    int middle = (low + high) / 2;
    if (z->upto[middle] < x) low = middle + 1; else high = middle;
  }
  return low;
}

// Codes of `name`: each dimension has its own range.
enum { TENANT = 1, FEATURE = 201, MODEL = 213, DEPLOY = 217, TIER = 257, CHANNEL = 259, WORKSPACE = 261,
       STOP = 271, NAMES = 275 };
static char name_text[NAMES][44];
static Zipf tenants, features, models, prompts;

static void prepare_generator(void) {
  tenants = make_zipf(200); features = make_zipf(12); models = make_zipf(4); prompts = make_zipf(200000);
  for (int i = 0; i < NAMES; i++) {
    const char *form = i < FEATURE ? "tenant-%03d" : i < MODEL ? "feature-name-%d" : i < DEPLOY ? "claude-model-%d-20260901"
      : i < TIER ? "3f9c0de5a17b%d" : i < CHANNEL ? "standard%d" : i < WORKSPACE ? "anthropic%d"
      : i < STOP ? "wrkspc_01JwQvzr7rXLA5AGx%d" : "end_turn%d";
    snprintf(name_text[i], sizeof name_text[i], form, i);
  }
}

static void write_request_id(char *text, int64_t at) {
  static const char base58[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  uint64_t a = draw(), b = draw(), c = draw();
  if (is(option.ids, "uuid")) {
    sprintf(text, "%08x-%04x-4%03x-a%03x-%012llx", (unsigned)a, (unsigned)(a >> 48), (unsigned)(b & 0xfff),
            (unsigned)(b >> 52), (unsigned long long)(c >> 16));
    return;
  }
  memcpy(text, "msg_01", 7);
  for (int k = 0; k < 22; k++) text[6 + k] = base58[((k < 8 ? a : k < 16 ? b : c) >> (k % 8 * 8) & 0xff) % 58];
  if (is(option.ids, "ordered"))
    for (int k = 7; k >= 0; k--, at /= 58) text[6 + k] = base58[at % 58];
  text[28] = 0;
}

static uint64_t hash_text(const char *text) {
  uint64_t h = 0xcbf29ce484222325ULL;
  for (; *text; text++) h = (h ^ (unsigned char)*text) * 0x100000001b3ULL;
  return mix(h);
}

static void generate(int64_t i, Call *c) {
  random_state = mix((uint64_t)i) ^ 0x5eed;
  int64_t *v = c->value;
  for (int f = 0; f < FIELDS; f++) v[f] = NONE;

  v[f_occurred_at] = START + i * DAY / CALLS_A_DAY + below(2000);
  v[f_hour] = v[f_occurred_at] / HOUR;
  write_request_id(c->request_id, v[f_occurred_at]);
  v[f_identity] = (int64_t)hash_text(c->request_id);

  v[f_tenant] = TENANT + draw_zipf(&tenants);
  v[f_feature] = FEATURE + draw_zipf(&features);
  int model = draw_zipf(&models);
  v[f_model] = MODEL + model;
  // 40 deploys live side by side, or four services with one deploy each that the next one follows.
  v[f_deploy] = DEPLOY + (option.rolling_deploys ? v[f_feature] % 4 * 10 + (i / (CALLS_A_DAY * 3 / 2)) % 10 : below(40));
  if (below(20) != 0) v[f_prompt] = (int64_t)mix(option.unique_prompts && below(10) != 0 ? (uint64_t)i : ~(uint64_t)draw_zipf(&prompts));
  int64_t in_day = i % CALLS_A_DAY - CALLS_A_DAY / 2;
  if (in_day >= 0 && in_day < 600 && in_day % 2 == 0) v[f_prompt] = (int64_t)mix(~(uint64_t)(i / CALLS_A_DAY));  // a storm

  bool failed = below(50) == 0;
  v[f_status_code] = failed ? (below(2) ? 429 : 529) : 200;
  if (!failed) {
    bool writes = below(4) == 0, reads = below(2) == 0;
    v[f_input_tokens] = skewed(20, 20000);
    v[f_cache_create_tokens] = writes ? skewed(1024, 50000) : 0;
    v[f_cache_create_1h_tokens] = writes && below(5) == 0 ? v[f_cache_create_tokens] : 0;
    v[f_cache_read_tokens] = reads ? skewed(1024, 150000) : 0;
    v[f_output_tokens] = skewed(10, 4000);
    v[f_web_search_requests] = 0;
    v[f_cost_usd_nanos] = ((v[f_input_tokens] * 100 + v[f_cache_create_tokens] * 125 + v[f_cache_read_tokens] * 10
                            + v[f_output_tokens] * 500) * (1 + model * 2)) * 10;
    v[f_ttft_ms] = skewed(200, 4000);
    v[f_stop_reason] = STOP + below(4);
  }
  v[f_latency_ms] = skewed(300, 60000);
  v[f_service_tier] = TIER + (below(20) == 0);
  v[f_channel] = CHANNEL + (below(5) == 0);
  v[f_workspace] = WORKSPACE + v[f_feature] % 10;
  v[f_session] = (int64_t)mix((uint64_t)(i / 1280 * 64 + below(64)) ^ 0x5e55105e);  // about 20 calls each
  v[f_user] = (int64_t)mix((uint64_t)below(50000) ^ 0x05e4);
  v[f_row_version] = 31;
  v[f_source] = 1 + i / CALLS_A_DAY;
  v[f_source_line] = 1 + i % CALLS_A_DAY;

  sprintf(c->prompt, "%016llx", (unsigned long long)v[f_prompt]);
  sprintf(c->session, "%016llx", (unsigned long long)v[f_session]);
  sprintf(c->user, "user_%08llx", (unsigned long long)v[f_user] & 0xffffffff);
}

// The call that arrives at a position: in time order, or one day after all others, or file after file,
// each file holding every n-th call of the whole time.
static int64_t call_at(int64_t position) {
  if (position >= option.calls) return position - option.repeat;  // the last ones once more
  if (option.files > 1) {
    int64_t in_file = option.calls / option.files;
    return position % in_file * option.files + position / in_file;
  }
  int64_t late = option.late_day * CALLS_A_DAY;
  if (option.late_day < 0 || position < late) return position;
  if (position < option.calls - CALLS_A_DAY) return position + CALLS_A_DAY;
  return late + position - (option.calls - CALLS_A_DAY);
}

// ---------------------------------------------------------------- SQLite

static sqlite3 *database;

static void fail(const char *doing) {
  fprintf(stderr, "storage: %s: %s\n", doing, sqlite3_errmsg(database));
  exit(1);
}
static void run(const char *sql) {
  if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) fail(sql);
}
static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *s;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &s, 0) != SQLITE_OK) fail(sql);
  return s;
}
static int64_t number(const char *sql) {
  sqlite3_stmt *s = prepare(sql);
  if (sqlite3_step(s) != SQLITE_ROW) fail(sql);
  int64_t n = sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return n;
}
static void run_once(sqlite3_stmt *s, const char *doing) {
  if (sqlite3_step(s) != SQLITE_DONE) fail(doing);
  sqlite3_reset(s);
}

static char *read_migration(const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", option.migrations, name);
  FILE *f = fopen(path, "r");
  if (!f) { perror(path); exit(1); }
  char *text = calloc(1, 65536);
  if (fread(text, 1, 65535, f) == 0) { perror(path); exit(1); }
  fclose(f);
  return text;
}

// Replaces every `old`, and insists that there is one: a changed schema must not be measured as a variant.
static char *replace(char *text, const char *old, const char *new) {
  char *result = calloc(1, 65536 * 2), *out = result;
  if (!strstr(text, old)) { fprintf(stderr, "storage: the migration no longer says '%s'\n", old); exit(1); }
  for (char *hit; (hit = strstr(text, old)); text = hit + strlen(old))
    out += sprintf(out, "%.*s%s", (int)(hit - text), text, new);
  strcpy(out, text);
  return result;
}

static char *without_checks(char *text) {
  for (char *check; (check = strstr(text, " CHECK (")); ) {
    char *end = check + strlen(" CHECK (");
    for (int depth = 1; depth > 0; end++) depth += (*end == '(') - (*end == ')');
    memmove(check, end, strlen(end) + 1);
  }
  return text;
}

static void open_database(void) {
  if (sqlite3_open(option.db, &database) != SQLITE_OK) fail(option.db);
  char pragmas[300];
  snprintf(pragmas, sizeof pragmas, "PRAGMA page_size = %lld; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
           "PRAGMA foreign_keys = OFF; PRAGMA cache_size = -%lld; PRAGMA wal_autocheckpoint = %lld;",
           (long long)option.page_size, (long long)option.cache_mib * 1024, (long long)option.autocheckpoint);
  run(pragmas);
}

static void create_tables(void) {
  const char *primary_key = "PRIMARY KEY (hour, identity)\n) STRICT, WITHOUT ROWID";
  char *call = read_migration("0001-create-call.sql");
  if (is(option.key, "time")) call = replace(call, primary_key, "PRIMARY KEY (occurred_at, identity)\n) STRICT, WITHOUT ROWID");
  if (is(option.key, "request")) call = replace(call, primary_key, "UNIQUE (request_id)\n) STRICT");
  if (is(option.key, "identity")) call = replace(call, primary_key, "UNIQUE (identity)\n) STRICT");
  if (option.text) {
    call = replace(call, "INTEGER REFERENCES name", "TEXT");
    call = replace(call, "INTEGER REFERENCES long_name", "TEXT");
    call = replace(call, "prompt                 INTEGER", "prompt                 TEXT");
  }
  if (!is(option.long_key, "code")) {
    call = replace(call, "code INTEGER PRIMARY KEY,", "time INTEGER NOT NULL, code INTEGER NOT NULL,");
    call = replace(call, "text TEXT NOT NULL CHECK (text <> '')\n) STRICT;", "text TEXT NOT NULL, PRIMARY KEY (time, code)\n) STRICT, WITHOUT ROWID;");
  }
  run(option.unchecked ? without_checks(call) : call);
  run(read_migration("0002-create-import-ledger.sql"));
  run(read_migration("0003-create-usage-sum.sql"));
  run(read_migration("0005-create-llm-call-view.sql"));
  if (*option.index) {
    char sql[300];
    snprintf(sql, sizeof sql, "CREATE INDEX extra ON call (%s)", option.index);
    run(sql);
  }
  sqlite3_stmt *name = prepare("INSERT INTO name VALUES (?, ?)");
  for (int i = 1; i < NAMES; i++) {
    sqlite3_bind_int(name, 1, i);
    sqlite3_bind_text(name, 2, name_text[i], -1, SQLITE_STATIC);
    run_once(name, "name");
  }
  sqlite3_finalize(name);
}

// Every column of the table is a parameter, as in the importer; the fields in use are bound, the rest is NULL.
static int parameter[FIELDS], request_id_parameter;
static sqlite3_stmt *prepare_insert(void) {
  char sql[4096] = "", *out = sql + sprintf(sql, "INSERT INTO call VALUES (");
  sqlite3_stmt *columns = prepare("SELECT name FROM pragma_table_info('call')");
  for (int p = 1; sqlite3_step(columns) == SQLITE_ROW; p++) {
    const char *column = (const char *)sqlite3_column_text(columns, 0);
    for (int f = 0; f < FIELDS; f++) if (is(column, field_name[f])) parameter[f] = p;
    if (is(column, "request_id")) request_id_parameter = p;
    out += sprintf(out, p == 1 ? "?" : ", ?");
  }
  sqlite3_finalize(columns);
  for (int f = 0; f < FIELDS; f++) if (parameter[f] == 0) { fprintf(stderr, "storage: no column %s\n", field_name[f]); exit(1); }
  sprintf(out, ") ON CONFLICT (%s) DO NOTHING", is(option.key, "hour") ? "hour, identity"
          : is(option.key, "time") ? "occurred_at, identity" : is(option.key, "request") ? "request_id" : "identity");
  return prepare(sql);
}

static bool insert(sqlite3_stmt *s, const Call *c) {
  sqlite3_clear_bindings(s);
  for (int f = 0; f < FIELDS; f++) {
    int64_t v = c->value[f];
    if (v == NONE) continue;
    const char *text = 0;
    if (option.text) switch (f) {
      case f_tenant: case f_feature: case f_deploy: case f_model: case f_service_tier: case f_channel:
      case f_workspace: case f_stop_reason: text = name_text[v]; break;
      case f_prompt: text = c->prompt; break;
      case f_session: text = c->session; break;
      case f_user: text = c->user; break;
    }
    if (text) sqlite3_bind_text(s, parameter[f], text, -1, SQLITE_STATIC);
    else sqlite3_bind_int64(s, parameter[f], v);
  }
  sqlite3_bind_text(s, request_id_parameter, c->request_id, -1, SQLITE_STATIC);
  run_once(s, "insert");
  return sqlite3_changes(database) == 1;
}

// ---------------------------------------------------------------- sums, kept by batch

enum { KEYS = 4, MEASURES = 15 };
typedef struct { int64_t key[KEYS], measure[MEASURES]; } Sum;  // key: dimension, grain, bucket, value

static Sum *sums;
static uint32_t *slot;  // index into sums + 1
static size_t sum_count, sum_room, slot_count;

static uint32_t *find_slot(const int64_t *key) {
  uint64_t h = mix((uint64_t)key[3] ^ mix((uint64_t)(key[2] << 16 | key[1] << 8 | key[0])));
  for (;; h++) {
    uint32_t *s = &slot[h & (slot_count - 1)];
    if (*s == 0 || memcmp(sums[*s - 1].key, key, sizeof sums->key) == 0) return s;
  }
}
static void add_to_sum(int64_t dimension, int64_t grain, int64_t bucket, int64_t value, const int64_t *measure) {
  if (sum_count + 1 > sum_room) {
    sum_room = sum_room ? sum_room * 2 : 4096;
    slot_count = sum_room * 2;
    sums = realloc(sums, sum_room * sizeof *sums);
    free(slot);
    slot = calloc(slot_count, sizeof *slot);
    for (size_t i = 0; i < sum_count; i++) *find_slot(sums[i].key) = (uint32_t)i + 1;
  }
  int64_t key[KEYS] = {dimension, grain, bucket, value == NONE ? 0 : value};
  uint32_t *s = find_slot(key);
  if (*s == 0) {
    memcpy(sums[sum_count].key, key, sizeof key);
    memset(sums[sum_count].measure, 0, sizeof sums->measure);
    *s = (uint32_t)++sum_count;
  }
  for (int m = 0; m < MEASURES; m++) sums[*s - 1].measure[m] += measure[m];
}

static void add_call(const Call *c) {
  const int64_t *v = c->value;
#define OR_ZERO(x) ((x) == NONE ? 0 : (x))
  int64_t measure[MEASURES] = {
    1, 0, v[f_cost_usd_nanos] != NONE, 0, v[f_input_tokens] == NONE, v[f_status_code] >= 400,
    OR_ZERO(v[f_input_tokens]), OR_ZERO(v[f_cache_create_tokens]), OR_ZERO(v[f_cache_create_1h_tokens]),
    OR_ZERO(v[f_cache_read_tokens]), OR_ZERO(v[f_output_tokens]), OR_ZERO(v[f_web_search_requests]),
    OR_ZERO(v[f_cost_usd_nanos]), OR_ZERO(v[f_latency_ms]), v[f_latency_ms] != NONE};
  int64_t hour = v[f_hour];
  add_to_sum(0, 1, hour, 0, measure);
  add_to_sum(1, 1, hour, v[f_tenant], measure);
  add_to_sum(2, 1, hour, v[f_feature], measure);
  add_to_sum(3, 1, hour, v[f_model], measure);
  add_to_sum(4, 1, hour, v[f_deploy], measure);
  add_to_sum(6, 1, hour, v[f_channel], measure);
  add_to_sum(7, 1, hour, v[f_workspace], measure);
  if (is(option.prompt_sums, "hour") || is(option.prompt_sums, "both")) add_to_sum(5, 1, hour, v[f_prompt], measure);
  if (is(option.prompt_sums, "day") || is(option.prompt_sums, "both")) add_to_sum(5, 24, hour / 24, v[f_prompt], measure);
}

static int by_key(const void *a, const void *b) {
  for (int k = 0; k < KEYS; k++) {
    int64_t x = ((const Sum *)a)->key[k], y = ((const Sum *)b)->key[k];
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

static void store_sums(sqlite3_stmt *upsert) {
  size_t hourly = sum_count;
  for (size_t i = 0; i < hourly; i++) {
    Sum s = sums[i];
    if (s.key[0] != 5) add_to_sum(s.key[0], 24, s.key[2] / 24, s.key[3], s.measure);
  }
  qsort(sums, sum_count, sizeof *sums, by_key);
  for (size_t i = 0; i < sum_count; i++) {
    for (int k = 0; k < KEYS; k++) sqlite3_bind_int64(upsert, 1 + k, sums[i].key[k]);
    for (int m = 0; m < MEASURES; m++) sqlite3_bind_int64(upsert, 1 + KEYS + m, sums[i].measure[m]);
    run_once(upsert, "upsert");
  }
  sum_count = 0;
  memset(slot, 0, slot_count * sizeof *slot);
}

static sqlite3_stmt *prepare_upsert(void) {
  static const char *const names[MEASURES] = {
    "calls", "extra_calls", "priced_calls", "priced_extra_calls", "calls_without_usage", "errors", "input_tokens",
    "cache_create_tokens", "cache_create_1h_tokens", "cache_read_tokens", "output_tokens", "web_search_requests",
    "cost_usd_nanos", "latency_ms", "latency_calls"};
  char sql[4096], *out = sql + sprintf(sql, "INSERT INTO usage_sum (dimension, grain, bucket, value");
  for (int m = 0; m < MEASURES; m++) out += sprintf(out, ", %s", names[m]);
  out += sprintf(out, ") VALUES (?");
  for (int i = 1; i < KEYS + MEASURES; i++) out += sprintf(out, ", ?");
  out += sprintf(out, ") ON CONFLICT DO UPDATE SET ");
  for (int m = 0; m < MEASURES; m++)
    out += sprintf(out, "%s%s = %s + excluded.%s", m == 0 ? "" : ", ", names[m], names[m], names[m]);
  return prepare(sql);
}

// ---------------------------------------------------------------- long names, each stored when first seen

static uint64_t *seen;
static size_t seen_count, seen_room;
static bool first_time(uint64_t code) {
  if (seen_count * 2 >= seen_room) {
    uint64_t *old = seen;
    size_t old_room = seen_room;
    seen_room = old_room ? old_room * 2 : 1 << 16;
    seen = calloc(seen_room, sizeof *seen);
    seen_count = 0;
    for (size_t i = 0; i < old_room; i++) if (old[i]) first_time(old[i]);
    free(old);
  }
  for (uint64_t h = code;; h++) {
    uint64_t *s = &seen[h & (seen_room - 1)];
    if (*s == code) return false;
    if (*s == 0) { *s = code; seen_count++; return true; }
  }
}
static void store_long_name(sqlite3_stmt *s, int64_t hour, int64_t code, const char *text, int repeat) {
  int64_t time = is(option.long_key, "hour") ? hour : is(option.long_key, "day") ? hour / 24 : 0;
  if (code == NONE || !first_time(mix((uint64_t)time) ^ (uint64_t)code)) return;
  char whole[100] = "";
  while (repeat-- > 0) strcat(whole, text);
  sqlite3_bind_int64(s, 1, code);
  sqlite3_bind_text(s, 2, whole, -1, SQLITE_STATIC);
  if (sqlite3_bind_parameter_count(s) == 3) sqlite3_bind_int64(s, 3, time);
  run_once(s, "long_name");
}

// ---------------------------------------------------------------- clocks and reports

typedef struct { double cpu, wall; } Clock;
static double seconds(clockid_t id) {
  struct timespec t;
  clock_gettime(id, &t);
  return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static Clock now(void) { return (Clock){seconds(CLOCK_PROCESS_CPUTIME_ID), seconds(CLOCK_MONOTONIC)}; }
static void add_since(Clock *sum, Clock start) {
  Clock end = now();
  sum->cpu += end.cpu - start.cpu;
  sum->wall += end.wall - start.wall;
}

static void report_sizes(void) {
  sqlite3_stmt *s = prepare("SELECT name, pageno, pgsize, payload, ncell, unused FROM dbstat WHERE aggregate = TRUE"
                            " AND pgsize > 200000 ORDER BY pgsize DESC");
  while (sqlite3_step(s) == SQLITE_ROW) {
    const char *name = (const char *)sqlite3_column_text(s, 0);
    // Leaf and interior cells of an index tree are its rows; a table tree's interior cells are not, so count.
    char sql[200];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM \"%s\"", name);
    int64_t rows = is(name, "usage_sum") || is(name, "call") || is(name, "long_name") ? number(sql) : sqlite3_column_int64(s, 4);
    double bytes = (double)sqlite3_column_int64(s, 2);
    printf("  %-28s %10lld rows %8.1f MB %7.1f bytes a row (payload %.1f, unused %.1f)\n", name, (long long)rows,
           bytes / 1e6, bytes / (double)rows, (double)sqlite3_column_int64(s, 3) / (double)rows,
           (double)sqlite3_column_int64(s, 5) / (double)rows);
  }
  sqlite3_finalize(s);
  if (!option.sums) return;
  s = prepare("SELECT dimension, grain, count(*), sum(calls), sum(cost_usd_nanos) FROM usage_sum GROUP BY 1, 2");
  while (sqlite3_step(s) == SQLITE_ROW)
    printf("  sum of dimension %lld by %2lld h: %9lld rows, %8.1f calls each, %lld nanos\n",
           (long long)sqlite3_column_int64(s, 0), (long long)sqlite3_column_int64(s, 1), (long long)sqlite3_column_int64(s, 2),
           (double)sqlite3_column_int64(s, 3) / (double)sqlite3_column_int64(s, 2), (long long)sqlite3_column_int64(s, 4));
  sqlite3_finalize(s);
}

static void measure_inserts(void) {
  char side[4096];
  for (const char *const *end = (const char *const[]){"", "-wal", "-shm", 0}; *end; end++) {
    snprintf(side, sizeof side, "%s%s", option.db, *end);
    unlink(side);
  }
  prepare_generator();
  open_database();
  create_tables();
  sqlite3_stmt *call = prepare_insert(), *upsert = prepare_upsert();
  sqlite3_stmt *long_name = prepare(is(option.long_key, "code")
    ? "INSERT INTO long_name (code, text) VALUES (?, ?) ON CONFLICT DO NOTHING"
    : "INSERT INTO long_name (code, text, time) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  Call *batch = malloc(sizeof *batch * (size_t)option.batch);
  bool long_sessions = !is(option.long_names, "none"), long_prompts = is(option.long_names, "prompts");

  Clock all = {0, 0}, rows = {0, 0}, summing = {0, 0}, commit = {0, 0}, whole = {0, 0};
  int64_t inserted = 0, end = option.calls + option.repeat, done = 0;
  printf("     rows | CPU-us a row: row  sums commit   all | wall-us\n");
  for (int64_t from = 0; from < end; from += option.batch) {
    int64_t count = from + option.batch < end ? option.batch : end - from;
    for (int64_t k = 0; k < count; k++) generate(call_at(from + k), &batch[k]);

    Clock start = now(), part = start;
    run("BEGIN IMMEDIATE");
    for (int64_t k = 0; k < count; k++) {
      const Call *c = &batch[k];
      bool fresh = insert(call, c);
      inserted += fresh;
      if (fresh && option.sums) add_call(c);
      if (long_sessions) store_long_name(long_name, c->value[f_hour], c->value[f_session], c->session, 2);
      if (long_sessions) store_long_name(long_name, c->value[f_hour], c->value[f_user], c->user, 1);
      if (long_prompts) store_long_name(long_name, c->value[f_hour], c->value[f_prompt], c->prompt, 4);
    }
    add_since(&rows, part), part = now();
    if (option.sums && sum_count > 0) store_sums(upsert);
    add_since(&summing, part), part = now();
    run("COMMIT");
    add_since(&commit, part);
    add_since(&all, start);
    done += count;
    if (done % 1000000 < option.batch || from + count == end) {
      double n = done % 1000000 < option.batch ? 1e6 : (double)(done % 1000000);
      if (option.batch > 1000000) n = (double)count;
      printf("%9lld | %17.2f %5.2f %6.2f %5.2f | %7.2f\n", (long long)done, rows.cpu * 1e6 / n, summing.cpu * 1e6 / n,
             commit.cpu * 1e6 / n, all.cpu * 1e6 / n, all.wall * 1e6 / n);
      fflush(stdout);
      whole.cpu += all.cpu, whole.wall += all.wall;
      all = rows = summing = commit = (Clock){0, 0};
    }
  }
  Clock start = now(), closing = {0, 0};
  run("PRAGMA wal_checkpoint(TRUNCATE)");
  add_since(&closing, start);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("total: %.2f CPU-us, %.2f wall-us a row; last checkpoint %.2f CPU-s, %.2f s; %lld of %lld inserted;"
         " peak %ld MiB (%.0f of them the batch itself)\n",
         whole.cpu * 1e6 / (double)end, whole.wall * 1e6 / (double)end, closing.cpu, closing.wall, (long long)inserted,
         (long long)end, usage.ru_maxrss / 1024, (double)option.batch * sizeof *batch / 1048576);
  report_sizes();
}

// ---------------------------------------------------------------- reading

// Each question ends in the cost, so that two ways to the same answer can be compared.
#define WINDOW "hour BETWEEN :since / 3600000 AND :until / 3600000 AND occurred_at >= :since AND occurred_at < :until"
#define SUMS(dimension, grain, from, to) "SELECT value, calls, cost_usd_nanos FROM usage_sum" \
  " WHERE dimension = " dimension " AND grain = " grain " AND bucket >= " from " AND bucket < " to
#define RAW(column, from, to) "SELECT COALESCE(" column ", 0), 1, cost_usd_nanos FROM call WHERE hour BETWEEN " from " / 3600000" \
  " AND (" to " - 1) / 3600000 AND occurred_at >= " from " AND occurred_at < " to
#define FIRST_HOUR "((:since + 3599999) / 3600000)"
#define LAST_HOUR "(:until / 3600000)"
#define FIRST_DAY "((:since + 86399999) / 86400000)"
#define LAST_DAY "(:until / 86400000)"
#define DAYS_HOURS_EDGES(dimension, column) "SELECT value, SUM(calls), SUM(cost_usd_nanos) FROM (" \
  SUMS(dimension, "24", FIRST_DAY, LAST_DAY) \
  " UNION ALL " SUMS(dimension, "1", FIRST_HOUR, FIRST_DAY " * 24") \
  " UNION ALL " SUMS(dimension, "1", LAST_DAY " * 24", LAST_HOUR) \
  " UNION ALL " RAW(column, ":since", FIRST_HOUR " * 3600000") \
  " UNION ALL " RAW(column, LAST_HOUR " * 3600000", ":until") ") GROUP BY 1"
#define DAYS_EDGES(dimension, column) "SELECT value, SUM(calls), SUM(cost_usd_nanos) FROM (" \
  SUMS(dimension, "24", FIRST_DAY, LAST_DAY) \
  " UNION ALL " RAW(column, ":since", FIRST_DAY " * 86400000") \
  " UNION ALL " RAW(column, LAST_DAY " * 86400000", ":until") ") GROUP BY 1"
#define TOP "WITH top AS MATERIALIZED (SELECT prompt, SUM(cost_usd_nanos) AS cost FROM call WHERE " WINDOW \
  " AND prompt IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10) "
#define STORM(where) "SELECT COUNT(*), SUM(storm) FROM (SELECT prompt, MAX(occurred_at - earlier <= 300000) AS storm FROM" \
  " (SELECT prompt, occurred_at, lag(occurred_at, 100) OVER (PARTITION BY prompt ORDER BY occurred_at) AS earlier" \
  " FROM call WHERE " where " AND prompt IN (SELECT prompt FROM top)) GROUP BY 1)"

static void ask(const char *label, int64_t days, const char *sql) {
  int64_t until = number("SELECT MAX(occurred_at) FROM call WHERE hour = (SELECT MAX(hour) FROM call)") - 10 * HOUR - 1234567;
  int64_t since = until - days * DAY;
  sqlite3_stmt *s = prepare(sql);
  int p;
  if ((p = sqlite3_bind_parameter_index(s, ":since"))) sqlite3_bind_int64(s, p, since);
  if ((p = sqlite3_bind_parameter_index(s, ":until"))) sqlite3_bind_int64(s, p, until);
  Clock best = {1e9, 1e9}, first = {0, 0};
  int64_t rows = 0, cost = 0;
  for (int turn = 0; turn < 3; turn++) {
    Clock start = now(), spent = {0, 0};
    rows = cost = 0;
    while (sqlite3_step(s) == SQLITE_ROW) rows++, cost += sqlite3_column_int64(s, sqlite3_column_count(s) - 1);
    sqlite3_reset(s);
    add_since(&spent, start);
    if (turn == 0) first = spent;
    if (spent.cpu < best.cpu) best = spent;
    if (spent.cpu > 4) break;
  }
  printf("%-58s %2lld d | %7.0f CPU-ms, %7.0f ms (first %7.0f) | %7lld rows, %lld\n", label, (long long)days, best.cpu * 1e3,
         best.wall * 1e3, first.wall * 1e3, (long long)rows, (long long)cost);
  fflush(stdout);
  sqlite3_finalize(s);
}

static void measure_reads(void) {
  open_database();
  bool day_prompt = number("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'extra' AND sql LIKE '%86400000, prompt%'") > 0;
  for (const int64_t *days = (const int64_t[]){1, 7, 0}; *days; days++) {
    if (option.days && *days != option.days) continue;
    ask("tenant code, from calls", *days, "SELECT tenant, COUNT(*), SUM(cost_usd_nanos) FROM call WHERE " WINDOW " GROUP BY 1");
    ask("tenant text, names after grouping", *days, "SELECT (SELECT text FROM name WHERE id = tenant), n, cost FROM"
        " (SELECT tenant, COUNT(*) AS n, SUM(cost_usd_nanos) AS cost FROM call WHERE " WINDOW " GROUP BY 1)");
    ask("tenant text, name looked up for each call", *days, "SELECT (SELECT text FROM name WHERE id = tenant), COUNT(*),"
        " SUM(cost_usd_nanos) FROM call WHERE " WINDOW " GROUP BY 1");
    ask("tenant text, llm_call, occurred_at only", *days, "SELECT tenant_id, COUNT(*), SUM(cost_usd_nanos) FROM llm_call"
        " WHERE occurred_at >= :since AND occurred_at < :until GROUP BY 1");
    ask("tenant code, from sums and edges", *days, DAYS_HOURS_EDGES("1", "tenant"));
    ask("prompt code, from calls", *days, "SELECT prompt, COUNT(*), SUM(cost_usd_nanos) FROM call WHERE " WINDOW " GROUP BY 1");
    ask("prompt text, looked up for each call", *days, "SELECT COALESCE((SELECT text FROM long_name WHERE code = prompt),"
        " CASE WHEN prompt IS NOT NULL THEN printf('%016x', prompt) END), COUNT(*), SUM(cost_usd_nanos) FROM call WHERE " WINDOW " GROUP BY 1");
    ask("prompt text, ten names after grouping", *days, "SELECT COALESCE((SELECT text FROM long_name WHERE code = prompt),"
        " printf('%016x', prompt)), n, cost FROM (SELECT prompt, COUNT(*) AS n, SUM(cost_usd_nanos) AS cost FROM call WHERE "
        WINDOW " AND prompt IS NOT NULL GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 10)");
    if (number("SELECT EXISTS (SELECT 1 FROM usage_sum WHERE dimension = 5 AND grain = 24)"))
      ask("prompt code, from day sums and edges", *days, DAYS_EDGES("5", "prompt"));
    if (number("SELECT EXISTS (SELECT 1 FROM usage_sum WHERE dimension = 5 AND grain = 1)"))
      ask("prompt code, from day and hour sums and edges", *days, DAYS_HOURS_EDGES("5", "prompt"));
    ask("ten top prompts", *days, TOP "SELECT prompt, cost FROM top");
    ask("ten top prompts, storms by reading the window again", *days, TOP STORM(WINDOW));
    if (day_prompt)
      ask("ten top prompts, storms through the index", *days, TOP STORM("occurred_at / 86400000 IN (WITH RECURSIVE d (day) AS"
          " (SELECT :since / 86400000 UNION ALL SELECT day + 1 FROM d WHERE day < :until / 86400000) SELECT day FROM d)"
          " AND occurred_at >= :since AND occurred_at < :until"));
  }
  if (option.days) return;
  ask("whole table, one sum", 0, "SELECT COUNT(*), SUM(cost_usd_nanos) FROM call");
  ask("whole table, by tenant and day", 0, "SELECT tenant, occurred_at / 86400000, SUM(cost_usd_nanos) FROM call GROUP BY 1, 2");
  ask("whole table, by tenant and day, from sums", 0, "SELECT value, bucket, SUM(cost_usd_nanos) FROM usage_sum"
      " WHERE dimension = 1 AND grain = 24 GROUP BY 1, 2");
  ask("cells of one cube (a day of it)", 1, "SELECT COUNT(*), (SELECT COUNT(*) FROM (SELECT DISTINCT hour, tenant, feature,"
      " model, deploy FROM call WHERE " WINDOW ")) FROM call WHERE " WINDOW);
}

int main(int count, char **words) {
  read_options(count, words);
  if (option.read) measure_reads(); else measure_inserts();
  sqlite3_close(database);
}
