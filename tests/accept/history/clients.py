"""One way to use every release of Anki: where their interfaces differ, and nothing else."""
import os

try:
    from anki.collection import Collection
except ImportError:  # up to 2.1.44
    from anki import Collection

try:
    from anki.import_export_pb2 import ImportAnkiPackageOptions, ImportAnkiPackageRequest
except ImportError:  # before 23.10 a path is all that is asked for
    ImportAnkiPackageOptions = None

KINDS = ("new", "updated", "duplicate", "conflicting")


def any_of(owner, *names):
    return next(getattr(owner, name) for name in names if hasattr(owner, name))


def import_with_python(col, path):
    from anki.importing.apkg import AnkiPackageImporter
    importer = AnkiPackageImporter(col, path)
    importer.run()
    return dict(zip(KINDS, (importer.added, importer.updated, importer.dupes,
                            len(importer._ignoredGuids))))


def import_package(col, path):
    """Import as Anki does where nothing is chosen; how many notes there were of each kind."""
    path = os.path.abspath(path)
    if not hasattr(col, "import_anki_package"):
        return import_with_python(col, path)
    if ImportAnkiPackageOptions:
        path = ImportAnkiPackageRequest(package_path=path, options=ImportAnkiPackageOptions())
    log = col.import_anki_package(path).log
    return {kind: len(getattr(log, kind)) for kind in KINDS}


def note_type(col, mid):
    col.models._clear_cache()  # which an import does not renew
    return col.models.get(mid)


def check_integrity(col):
    """What is wrong with the collection, and whether that is nothing."""
    return any_of(col, "fix_integrity", "fixIntegrity")()


def flag(col, card, colour):
    any_of(col, "set_user_flag_for_cards", "setUserFlag")(colour, [card])


def answer_cards(col, deck, ratings):
    """Answer what the scheduler shows, so often; returns how often there was a card."""
    col.decks.select(deck)
    for count, rating in enumerate(ratings):
        card = col.sched.getCard()
        if not card:
            return count
        col.sched.answerCard(card, rating)
    return len(ratings)
