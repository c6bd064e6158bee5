// The part of zlib's stable C interface that reading needs, so that building needs no zlib headers;
// the library itself is found at run time (see GzipInput.swift). Source: zlib.h 1.2, "z_stream".
#ifndef COMPRESSION_HEADERS_H
#define COMPRESSION_HEADERS_H

typedef struct forensics_z_stream {
  const unsigned char *next_in;
  unsigned int avail_in;
  unsigned long total_in;
  unsigned char *next_out;
  unsigned int avail_out;
  unsigned long total_out;
  const char *msg;
  void *state;
  void *zalloc;
  void *zfree;
  void *opaque;
  int data_type;
  unsigned long adler;
  unsigned long reserved;
} forensics_z_stream;

typedef int (*forensics_inflate_init2)(forensics_z_stream *, int window_bits, const char *version, int size);
typedef int (*forensics_inflate)(forensics_z_stream *, int flush);
typedef int (*forensics_inflate_end)(forensics_z_stream *);
typedef int (*forensics_inflate_reset)(forensics_z_stream *);

#endif
