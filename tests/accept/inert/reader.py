"""What Anki itself makes of notes: sides of cards, and marks that it obeys."""
import html
import os
import re
from dataclasses import dataclass, field

from anki.collection import Collection
from anki.import_export_pb2 import ImportAnkiPackageRequest

from places import case_of

TEMPLATE_CLASS = re.compile(r'<[a-z]+ [^>]*class="[^"]*dk')
TYPE_BOX = re.compile(r"\[\[type:(.+?)\]\]")  # as the reviewer looks for it
GAP = re.compile(r"\{c?([0-9,]+)[:|]")  # of the forms that notes have
OWN_GAPS = {"gap": {1}, "beside a gap": {1}}


@dataclass
class Case:
    """The notes of a payload in a place: sides of their cards, and what is wrong."""
    sides: list = field(default_factory=list)
    gaps: set = field(default_factory=set)
    wrong: list = field(default_factory=list)


def meant_gaps(payload, place):
    """The numbers of the gaps that the author wrote."""
    numbers = {int(n) for found in GAP.findall(html.unescape(payload)) for n in found.split(",") if n}
    return OWN_GAPS.get(place, set()) | numbers


class Reader:
    def __init__(self, folder, deck):
        self.col = Collection(os.path.join(folder, "reader.anki2"))
        self.col.import_anki_package(ImportAnkiPackageRequest(package_path=os.path.abspath(deck)))
        self.media = self.col.media.dir()

    def notes(self):
        return [self.col.get_note(nid) for nid in self.col.find_notes("")]

    def missing(self):
        return list(self.col.media.check().missing)

    def decks(self):
        return [deck.name for deck in self.col.decks.all_names_and_ids()]

    def marks(self, text):
        """What Anki finds to do in markup."""
        if self.col._backend.extract_latex(text=text, svg=False, expand_clozes=False).latex:
            yield "LaTeX"
        if TYPE_BOX.search(text):
            yield "a box to type in"

    def show(self, card, case):
        output = card.render_output(reload=True)
        if output.question_av_tags or output.answer_av_tags:
            case.wrong.append("a sound or speech")
        case.sides += [output.question_text, output.answer_text]

    def cases(self, notes):
        """{(number of the payload, place): Case}."""
        cases = {}
        for note in notes:
            case = cases.setdefault(case_of(note["Source"]), Case())
            case.wrong += self.marks("\x1f".join(note.fields))
            if any(TEMPLATE_CLASS.search(field) for field in note.fields):
                case.wrong.append("a class of the templates in a field")
            for card in note.cards():
                if note.note_type()["type"] == 1:
                    case.gaps.add(card.ord + 1)
                self.show(card, case)
        return cases

    def close(self):
        self.col.close()
