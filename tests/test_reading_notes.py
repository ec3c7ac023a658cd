"""The notes at the end of a document: where they begin, and which note each mark points to."""

import pytest

from annotator.reading import read

BODY = "They met in Rome.1 They signed a pact.2 They left.3\n\n"


def linked(source: str) -> dict[str, str | None]:
    """Return the note of each mark in `source`, None for a mark without."""
    reading = read(source)
    return {
        mark.value: None if mark.note_start is None else source[mark.note_start : mark.note_end]
        for mark in reading.marks
    }


NOTES = {"1": "Smith, On pacts, 1999.", "2": "Ibid.", "3": "Jones, 2001."}


@pytest.mark.parametrize(
    "notes",
    [
        "Notes\n\n1. Smith, On pacts, 1999.\n2. Ibid.\n3. Jones, 2001.\n",
        "## Endnotes\r\n1 Smith, On pacts, 1999.\r\n2 Ibid.\r\n\r\n3 Jones, 2001.\r\n",
        "FOOTNOTES:\n[1] Smith, On pacts, 1999.\n[2] Ibid.\n[3] Jones, 2001.",
        "Notes\n¹ Smith, On pacts, 1999.\n² Ibid.\n³ Jones, 2001.",
        "Notes\n1Smith, On pacts, 1999.\n2Ibid.\n3Jones, 2001.",
        "Notes\nSmith, On pacts, 1999.\nIbid.\nJones, 2001.",
        "1. Smith, On pacts, 1999.\n2. Ibid.\n3. Jones, 2001.\n",
        "1 Smith, On pacts, 1999.\n\n2 Ibid.\n\n3 Jones, 2001.",
    ],
    ids=["heading", "Markdown heading, CRLF", "brackets", "superscript", "glued", "unnumbered", "no heading", "bare"],
)
def test_notes_are_linked(notes: str) -> None:
    reading = read(BODY + notes)
    assert reading.body_end == len(BODY)
    assert reading.text == "They met in Rome. They signed a pact. They left.\n\n"
    assert linked(BODY + notes) == NOTES
    assert not reading.problems


def test_a_note_goes_on_over_lines() -> None:
    source = BODY + "Notes\n1. Smith,\nOn pacts,\n12 May 1999.\n2. Ibid.\n3. Jones, 2001.\n"
    assert linked(source)["1"] == "Smith,\nOn pacts,\n12 May 1999."


def test_markdown_notes() -> None:
    source = "They met.[^1] They left.[^smith]\n\n[^1]: Rome,\n    in May.\n[^smith]: Smith.\n"
    assert linked(source) == {"1": "Rome,\n    in May.", "smith": "Smith."}
    assert read(source).text == "They met. They left.\n\n"


def test_bracketed_references() -> None:
    source = "They met.[2] They left [1, 2].\n\nReferences\n[1] Smith, 1999.\n[2] Jones, 2001.\n"
    assert linked(source) == {"2": "Jones, 2001.", "1, 2": "Smith, 1999."}
    assert not read(source).problems


def test_author_and_year_references() -> None:
    source = (
        "They met (Smith, 2019). They left (World Bank 2020).\n\nReferences\n\nJones, A. (2019). A.\nSmith, B. (2019). B."
        "\nWorld Bank. 2020. C.\n"
    )
    assert linked(source) == {"Smith 2019": "Smith, B. (2019). B.", "World Bank 2020": "World Bank. 2020. C."}


def test_a_note_settles_a_doubtful_mark() -> None:
    source = "It was a “pact.” 1 A view came. 2 The end.\n\nNotes\n1. Smith, 1999.\n2. Jones, 2001.\n"
    assert linked(source) == {"1": "Smith, 1999.", "2": "Jones, 2001."}


def test_a_mark_without_note_is_told() -> None:
    reading = read(BODY + "Notes\n1. Smith, 1999.\n2. Jones, 2001.\n")
    assert [(problem.kind, problem.value) for problem in reading.problems] == [("note", "3")]


@pytest.mark.parametrize(
    "ending",
    [
        "Notes\n\nThe envoys wrote home and nobody read it.\nThen they left.\n",
        "Steps\n\n1. They meet.\n2. They sign.\n3. They leave.\n",
        "References to the pact were rare.\nIn 1999 it ended.\n",
    ],
    ids=["a heading over prose", "a numbered list", "a sentence"],
)
def test_an_ending_that_is_no_notes(ending: str) -> None:
    source = "They met in Rome. They left.\n\n" + ending
    reading = read(source)
    assert (reading.body_end, reading.marks, reading.text) == (len(source), (), source)
