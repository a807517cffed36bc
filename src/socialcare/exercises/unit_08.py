"""The tasks of unit 08, building engagement: right answers and typical slips, all computed from Café Brisa's tables."""

import functools
import re

import pandas as pd

from socialcare import content, datasets
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number

BRAND = "Café Brisa"
FACTORS = ("kind", "format", "long", "call_to_action", "weekday", "time")


@functools.cache
def _posts() -> pd.DataFrame:
    """Return Café Brisa's posts with their acts, the warm-up of 2024 included."""
    table = content.post_table(datasets.load_posts(), datasets.load_interactions())
    return table[table["brand"] == BRAND]


def _year() -> pd.DataFrame:
    return _posts()[_posts()["posted_at"] >= "2025-01-01"]


def _page() -> pd.DataFrame:
    """Return the year's Facebook posts that nobody paid to show."""
    return _year()[(_year()["network"] == "facebook") & ~_year()["boosted"]]


def _tweets() -> pd.DataFrame:
    return _year()[_year()["network"] == "twitter"]


# 08-1 predict: forty comparisons, nothing behind them
COMPARISONS = 40


# 08-2 complete: comments per story
@functools.cache
def _stories(*, boosted: bool = False, warm_up: bool = False, silent: bool = True, everyone: bool = False) -> float:
    table = _posts() if warm_up else _year()
    table = table[(table["network"] == "facebook") & (table["kind"] == "story")]
    table = table if boosted else table[~table["boosted"]]
    comments = table["conversation"]
    if everyone:
        acts = datasets.load_interactions()
        counted = (
            acts[acts["kind"].isin(content.CONVERSATION + content.PASSED_ON + ("like",))].groupby("post_id").size()
        )
        comments = table["post_id"].map(counted).fillna(0)
    return float(comments.mean() if silent else comments[comments > 0].mean())


# 08-3 fix: do calls to action harm?
@functools.cache
def _call(*, held: bool = True, boosted: bool = False, turned: bool = False) -> float:
    table = _year() if boosted else _year()[~_year()["boosted"]]
    model = ["call_to_action", "network"] if held else ["call_to_action"]
    reference = {"call_to_action": turned}
    ratios = content.rate_ratios(table, model, "passed_on", reference=reference)
    return float(ratios.loc["call_to_action", "ratio"].iloc[0])


def _one_network(network: str) -> float:
    table = _year()[(_year()["network"] == network) & ~_year()["boosted"]]
    means = table.groupby("call_to_action")["passed_on"].mean()
    return float(means[True] / means[False])


# 08-4 apply: the lucky Wednesday
@functools.cache
def _tweets_compared() -> pd.DataFrame:
    return content.compare(_tweets(), FACTORS)


def _wednesday(column: str) -> float:
    return float(_tweets_compared().set_index("level").loc["Wednesday", column])


# 08-5 apply: an experiment on Twitter
TWEETS_A_WEEK, ON_ORIGIN = 17, 4  # those on origin keep their slots and take no part in the draw


@functools.cache
def _experiment(*, ratio: float = 1.5, poisson: bool = False, versions: int = 2, kept: int = ON_ORIGIN) -> dict[str, int]:
    rate = float(content.rates(_tweets(), ["kind"]).loc["promotion", "rate"])
    spread = 0.0 if poisson else content.rate_ratios(_tweets(), ["kind"]).attrs["dispersion"]
    posts = content.posts_needed(rate, ratio, spread)
    return {"posts": posts, "weeks": content.weeks_needed(posts, TWEETS_A_WEEK - kept, versions)}


# 08-6 judge: the answer to the agency
@functools.cache
def _facts() -> dict[str, str]:
    compared = content.compare(_page(), FACTORS)
    by_level = compared.set_index(["factor", "level"])
    rate, spread = content.rates(_page(), ["kind"]).loc["promotion", "rate"], _k()
    needed = content.posts_needed(float(rate), 2, spread)
    return {
        "comparisons": number(len(compared)),
        "question": number(by_level.loc[("kind", "question"), "ratio"], 1),
        "late": number(by_level.loc[("time", "from 22:00"), "posts"]),
        "posts": number(needed),
        "weeks": number(content.weeks_needed(needed, 5 - 1)),
    }


def _k() -> float:
    return content.rate_ratios(_page(), ["kind", "format", "long", "call_to_action"]).attrs["dispersion"]


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


