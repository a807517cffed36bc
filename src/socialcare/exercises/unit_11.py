"""The tasks of unit 11, customer experience: right answers and typical slips, computed from Café Brisa's tables."""

import functools
import math
import re

import pandas as pd

from socialcare import datasets, experience
from socialcare.exercises import Criterion, Mistake, Rubric, Task
from socialcare.formulas.wording import number

YEAR = ("2025-01-01", "2026-01-01")
DELIVERY = "delivery"


@functools.cache
def _surveys() -> pd.DataFrame:
    return datasets.load_surveys()


@functools.cache
def _tickets() -> pd.DataFrame:
    return datasets.load_tickets()


@functools.cache
def _joined() -> pd.DataFrame:
    return experience.with_spending(_surveys(), datasets.load_orders(), *YEAR)


# 11-1 predict: twice as many invitations at the same response rate
def _widths(times: int) -> dict[str, float]:
    kinds, asked = [100 * times, 70 * times, 30 * times], 500 * times
    interval, bounds = experience.nps_interval(*kinds), experience.nps_bounds(*kinds, asked)
    return {"interval": interval[1] - interval[0], "bounds": bounds[1] - bounds[0]}


def _twice() -> dict[str, str]:
    once, twice = _widths(1), _widths(2)
    return {
        name: "same" if math.isclose(once[name], twice[name]) else "narrower" if twice[name] < once[name] else "wider"
        for name in once
    }


# 11-2 complete: NPS after a delivery
def _kinds(touchpoint: str = DELIVERY, *, promoter: int = 9, detractor: int = 6) -> tuple[int, int, int]:
    scores = _surveys().loc[_surveys()["touchpoint"] == touchpoint, "nps"].dropna()
    promoters, detractors = int((scores >= promoter).sum()), int((scores <= detractor).sum())
    return promoters, len(scores) - promoters - detractors, detractors


def _nps(*, confidence: float = 0.95, per: float = 1, **limits: int) -> dict[str, float]:
    kinds = _kinds(**limits)
    low, high = experience.nps_interval(*kinds, confidence)
    return {"nps": per * experience.nps(*kinds), "low": per * low, "high": per * high}


# 11-3 fix: satisfaction with service
def _service(*, open_cases: bool = True, silent: bool = False, leave_out: bool = True):
    early = experience.too_early(_surveys(), _tickets())
    if not open_cases:
        early = early[early["why"] == "sent before the resolution"]
    cases = _surveys().dropna(subset="ticket_id")
    if leave_out:
        cases = cases[~cases["survey_id"].isin(early["survey_id"])]
    top = int((cases["csat"] >= experience.TOP_BOX).sum())
    return {"too early": len(early), "csat": 100 * top / (len(cases) if silent else int(cases["csat"].notna().sum()))}


# 11-4 apply: invitations for an error of 5 points
def _answers(margin: float = 0.05, variance: float | None = None) -> int:
    promoters, passives, detractors = _kinds()
    n = promoters + passives + detractors
    own = experience.nps_variance(promoters / n, detractors / n)
    return experience.answers_needed(margin, own if variance is None else variance)


def _invitations(**changes: float) -> int:
    asked = int((_surveys()["touchpoint"] == DELIVERY).sum())
    return math.ceil(_answers(**changes) * asked / sum(_kinds()))


# 11-5 apply: churn of detractors and promoters
def _churn_gap(*, first: str = "detractor", second: str = "promoter", pool: bool = False, per: int = 100):
    table = experience.churn_by_group(_joined())[["customers", "churned"]]
    if pool:
        table.loc["promoter"] += table.loc["passive"]
    a, b = table.loc[first], table.loc[second]
    low, high = experience.newcombe_interval(*(int(v) for v in (a.churned, a.customers, b.churned, b.customers)))
    return {"gap": per * (a.churned / a.customers - b.churned / b.customers), "low": per * low, "high": per * high}


# 11-6 judge: a note to the owner
@functools.cache
def _results() -> dict[str, str]:
    cases = experience.after_the_case(_surveys(), _tickets())
    readings = 100 * experience.csat_readings(cases).set_index("method")
    response = 100 * experience.response_by(cases)["response"]
    said = int(cases["csat"].notna().sum())
    return {
        "observed": number(readings.loc["answers as they came", "csat"]),
        "weighted": number(readings.loc["weighted by outcome", "csat"]),
        "low": number(readings.loc["bounds for everybody asked", "low"]),
        "high": number(readings.loc["bounds for everybody asked", "high"]),
        "answers": number(said),
        "asked": number(len(cases)),
        "response": number(100 * said / len(cases)),
        "silent": number(100 - 100 * said / len(cases)),
        "unresolved": number(response["unresolved"]),
        "quickly": number(response["resolved_quickly"]),
        "early": str(len(experience.too_early(_surveys(), _tickets()))),
    }


