"""The command line as people use it: exit statuses, what is printed, what is written, what goes wrong."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from annotator.cli import COMMANDS
from tests.conftest import ROOT, Run
from tests.support import LINES, TEXT, written

ARTICLE = ROOT / "corpus/japan-europe.txt"


@pytest.mark.parametrize("arguments", [[], *[[name] for name in COMMANDS], ["gold", "fill"]], ids=" ".join)
def test_every_help_has_an_example(run: Run, arguments: list[str]) -> None:
    result = run(*arguments, "--help")
    assert result.status == 0
    assert f"annotator {' '.join(arguments)}".strip() in result.out.partition("Example:")[2]


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("annotator 0.")


@pytest.mark.parametrize(
    "arguments", [["nonsense"], ["extract", "--nonsense"], ["explain"], ["explain", "x"]], ids=" ".join
)
def test_wrong_usage_ends_with_2(
    run: Run, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.status == 2
    assert "Traceback" not in result.err


def test_the_line_from_end_to_end(run: Run, project: Path) -> None:
    assert run("extract").status == 0
    assert (project / "annotations/japan-europe.jsonl").read_bytes() == (
        ROOT / "tests/golden/japan-europe.jsonl"
    ).read_bytes()
    verified = run("verify")
    assert verified.status == 0
    assert "Taken on trust" in verified.out
    reconciled = run("reconcile")
    assert reconciled.status in (0, 1)
    assert "AGREEMENT" in reconciled.out


def test_extract_reads_standard_input_and_writes_standard_output(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("extract", "-", "--date", "2022", stdin=b"Ten years ago, Norway left.")
    lines = [json.loads(line) for line in result.out.splitlines()]
    assert result.status == 0
    assert (lines[0]["doc"], lines[0]["date"]) == ("stdin", "2022")
    assert {(line["text"], line.get("value")) for line in lines[1:]} == {("Ten years ago", "2012"), ("Norway", None)}


def test_extract_mirrors_folders(run: Run, tmp_path: Path) -> None:
    for name in ("a/one.txt", "a/b/two.txt"):
        (tmp_path / "texts" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "texts" / name).write_text("In 1999, Norway signed.", "utf-8")
    assert run("extract", tmp_path / "texts", "-o", tmp_path / "out").status == 0
    assert sorted(path.relative_to(tmp_path / "out").as_posix() for path in tmp_path.rglob("*.jsonl")) == [
        "a/b/two.jsonl", "a/one.jsonl",
    ]  # fmt: skip


def test_one_text_that_fails_does_not_stop_the_others(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9")
    (tmp_path / "good.txt").write_text("In 1999, Norway signed.", "utf-8")
    result = run("extract", tmp_path, "-o", tmp_path / "out")
    assert result.status == 3
    assert "bad.txt: not UTF-8 at byte offset 3" in result.err
    assert (tmp_path / "out/good.jsonl").exists()


BAD_TEXTS = {
    "missing": (None, "no such file"),
    "empty": (b"", "empty"),
    "not UTF-8": (b"abc\xff", "not UTF-8 at byte offset 3"),
    "with a NUL": (b"abc\x00def", "NUL"),
}


@pytest.mark.parametrize("name", BAD_TEXTS)
def test_a_text_that_cannot_be_used_is_told_of(run: Run, tmp_path: Path, name: str) -> None:
    content, words = BAD_TEXTS[name]
    path = tmp_path / "text.txt"
    if content is not None:
        path.write_bytes(content)
    result = run("extract", path, "-o", tmp_path / "out")
    assert result.status == 3
    assert str(path) in result.err
    assert words in result.err
    assert not (tmp_path / "out").exists()


def test_a_folder_without_texts(run: Run, tmp_path: Path) -> None:
    result = run("extract", tmp_path, "-o", tmp_path)
    assert (result.status, "no texts" in result.err) == (3, True)


def test_two_texts_for_one_output(run: Run, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("In 1999.", "utf-8")
    result = run("extract", tmp_path / "a/x.txt", tmp_path / "b/x.txt", "-o", tmp_path / "out")
    assert (result.status, "would both be written" in result.err) == (2, True)
    assert not (tmp_path / "out").exists()


def test_an_output_that_cannot_be_written_leaves_the_old_file(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text("In 1999.", "utf-8")
    (tmp_path / "out").write_text("a file, not a folder")
    result = run("extract", text, "-o", tmp_path / "out")
    assert (result.status, "cannot be written" in result.err) == (3, True)
    assert (tmp_path / "out").read_text() == "a file, not a folder"


def test_another_language_is_warned_of(run: Run, tmp_path: Path) -> None:
    text = tmp_path / "x.txt"
    text.write_text(
        "Le traité fut signé par les deux pays dans la ville de Paris et il entra en vigueur. " * 9, "utf-8"
    )
    result = run("extract", text, "-o", tmp_path / "out")
    assert (result.status, "does not look like English" in result.err) == (0, True)
    assert run("extract", "--quiet", text, "-o", tmp_path / "out").err == ""


def test_verify_tells_what_does_not_hold(run: Run, project: Path) -> None:
    path = project / "annotations/japan-europe.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"text":"2010"', b'"text":"2011"', 1))
    result = run("verify", path)
    assert result.status == 1
    assert "text is “2011”, the source says “2010”" in " ".join(result.out.split())
    assert run("verify", "--quiet", path).out == ""


@pytest.mark.parametrize("command", ["verify", "reconcile"])
def test_broken_annotations_end_with_3_and_the_line(run: Run, project: Path, command: str) -> None:
    path = project / "annotations/japan-europe.jsonl"
    path.write_bytes(path.read_bytes()[:-20])
    result = run(command, path)
    assert result.status == 3
    assert "japan-europe.jsonl:" in result.err


def test_annotations_without_their_source(run: Run, project: Path) -> None:
    (project / "corpus/japan-europe.txt").rename(project / "elsewhere.txt")
    result = run("verify")
    assert (result.status, "say where it is with --corpus" in result.err) == (3, True)


def test_reconcile_without_gold(run: Run, project: Path) -> None:
    (project / "annotations/japan-europe.gold.jsonl").unlink()
    result = run("reconcile")
    assert (result.status, "nothing to reconcile" in result.err) == (3, True)


def test_explain_by_place_line_and_id(run: Run, project: Path) -> None:
    lines = (project / "annotations/japan-europe.jsonl").read_text("utf-8").splitlines()
    number, record = next(
        (n, r) for n, r in enumerate(map(json.loads, lines), 1) if r.get("anchor") not in (None, "document")
    )
    before = ARTICLE.read_bytes().decode()[: record["start"]]
    place = f"corpus/japan-europe.txt:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    outcomes = [run("explain", at) for at in (place, f"annotations/japan-europe.jsonl:{number}:1", record["id"])]
    for outcome in outcomes:
        assert outcome.status == 0
        assert record["rule"] in outcome.out
        assert ".py:" in outcome.out or ".jsonl:" in outcome.out
        assert "from" in outcome.out


def test_explain_where_nothing_is(run: Run, project: Path) -> None:
    assert run("explain", "corpus/japan-europe.txt:2:1").status == 2
    assert run("explain", "corpus/japan-europe.txt:999:1").status == 2
    assert run("explain", "ffffffffffff").status == 2


def test_the_schema_fits_every_line(run: Run, project: Path) -> None:
    schema = json.loads(run("schema").out)
    validator = jsonschema.Draft202012Validator(schema)
    for path in project.glob("annotations/*.jsonl"):
        for line in path.read_text("utf-8").splitlines():
            validator.validate(json.loads(line))


def test_gold_fill_prints_and_writes_only_when_told(run: Run, tmp_path: Path) -> None:
    for folder in ("corpus", "annotations"):
        (tmp_path / folder).mkdir()
    (tmp_path / "corpus/doc.txt").write_bytes(TEXT.encode())
    path = tmp_path / "annotations/doc.gold.jsonl"
    path.write_bytes(written(LINES))
    printed = run("gold", "fill", path)
    assert printed.status == 0
    assert path.read_bytes() == written(LINES)
    assert run("gold", "fill", path, "--write").status == 0
    assert path.read_text("utf-8") == printed.out
    assert run("verify", path).status == 0


@pytest.mark.parametrize(
    "module", ["annotator.cli", "annotator.verification", "annotator.reconciliation", "annotator.explanation"]
)
def test_checking_does_not_load_spacy(module: str) -> None:
    code = f"import sys, {module}; sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_verify_and_reconcile_do_not_load_spacy(project: Path) -> None:
    for command in ("verify", "reconcile"):
        code = f"import sys; sys.argv = ['annotator', '{command}', '--quiet']\nfrom annotator.cli import main\ntry: main()\nfinally: assert 'spacy' not in sys.modules"
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode in (0, 1)


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [sys.executable, "-m", "annotator", "schema"], stdout=writer, stderr=subprocess.PIPE, check=False
    )
    os.close(writer)
    assert b"Traceback" not in process.stderr


def test_verify_says_nothing_of_gaps_that_are_for_reconcile(run: Run, project: Path) -> None:
    shutil.copy(ROOT / "annotations/baseline.jsonl", project / "annotations")
    assert "fixed" not in run("verify").out
    assert "known and accepted" in run("reconcile").out


def test_a_projects_settings_count(run: Run, project: Path) -> None:
    (project / "corpus/ranges.txt").write_text("In 1914–18 Norway stayed out.", "utf-8")
    (project / "annotator.toml").write_text('[dates]\nranges = "split"\n', "utf-8")
    assert run("extract", "corpus/ranges.txt").status == 0
    lines = (project / "annotations/ranges.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines[1:]] == ["1914", "18", "Norway"]


def test_a_model_that_is_not_installed_is_told_of_with_what_to_type(run: Run, project: Path) -> None:
    (project / "corpus/another.txt").write_text("In 1999, it joined.", "utf-8")
    result = run("extract", "--model", "xx_nothing_here", "corpus")
    assert (result.status, result.err.count("python -m spacy download xx_nothing_here")) == (3, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell closes it")
def test_a_closed_standard_output_is_told_without_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("In 1994, Norway asked Chile.", "utf-8")
    command = f'"{sys.executable}" -m annotator extract -o - a.txt >&-'
    done = subprocess.run(command, shell=True, cwd=tmp_path, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "annotator: standard output: cannot be written: it is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["extract", "-"], ["schema"]], ids=["records", "words"])
def test_a_full_standard_output_is_told_of(command: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "annotator", *command], input=b"In 1999, it joined.", stdout=full,
            stderr=subprocess.PIPE, check=False,
        )  # fmt: skip
    assert told.returncode == 3
    assert told.stderr == b"annotator: standard output: cannot be written: No space left on device\n"
