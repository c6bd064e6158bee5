// The parts of zlib's and Zstandard's stable C interfaces that reading needs, so that building needs no headers;
// the libraries are found at run time (GzipInput.swift, ZstdInput.swift). Source: zlib.h 1.2, "z_stream".
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

// The same of Zstandard's stable streaming interface. Source: zstd.h 1.5, "Streaming decompression".
typedef struct forensics_zstd_in {
  const void *src;
  unsigned long size;
  unsigned long pos;
} forensics_zstd_in;

typedef struct forensics_zstd_out {
  void *dst;
  unsigned long size;
  unsigned long pos;
} forensics_zstd_out;

typedef void *(*forensics_zstd_create)(void);
typedef unsigned long (*forensics_zstd_free)(void *stream);
typedef unsigned long (*forensics_zstd_decompress)(void *stream, forensics_zstd_out *, forensics_zstd_in *);
typedef unsigned int (*forensics_zstd_is_error)(unsigned long code);
typedef int (*forensics_zstd_error_code)(unsigned long code);
typedef unsigned long (*forensics_zstd_set_parameter)(void *stream, int parameter, int value);

#endif
