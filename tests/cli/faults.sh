#!/bin/sh
# faults.sh PROGRAM -- what goes wrong is told, and the old products stand.
#
# Bad notes and a failing world, then builds that are killed at every system call
# of the publishing phase and at thirty moments; the lock is one of the files that
# have to be whole, and no deck may be newer than it.  Prints TAP.  Wants strace,
# util-linux, coreutils and python3.
set -u

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
cp "$1" "$scratch/deckbind" || exit 2
cd "$scratch" || exit 2
program=$scratch/deckbind
unset SOURCE_DATE_EPOCH
count=0 failed=0

# --- telling ------------------------------------------------------------------

ok() { # WHY-NOT NAME; an empty WHY-NOT is a pass
    count=$((count + 1))
    if [ -z "$1" ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        echo "# $1"
        [ ! -s stderr ] || sed 's/^/# | /' stderr | head -n 8
    fi
}

skip() { # NAME WHY
    count=$((count + 1))
    echo "ok $count - $1 # SKIP $2"
}

# Of what is kept beside the products, `packed` says when they were written.
sums() { (cd "$1" && find . -type f ! -name .deckbind-busy ! -name packed -exec sha256sum {} + | sort -k 2); }
strays() { find "$1" -name '*deckbind-new*'; }

# The old products in out/ stand, and nothing lies beside them.
stands() {
    [ "$(sums out)" = "$old" ] || echo "the old products changed;"
    [ -z "$(strays out)" ] || echo "left behind: $(strays out);"
}

run() { # COMMAND...; fills stdout, stderr and $got
    timeout -k 1 60 "$@" >stdout 2>stderr </dev/null
    got=$?
}

# COMMAND ends with CODE, says WORDS, and changes nothing.
refused() { # NAME CODE WORDS COMMAND...
    name=$1 code=$2 words=$3
    shift 3
    run "$@"
    why=$(stands)
    [ "$got" = "$code" ] || why="$why exit $got, not $code;"
    grep -qe "$words" stderr || why="$why stderr does not say '$words';"
    ok "$why" "$name"
}

# --- notes ------------------------------------------------------------------

describe() { printf 'title: 面试\nfile_name: book\nidentifier: urn:test:faults\n' >"$1/deckbind.yaml"; }

notes() { # FOLDER WORD
    mkdir -p "$1"
    describe "$1"
    printf '# 一\n\n## 1. 什么是闭包？\n\n函数与它的环境：%s。\n\n## 2. 什么是切片？\n\n数组的窗口。\n' "$2" >"$1/one.md"
}

# Some 100 KiB that hardly deflate.
long_note() {
    awk 'BEGIN { srand(7); for (q = 1; q <= 200; q++) { printf "## %d. 问题 %d 是什么？\n\n", q, q
        for (w = 0; w < 60; w++) printf "%x ", int(rand() * 4294967296); printf "\n\n" } }'
}

# The folder bad/: other notes than those of out/, for the caller to spoil.
fresh() { rm -rf bad; notes bad changed; }

notes good first
run "$program" build good -o out
if [ "$got" != 0 ] || [ ! -s out/book.apkg ] || [ ! -s out/book.epub ]; then
    ok "exit $got, out/: $(ls out)" "good notes are built"
    exit 1
fi
old=$(sums out)
ok "" "good notes are built"

# --- bad input ------------------------------------------------------------------

refused "no such folder" 2 nowhere "$program" build nowhere -o out
refused "no such folder, and no command" 2 nowhere "$program" nowhere -o out
refused "no such option" 2 nonsense "$program" build good -o out --nonsense
refused "no such product" 2 nonsense "$program" build good -o out --to nonsense

run env SOURCE_DATE_EPOCH=yesterday "$program" build good -o dated
why=
[ "$got" = 0 ] || why="exit $got, not 0;"
grep -q 'warning.EPOCH_INVALID.*yesterday' stderr || why="$why it is not told"
ok "$why" "a date that is no number"

mkdir -p empty
refused "a folder without notes" 1 NO_NOTES "$program" build empty -o out

fresh
printf 'author: [x\n' >>bad/deckbind.yaml
refused "bad YAML in the description" 2 'deckbind.yaml:[45]:1: error.CONFIG_INVALID' \
    "$program" build bad -o out
fresh
printf 'titel: x\n' >>bad/deckbind.yaml
refused "a key that the description does not have" 2 'deckbind.yaml:4:1: error.CONFIG_INVALID.*titel' \
    "$program" build bad -o out
