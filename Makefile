# deckbind -- compiles study notes into Anki decks and EPUB books.
#
# Everything made goes under build/.  `make help` lists the targets.

PREFIX ?= /usr/local
BUILD  ?= build
SAN    ?=# address,undefined or thread
PKGS   := libzip sqlite3 libxml-2.0 zlib libzstd libcyaml yaml-0.1 libutf8proc uchardet jansson libmd duktape

# Draws the cover for shelves, and is opened where there is one to draw; without it that is left
# out, and so it is where threads are watched: those of these libraries cannot be.
PANGO := $(if $(filter thread,$(SAN)),,$(shell pkg-config --exists pangocairo fontconfig 2>/dev/null && echo pangocairo fontconfig))

# They deflate faster than zlib, which does it all where they are missing or emptied.
LIBDEFLATE := $(shell pkg-config --exists libdeflate 2>/dev/null && echo libdeflate)
ISAL       := $(shell pkg-config --exists libisal 2>/dev/null && echo libisal)
PKGS += $(LIBDEFLATE) $(ISAL)

# Each choice of sanitizer and compiler has objects of its own, so switching rebuilds nothing.
comma := ,
OBJ   := $(BUILD)/obj/$(CC)-$(or $(subst $(comma),-,$(SAN)),plain)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wformat=2 -Wcast-qual -Wconversion \
        -Wwrite-strings -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes

# CFLAGS is the user's; what the code cannot do without is added to it.
CFLAGS ?= -O2 -g
override CPPFLAGS += -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PKGS) 2>/dev/null) \
    $(if $(LIBDEFLATE),-DWITH_LIBDEFLATE) $(if $(ISAL),-DWITH_ISAL) \
    $(if $(PANGO),-DWITH_PANGO $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PANGO))))
override CFLAGS   += -std=c17 $(WARN) -fstack-protector-strong \
                     $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
override LDFLAGS  += $(if $(SAN),-fsanitize=$(SAN))

# Optimising across files is worth a quarter of the time; with clang it needs more packages.
# Tests do without, for which objects hold machine code too: there are many to link.
LTO := $(if $(SAN)$(findstring clang,$(CC)),,-flto=auto -ffat-lto-objects)
NO_LTO := $(if $(LTO),-fno-lto)
override CFLAGS += $(LTO)
LDLIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lpthread

# V=1 shows the commands, make -s shows nothing.
Q   := $(if $(V),,@)
SAY := @$(if $(findstring s,$(firstword -$(MAKEFLAGS))),:,echo)

