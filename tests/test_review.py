"""Review without a screen: what decisions do to gold and baseline, the journal, the lock, the command line."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest

from annotator import baseline, drivers, reconcile, records, verify
from annotator.cli.review import KINDS, LABELS
from annotator.errors import FormatError, OutputError, UsageError
from annotator.merging import merge
from annotator.model import Agreement, Annotations, Event, Finding, FindingKind
from annotator.review import Paths, Session
from annotator.review.layout import Lines, Words
from annotator.review.rows import FIELDS, fields, parse
from annotator.review.script import decide
from tests.conftest import Run
from tests.support import LINES, TEXT, article, extracted, filled
from tests.test_diff import git
from tests.test_git import LATER, RENAMED, gold

GOLD = records.decode(records.encode(filled()), "gold")
TODAY = date(2026, 1, 1)


def found() -> Annotations:
    """Return extracted records that differ from gold in one of each way."""
    start = {"label": "ACTOR", "text": "start", "type": "bloc", "entity": "bloc:start"}
    lines = [dict(line) for line in LINES if line["text"] not in ("Chile", "Oslo renewed it in 2015")]
    for line in lines:
        line |= {"text": "Berg"} if line["text"] == "Ann Berg" else {}
        line |= {"kind": "treaty"} if line["text"] == "Fjord Accord" else {}
    chile = next(line for line in LINES if line.get("occurrence") == 1 and line["text"] == "Chile")
    event = {**LINES[-1], "event": "revised"}
    made = extracted(filled([*lines, chile, start, event]))
    renewed = next(record for record in made.records if record.text == "2015")
    changed = [
        msgspec.structs.replace(
            r, value="2016", timex="2016", earliest="2016-01-01", latest="2016-12-31", anchor=renewed.id
        )
        if r.text == "A year later"
        else r
        for r in made.records
    ]
    return Annotations(made.document, changed)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one article whose gold and extracted annotations differ, as the current folder."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    return tmp_path


def make(folder: Path) -> None:
    for name in ("corpus", "annotations"):
        (folder / name).mkdir(parents=True)
    (folder / "corpus/doc.txt").write_bytes(TEXT.encode())
    records.write(GOLD, folder / "annotations/doc.gold.jsonl")
    records.write(found(), folder / "annotations/doc.jsonl")


def opened(folder: Path) -> Session:
    below = folder / "annotations"
    return Session(
        Paths(below / "doc.gold.jsonl", below / "doc.jsonl", below / "baseline.jsonl"), article(), today=TODAY
    )


@pytest.fixture
def session(folder: Path) -> Iterator[Session]:
    """Return an open review of the article."""
    one = opened(folder)
    yield one
    one.close()


def of(session: Session, kind: str, label: str, text: str | None = None) -> Finding:
    """Return the finding of that kind and label, about those words."""
    return next(
        f
        for f in session.findings
        if (f.kind, f.label) == (kind, label) and text in (None, *(r.text for r in (f.gold, f.found) if r is not None))
    )


def saved(session: Session) -> Annotations:
    """Save, and return what is in the gold file, which holds."""
    session.save()
    result = records.read(session.paths.gold)
    assert verify(result, article(), gold=True).holds
    return result


EXPECTED = [
    ("value", "DATE", "A year later"), ("missing", "ACTOR", "Chile"), ("boundary", "ACTOR", "Ann Berg"),
    ("spurious", "ACTOR", "start"), ("entity", "AGREEMENT", "Fjord Accord"), ("entity", "AGREEMENT", "Fjord Accord"),
    ("type", "EVENT", "Oslo renewed it in 2015"),
]  # fmt: skip


def test_what_is_to_be_decided(session: Session) -> None:
    told = [(f.kind, f.label, (f.gold or f.found).text) for f in session.findings if f.gold or f.found]  # type: ignore[union-attr]
    assert sorted(told) == sorted(EXPECTED)
    assert session.left == len(EXPECTED)


ACCEPTED: dict[str, tuple[tuple[str, str], Any]] = {
    "a value": (("value", "DATE"), lambda g: next(r.value for r in g.records if r.text == "A year later") == "2016"),
    "a missing record goes": (("missing", "ACTOR"), lambda g: sum(r.text == "Chile" for r in g.records) == 1),
    "a spurious record comes": (("spurious", "ACTOR"), lambda g: any(r.text == "start" and r.rule is None for r in g.records)),
    "a boundary": (("boundary", "ACTOR"), lambda g: any(r.text == "Berg" for r in g.records)),
    "a kind, of all mentions": (("entity", "AGREEMENT"), lambda g: {r.kind for r in g.records if r.label == "AGREEMENT"} == {"treaty"}),
    "an event": (("type", "EVENT"), lambda g: any(r.event == "revised" for r in g.records if r.label == "EVENT")),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepting_takes_the_extracted_side_into_gold(session: Session, name: str) -> None:
    which, holds = ACCEPTED[name]
    finding = of(session, *which)
    assert not holds(GOLD)
    session.accept(finding)
    assert session.state(finding) == "accept"
    assert records.read(session.paths.gold) == GOLD
    assert holds(saved(session))
    assert finding.id not in {f.id for f in session.findings}


def test_accepting_everything_leaves_nothing(session: Session, folder: Path) -> None:
    outcome = decide(session, {f.id for f in session.findings}, set(), why="", owner="A")
    assert outcome.refused == ()
    assert reconcile(records.read(session.paths.gold), found(), article()).findings == ()
    assert sorted(path.name for path in (folder / "annotations").iterdir()) == [
        ".doc.review.lock", "doc.gold.jsonl", "doc.jsonl",
    ]  # fmt: skip


def test_rejecting_puts_the_finding_into_the_baseline_and_it_is_not_asked_again(session: Session, folder: Path) -> None:
    first, second = of(session, "boundary", "ACTOR"), of(session, "spurious", "ACTOR")
    session.reject(first, why=" the whole name ", owner="A")
    session.reject(second, why="later", owner="A", known=True)
    assert not session.paths.baseline.exists()
    assert saved(session) == GOLD
    entries = {entry.id: (entry.why, entry.owner) for entry in baseline.read(session.paths.baseline)}
    assert entries == {first.id: ("the whole name", "A"), second.id: ("later", "A")}
    assert not {first.id, second.id} & {f.id for f in session.findings}


def test_a_baseline_keeps_what_it_has(session: Session) -> None:
    other = baseline.Accepted(id="0", doc="z", kind="value", label="DATE", text="x", why="y", owner="B")
    session.paths.baseline.write_bytes(baseline.encode([other]))
    session.reject(of(session, "boundary", "ACTOR"), why="x", owner="A")
    session.save()
    assert other in baseline.read(session.paths.baseline)


REFUSED: dict[str, tuple[tuple[str, str], dict[str, Any], str]] = {
    "no value": (("value", "DATE"), {"value": "20x4"}, "no EDTF date"),
    "no type": (("value", "DATE"), {"type": "day"}, "type=day is not known; one of date, time"),
    "needed": (("value", "DATE"), {"type": None}, "DATE needs type=…; one of date"),
    "an entity of another kind": (("boundary", "ACTOR"), {"entity": "agr:x"}, "starts with person:"),
    "an overlap": (("boundary", "ACTOR"), {"start": 91, "end": 119, "text": TEXT[91:119]}, "would overlap “Fjord Accord”"),
    "nothing in it": (("boundary", "ACTOR"), {"start": 110, "end": 111, "text": " "}, "must hold words"),
    "white space at an end": (("boundary", "ACTOR"), {"start": 110, "end": 119, "text": TEXT[110:119]}, "white space"),
    "two paragraphs": (("boundary", "ACTOR"), {"start": 80, "end": 90, "text": TEXT[80:90]}, "a paragraph’s end"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_an_edit_that_no_gold_can_hold_is_refused_at_once(session: Session, name: str) -> None:
    which, changes, words = REFUSED[name]
    before = dict(session.rows)
    with pytest.raises(UsageError, match=words.replace("(", r"\(")):
        session.edit(of(session, *which), changes)
    assert session.rows == before
    assert not session.journal.path.exists()


def test_what_does_not_hold_is_not_saved(session: Session) -> None:
    session.add(109, 110, "ACTOR", {"type": "bloc", "entity": "bloc:x"})
    session.rows["new-1"] |= {"entity": "state:no"}
    with pytest.raises(UsageError, match="would not hold"):
        session.save()
    assert records.read(session.paths.gold) == GOLD
    assert session.journal.path.exists()


def test_what_others_refer_to_is_not_removed(session: Session) -> None:
    only = next(r for r in GOLD.records if r.text == "2015")
    finding = of(session, "missing", "ACTOR")
    with pytest.raises(UsageError, match="refers to “2015”: decide that event first"):
        session.accept(msgspec.structs.replace(finding, gold=only, label="DATE"))


def test_a_finding_that_is_no_difference_cannot_be_accepted(session: Session) -> None:
    stale = msgspec.structs.replace(of(session, "missing", "ACTOR"), kind="citation", reason="quote")
    with pytest.raises(UsageError, match="no difference that can be accepted"):
        session.accept(stale)


def test_editing_a_spurious_record_takes_it_into_gold_with_the_changes(session: Session) -> None:
    session.edit(of(session, "spurious", "ACTOR"), {"entity": "org:start", "type": "organization"})
    assert any(getattr(r, "entity", "") == "org:start" for r in saved(session).records)


def test_adding_a_span(session: Session) -> None:
    start = TEXT.index("wrote")
    session.add(start, start + 5, "ACTOR", parse("type=bloc entity=bloc:wrote", "ACTOR"))
    assert any(record.text == "wrote" for record in saved(session).records)


def test_the_entity_of_an_agreement_changes_in_its_events_too(session: Session) -> None:
    for finding in [f for f in session.findings if f.label == "AGREEMENT"]:
        session.edit(finding, {"entity": "agr:fjord"})
    result = saved(session)
    assert {r.entity for r in result.records if isinstance(r, Agreement | Event)} == {"agr:fjord"}


def test_what_is_decided_is_not_decided_again(session: Session) -> None:
    finding = of(session, "boundary", "ACTOR")
    session.accept(finding)
    with pytest.raises(UsageError, match="decided already"):
        session.accept(finding)


def test_undo_takes_back_one_after_the_other(session: Session) -> None:
    before = dict(session.rows)
    for finding in session.findings[:4]:
        session.accept(finding)
    session.skip(session.findings[4])
    for _ in range(5):
        session.undo()
    assert session.rows == before
    assert session.states == {}
    with pytest.raises(UsageError, match="nothing to take back"):
        session.undo()
    assert saved(session) == GOLD


# The journal


def decisions(session: Session) -> None:
    """Decide something of every sort."""
    session.accept(of(session, "boundary", "ACTOR"))
    session.accept(of(session, "spurious", "ACTOR"))
    session.undo()
    session.edit(of(session, "value", "DATE"), {"value": "2011", "comment": "checked"})
    session.reject(of(session, "missing", "ACTOR"), why="it is there", owner="A")
    start = TEXT.index("wrote")
    session.add(start, start + 5, "ACTOR", {"type": "bloc", "entity": "bloc:wrote"})
    session.skip(of(session, "type", "EVENT"))


def test_a_review_is_taken_up_where_it_was_left(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    rows, states = first.rows, first.states
    first.close()
    second = opened(folder)
    assert (second.rows, second.states, second.resumed) == (rows, states, len(first.decisions))
    second.close()


def test_a_line_that_was_cut_off_is_not_a_decision(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    first.close()
    content = first.journal.path.read_bytes()
    cut = content[:-9]
    first.journal.path.write_bytes(cut)
    second = opened(folder)
    assert len(second.decisions) == len(first.decisions) - 1
    second.accept(of(second, "spurious", "ACTOR"))
    second.close()
    third = opened(folder)
    assert len(third.decisions) == len(first.decisions)
    third.close()


def test_a_kill_while_saving_loses_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = folder / "expected"
    make(expected)
    whole = opened(expected)
    decisions(whole)
    whole.save()
    whole.close()
    first = opened(folder)
    decisions(first)
    monkeypatch.setattr(type(first.journal), "remove", lambda _: None)
    first.save()
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    first.paths.baseline.unlink()
    first.close()
    second = opened(folder)
    assert second.decisions == []
    second.close()
    assert state_of(folder) == state_of(expected)


def state_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "annotations").iterdir())}


def test_a_journal_of_another_version_of_gold_is_refused(folder: Path) -> None:
    first = opened(folder)
    decisions(first)
    first.close()
    records.write(gold(LATER), first.paths.gold)
    with pytest.raises(OutputError, match="holds decisions on another version"):
        opened(folder)
    first.journal.path.unlink()
    opened(folder).close()


def test_a_journal_that_is_none_is_refused_with_the_line(folder: Path) -> None:
    (folder / "annotations/.doc.review").write_text("{}\n", "utf-8")
    with pytest.raises(FormatError, match=r"\.doc\.review:1: "):
        opened(folder)


def test_two_reviews_of_one_file_are_refused(folder: Path) -> None:
    first = opened(folder)
    with pytest.raises(OutputError, match=rf"is being reviewed by another process \(pid {os.getpid()}\)"):
        opened(folder)
    first.close()
    opened(folder).close()
    assert not (folder / "annotations/.doc.review.lock").exists()


SCRIPT = """
import sys, time
from pathlib import Path
from tests.test_review import decisions, opened
session = opened(Path(sys.argv[1]))
decisions(session)
print("decided", flush=True)
time.sleep(60)
"""


def test_a_kill_leaves_every_decision_and_no_lock(folder: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)], stdout=subprocess.PIPE, env=environment, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "decided\n"
    with pytest.raises(OutputError, match=f"pid {process.pid}"):
        opened(folder)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    session = opened(folder)
    assert [entry.verdict for entry in session.decisions] == ["accept", "edit", "reject", "add", "skip"]
    session.close()


# Merge conflicts


def test_the_conflicts_of_a_merge_are_decided_here(folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    merged = merge(
        GOLD, gold(LATER, RENAMED), gold({"of": "2015", "value": "2017"}, {"of": "Ann Berg", "text": "Berg"})
    )
    assert len(merged.conflicts) == 1
    records.write(merged.annotations, path)
    records.write(extracted(merged.annotations), folder / "annotations/doc.jsonl")
    drivers.write_conflicts(drivers.findings(merged, article()), path)
    session = opened(folder)
    conflict = next(f for f in session.findings if f.reason == "merge")
    session.accept(conflict)
    session.save()
    assert any(getattr(r, "value", None) == "2017" for r in records.read(path).records)
    assert not drivers.conflicts_file(path).exists()
    session.close()


def test_a_conflict_in_which_our_side_stays_is_no_known_gap(folder: Path) -> None:
    path = folder / "annotations/doc.gold.jsonl"
    merged = merge(GOLD, gold(LATER), gold({"of": "2015", "value": "2017"}))
    records.write(merged.annotations, path)
    drivers.write_conflicts(drivers.findings(merged, article()), path)
    session = opened(folder)
    session.reject(next(f for f in session.findings if f.reason == "merge"), why="ours is right", owner="A")
    session.save()
    assert not session.paths.baseline.exists()
    assert not drivers.conflicts_file(path).exists()
    session.close()


# The command line


def listed(run: Run, *arguments: str) -> list[dict[str, Any]]:
    content: list[dict[str, Any]] = json.loads(run("review", "--list", "--format", "json", *arguments).out)
    return content


def test_without_a_terminal_it_says_what_to_type(run: Run, folder: Path) -> None:
    result = run("review")
    assert result.status == 2
    assert "annotator review --list" in result.err
    assert "--accept ID" in result.err


def test_the_list_tells_ids_and_the_next_commands(run: Run, folder: Path) -> None:
    result = run("review", "--list")
    first = result.out.split()[0]
    assert result.status == 0
    assert f"annotator review --accept {first}" in result.out
    assert f"annotator review --reject {first} --why WORDS" in result.out
    assert len(listed(run)) == len(EXPECTED)
    assert [(f["kind"], f["label"], f["state"]) for f in listed(run, "--label", "DATE")] == [("value", "DATE", "open")]
    assert [f["label"] for f in listed(run, "--kind", "entity")] == ["AGREEMENT", "AGREEMENT"]


def test_accept_and_reject_by_id(run: Run, folder: Path) -> None:
    ids = {(f["kind"], f["label"]): f["id"] for f in listed(run)}
    result = run(
        "review", "--accept", ids["boundary", "ACTOR"], ids["value", "DATE"], "--reject", ids["missing", "ACTOR"],
        "--why", "it is there",
    )  # fmt: skip
    assert (result.status, result.err) == (0, "")
    assert "2 accepted into gold, 1 rejected; 4 left to decide" in result.out
    assert run("verify", "annotations/doc.gold.jsonl").status == 0
    assert "it is there" in (folder / "annotations/baseline.jsonl").read_text("utf-8")


def test_ids_end_where_a_path_begins(run: Run, folder: Path) -> None:
    first, second = (f["id"] for f in listed(run, "--label", "ACTOR")[:2])
    result = run("review", "--accept", first, second, "annotations/doc.jsonl")
    assert (result.status, "2 accepted into gold" in result.out) == (0, True)


def test_accept_all_of_a_label_and_kind(run: Run, folder: Path) -> None:
    assert run("review", "--accept-all", "--label", "DATE", "--kind", "value").status == 0
    assert "DATE" not in {f["label"] for f in listed(run)}
    assert len(listed(run)) == len(EXPECTED) - 1


WRONG: dict[str, tuple[list[str], str]] = {
    "an unknown id": (["--accept", "0000000000"], "no finding has the id 0000000000"),
    "a rejection without a reason": (["--reject", "0000000000"], "--reject needs --why"),
    "accepting everything unseen": (["--accept-all"], "--accept-all needs --label or --kind"),
    "neither a path nor a revision": (["--list", "nonsense"], "neither a file or folder here nor a git revision"),
    "an option without an id": (["--accept"], "requires an argument"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_usage(run: Run, folder: Path, name: str) -> None:
    arguments, words = WRONG[name]
    before = state_of(folder)
    result = run("review", *arguments)
    assert (result.status, words in result.err) == (2, True), result.err
    assert state_of(folder) == before


def test_what_is_refused_is_told_and_the_rest_is_saved(run: Run, folder: Path) -> None:
    lines = [line for line in LINES if line["text"] not in ("2015", "Ann Berg", "Oslo renewed it in 2015")]
    records.write(
        extracted(filled([*lines, {k: v for k, v in LINES[-1].items() if k != "date"}])),
        folder / "annotations/doc.jsonl",
    )
    ids = [f["id"] for f in listed(run) if f["kind"] == "missing" and f["label"] in ("DATE", "ACTOR")]
    result = run("review", "--accept", *ids)
    assert result.status == 1
    assert "decide that event first" in result.err
    assert "1 accepted into gold" in result.out


def test_only_what_changed_since_a_revision_is_asked(run: Run, folder: Path) -> None:
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "older")
    newer = [msgspec.structs.replace(r, entity="person:b") if r.text == "Berg" else r for r in found().records]
    records.write(Annotations(found().document, newer), folder / "annotations/doc.jsonl")
    assert {f["kind"] for f in listed(run, "HEAD")} == {"boundary"}
    assert len(listed(run)) >= len(EXPECTED)


def test_every_label_and_kind_can_be_asked_for() -> None:
    assert (set(LABELS), KINDS) == (set(FIELDS), get_args(FindingKind))


def test_a_second_review_is_refused_on_the_command_line(run: Run, folder: Path) -> None:
    session = opened(folder)
    result = run("review", "--list")
    assert (result.status, "is being reviewed by another process" in result.err) == (3, True)
    session.close()


def replay(run: Run, folder: Path, steps: Sequence[Sequence[str]]) -> dict[str, bytes]:
    for step in steps:
        assert run("review", *step).status == 0
    return state_of(folder)


def test_a_whole_review_replayed_by_script_gives_the_same_bytes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = []
    for name in ("one", "other"):
        make(tmp_path / name)
        monkeypatch.chdir(tmp_path / name)
        ids = {(f["kind"], f["label"]): f["id"] for f in listed(run)}
        one = [["--accept", ids["boundary", "ACTOR"]], ["--accept", ids["value", "DATE"]]]
        whole = [["--accept", ids["value", "DATE"], ids["boundary", "ACTOR"]]]
        reject = ["--reject", ids["missing", "ACTOR"], "--why", "there"]
        outcomes.append(replay(run, tmp_path / name, [*(one if name == "one" else whole), reject]))
    assert outcomes[0] == outcomes[1]


# Words


@pytest.mark.parametrize("label", FIELDS)
def test_what_is_typed_is_what_was_shown(label: str) -> None:
    for record in GOLD.records:
        if record.label == label and label != "CITATION":
            from annotator.review.rows import row_of

            row = row_of(record)
            said = {key: value for key, value in parse(fields(row), label).items() if value is not None}
            assert said == {key: row[key] for key in FIELDS[label] if key in row}


TYPED: dict[str, tuple[str, str, dict[str, Any] | None]] = {
    "keys": ("type=date value=2014", "DATE", {"type": "date", "value": "2014"}),
    "nothing for none": ("mod=", "DATE", {"mod": None}),
    "several": ("parties=state:no,state:cl,", "AGREEMENT", {"parties": ["state:cl", "state:no"]}),
    "in quotation marks": ('comment="as written"', "ACTOR", {"comment": "as written"}),
    "an unknown key": ("kind=treaty", "DATE", None),
    "no key": ("2014", "DATE", None),
    "an open quotation mark": ('comment="x', "DATE", None),
}


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed(name: str) -> None:
    words, label, expected = TYPED[name]
    if expected is None:
        with pytest.raises(UsageError):
            parse(words, label)
    else:
        assert parse(words, label) == expected


WIDTHS = {
    "short": ("one two", 20, ["one two"]),
    "wrapped": ("one two three", 8, ["one two ", "three"]),
    "paragraphs": ("one\n\ntwo", 20, ["one", "", "two"]),
    "a long word": ("x" * 20, 8, ["x" * 8, "x" * 8, "x" * 4]),
    "wide letters": ("日本と欧州", 8, ["日本と欧", "州"]),
    "spaces at an end": ("one    two", 8, ["one    ", "two"]),
}


@pytest.mark.parametrize("name", WIDTHS)
def test_lines_hold_the_whole_text(name: str) -> None:
    text, width, expected = WIDTHS[name]
    lines = Lines(text, width)
    assert [text[start:end] for start, end in lines.spans] == expected
    assert [lines.of(start) for start, end in lines.spans if end > start] == [
        number for number, (start, end) in enumerate(lines.spans) if end > start
    ]


def test_words_end_where_a_footnote_mark_begins() -> None:
    text = "the Accords3 of U.S."
    words = Words(text, [11, 12])
    assert [text[start:end] for start, end in words.spans] == ["the", "Accords", "3", "of", "U", ".", "S", "."]
    assert words.at(5) == (4, 11)
    assert words.next((4, 11), 1) == (11, 12)
    assert (words.start(4, -1), words.end(11, 1), words.end(11, -1)) == (0, 12, 3)


def test_time_passes_only_for_the_baseline(folder: Path) -> None:
    session = opened(folder)
    finding = of(session, "boundary", "ACTOR")
    session.close()
    entry = baseline.accept(finding, why="x", owner="A", expires=date(2025, 1, 1))
    (folder / "annotations/baseline.jsonl").write_bytes(baseline.encode([entry]))
    again = opened(folder)
    assert finding.id in {f.id for f in again.findings}
    again.close()