fresh
printf 'outputs: epub\n' >>bad/deckbind.yaml
refused "a value of the wrong type" 2 'deckbind.yaml:4:1: error.CONFIG_INVALID' \
    "$program" build bad -o out

fresh
printf '## 1. a?\n\nb \377\376\200\377\n' >bad/two.md
refused "bytes in no encoding" 1 'two.md:3:3: error.TEXT_ENCODING' "$program" build bad -o out

mkdir -p alone
printf '\377\376\200 \377' >alone/one.md
refused "bytes in no encoding, and no other note" 1 'error.TEXT_ENCODING' "$program" build alone -o out
why=
! grep -q EMPTY_BOOK stderr || why="the empty book is told too"
ok "$why" "an error is told once"

fresh
printf '## 1. a?\n\n![b](gone.png)\n' >bad/two.md
refused "a picture that is not there" 1 'two.md:3:.*error.IMAGE_MISSING' \
    "$program" build bad -o out
run "$program" build bad -o keep --keep-going
why=
[ "$got" = 0 ] || why="exit $got, not 0;"
[ -s keep/book.apkg ] && [ -s keep/book.epub ] || why="$why no products;"
grep -q IMAGE_MISSING stderr || why="$why it is not told"
ok "$why" "a picture that is not there, and --keep-going"

fresh
echo 'cover: one.md' >>bad/deckbind.yaml
refused "a cover that is no picture" 1 'error.IMAGE_KIND.*one.md' "$program" build bad -o out
run "$program" build bad -o drawn --keep-going
why=
[ "$got" = 0 ] || why="exit $got, not 0;"
[ -s drawn/book.apkg ] && [ -s drawn/book.epub ] || why="$why no products;"
ok "$why" "a cover that is no picture, and --keep-going"

# An empty file under the name of the library that would draw the cover cannot be opened.
fresh
mkdir none && : >none/libpangocairo-1.0.so.0
run env LD_LIBRARY_PATH=none "$program" build bad -o undrawn
why=
[ "$got" = 0 ] || why="exit $got, not 0;"
unzip -Z1 undrawn/book.epub 2>&1 | grep -q images/cover.svg || why="$why the book has no cover in SVG;"
run env LD_LIBRARY_PATH=none "$program" --version
grep -q 'covers: SVG; no Pango' stdout || why="$why --version tells of Pango"
ok "$why" "a program that cannot open Pango"

fresh
truncate -s 300M bad/huge.md
refused "a note of 300 MiB" 1 'huge.md: error.FILE_TOO_LARGE' "$program" build bad -o out

fresh
mkfifo bad/pipe.md
refused "a pipe for a note" 2 'pipe.md: error.FILE_UNREADABLE' "$program" build bad/pipe.md -o out
run "$program" build bad -o pipes
why=
[ "$got" = 0 ] || why="exit $got, not 0 (124: it hung)"
ok "$why" "a pipe among the notes is passed over"

# A user whom permissions bind, whoever runs this.
user=
[ "$(id -u)" != 0 ] || user='setpriv --reuid=65534 --regid=65534 --clear-groups'
fresh
printf '## 1. a?\n\nb\n' >bad/two.md
chmod 000 bad/two.md
[ -z "$user" ] || chown -R 65534 out bad
refused "a note that may not be read" 2 'two.md: error.FILE_UNREADABLE' \
    $user "$program" build bad -o out
fresh
chmod 555 out
[ -z "$user" ] || chown -R 65534 bad
refused "a folder that may not be written" 2 'out.*error.FILE_UNWRITABLE' \
    $user "$program" build bad -o out
refused "a folder that may not be made" 2 'error.FILE_UNWRITABLE' \
    $user "$program" build bad -o out/below
chmod 755 out
[ -z "$user" ] || chown -R 0 out

# --- a failing world ----------------------------------------------------------

fresh
rm -rf taken
mkdir -p taken/book.epub
cp out/book.apkg taken/
before=$(sums taken)
run "$program" build bad -o taken
why=
[ "$got" = 2 ] || why="exit $got, not 2;"
[ "$(sums taken)" = "$before" ] || why="$why something changed;"
grep -q 'book.epub.*FILE_UNWRITABLE' stderr || why="$why it is not told;"
[ -z "$(strays taken)" ] || why="$why left behind: $(strays taken)"
ok "$why" "a folder where a product should be"

fresh
run "$program" build bad -o both --lock both/book.apkg
why=
[ "$got" = 2 ] || why="exit $got, not 2;"
[ "$(ls both)" = "" ] || why="$why something was written;"
grep -q 'both/book.apkg: error.FILE_UNWRITABLE' stderr || why="$why it is not told"
ok "$why" "a lock in the place of a product"

