# spec.awk -- a chapter of tests/spec, with its results made anew.
#
# A chapter is prose with examples: notes, a line with a dot, and what deckbind
# makes of the notes.  The chapter passes when it comes out as it went in.
#
#     awk -v deckbind=$PWD/build/deckbind -v scratch=build -f tests/spec.awk tests/spec/labels.md
#
# In the notes ␣ stands for a blank at the end of a line and → for a tab.  Behind the word
# "example" may stand "notes", to print all messages, or a line for deckbind.yaml.

function run_deckbind() {
    close(scratch)
    fflush()
    system("cd " folder " && " deckbind " dump " more " note.md 2>&1; rm -f " folder "/deckbind.yaml")
}

BEGIN { folder = scratch; scratch = scratch "/note.md" }
/^```` example/          {
    print; part = "notes"; printf "" > scratch
    said = substr($0, 14)
    more = said == "notes" ? "-v" : ""
    if (said ~ /:/) { print said > (folder "/deckbind.yaml"); close(folder "/deckbind.yaml") }
    next
}
part == "notes" && /^\.$/ { print; run_deckbind(); part = "made"; next }
part == "notes"          { print; gsub(/␣/, " "); gsub(/→/, "\t"); print > scratch; next }
part == "made"           { if (!/^````$/) next; part = "" }
                         { print }
