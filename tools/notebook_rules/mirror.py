"""Does a recap keep what the objectives promised? The same actions, in the same order, about the same things."""

import re

IRREGULAR = {
    "built": "build",
    "chose": "choose",
    "drew": "draw",
    "found": "find",
    "gave": "give",
    "kept": "keep",
    "made": "make",
    "said": "say",
    "saw": "see",
    "set": "set",
    "showed": "show",
    "split": "split",
    "told": "tell",
    "took": "take",
    "wrote": "write",
}
SHORT_WORD = 3  # words up to this length carry grammar rather than content
SHARED = 1 / 3  # share of an objective's content words that its recap item takes up


def list_items(text: str) -> list[str]:
    """Return the items of the first bullet or numbered list, continuation lines joined."""
    items: list[str] = []
    for line in text.splitlines():
        if match := re.match(r"\s*(?:[-*+]|\d+[.)])\s+(.*)", line):
            items.append(match.group(1).strip())
        elif items and line.startswith((" ", "\t")) and line.strip():
            items[-1] += " " + line.strip()
        elif items:
            break
    return items


def words(text: str) -> list[str]:
    """Return the lower-case words of a Markdown text, without addresses of links and an opening 'you'."""
    plain = re.sub(r"\]\([^)]*\)|\{[^}]*\}|<[^>]*>", " ", text).lower()
    return re.findall(r"[^\W\d_]+", re.sub(r"^\W*you\b", "", plain))  # 'You computed' and 'computed' are one


def stem(word: str) -> str:
    """Return a crude stem, so that 'compared' meets 'compare' and 'denominators' meets 'denominator'."""
    word = IRREGULAR.get(word, word)
    for ending, replacement in (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= SHORT_WORD:
            word = word[: -len(ending)] + replacement
            break
    if len(word) > SHORT_WORD and word[-1] == word[-2]:
        word = word[:-1]
    return word.removesuffix("e")


def breaches(objectives: list[str], recap: list[str]) -> list[str]:
    """Return one sentence per place where the recap does not mirror the objectives; empty if it does."""
    if not objectives:
        return ["there are no objectives: a list must follow '**By the end you can**'"]
    if len(objectives) != len(recap):
        return [f"the recap has {len(recap)} items, the objectives have {len(objectives)}; mirror them one to one"]
    problems = []
    for number, (promise, kept) in enumerate(zip(objectives, recap, strict=True), start=1):
        promised, taken_up = [stem(w) for w in words(promise)], [stem(w) for w in words(kept)]
        if promised[:1] != taken_up[:1]:
            problems.append(f"recap item {number} begins with {first(kept)!r}, its objective with {first(promise)!r}")
            continue
        content = {stem(word) for word in words(promise)[1:] if len(word) > SHORT_WORD}
        if content and len(content & set(taken_up)) < SHARED * len(content):
            problems.append(f"recap item {number} is not about its objective {promise!r}")
    return problems


def first(text: str) -> str:
    """Return the first word of a text, or nothing."""
    return next(iter(words(text)), "")
