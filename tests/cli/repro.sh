#!/bin/sh
# repro.sh PROGRAM FOLDER -- the same notes are the same bytes in any weather.
#
# The notes of FOLDER are built in other time zones, locales, places and orders, with
# other permissions and numbers of threads.  Prints TAP.
set -u

program=$(realpath "$1") && folder=$(realpath "$2") || exit 2
name=$(basename "$folder")
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cp -a "$folder" "$scratch/$name" && cd "$scratch" || exit 2
unset SOURCE_DATE_EPOCH
count=0 failed=0 outs=0

result() { # WHY-NOT NAME
    count=$((count + 1))
    if [ -z "$1" ]; then
        echo "ok $count - $2"
    else
        failed=$((failed + 1))
        echo "not ok $count - $2"
        echo "# $1"
    fi
}

# Beside a cover stands which fonts there were, and where, and beside what was packed when; that is
# not asked to be the same.
sums() { (cd "$1" && find . -type f ! -name .deckbind-busy ! -name cover ! -name packed -exec sha256sum {} + | sort -k 2); }

# The command, which writes into $out, makes the bytes of $want.
same() { # NAME COMMAND
    outs=$((outs + 1)) out=$scratch/out$outs
    export out program
    sh -c "$2" >log 2>&1 || { result "exit $?: $(tail -n 1 log)" "$1"; return; }
    why=
    [ "$(sums "$out")" = "$want" ] || why="other bytes: $(sums "$out" | cut -c 1-12,65- | tr '\n' ' ')"
    result "$why" "$1"
}

"$program" build "$name" -o first >log 2>&1 || { result "$(tail -n 1 log)" "a first build"; exit 1; }
want=$(sums first)
[ -n "$want" ] || { result "it made nothing" "a first build"; exit 1; }
export name

same "again" '"$program" build "$name" -o "$out"'
same "over old products" 'cp -a first "$out"; "$program" build "$name" -o "$out"'
for threads in 1 2 3 7 64; do
    same "-j $threads" "\"\$program\" build \"\$name\" -o \"\$out\" -j $threads"
done
for zone in UTC Asia/Shanghai America/New_York XYZ+11:30; do
    same "TZ=$zone" "TZ=$zone \"\$program\" build \"\$name\" -o \"\$out\""
done
for locale in C zh_CN.UTF-8 tr_TR.UTF-8 de_DE ja_JP.SJIS nonsense; do
    same "locale $locale" "LANG=$locale LC_ALL=$locale \"\$program\" build \"\$name\" -o \"\$out\""
done
same "no environment" 'env -i "$program" build "$name" -o "$out"'
same "HOME that is not there" 'HOME=/nonexistent TMPDIR=/nonexistent "$program" build "$name" -o "$out"'
same "umask 000" 'umask 000; "$program" build "$name" -o "$out"'
same "umask 077" 'umask 077; "$program" build "$name" -o "$out"'
same "dirty memory" 'MALLOC_PERTURB_=165 MALLOC_ARENA_MAX=1 "$program" build "$name" -o "$out"'
same "an absolute path" '"$program" build "$PWD/$name" -o "$out"'
same "a path with a slash at its end" '"$program" build "$name/" -o "$out"'
same "a path that begins with a dot" '"$program" build "./$name" -o "$out"'
same "from another folder" 'there=$PWD; cd / && "$program" build "${there#/}/$name" -o "$out"'
same "from within" 'cd "$name" && "$program" build . -o "$out"'
same "another output folder" '"$program" build "$name" -o "$out/a/b" && mv "$out"/a/b/* "$out"/a/b/.deckbind-cache "$out" && rm -r "$out/a"'

# A copy whose files were made in another order, at other times, with other modes.
mkdir -p far/away/from/here
(cd "$name" && find . -type f | sort -r) | while read -r file; do
    mkdir -p "far/away/from/here/$name/$(dirname "$file")"
    cp "$name/$file" "far/away/from/here/$name/$file"
    touch -d '2001-02-03 04:05:06' "far/away/from/here/$name/$file"
    chmod 600 "far/away/from/here/$name/$file"
done
same "a copy elsewhere" 'cd far/away/from/here && "$program" build "$name" -o "$out"'

old=$want
SOURCE_DATE_EPOCH=1700000000 "$program" build "$name" -o epoch >log 2>&1
want=$(sums epoch) why=
[ "$want" != "$old" ] || why="the same bytes as without it"
result "$why" "SOURCE_DATE_EPOCH is honoured"
same "SOURCE_DATE_EPOCH in another time zone" \
    'SOURCE_DATE_EPOCH=1700000000 TZ=Asia/Tokyo "$program" build "$name" -o "$out" -j 1'

echo "1..$count"
[ $failed = 0 ]