refused "an output folder that is a file" 2 FILE_UNWRITABLE "$program" build bad -o good/one.md

refused "a folder that another build holds" 2 BUSY \
    flock out/.deckbind-busy "$program" build bad -o out

fresh
long_note >bad/long.md
run "$program" build bad -o large
[ "$got" = 0 ] || ok "exit $got" "a long note is built"
for blocks in 8 32 128; do # of 512 bytes; 8 leave room for the messages
    refused "no file above $blocks blocks" 2 FILE_UNWRITABLE \
        sh -c "ulimit -f $blocks; exec $program build bad -o out"
done

# COMMAND in a name space of its own, where mnt/ is a disk of SIZE KiB that holds out/.
on_disk() { # SIZE COMMAND
    mkdir -p mnt
    run unshare -rm sh -c "mount -t tmpfs -o size=${1}k none mnt && cp -a out mnt/ || exit 99
        $2 >&2; code=\$?; (cd mnt/out && find . -type f ! -name .deckbind-busy ! -name packed -exec sha256sum {} + |
        sort -k 2); exit \$code"
}

large=$(sums large)
if unshare -rm sh -c 'mkdir -p mnt && mount -t tmpfs none mnt' 2>/dev/null; then
    room=$(du -sk out | cut -f 1) # of the old products; the new ones are larger
    more=$(du -sk large | cut -f 1) full=0 fits=0 why=
    for step in 0 1 2 3 4 5 6 7 8 9 10 11 12; do
        on_disk $((room + 4 + step * (more + 16) / 12)) "$program build bad -o mnt/out"
        case $got in
        2) full=$((full + 1)) want=$old; grep -q 'FILE_UNWRITABLE.*space' stderr || why="$why untold;" ;;
        0) fits=$((fits + 1)) want=$large ;;
        *) why="$why step $step: exit $got;" want= ;;
        esac
        [ "$(cat stdout)" = "$want" ] || why="$why step $step: neither old nor new;"
    done
    [ $full -gt 2 ] && [ $fits -gt 0 ] || why="$why full $full times, fits $fits times"
    ok "$why" "a full disk, with room for more and more of the products"
    on_disk 4096 "mount -o remount,ro mnt; $program build bad -o mnt/out"
    why=
    [ "$got" = 2 ] || why="exit $got, not 2;"
    grep -q 'FILE_UNWRITABLE.*ead-only' stderr || why="$why it is not told;"
    [ "$(cat stdout)" = "$old" ] || why="$why something changed"
    ok "$why" "a disk that is read-only"
else
    skip "a full disk" "unshare -rm does not work here"
    skip "a disk that is read-only" "unshare -rm does not work here"
fi

# Descriptors 0 and 2 closed: no message may land in a product that got their number.
fresh
printf '## 1. a?\n\n[b](gone.md) c\n' >bad/two.md
run "$program" build bad -o open
run sh -c "exec $program build bad -o closed <&- 2>&-"
why=
[ "$got" = 0 ] || why="exit $got, not 0;"
[ "$(sums open)" = "$(sums closed)" ] || why="$why other products"
ok "$why" "no standard input and error"
run sh -c "exec $program build bad -o shut <&- >&- 2>&-"
why=
[ "$got" = 2 ] || why="exit $got, not 2;"
[ "$(sums open)" = "$(sums shut)" ] || why="$why other products"
ok "$why" "no standard input, output and error"

fresh
printf '## 1. a?\n\n![b](gone.png)\n' >"bad/$(printf 'x\n::error::y\033[31m\303\251\377').md"
run "$program" build bad -o hostile
why=
[ "$got" = 0 ] || [ "$got" = 1 ] || [ "$got" = 2 ] || why="exit $got;"
[ -s stderr ] || why="$why nothing is told;"
! grep -q "$(printf '\033')" stderr || why="$why an escape is printed as it is;"
! grep -q '^ *::' stderr || why="$why a line of a name is a line of the log"
ok "$why" "a file name that would forge the log"

fresh
mv bad/one.md "bad/$(printf 'one\377').md"
refused "a name that is no UTF-8" 1 'one\\xFF.md: error.NAME_NOT_UTF8' "$program" build bad -o out
fresh
cp -r bad "$(printf 'bad\377')"
rm "$(printf 'bad\377')/deckbind.yaml"
why=
for command in 'build -o spelt' list 'list --json' dump; do
    run "$program" $command "$(printf 'bad\377')"
    [ "$got" = 0 ] || why="$why $command: exit $got;"