def _has(pattern: str):
    return lambda text: re.search(pattern, text, re.IGNORECASE) is not None


def _any_of(*names: str):
    """True if the text gives one of the results, with or without a separator or a decimal."""

    def met(text: str) -> bool:
        plain = text.replace(",", "")
        return any(
            re.search(rf"(?<![\d.]){re.escape(_results()[name].replace(',', ''))}(?:\.\d+)?(?!\d)", plain)
            for name in names
        )

    return met


def _both(*conditions):
    return lambda text: all(condition(text) for condition in conditions)


def _exemplars() -> dict[str, str]:
    r = _results()
    return {
        "good": (
            f"Please do not write that three of four customers with a case are satisfied. {r['observed']}% of those who "
            f"answered are: {r['answers']} answers to {r['asked']} surveys. After an unresolved case only {r['unresolved']}% "
            f"answered, after a quick solution {r['quickly']}%, so the happy ones speak louder. Weighted by outcome we "
            f"estimate {r['weighted']}%; with no assumption at all it lies between {r['low']} and {r['high']}%. "
            f"{r['early']} further surveys went out before the case was resolved; we set them "
            "aside. By 30 January Marta phones forty of those who did not answer, and the system stops every survey on an "
            "open case."
        ),
        "almost": (
            f"{r['observed']}% of those who answered after a service case are satisfied: {r['answers']} answers to {r['asked']} "
            f"surveys. After an unresolved case only {r['unresolved']}% answered, so the happy ones speak louder. Weighted "
            f"by outcome we estimate {r['weighted']}%. By 30 January Marta phones forty of those who did not answer, so "
            "that we learn what they think."
        ),
        "not yet": (
            f"Great news: {r['observed']}% of all our customers are satisfied with our service, which proves that the "
            "team is doing an excellent job and that our investment pays. With so many answers the figure is fully "
            "representative. We propose to print it on every parcel and to raise the target by ten points for next year."
        ),
    }


NOTE = Rubric(
    criteria=(
        Criterion(
            "length", lambda text: 50 <= len(text.split()) <= 140, "Use 50 to 140 words: an owner reads one paragraph."
        ),
        Criterion("score", _any_of("observed"), "Quote the share of satisfied answers, in whole percent."),
        Criterion(
            "answers",
            _any_of("answers", "response", "silent"),
            "Say how many answered, or which share of those asked.",
        ),
        Criterion(
            "who is silent",
            _both(
                _has(r"\b(unresolved|unsolved|not solved|never solved|disappointed|dissatisfied|unhappy)\b"),
                _any_of("unresolved", "quickly"),
            ),
            "Say who stays silent, with the response rate of one group.",
        ),
        Criterion(
            "correction",
            lambda text: (
                _both(_any_of("weighted"), _has(r"\bweight"))(text) or _both(_any_of("low"), _any_of("high"))(text)
            ),
            "Give a more careful figure: the one weighted by outcome, or both bounds.",
        ),
        Criterion(
            "too early",
            _both(_any_of("early"), _has(r"\b(before|early|open case|still open|too soon)\b")),
            "Say how many surveys were sent before the case was resolved.",
        ),
        Criterion(
            "next step",
            _both(
                _has(r"\b(phone|phones|call|calls|ask|asks|remind|reminds|stop|stops|block|blocks|send|sends|test|tests)\b"),
                _has(r"\b(by|until|before|from|on) (?:the )?(?:\d{1,2}\b|monday|tuesday|wednesday|thursday|friday|next|end)"),
            ),
            "End with one step and its date: who asks the silent ones, or stops the early surveys, and by when.",
        ),
        Criterion(
            "no overclaim",
            lambda text: not _has(r"\b(proves?|fully representative|all our customers|every customer|excellent job)\b")(text),
            "Do not speak for all customers, and do not call it proof: most did not answer.",
        ),
    ),
    exemplars=_exemplars,
    praise="The owner learns what the figure is worth, and what you do about it.",
    cannot_judge="(This check reads words and numbers. It cannot judge your tone or your plan: ask a colleague.)",
)

