#!/bin/sh
# epubcheck.sh BOOK.epub... -- EPUBCheck finds nothing in the books: no error, no warning,
# and nothing to note about what they use.
#
# EPUBCheck is the W3C's own checker.  It comes from Maven Central with what it
# needs (org.w3c:epubcheck, the release below), once, into build/tools/; Java and
# mvn must be there.  Where it cannot be fetched the test fails: it is never skipped.
# Prints TAP.
release=5.3.0
quick='-XX:TieredStopAtLevel=1 -XX:+UseSerialGC' # half the time, where a run is short

root=$(cd "$(dirname "$0")/../.." && pwd) || exit 2
tools=$root/${BUILD:-build}/tools/epubcheck-$release

fetch() {
    mkdir -p "$tools.new" || return 1
    cat >"$tools.new/pom.xml" <<END
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>deckbind</groupId><artifactId>checker</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies><dependency>
    <groupId>org.w3c</groupId><artifactId>epubcheck</artifactId><version>$release</version>
  </dependency></dependencies>
</project>
END
    mvn -q -B -f "$tools.new/pom.xml" \
        org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies \
        -DoutputDirectory="$tools.new/lib" >&2 && mv "$tools.new" "$tools"
}

check() {
    java $quick -cp "$tools/lib/*" com.adobe.epubcheck.tool.Checker -u --failonwarnings "$1" 2>&1
}

[ $# -gt 0 ] || { echo "usage: $0 BOOK.epub..." >&2; exit 2; }
echo "1..$#"
[ -d "$tools" ] || fetch || { echo "Bail out! EPUBCheck $release cannot be fetched"; exit 1; }
check --version | grep -q "$release" || { echo "Bail out! EPUBCheck $release does not run"; exit 1; }

bad=0 number=0
for book; do
    number=$((number + 1))
    if said=$(check "$book") && ! echo "$said" | grep -q '^USAGE'; then
        echo "ok $number - $book"
    else
        echo "not ok $number - $book"
        echo "$said" | grep -E '^[A-Z]+\(|^Messages' | sed 's/^/# /'
        bad=1
    fi
done
exit $bad
