// The parts of libcurl's stable C interface that a request needs, so that building needs no headers; the library is
// found at run time (CurlLibrary.swift). Two of its calls take "...", which Swift cannot call through a pointer: these
// functions do. Source: curl.h 7.88, "curl_easy_setopt", "curl_easy_getinfo".
#ifndef CURL_HEADERS_H
#define CURL_HEADERS_H

#include <stddef.h>

typedef int (*forensics_curl_global_init)(long flags);
typedef void *(*forensics_curl_easy_init)(void);
typedef int (*forensics_curl_easy_perform)(void *handle);
typedef void (*forensics_curl_easy_cleanup)(void *handle);
typedef const char *(*forensics_curl_easy_strerror)(int code);
typedef void *(*forensics_curl_slist_append)(void *list, const char *line);
typedef void (*forensics_curl_slist_free_all)(void *list);

// Takes `count` items of `size` bytes; whatever it does not return was not taken, and ends the transfer.
typedef size_t (*forensics_curl_sink)(char *bytes, size_t size, size_t count, void *receiver);

enum {
  FORENSICS_CURL_WRITEDATA = 10001,
  FORENSICS_CURL_URL = 10002,
  FORENSICS_CURL_USERAGENT = 10018,
  FORENSICS_CURL_HTTPHEADER = 10023,
  FORENSICS_CURL_HEADERDATA = 10029,
  FORENSICS_CURL_CAINFO = 10065,
  FORENSICS_CURL_ACCEPT_ENCODING = 10102,
  FORENSICS_CURL_COPYPOSTFIELDS = 10165,
  FORENSICS_CURL_NOPROXY = 10177,
  FORENSICS_CURL_WRITEFUNCTION = 20011,
  FORENSICS_CURL_HEADERFUNCTION = 20079,
  FORENSICS_CURL_POST = 47,
  FORENSICS_CURL_POSTFIELDSIZE = 60,
  FORENSICS_CURL_NOSIGNAL = 99,
  FORENSICS_CURL_TIMEOUT_MS = 155,
  FORENSICS_CURL_CONNECTTIMEOUT_MS = 156,
  FORENSICS_CURL_PROTOCOLS = 181,
  FORENSICS_CURL_RESPONSE_CODE = 0x200002,
};

static inline int forensics_curl_set_long(void *setopt, void *handle, int option, long value) {
  return ((int (*)(void *, int, ...))setopt)(handle, option, value);
}

static inline int forensics_curl_set_pointer(void *setopt, void *handle, int option, const void *value) {
  return ((int (*)(void *, int, ...))setopt)(handle, option, value);
}

static inline int forensics_curl_set_sink(void *setopt, void *handle, int option, forensics_curl_sink sink) {
  return ((int (*)(void *, int, ...))setopt)(handle, option, sink);
}

static inline int forensics_curl_get_long(void *getinfo, void *handle, int info, long *value) {
  return ((int (*)(void *, int, ...))getinfo)(handle, info, value);
}

#endif