done
ok "$why" "a notes folder whose name is no UTF-8"

mkdir -p forged
printf '## ##[error]q %b?\n\nx ##vso[a]\n::error::b\n\n[c](gone.md)\n' '\0342\0200\0256\0302\0233' >forged/::n.md
why=
for command in build list 'list --json' dump 'explain ::n.md'; do
    run sh -c "cd forged && exec $program $command $([ "$command" = 'explain ::n.md' ] || echo ::n.md)"
    ! cat stdout stderr | grep -q '^ *::\|##\[\|##vso\[' || why="$why $command: a command for the build server;"
    ! cat stdout stderr | grep -q "$(printf '\302\233\|\342\200\256')" || why="$why $command: a hidden mark;"
done
ok "$why" "notes that would forge the log"

fresh
awk 'BEGIN { printf "## 1. a?\n\n"; for (i = 0; i < 200000; i++) printf "> "; print "x"
    for (i = 0; i < 200000; i++) printf "["; print "" }' >bad/deep.md
run sh -c "ulimit -s 512; exec $program build bad -o deep"
why=
[ "$got" = 0 ] || why="exit $got, not 0"
ok "$why" "200,000 quotes and brackets on half a MiB of stack"

# --- a large book -----------------------------------------------------------------

# Some 26 MB of notes, too much to hold all that is made of them: it goes through an unnamed file.
large_notes() {
    mkdir -p large
    describe large
    awk 'BEGIN { srand(3); for (f = 1; f <= 120; f++) { file = sprintf("large/%03d.md", f)
        for (q = 1; q <= 40; q++) { printf "## %d.%d 什么是 %x？\n\n", f, q, int(rand() * 1e9) >file
            for (p = 1; p <= 5; p++) { for (w = 0; w < 60; w++) printf "%x 的值与 ", int(rand() * 1e9) >file
                printf "\n\n" >file } } close(file) } }'
}

large() { echo "$program" build large --no-lock --no-highlight "$@"; }

# It runs a command, and prints how many KiB of memory that took.
cat >peak.py <<'EOF'
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
EOF