WORDS = {"2": "two", "12": "twelve", "24": "twenty-four", "30": "thirty"}


def _quotes(name: str):
    """True if the text gives the fact in digits or in words."""

    def quoted(text: str) -> bool:
        value = _facts()[name]
        return _has(rf"(?<![\d.,])(?:{re.escape(value)}|{WORDS.get(value, value)})(?![\d%]|[.,]\d)")(text)

    return quoted


def _refuses_the_hour(text: str) -> bool:
    late = r"\b(22:00|ten at night|after ten|late hour|late posts?|ten o'clock|10 ?p\.?m)"
    count = _facts()["late"]
    return _has(late)(text) and _has(rf"\b(?:{count}|{WORDS.get(count, count)})\s+(?:\w+\s+)?(?:posts?|questions?)\b")(
        text
    )


def _no_promise(text: str) -> bool:
    """True if no sentence promises that a rule will bring more; "we do not know whether questions cause" does not."""
    promise = r"\b(will (?:double|bring|get|triple|rise|boost)|guarantee\w*|proves? that|is certain to)\b"
    sentences = re.split(r"[.!?](?:\s|$)", text)
    return not any(_has(promise)(part) and not _has(r"\b(not|no|never|whether|if)\b")(part) for part in sentences)


def _exemplars() -> dict[str, str]:
    fact = _facts()
    return {
        "good": (
            f"Thank you for the slide. You made {fact['comparisons']} comparisons, so about one finding would be there "
            f"by luck alone. After Holm's correction two rules hold, and we follow them: ask more questions ({fact['question']} times the "
            f"comments of other posts) and promote less. Short posts are a rule that we knew before, and our figures fit "
            f"it. We do not move to after ten at night: that rests on {fact['late']} posts. Whether questions cause the "
            f"comments we do not know yet. From Monday Nuria draws question or promotion for each slot, until each has "
            f"{fact['posts']} posts, about {fact['weeks']} weeks. Then we compare once."
        ),
        "almost": (
            f"Thank you for the slide. After Holm's correction two of your {fact['comparisons']} comparisons hold: ask more "
            f"questions ({fact['question']} times the comments of other posts) and promote less. Short posts fit what we "
            f"knew before. The late hour, after ten at night, rests on {fact['late']} posts, so we leave it. We shall see "
            "over the next months whether more questions do as well as these did."
        ),
        "not yet": (
            "Thank you for this great slide! From now on we post every evening after ten o'clock, because posts get nearly "
            "four times the comments then, which proves that our fans are night people. Questions are a good idea as well "
            "and will double our engagement. We are looking forward to a record year for the whole community."
        ),
    }


ANSWER = Rubric(
    criteria=(
        Criterion(
            "length",
            lambda text: 50 <= len(text.split()) <= 150,
            "Use 50 to 150 words: an agency reads one paragraph.",
        ),
        Criterion("comparisons", _quotes("comparisons"), "Say how many comparisons stand behind the slide."),
        Criterion(
            "correction",
            _has(r"\b(holm\w*|bonferroni|correct(?:ion|ed|ing))\b"),
            "Say that the rules you keep survive a correction for that many comparisons.",
        ),
        Criterion(
            "questions",
            lambda text: _has(r"\bquestions?\b")(text) and _quotes("question")(text),
            "Quote what questions get against all other posts, rounded to one decimal.",
        ),
        Criterion("late hour", _refuses_the_hour, "Say what the late hour rests on: the number of posts."),
        Criterion(
            "length of posts",
            _has(r"\b(short\w*|brief\w*|long(?:er)? posts?|60 words)\b"),
            "Say what you do about length.",
        ),
        Criterion(
            "test",
            lambda text: _quotes("posts")(text) and _has(r"\b(draws?|drawn|random\w*|chance|coin|toss\w*)\b")(text),
            "Plan the test: chance decides which version a slot gets, and each version gets enough posts to find a rate "
            "that doubles.",
        ),
        Criterion("no promise", _no_promise, "Do not promise an effect. A year of posts shows what went together."),
    ),
    exemplars=_exemplars,
    praise="The agency now knows what you follow, what you leave, and what you test.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or whether the plan fits the team: ask a colleague.)",
)

