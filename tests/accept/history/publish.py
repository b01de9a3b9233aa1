"""Editions of a deck are built once, and what readers must see of them is planned.

A plan is what reader.py works from, as JSON: the package of the first edition, the name of
its deck, and readers; each has a name and steps, one for each edition that is imported.
"""
import json
import os
import re
import shutil
import subprocess

from editions import AT_FIRST, ENTRIES, HISTORIES, there_after, updated_by
from notes import fresh_notes, write_notes
from package import read_package
from tap import differences

FIRST_TIME = 1_700_000_000
DAY = 86_400


class Build:
    """An edition as the program made it: its package, and what was said of it."""

    def __init__(self, program, notes_folder, output, time, sheet=None):
        self.path, self.time = os.path.join(output, "deck.apkg"), time
        styles = ["--styles", write_sheet(output + ".styles", sheet)] if sheet else []
        run = run_program({"SOURCE_DATE_EPOCH": str(time)},
                          program, "build", notes_folder, "-o", output, "--to", "apkg", "-v", *styles)
        self.good, self.output = run.returncode == 0, run.stdout + run.stderr
        searches = re.findall(r"^\s*(Id:.*)$", self.output, re.M)
        self.search = searches[0] if searches else ""  # for what is retired
        notes = read_package(self.path, output).notes if self.good else {}
        self.guids = dict(name_entries(notes))
        self.ids = {name: notes[guid].fields[-1] for name, guid in self.guids.items()}
        self.gaps = {(name, number): text for name, guid in self.guids.items()
                     for number, text in re.findall(r"\{\{c(\d+)::(.*?)\}\}", notes[guid].fields[0])}
        listed = run_program({}, program, "list", "--json", notes_folder).stdout.splitlines()
        self.listed = {entry["guid"] for entry in map(json.loads, listed)
                       if entry["kind"] == "question" and entry["answered"]}


class Known:
    """What was published, by the names of entries, as it was at first."""

    def __init__(self, *builds):
        self.guids, self.ids, self.gaps = {}, {}, {}
        for build in builds:
            self.learn(build)

    def learn(self, build):
        for name, facts in vars(self).items():
            setattr(self, name, {**getattr(build, name), **facts})


def run_program(environment, *command):
    return subprocess.run(command, env={**os.environ, **environment}, capture_output=True, text=True)


def write_sheet(folder, sheet):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "card.css"), "w", encoding="utf-8") as out:
        out.write(sheet)
    return folder


def name_entries(notes):
    """The name and the guid of each entry of a package, which ENTRIES must tell apart."""
    for guid, note in notes.items():
        names = [name for name in ENTRIES if name in note.fields[0]]
        assert len(names) == 1, f"{note.fields[0]} is {names}"
        yield names[0], guid


def kept(name, now, before):
    """Differences in what is there now and was there before."""
    both = now.keys() & before.keys()
    return differences(name, {key: now[key] for key in both}, {key: before[key] for key in both})


def check_build(tap, build, known, there):
    tap.result("builds", [] if build.good else build.output.splitlines())
    tap.result("the expected entries are there", set(build.guids) ^ there)
    tap.result("entries keep their guids", kept("guid of", build.guids, known.guids))
    tap.result("gaps keep their numbers", kept("gap", build.gaps, known.gaps))
    tap.result("the list tells the same guids", build.listed ^ set(build.guids.values()))
    gone = {known.ids[name] for name in known.ids.keys() - there}
    tap.result("what is retired is told, and no more", gone ^ set(re.findall(r"Id:(\S+)", build.search)))


def build_history(tap, program, folder, first, history, time):
    """Build the editions of a history, each with the notes and the lock of the one before."""
    content, sheet, known, builds = fresh_notes(), None, Known(first), []
    for count, edition in enumerate(history.editions, 1):
        for edit in edition.edits:
            edit(content)
        sheet = edition.sheet or sheet
        day = count if edition.day is None else edition.day
        write_notes(os.path.join(folder, "notes"), content)
        build = Build(program, os.path.join(folder, "notes"), os.path.join(folder, str(count)),
                      time + day * DAY, sheet)
        tap.title = ": ".join(dict.fromkeys((history.name, edition.name)))
        check_build(tap, build, known, there_after(history.editions[:count], first.guids))
        known.learn(build)
        builds.append(build)
    return known.guids, builds


def plan_steps(history, reader, first, guids, builds):
    """The imports of one reader, and what must be seen of each."""
    had, seen = set(first.guids), 0
    for index in reader:
        there = there_after(history.editions[:index + 1], first.guids)
        missed = history.editions[seen:index + 1]
        wanted = {"new": there - had, "updated": updated_by(missed) & had & there,
                  "retired": (had | there) - there}
        yield {"name": history.editions[index].name, "package": builds[index].path,
               "time": builds[index].time, "search": builds[index].search,
               "restyled": any(edition.sheet for edition in missed),
               **{key: sorted(guids[name] for name in names) for key, names in wanted.items()}}
        had, seen = had | there, index + 1


def plan_readers(tap, program, folder, first):
    for number, history in enumerate(HISTORIES):
        home = os.path.join(folder, f"history{number}")
        shutil.copytree(os.path.join(folder, "first"), home)
        guids, builds = build_history(tap, program, home, first, history, FIRST_TIME + 10 * number * DAY)
        if not all(build.good for build in builds):
            continue  # which has been told
        for reader in history.readers:
            name = history.name if len(history.readers) == 1 else (
                f"{history.name}, of which {' '.join(str(index + 2) for index in reader)} are imported")
            yield {"name": name, "steps": list(plan_steps(history, reader, first, guids, builds))}


def make_plan(tap, program, folder):
    """Build all editions into a folder; returns the path of the plan."""
    tap.title = "the first edition"
    notes = os.path.join(folder, "first", "notes")
    write_notes(notes, fresh_notes())
    first = Build(program, notes, os.path.join(folder, "first", "0"), FIRST_TIME)
    check_build(tap, first, Known(), AT_FIRST)
    plan = {"first": first.path, "deck": "面试",
            "readers": list(plan_readers(tap, program, folder, first))}
    path = os.path.join(folder, "plan.json")
    with open(path, "w", encoding="utf-8") as out:
        json.dump(plan, out, ensure_ascii=False, indent=1)
    return path