SRC    := $(sort $(shell find src -name '*.c'))
BUILT_IN := $(wildcard styles/*.css src/*/*.js)
LIB    := $(filter-out %/main.o,$(SRC:%.c=$(OBJ)/%.o)) $(OBJ)/built_in.o
UNIT   := $(wildcard tests/unit/test_*.c)
TOOLS  := $(wildcard tests/tools/*.c)

all: $(BUILD)/deckbind ## build the program, then the deck and the book of sources/ (the default)
	$(BUILD)/deckbind build

$(BUILD)/deckbind: $(OBJ)/deckbind
	cp $< $@

$(OBJ)/deckbind: $(OBJ)/src/main.o $(LIB)
	$(SAY) '  LINK $@'
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

# The program as it is where zlib alone deflates, for a test that compares the two.
$(OBJ)/deckbind-zlib: $(OBJ)/src/main.o $(LIB:$(OBJ)/src/base/pack.o=$(OBJ)/zlib/src/base/pack.o)
	$(SAY) '  LINK $@'
	$(Q)$(CC) $(CFLAGS) $(NO_LTO) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(OBJ)/zlib/%.o: override CPPFLAGS += -UWITH_LIBDEFLATE -UWITH_ISAL
$(OBJ)/zlib/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(SAY) '  CC   $< (zlib alone)'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(UNIT:tests/%.c=$(OBJ)/tests/%): $(OBJ)/tests/%: $(OBJ)/tests/%.o $(LIB)
	$(SAY) '  LINK $@'
	$(Q)$(CC) $(CFLAGS) $(NO_LTO) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(TOOLS:tests/%.c=$(OBJ)/tests/%): $(OBJ)/tests/%: $(OBJ)/tests/%.o $(LIB)
	$(SAY) '  LINK $@'
	$(Q)$(CC) $(CFLAGS) $(NO_LTO) $(LDFLAGS) -o $@ $^ $(LDLIBS) $(TOOL_LIBS)
$(OBJ)/tests/tools/against_cmark: TOOL_LIBS := -lcmark # the judge

# The program with the names of its functions, which are gone where they are optimised across files.
$(OBJ)/tests/deckbind: $(OBJ)/src/main.o $(LIB)
	@mkdir -p $(@D)
	$(SAY) '  LINK $@'
	$(Q)$(CC) $(CFLAGS) $(NO_LTO) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(OBJ)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(SAY) '  CC   $<'
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# Style sheets and programs in JavaScript as C arrays: style_NAME or script_NAME, and its _size.
$(OBJ)/built_in.c: $(BUILT_IN)
	@mkdir -p $(@D)
	@for f in $^; do n=$$(basename $$f | sed 's/^\(.*\)\.css/style_\1/; s/^\(.*\)\.js/script_\1/'); \
	    printf '#include <stddef.h>\nextern const char %s[];\nextern const size_t %s_size;\n' $$n $$n; \
	    printf 'const char %s[] = {' $$n; od -An -v -tu1 $$f | sed 's/ \+\([0-9]\)/,\1/g; 1s/^,//'; \
	    printf '};\nconst size_t %s_size = sizeof %s;\n' $$n $$n; done > $@
$(OBJ)/built_in.o: $(OBJ)/built_in.c
	$(Q)$(CC) -O2 -c -o $@ $<

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)

units: $(OBJ)/deckbind $(OBJ)/deckbind-zlib $(UNIT:tests/%.c=$(OBJ)/tests/%) $(TOOLS:tests/%.c=$(OBJ)/tests/%)

# --- setting up ------------------------------------------------------------------

SUDO := $(if $(filter 0,$(shell id -u)),,sudo)
APT  := $(SUDO) env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends

# ISA-L is written for some processors only.
ISAL_PACKAGE   := $(if $(filter amd64 arm64,$(shell dpkg --print-architecture 2>/dev/null)),libisal-dev)
BUILD_PACKAGES := build-essential pkgconf libzip-dev libsqlite3-dev libxml2-dev zlib1g-dev libzstd-dev \
                  libcyaml-dev libyaml-dev libutf8proc-dev libuchardet-dev libjansson-dev libmd-dev \
                  duktape-dev node-prismjs libjs-katex libpango1.0-dev libdeflate-dev $(ISAL_PACKAGE)
CHECK_PACKAGES := libcmocka-dev libcmark-dev clang git python3-venv sqlite3 unzip strace mandoc \
                  util-linux libxml2-utils chromium fonts-noto-cjk mupdf-tools valgrind
BENCH_PACKAGES := cmark-gfm pigz pandoc time zip python3-venv

setup: ## install what the build needs (Debian packages)
	$(SUDO) apt-get update -q
	$(APT) $(BUILD_PACKAGES)

# Everything the tests need: packages, the real Anki, the CommonMark examples, MathJax as Anki has it,
# Ace by DAISY, and what shows books in browsers.
MODULES     := $(BUILD)/tools/node_modules
MATHJAX     := $(MODULES)/mathjax/es5/tex-chtml-full.js
NPM         := commonmark-spec@0.31.2 mathjax@3.2.2 @daisy/ace@1.4.6 foliate-js@1.0.1 epubjs@0.3.93
TOOLS_READY := $(BUILD)/tools/ready
ANKI_READY  := $(BUILD)/anki/ready
check-setup: $(TOOLS_READY) $(ANKI_READY)
$(TOOLS_READY): tests/accept/requirements.txt tests/accept/requirements-old.txt Makefile
	@mkdir -p $(BUILD)/tools
	dpkg -s $(BUILD_PACKAGES) $(CHECK_PACKAGES) >/dev/null 2>&1 || \
	    { $(SUDO) apt-get update -q && $(APT) $(BUILD_PACKAGES) $(CHECK_PACKAGES); }
	command -v mvn >/dev/null || $(APT) maven default-jre-headless
	command -v npm >/dev/null || $(APT) npm
	python3 -m venv $(BUILD)/venv
	$(BUILD)/venv/bin/pip install -q -r tests/accept/requirements.txt
	python3 -m venv $(BUILD)/venv-old
	$(BUILD)/venv-old/bin/pip install -q -r tests/accept/requirements-old.txt
	cd $(BUILD)/tools && npm install --silent --no-audit --no-fund --ignore-scripts --no-save $(NPM)
	touch $@

# Each release of Anki in a folder of its own, named by its number.
$(ANKI_READY): tests/accept/history/releases.txt | $(TOOLS_READY)
	rm -rf $(@D)
	sed -n 's/^anki==\([^ ]*\).*/\1 &/p' $< | while read -r release packages; do \
	    $(BUILD)/venv/bin/pip install -q --target $(@D)/$$release $$packages || exit 1; done
	touch $@

# --- tests -----------------------------------------------------------------------

PYTHON := $(BUILD)/venv/bin/python
JOBS   := -j$(shell nproc)
THREADED := files math spool # the unit tests that start threads
# What Python makes of the tests' modules would not go under build/.
export PYTHONDONTWRITEBYTECODE := 1
export LSAN_OPTIONS := suppressions=$(CURDIR)/tests/leaks.txt:print_suppressions=0
SHARED ?= $(wildcard ../shared)
NOTES  := sources/*.md sources/*.txt sources/*/*.md
COMPILER = compiler $(shell $(CC) -dumpfullversion -dumpversion) $(filter -O% -m%,$(CFLAGS))

# A suite is a name and a command that prints TAP; tests/run.sh runs and counts them.  What
# takes long begins early.
ADDRESS := $(BUILD)/obj/$(CC)-address-undefined
THREAD  := $(BUILD)/obj/$(CC)-thread
SUITES = \
    'books: tests/accept/books.sh $(OBJ)/deckbind $(BUILD)/books $(SHARED)' \
    'products: tests/accept/products.sh $(OBJ)/deckbind $(BUILD)/accept $(SHARED)' \
    'inert: $(PYTHON) tests/accept/inert $(OBJ)/deckbind $(BUILD)/inert $(MATHJAX)' \
    'unit-address: tests/unit.sh $(ADDRESS)/tests/unit' \
    'unit-thread: tests/unit.sh $(THREAD)/tests/unit $(THREADED)' \
    'unit: tests/unit.sh $(OBJ)/tests/unit' \
    'floors: tests/quiet.sh "no room looks up the stairs" tests/floors.sh' \
    'headers: tests/headers.sh $(CC) $(CPPFLAGS) -std=c17 $(WARN)' \
    'laws: tests/laws.sh $(BUILD)/obj/clang-plain' \
    'manual: tests/quiet.sh "the manual page is well-formed" mandoc -T lint -W warning src/deckbind.1' \
    'damage: tests/damage.sh $(OBJ)/deckbind $(ADDRESS)/tests/tools/damage_package 500' \
    'instructions: tests/instructions.py $(OBJ)/tests/deckbind $(BUILD)/instructions "$(COMPILER)"' \
    'spec: tests/spec.sh $(OBJ)/deckbind' \
    'spec-address: tests/spec.sh $(ADDRESS)/deckbind' \
    'commonmark: $(PYTHON) tests/commonmark.py $(MODULES)/commonmark-spec/spec.txt $(OBJ)/tests/tools/markdown 652' \
    'cmark: $(OBJ)/tests/tools/against_cmark 100000 1 $(NOTES)' \
    'soak-address: $(ADDRESS)/tests/tools/soak 20000 1 $(BUILD)/check/soak-note.md $(NOTES)' \
    'book: tests/book.sh $(OBJ)/deckbind' \
    'repro: tests/cli/repro.sh $(OBJ)/deckbind sources' \
    'repro-thread: tests/cli/repro.sh $(THREAD)/deckbind sources' \
    'packing: tests/cli/packing.sh $(OBJ)/deckbind' \
    'rebuild: tests/cli/rebuild.sh $(OBJ)/deckbind' \
    'explain: tests/cli/explain.sh $(OBJ)/deckbind' \
    'diff: tests/cli/diff.sh $(OBJ)/deckbind $(PYTHON)' \
    'diff-address: tests/cli/diff.sh $(ADDRESS)/deckbind $(PYTHON)' \
    'plan: tests/cli/plan.sh $(OBJ)/deckbind' \
    'plan-address: tests/cli/plan.sh $(ADDRESS)/deckbind' \
    'lock: tests/cli/lock.sh $(OBJ)/deckbind' \
    'lock-address: tests/cli/lock.sh $(ADDRESS)/deckbind' \
    'identity: python3 tests/identity.py $(OBJ)/deckbind --runs 2 --rounds 10 sources/*.md sources/*.txt sources/*/*.md' \
    'highlight: tests/cli/highlight.sh $(OBJ)/deckbind' \
    'faults: tests/cli/faults.sh $(OBJ)/deckbind' \
    'history: $(PYTHON) tests/accept/history $(OBJ)/deckbind $(BUILD)/history $(BUILD)/anki' \
    'merge: tests/accept/merge.sh $(OBJ)/deckbind' \
    'retire: tests/accept/retire.sh $(OBJ)/deckbind $(BUILD)/retire' \
    'adopt: $(PYTHON) tests/accept/adopt $(OBJ)/deckbind $(BUILD)/adopt $(BUILD)/anki'
SUITES_ON_NOTES = \
    'perturb: python3 tests/perturb.py $(OBJ)/deckbind sources/*.md sources/*.txt sources/*/*.md $(SHARED)/notes/seeds/*.txt $(SHARED)/notes/public/*__*.md' \
    'identity-notes: python3 tests/identity.py $(OBJ)/deckbind --rounds 6 $(SHARED)/notes/seeds/*.txt $(SHARED)/notes/public/*__*.md' \
    'score: tests/score.sh $(OBJ)/deckbind $(SHARED)/notes' \
    'look: tests/look.sh $(OBJ)/tests/tools/code_lines $(SHARED)/notes' \
    'language: tests/language.sh $(OBJ)/tests/tools/fence_language $(SHARED)/notes'

check: check-setup ## all tests; installs what they need
	$(MAKE) -s $(JOBS) units $(OBJ)/tests/deckbind
	$(MAKE) -s $(JOBS) SAN=address,undefined units
	$(MAKE) -s $(JOBS) SAN=thread $(THREAD)/deckbind $(THREADED:%=$(THREAD)/tests/unit/test_%)
	$(MAKE) -s $(JOBS) CC=clang CFLAGS="-O1 -Werror" $(BUILD)/obj/clang-plain/deckbind
	@tests/run.sh $(BUILD)/check $(SUITES) $(if $(SHARED),$(SUITES_ON_NOTES))

bless: $(OBJ)/deckbind ## write today's results into tests/spec and tests/book; read the diff before you commit
	tests/spec.sh --bless $<
	tests/book.sh --bless $<

instructions: $(OBJ)/tests/deckbind ## write what each stage costs today into tests/instructions.tsv; read the diff
	tests/instructions.py --bless $< $(BUILD)/instructions "$(COMPILER)"

gallery: check-setup $(OBJ)/deckbind ## walls of cards and pages to look at, in build/gallery
	rm -rf $(BUILD)/gallery
	$(OBJ)/deckbind build tests/gallery -o $(BUILD)/gallery --no-lock -q
	$(OBJ)/deckbind build sources -o $(BUILD)/gallery --no-lock --to apkg -q
	$(PYTHON) tests/gallery.py $(BUILD)/gallery $(BUILD)/gallery/*.apkg
	$(PYTHON) tests/gallery_book.py $(BUILD)/gallery $(MODULES) $(BUILD)/gallery/*.epub

score: $(OBJ)/deckbind ## how many entries of labelled notes are found; SHARED=DIR
	@test -d "$(SHARED)/notes" || { echo "make score: set SHARED to a folder that holds notes/"; exit 1; }
	tests/score.sh $< $(SHARED)/notes

PEERS := $(BUILD)/bench/venv/ready
bench: $(OBJ)/deckbind $(PEERS) ## what a build costs beside what others do, in build/bench; SIZES="S M L"
	$(BUILD)/bench/venv/bin/python tests/bench $< $(BUILD)/bench $(or $(SIZES),S M)
$(PEERS): tests/bench/requirements.txt
	dpkg -s $(BENCH_PACKAGES) >/dev/null 2>&1 || $(APT) $(BENCH_PACKAGES)
	python3 -m venv $(@D)
	$(@D)/bin/pip install -q -r $<
	touch $@

hostile: $(OBJ)/deckbind $(OBJ)/tests/tools/builds ## shapes that made others slow, through the whole program; SHARED=DIR has more
	test -x /usr/bin/time && command -v valgrind >/dev/null || $(APT) time valgrind
	python3 tests/hostile/growth.py $(OBJ)/tests/tools/builds $(BUILD)/growth
	python3 tests/hostile $< $(BUILD)/hostile $(wildcard $(SHARED)/bench/gen_hostile.py)

install: $(BUILD)/deckbind ## into $(DESTDIR)$(PREFIX)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 $< $(DESTDIR)$(PREFIX)/bin/deckbind
	install -m 644 src/deckbind.1 $(DESTDIR)$(PREFIX)/share/man/man1/deckbind.1

clean: ## remove build/
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: all units setup check-setup check bless instructions gallery score bench hostile install clean help
.DELETE_ON_ERROR:
.SECONDARY:
