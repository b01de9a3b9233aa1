#!/bin/sh
# damage.sh PROGRAM TOOL COUNT -- packages of each format, damaged COUNT times, do no harm.
#
# TOOL reads them; see tests/tools/damage_package.c.
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
for format in legacy1 legacy2 latest; do
    "$1" build tests/book/small/sources -o "$scratch/$format" --to apkg --format $format --no-lock -q >/dev/null || exit 2
done
cd "$scratch" && "$OLDPWD/$2" "$3" damaged.apkg */sources.apkg