large_notes
most=$(($(cat large/*.md | wc -c) / 512 + 65536)) # twice their size, and 64 MiB
run python3 peak.py $(large -o big)
why=
[ "$got" = 0 ] || why="exit $got;"
if [ "$(stat -f -c %T .)" != tmpfs ] && python3 -c 'import os; os.open(".", os.O_TMPFILE | os.O_RDWR)' 2>/dev/null; then
    [ "$(cat stdout)" -le $most ] || why="$why it took $(cat stdout) KiB;"
    ok "$why" "a large book is made in less than $most KiB"
    fails() { # CALL ERROR; the same book is made
        run strace -f -o /dev/null -e trace="$1" -e inject="$1:error=$2" $(large -o other)
        why=
        [ "$got" = 0 ] || why="exit $got;"
        [ "$(sums other)" = "$(sums big)" ] || why="$why its bytes are others;"
        ok "$why" "a large book is the same where $1 fails: $2"
    }
    fails ftruncate EFBIG
    fails fstatfs ENOSYS
    fails pwrite64 ENOSPC:when=1
    refused "no room for the deck of a large book" 2 'full' \
        strace -f -o /dev/null -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC $(large -o out --to apkg)
    refused "no room for a large book" 2 'No space left' \
        strace -f -o /dev/null -e trace=pwrite64 -e inject=pwrite64:error=ENOSPC $(large -o out --to epub)
else
    skip "large books in unnamed files" "the file system has none"
fi
rm -rf large big other

# --- killed ---------------------------------------------------------------------

lock_sum() { sha256sum <bad/deckbind.lock 2>&1; }

# out/ holds each product whole, old or new, and so is the lock, which knows the deck that
# is there; then a build makes them all new.
whole() {
    case $(lock_sum) in
    "$new_lock") ;;
    "$old_lock") [ "$(sums out | grep '/book.apkg$')" = "$(echo "$old" | grep '/book.apkg$')" ] || echo "a deck without its lock;" ;;
    *) echo "the lock is neither old nor new;" ;;
    esac
    for product in book.apkg book.epub; do
        sum=$(sha256sum "out/$product" | cut -d ' ' -f 1)
        case "$old $new" in
        *"${sum:-gone}  ./$product"*) ;;
        *) echo "$product is neither old nor new;" ;;
        esac
    done
    for folder in out bad; do # one that is killed while the disk is at work keeps its lock until that is done
        [ ! -e $folder/.deckbind-busy ] || flock -w 10 $folder/.deckbind-busy true
    done
    "$program" build bad -o out >/dev/null 2>&1 || echo "the next build fails;"
    [ "$(sums out) $(lock_sum)" = "$new $new_lock" ] || echo "the next build does not converge;"
    [ -z "$(strays out; strays bad)" ] || echo "the next build leaves $(strays out; strays bad);"
}

restore() { rm -rf out bad/.deckbind* && cp -a saved out && cp saved.lock bad/deckbind.lock; }

# The notes of out/ go on: an answer has changed, and a question is new.
fresh
printf '\n## 3. 什么是通道？\n\n协程之间的管道。\n' >>bad/one.md
rm -rf saved && cp -a out saved && cp good/deckbind.lock saved.lock
export SOURCE_DATE_EPOCH=1800000000 # with a lock a build looks at the clock
restore
old_lock=$(lock_sum)
"$program" build bad -o fresh-out >/dev/null 2>&1
new=$(sums fresh-out) new_lock=$(lock_sum)
restore
[ "$old" != "$new" ] && [ "$old_lock" != "$new_lock" ] || ok "old and new are the same" "the notes of the kill tests differ"

# Every system call from the lock on but the report; strace counts those of one kind.  When the
# products are in their place what is kept beside them follows.
strace -o trace "$program" build bad -o out -j 1 >/dev/null 2>&1
calls=$(awk -F '(' '$1 ~ /^[a-z0-9_]+$/ { seen[$1]++; if ($1 == "flock") on = 1
    if (/^[a-z0-9_]+\(1, /) on = 0
    if (/deckbind-cache/) beside = "beside"
    if (!on) beside = ""
    if (on && $1 !~ /exit|mmap|munmap|brk|futex|execve/) print $1, seen[$1], beside }' trace)
order=$(echo "$calls" | awk '!$3 && $1 ~ /^(fsync|renameat)$/ { print $1 }' | tail -n 6 | tr '\n' ' ')
[ "$order" != "renameat fsync renameat renameat fsync fsync " ] || order=
ok "$order" "the lock is on the disk before the deck is there"
kills=0 whys=
while read -r call nth _; do
    restore
    strace -o /dev/null -e trace="$call" -e inject="$call":signal=SIGKILL:when="$nth" \
        "$program" build bad -o out -j 1 >stdout 2>stderr
    [ $? != 0 ] || whys="$whys $call $nth: it was not killed;"
    why=$(whole)
    [ -z "$why" ] || whys="$whys $call $nth: $why"
    kills=$((kills + 1))
done <<EOF
$calls
EOF
[ $kills -ge 10 ] || whys="$whys only $kills calls were seen"
ok "$whys" "killed at each of the $kills system calls of publishing"

# The same calls failing instead; nothing may be half done, and what is kept beside it is no matter.
whys= errors=0
while read -r call nth beside; do
    case $call in
    openat | write | fsync | close | rename* | flock) ;;
    *) continue ;;
    esac
    restore
    strace -o /dev/null -e trace="$call" -e inject="$call":error=EIO:when="$nth" \
        "$program" build bad -o out -j 1 >stdout 2>stderr
    got=$?
    want=2
    [ -z "$beside" ] || want=0
    [ $got = $want ] || [ "$call" = close ] || whys="$whys $call $nth: exit $got;"
    case "$(sums out) $(lock_sum)" in "$old $old_lock" | "$new $new_lock") ;; *)
        grep -q HALF_PUBLISHED stderr || whys="$whys $call $nth: some were replaced, and it is not told;" ;;
    esac
    why=$(whole)
    [ -z "$why" ] || whys="$whys $call $nth: $why"
    errors=$((errors + 1))
done <<EOF
$calls
EOF
ok "$whys" "an input/output error from each of $errors system calls"

restore
start=$(date +%s%N)
"$program" build bad -o out >/dev/null 2>&1
span=$((($(date +%s%N) - start) / 1000 * 6 / 5)) # in microseconds, and a fifth more
whys= round=0
while [ $round -lt 30 ]; do
    restore
    delay=$((span * round / 30))
    timeout -s KILL "$(printf '%d.%06d' $((delay / 1000000)) $((delay % 1000000 + 1)))" \
        "$program" build bad -o out >stdout 2>stderr
    why=$(whole)
    [ -z "$why" ] || whys="$whys after $delay us: $why"
    round=$((round + 1))
done
ok "$whys" "killed at thirty moments of $span microseconds"

echo "1..$count"
[ $failed = 0 ]
