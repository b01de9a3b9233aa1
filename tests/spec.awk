# spec.awk -- a chapter of tests/spec, with its results made anew.
#
# A chapter is prose with examples: notes, a line with a dot, and what deckbind
# makes of the notes.  The chapter passes when it comes out as it went in.
#
#     awk -v deckbind=$PWD/build/deckbind -v scratch=build -f tests/spec.awk tests/spec/labels.md
#
# In the notes ␣ stands for a blank at the end of a line and → for a tab.

function run_deckbind() {
    close(scratch)
    fflush()
    system("cd " folder " && " deckbind " dump note.md 2>&1")
}

BEGIN { folder = scratch; scratch = scratch "/note.md" }
/^```` example$/         { print; part = "notes"; printf "" > scratch; next }
part == "notes" && /^\.$/ { print; run_deckbind(); part = "made"; next }
part == "notes"          { print; gsub(/␣/, " "); gsub(/→/, "\t"); print > scratch; next }
part == "made"           { if (!/^````$/) next; part = "" }
                         { print }