TASKS = {
    "11-1": Task(
        right=_twice,
        mistakes=(
            Mistake(
                "both narrower",
                lambda: {"interval": "narrower", "bounds": "narrower"},
                "Twice the invitations also bring twice the silent people, so their share stays and so do the bounds.",
            ),
            Mistake(
                "both the same",
                lambda: {"interval": "same", "bounds": "same"},
                "Twice the answers do shorten the interval: its width goes with one over the root of n.",
            ),
            Mistake(
                "turned round",
                lambda: {"interval": "same", "bounds": "narrower"},
                "It is the other way round: chance shrinks with the number of answers, silence with the response rate.",
            ),
        ),
        praise="right. More of the same answers help against chance. Against silence only a higher response rate helps.",
        reread="'Chance is the small problem' in notebook 11",
    ),
    "11-2": Task(
        right=_nps,
        mistakes=(
            Mistake(
                "passives are promoters",
                lambda: _nps(promoter=7),
                "You counted 7 and 8 as promoters. They are passives: they count below the line only.",
            ),
            Mistake(
                "five and below",
                lambda: _nps(detractor=5),
                "You left out the answers of 6. Detractors go from 0 to 6.",
            ),
            Mistake("90% interval", lambda: _nps(confidence=0.90), "That is a 90% interval. The task asks for 95%."),
            Mistake("a share, not points", lambda: _nps(per=0.01), "NPS is in points from -100 to 100: times 100."),
        ),
        praise="right. Newcomers and regulars answer differently, so name the touch point with the score.",
        reread="'By hand: NPS of five answers' in notebook 11",
        unit="points",
    ),
    "11-3": Task(
        right=_service,
        mistakes=(
            Mistake(
                "the colleague's value",
                lambda: _service(open_cases=False, silent=True, leave_out=False),
                "That is the colleague's own value: all three faults are still in it.",
            ),
            Mistake(
                "open cases missed",
                lambda: _service(open_cases=False),
                "An open case has no time of resolution, so comparing times does not find it. Use `too_early`.",
            ),
            Mistake(
                "the silent below the line",
                lambda: _service(silent=True),
                "You divided by everybody asked. That counts each silent person as dissatisfied: it is the lower bound.",
            ),
            Mistake(
                "early answers kept",
                lambda: _service(leave_out=False),
                "You found the early surveys and left their answers in. Take them out of the score too.",
            ),
        ),
        praise="right. Three repairs: open cases count as too early, only answers stand below the line, early ones are out.",
        reread="'Twelve people were asked too soon' in notebook 11",
        unit="%",
    ),
    "11-4": Task(
        right=_invitations,
        mistakes=(
            Mistake(
                "answers, not invitations",
                _answers,
                "So many answers you need. Not everybody answers, so divide by the response rate.",
            ),
            Mistake(
                "the formula of a share",
                lambda: _invitations(variance=0.25),
                "0.25 is the variance of a share at worst. NPS has its own: `nps_variance`.",
            ),
            Mistake(
                "five points in all",
                lambda: _invitations(margin=0.025),
                "An error of 5 points goes to either side, so the whole interval is 10 points wide.",
            ),
            Mistake(
                "five in units of points",
                lambda: _invitations(margin=5),
                "The margin is a proportion: 5 points are 0.05.",
            ),
        ),
        praise="right. Before you send more invitations, ask whether a reminder would raise the response instead.",
        reread="'Stage by stage, touch point by touch point' in notebook 11",
        unit="invitations",
    ),
    "11-5": Task(
        right=_churn_gap,
        mistakes=(
            Mistake(
                "sign turned",
                lambda: _churn_gap(first="promoter", second="detractor"),
                "The sign is turned. Take detractors first, then promoters.",
            ),
            Mistake(
                "passives with the promoters",
                lambda: _churn_gap(pool=True),
                "You put the passives with the promoters. Compare the two ends only.",
            ),
            Mistake(
                "passives instead",
                lambda: _churn_gap(first="passive"),
                "You compared passives with promoters. The task asks for detractors.",
            ),
            Mistake("shares, not points", lambda: _churn_gap(per=1), "The task asks for percentage points: times 100."),
        ),
        praise="right. Zero is outside the interval, which is wide: few detractors. It does not say why they left.",
        reread="'What a score predicts' in notebook 11",
        unit="points",
    ),
    "11-6": NOTE,
}
