"""One contender on the texts of a folder, in a process of its own: `python -m benchmarks.contenders NAME FOLDER`.

Prints a line of JSON: seconds to load, seconds to read all texts, characters read, and peak memory (MB).
"""

import gc
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

Read = Callable[[str], object]
SLOW = 20_000
"""Characters that are enough of a contender which reads a thousand a second."""
NAMES = ("states", "blocs", "organizations", "agreements")
"""The lexicons whose names an entity ruler looks for."""


def tokenizer() -> Read:
    """Return spaCy's tokenizer alone: the limit."""
    import spacy

    return spacy.blank("en")


def extraction() -> Read:
    """Return this project: all records, encoded as they are written, in a process as a worker’s."""
    from annotator import records
    from annotator.batch.pool import GARBAGE
    from annotator.extraction import load
    from annotator.source import article_from_text

    gc.set_threshold(*GARBAGE)
    extractor = load()
    return lambda text: records.encode(extractor.annotate(article_from_text(text)))


def ruler() -> Read:
    """Return spaCy with an entity ruler over the names in this project’s lexicons: neither dates nor identities."""
    import msgspec
    import spacy

    from annotator.lexicons import FOLDER

    nlp = spacy.blank("en")
    patterns = []
    for name in NAMES:
        for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines():
            entry = msgspec.json.decode(line)
            names = {entry["name"], *entry.get("names", ()), *entry.get("aliases", ())}
            patterns += [{"label": name.upper(), "pattern": each} for each in sorted(names)]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return nlp


def dateparser() -> Read:
    """Return the search of dateparser: dates only."""
    from dateparser.search import search_dates

    return lambda text: search_dates(text, languages=["en"])


def timexy() -> Read:
    """Return the spaCy component timexy: dates only."""
    import spacy
    from timexy import Timexy

    nlp = spacy.blank("en")
    nlp.add_pipe(Timexy.__name__.lower())
    return nlp


def recognizers() -> Read:
    """Return recognizers-text-date-time, a paragraph at a time: dates only."""
    from recognizers_date_time import Culture, DateTimeRecognizer

    model = DateTimeRecognizer(Culture.English).get_datetime_model()
    return lambda text: [model.parse(paragraph) for paragraph in text.split("\n")]


CONTENDERS: dict[str, tuple[Callable[[], Read], int | None]] = {
    "tokenizer": (tokenizer, None), "extraction": (extraction, None), "ruler": (ruler, None),
    "dateparser": (dateparser, 200_000), "timexy": (timexy, 400_000), "recognizers": (recognizers, SLOW),
}  # fmt: skip
"""Each contender with how many characters it is given (None: all)."""


def main(name: str, folder: Path) -> None:
    """Measure one contender."""
    load, limit = CONTENDERS[name]
    texts, characters = [], 0
    for path in sorted(folder.rglob("*.txt")):
        text = path.read_text("utf-8")[: None if limit is None else max(0, limit - characters)]
        texts.append(text)
        characters += len(text)
    started = time.perf_counter()
    read = load()
    read("In 1999, Norway signed the Treaty of Rome.")
    loaded = time.perf_counter()
    for text in texts:
        read(text)
    done = time.perf_counter()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"load": loaded - started, "seconds": done - loaded, "characters": characters, "memory": memory}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
