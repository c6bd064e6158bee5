# Everything a checkout needs. `make demo` and `make test` work on a fresh Debian or Ubuntu that has the
# Swift toolchain, git and make; elsewhere install SQLite's development files yourself.

PREFIX ?= /usr/local
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# No local rpath: nothing lies beside the one binary, and looking there costs 27 system calls a start.
# Workbooks need libxlsxwriter's headers to be built; plain `swift build` leaves them out.
TRAITS := --traits XLSX
RELEASE := swift build -c release --static-swift-stdlib --disable-local-rpath $(TRAITS) --product forensics
BINARY = $(shell $(RELEASE) --show-bin-path)/forensics

.PHONY: setup build demo test lint format install bench bench-full clean

# The system libraries: SQLite with its headers, and those of libxlsxwriter.
setup:
	@if command -v apt-get >/dev/null && \
	  { [ ! -e /usr/include/sqlite3.h ] || [ ! -e /usr/include/xlsxwriter.h ]; }; then \
	  echo "installing libsqlite3-dev and libxlsxwriter-dev"; \
	  $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q libsqlite3-dev libxlsxwriter-dev; \
	fi

build: setup
	$(RELEASE)

# Imports the made-up company of sample-data and asks where its bill comes from.
demo: build
	@sh docs/demo.sh "$(BINARY)"

test: setup
	swift test $(TRAITS)

lint:
	swift format lint --strict --recursive Package.swift Sources Tests

format:
	swift format --in-place --recursive Package.swift Sources Tests

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$(BINARY)" "$(DESTDIR)$(PREFIX)/bin/forensics"

# Beside DuckDB, sqlite-utils and the sqlite3 shell; needs Python 3 and installs them into a folder of its own.
# Everything at a million calls in some minutes; or at ten million in an hour, with TENFOLD=1 up to a hundred.
bench: build
	@python3 Benchmarks/run.py --forensics "$(BINARY)"

bench-full: build
	@python3 Benchmarks/run.py imports ids repeat recipes raw order size growth --forensics "$(BINARY)" \
	  --calls 10000000 $(if $(TENFOLD),--tenfold)

clean:
	swift package clean