TASKS = {
    "08-1": Task(
        right=lambda: content.expected_false_findings(COMPARISONS),
        mistakes=(
            Mistake(
                "none",
                lambda: 0,
                "A level of one in twenty lets one in twenty empty comparisons through. Multiply, do not hope.",
            ),
            Mistake("the level", lambda: 0.05, "That is the level of one test. There are forty of them."),
            Mistake(
                "the chance of one",
                lambda: content.chance_of_a_false_finding(COMPARISONS),
                "That is the chance of at least one false finding. The task asks how many to expect.",
            ),
            Mistake(
                "the empty ones",
                lambda: COMPARISONS - content.expected_false_findings(COMPARISONS),
                "Those are the comparisons that rightly find nothing. The others are the false findings.",
            ),
        ),
        praise="right. Nothing was real, and still a slide has findings to show.",
        reread="'Two dozen comparisons, and some of them find nothing' in notebook 08",
    ),
    "08-2": Task(
        right=_stories,
        mistakes=(
            Mistake(
                "boosted posts in",
                lambda: _stories(boosted=True),
                "The seven boosted posts are still in. Money made people see them, so they say little about stories.",
            ),
            Mistake(
                "posts without comments dropped",
                lambda: _stories(silent=False),
                "You left out stories that nobody answered. They are posts all the same: count them with a zero.",
            ),
            Mistake(
                "warm-up included",
                lambda: _stories(warm_up=True),
                "Posts of December 2024 are in. They are the warm-up; begin on the first day of 2025.",
            ),
            Mistake(
                "likes and shares counted",
                lambda: _stories(everyone=True),
                "You counted likes and shares, and the brand's own acts. A conversation is comments by the public.",
            ),
        ),
        praise="right. Without the boosted posts, a story is an ordinary post.",
        reread="'First, set apart what was paid for' in notebook 08",
        unit="comments per post",
    ),
    "08-3": Task(
        right=_call,
        mistakes=(
            Mistake(
                "networks mixed",
                lambda: _call(held=False),
                "The boosted posts are out, but both networks are still in one pot. Calls stand on Facebook, where people "
                "pass little on.",
            ),
            Mistake(
                "the colleague's value",
                lambda: _call(held=False, boosted=True),
                "That is the colleague's own value: networks mixed, boosted posts in.",
            ),
            Mistake(
                "turned round",
                lambda: _call(turned=True),
                "That is the ratio of posts without a call to posts with one. The reference is a post without a call.",
            ),
            Mistake(
                "one network only",
                lambda: _one_network("facebook"),
                "That is Facebook alone. Keep both networks and hold the network equal.",
            ),
        ),
        praise="right. With the network held equal, posts with a call are passed on more often.",
        reread="'Posts with a call: ahead twice, behind together' in notebook 08",
        unit="times",
    ),
    "08-4": Task(
        right=lambda: _wednesday("p_holm"),
        mistakes=(
            Mistake(
                "not corrected",
                lambda: _wednesday("p_value"),
                "That is the p-value on its own. It was the best of seven weekdays, among many more comparisons.",
            ),
            Mistake(
                "Bonferroni",
                lambda: _wednesday("p_value") * len(_tweets_compared()),
                "That is Bonferroni's correction: all p-values times the number of comparisons. Holm's multiplies the third "
                "smallest by two less.",
            ),
            Mistake(
                "times seven",
                lambda: _wednesday("p_value") * 7,
                "You corrected for the seven weekdays. The report compared kinds, formats, lengths and times as well.",
            ),
        ),
        praise="right. Far above one in twenty: nobody should move the posts to Wednesday.",
        reread="'Two dozen comparisons, and some of them find nothing' in notebook 08",
    ),
    "08-5": Task(
        right=_experiment,
        mistakes=(
            Mistake(
                "chance alone",
                lambda: _experiment(poisson=True),
                "You set the dispersion to 0, as if mentions came one by one. They come in bursts, and that takes more posts.",
            ),
            Mistake(
                "one version",
                lambda: _experiment(versions=1),
                "The posts are right, the weeks are not: both versions need that many.",
            ),
            Mistake(
                "every slot drawn",
                lambda: _experiment(kept=0),
                "The posts are right, the weeks are not: tweets on origin keep their slots, so fewer are left for the draw.",
            ),
            Mistake(
                "half instead of half more",
                lambda: _experiment(ratio=0.5),
                "A ratio of 0.5 is half the mentions. Half more is a ratio of 1.5.",
            ),
        ),
        praise="right. Twitter has more posts in a week than Facebook, so the same question costs less time there.",
        reread="'Plan an experiment with enough posts' in notebook 08",
    ),
    "08-6": ANSWER,
}
