#!/bin/bash
# highlight.sh PROGRAM -- colours of code, and formulas of books: the same however they come
# about, and colours are no more than colours.  Prints TAP.
program=$(realpath "$1")
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
unset SOURCE_DATE_EPOCH DECKBIND_PRISM
status=0 cache=out/.deckbind-cache/answers

check() { # NAME WANT GOT
    if [ "$2" = "$3" ]; then echo "ok - $1"; return; fi
    echo "not ok - $1"
    printf '# want: %s\n# got: %s\n' "$2" "$3"
    status=1
}
build() { "$program" build notes -o out -v "$@" >said 2>&1; echo $?; }
both() { cat out/notes.apkg out/notes.epub | sha256sum; }
fields() { unzip -q -o -d deck out/notes.apkg && sqlite3 deck/collection.anki2 "select flds from notes order by id"; }
said() { grep -c "\[$1\]" said; }
fence() { # LANGUAGE CODE
    printf '## 第 %s 问？\n\n```%s\n%s\n```\n\n' "$RANDOM$RANDOM" "$1" "$2"
}

RANDOM=7
mkdir notes
{
    fence go 'func main() { fmt.Println("甲😀乙") } // 说明'
    fence js 'const a = () => `x ${1 + 2} y`;'
    fence html '<script>var a = 1;</script>'
    fence css 'a { color: red }'
    fence php '<?php echo "a"; ?><b>c</b>'
    fence golang 'x := 1'
    fence Python 'def f(): pass'
} >notes/a.md
{
    fence html '<script>var a = 1;</script>'
    printf '## 公式？\n\n设 $a_1 < b$ 与 $\\frac{a}{b}$ ，又\n\n$$\\sum_{i=1}^n i$$\n\n错的 $a\\nothing$ 与 $\\frac$ 。\n'
} >notes/b.md
check "notes with code build" 0 "$(build)"
cold=$(both)
check "code has colours" yes "$(fields | grep -q '<span class="k">func</span> <span class="f">main</span>' && echo yes)"
check "so has a language under another name" yes "$(fields | grep -q '<span class="k">def</span>' && echo yes)"
check "and one inside of another" 2 "$(fields | grep -c '<span class="k">var</span>')"
check "the book marks keywords" 2 "$(unzip -p out/notes.epub 'EPUB/text/c-*' | grep -c '<b class="k">var</b>')"
check "nothing is said of it" 0 "$(grep -c CODE_ said)"
faults=$(grep -A2 MATH_INVALID said)
check "formulas that cannot be set are told" 2 "$(said MATH_INVALID)"

# --- what was answered before ---------------------------------------------------------

answers=$(sha256sum <$cache)
build >/dev/null
check "with the answers of an earlier build the products are the same" "$cold" "$(both)"
check "and so is what is said" "$faults" "$(grep -A2 MATH_INVALID said)"
check "a formula is read from there" 1 "$(grep -c '<mfrac>' $cache)"
sed -i 's/<mi>a<.mi>/<mi>z<\/mi>/' $cache && build >/dev/null
check "as it stands, where it can be one" yes "$(unzip -p out/notes.epub "EPUB/text/*" | grep -q "<mi>z</mi>" && echo yes)"
rm -r out && build >/dev/null
for damage in 's/ .*/ k9999/' 's/ .*/ <1>2/' 's/ .*/ k/' 's/^./x/' '1s/.*/another file/' '2{h;d};$G' 's/$/k99999999999999999999/' 's/ / k0/'; do
    sed -i "$damage" $cache
    build >/dev/null
    check "and with answers that are none ($damage)" "$cold" "$(both)"
    check "which are put right" "$answers" "$(sha256sum <$cache)"
    rm -r out && build >/dev/null
done
head -c 1000000 /dev/urandom >$cache
build >/dev/null
check "or noise" "$cold" "$(both)"
rm -r out && mkdir -p $cache
check "a folder in their place stops no build" "0 $cold" "$(build) $(both)"
rm -r out/.deckbind-cache && mkdir elsewhere && ln -s ../elsewhere out/.deckbind-cache
check "nor a link that leads elsewhere, where nothing is written" "0 $cold 0" "$(build) $(both) $(ls elsewhere | wc -l)"
rm -r out && mkdir out && echo >out/.deckbind-cache
check "nor a file in place of their folder" "0 $cold" "$(build) $(both)"
rm -r out
echo '![](missing.png)' >>notes/b.md
check "a build that fails" 1 "$(build)"
check "leaves no answers" no "$([ -e out ] && echo yes || echo no)"
sed -i '$d' notes/b.md

# --- what comes first, and how many work ------------------------------------------------

for jobs in 1 2 7; do
    rm -rf out
    build -j $jobs >/dev/null
    check "the products are the same by $jobs threads" "$cold" "$(both)"
done
colours=$(fields | grep -o '<span class="l">.*</script>\|&lt;.*script.*' | head -1)
mv notes/a.md . && rm -r out notes/deckbind.lock && build >/dev/null
check "there are colours to compare" yes "$(echo "$colours" | grep -q 'class="k"' && echo yes)"
check "HTML alone has the colours that it has after JavaScript" "$colours" "$(fields | grep -o '&lt;.*script.*' | head -1)"
mv a.md notes

# --- without ----------------------------------------------------------------------------

rm -r out notes/deckbind.lock && build >/dev/null
cp notes/deckbind.lock with.lock
rm -r out notes/deckbind.lock
check "without Prism notes build" 0 "$(DECKBIND_PRISM=/nowhere build)"
check "with one note" 1 "$(said CODE_PLAIN)"
check "without colours" 0 "$(fields | grep -c 'class="k"')"
check "and with the same lock" "$(sha256sum <with.lock)" "$(sha256sum <notes/deckbind.lock)"
check "and the lock is no other when it is there again" 0 "$(build --locked)"
check "--no-highlight leaves code plain" "0 0" "$(build --no-highlight) $(fields | grep -c 'class="k"')"
check "without a word" 0 "$(said CODE_PLAIN)"
{ printf '## 长的？\n\n```go\n'; yes 'x := 1' | head -n 6000; printf '```\n'; } >notes/c.md
build >/dev/null
check "code too long is plain, with a note" 1 "$(said CODE_REFUSED)"
printf '## 长的？\n\n```js\n%s\n```\n' "$(yes a | head -n 2000 | tr -d '\n')" >notes/c.md
build >/dev/null
check "so is a line too long" 1 "$(said CODE_REFUSED)"
printf '## 重复的？\n\n```lua\n%s\n```\n' "$(yes '[[[[[[' | head -n 1000)" >notes/c.md
build >/dev/null
check "so is what is the same over and over" 1 "$(said CODE_REFUSED)"
printf '## 填空\n\n```go\nfunc {{c1::main}}() {}\n```\n' >notes/c.md
check "gaps stay whole" "0 yes" "$(build) $(fields | grep -q '{{c1::main}}' && echo yes)"
exit $status
