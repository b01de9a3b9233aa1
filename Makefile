# deckbind -- compiles study notes into Anki decks and EPUB books.
#
# Everything made goes under build/.  `make help` lists the targets.

PREFIX ?= /usr/local
BUILD  ?= build
SAN    ?=# address,undefined or thread
PKGS   := libzip sqlite3 libxml-2.0 zlib libcyaml yaml-0.1 libutf8proc uchardet jansson libmd

# Each choice of sanitizer and compiler has objects of its own, so switching rebuilds nothing.
comma := ,
OBJ   := $(BUILD)/obj/$(CC)-$(or $(subst $(comma),-,$(SAN)),plain)

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wundef -Wformat=2 -Wcast-qual -Wconversion \
        -Wwrite-strings -Wpointer-arith -Wstrict-prototypes -Wmissing-prototypes

# CFLAGS is the user's; what the code cannot do without is added to it.
CFLAGS ?= -O2 -g
override CPPFLAGS += -Isrc -D_GNU_SOURCE $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
override CFLAGS   += -std=c17 $(WARN) -fstack-protector-strong \
                     $(if $(SAN),-fsanitize=$(SAN) -fno-sanitize-recover=all -fno-omit-frame-pointer)
override LDFLAGS  += $(if $(SAN),-fsanitize=$(SAN))
LDLIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lpthread

SRC    := $(sort $(shell find src -name '*.c'))
STYLES := $(OBJ)/styles.o
LIB    := $(filter-out %/main.o,$(SRC:%.c=$(OBJ)/%.o)) $(STYLES)
UNIT   := $(wildcard tests/unit/test_*.c)
TOOLS  := $(wildcard tests/tools/*.c)

all: $(BUILD)/deckbind ## build the program, then the deck and the book of sources/ (the default)
	$(BUILD)/deckbind build

$(BUILD)/deckbind: $(OBJ)/deckbind
	cp $< $@

$(OBJ)/deckbind: $(OBJ)/src/main.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(UNIT:tests/%.c=$(OBJ)/tests/%): $(OBJ)/tests/%: $(OBJ)/tests/%.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS) -lcmocka

$(TOOLS:tests/%.c=$(OBJ)/tests/%): $(OBJ)/tests/%: $(OBJ)/tests/%.o $(LIB)
	$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(OBJ)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

# The style sheets as C arrays: style_NAME and style_NAME_size.
$(OBJ)/styles.c: $(wildcard styles/*.css)
	@mkdir -p $(@D)
	@for f in $^; do n=$$(basename $$f .css); \
	    printf '#include <stddef.h>\nextern const char style_%s[];\nextern const size_t style_%s_size;\n' $$n $$n; \
	    printf 'const char style_%s[] = {' $$n; od -An -v -tu1 $$f | sed 's/ \+\([0-9]\)/,\1/g; 1s/^,//'; \
	    printf '};\nconst size_t style_%s_size = sizeof style_%s;\n' $$n $$n; done > $@
$(STYLES): $(OBJ)/styles.c
	$(CC) -O2 -c -o $@ $<

-include $(shell find $(OBJ) -name '*.d' 2>/dev/null)

units: $(OBJ)/deckbind $(UNIT:tests/%.c=$(OBJ)/tests/%) $(TOOLS:tests/%.c=$(OBJ)/tests/%)

clean: ## remove build/
	rm -rf $(BUILD)

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: all units clean help
.DELETE_ON_ERROR:
.SECONDARY:
