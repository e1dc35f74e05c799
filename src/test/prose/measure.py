#!/usr/bin/env python3
"""Measures prose and sources: src/test/prose/measure.py [DIRECTORY], from the root of the tree or for another one.

Prints for README.md, docs/reliability.md and the Javadoc of src/main: words, relative pronouns per 1,000 words, words a
sentence. Prints for src/main and src/test: files, lines, median and 95th percentile of the lines of a file.

Code blocks are left out; inline code counts as one word. A sentence ends with . ? or !, or where its paragraph,
list item or table cell ends. Headings, single-word cells and rows of a table without a sentence mark count as words only.
"""

import math
import re
import signal
import statistics
import sys
from pathlib import Path

PRONOUNS = re.compile(r"\b(?:that|which|who|whom|whose|what|whoever|whatever|whichever|where)\b", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z0-9][\w'’.,-]*")
SENTENCE_END = re.compile(r"(?<=[.?!])[\"'”’)*]*\s+")
JAVADOC = re.compile(r"/\*\*(.*?)\*/", re.DOTALL)


def markdown_blocks(text):
    """Yields (text, counts as sentences) for each paragraph, list item, heading and table cell."""
    text = re.sub(r"^ *(```|~~~).*?^ *\1[^\n]*$", "\n", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"`[^`\n]+(?:\n[^`\n]+)?`", "code", text)
    paragraph = []
    for line in text.splitlines() + [""]:
        line = re.sub(r"^\s*>\s?", "", line).rstrip()
        starts_item = re.match(r"\s*(?:[-*+]|\d+\.)\s+", line)
        is_apart = not line.strip() or line.startswith("#") or line.lstrip().startswith("|")
        if (starts_item or is_apart) and paragraph:
            yield " ".join(paragraph), True
            paragraph = []
        if line.startswith("#"):
            yield line.lstrip("# "), False
        elif line.lstrip().startswith("|"):
            for cell in line.strip().strip("|").split("|"):
                yield cell, bool(re.search(r"[.?!:;]\s|[.?!]$", cell.strip()))
        elif line.strip():
            paragraph.append(line[starts_item.end():] if starts_item else line.strip())


def javadoc_blocks(sources):
    for source in sources:
        for comment in JAVADOC.findall(source.read_text(encoding="utf-8")):
            text = "\n".join(re.sub(r"^\s*\*\s?", "", line) for line in comment.splitlines())
            text = re.sub(r"\{@(?:code|link|linkplain|value)\s+([^}]*)\}", "code", text)
            text = re.sub(r"<code>.*?</code>", "code", text, flags=re.DOTALL)
            text = re.sub(r"<[^>]+>", "\n\n", text)
            text = re.sub(r"^\s*@(?:param|throws)\s+\S+", "\n\n", text, flags=re.MULTILINE)
            text = re.sub(r"^\s*@(?:return|see|since)\b", "\n\n", text, flags=re.MULTILINE)
            for paragraph in re.split(r"\n\s*\n", text):
                yield " ".join(paragraph.split()), True


def prose(name, blocks):
    words = pronouns = sentence_words = sentences = 0
    for text, is_prose in blocks:
        count = len(WORD.findall(text))
        words += count
        pronouns += len(PRONOUNS.findall(text))
        if is_prose:
            lengths = [len(WORD.findall(sentence)) for sentence in SENTENCE_END.split(text)]
            lengths = [length for length in lengths if length > 1]
            sentences += len(lengths)
            sentence_words += sum(lengths)
    per_thousand = 1000 * pronouns / words if words else 0
    per_sentence = sentence_words / sentences if sentences else 0
    print(f"{name:<24} {words:>7,} words {per_thousand:>6.1f} relative pronouns per 1,000 "
          f"{per_sentence:>6.1f} words a sentence")


def sources(name, files):
    lengths = sorted(len(file.read_text(encoding="utf-8").splitlines()) for file in files)
    if lengths:
        p95 = lengths[max(0, math.ceil(0.95 * len(lengths)) - 1)]
        print(f"{name:<24} {len(lengths):>7,} files {sum(lengths):>8,} lines "
              f"{statistics.median(lengths):>6g} median {p95:>4} p95 {lengths[-1]:>4} longest")


def main():
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[3]
    for document in ("README.md", "docs/reliability.md"):
        prose(document, markdown_blocks((root / document).read_text(encoding="utf-8")))
    prose("Javadoc of src/main", javadoc_blocks(sorted((root / "src/main/java").rglob("*.java"))))
    for tree in ("src/main/java", "src/test/java"):
        sources(tree, list((root / tree).rglob("*.java")))


if __name__ == "__main__":
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    main()
