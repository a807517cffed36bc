"""What customers and agents wrote: labelled texts in Spanish and English, put together from hand-written sentences."""

from collections.abc import Sequence
from types import ModuleType

import numpy as np
import pandas as pd

from . import phrases_en, phrases_es
from .case import stream
from .draws import choose
from .people import population

CUSTOMER_MESSAGES, AGENT_MESSAGES, CASES_AT_HAND = 460, 440, 1_200
PHRASES = {"es": phrases_es, "en": phrases_en}

AGENT_NAMES = [
    "Elena Robledo",
    "Marcos Ferreiro",
    "Lupita Arce",
    "Nadia Benali",
    "Jordi Casals",
    "Tere Villaseñor",
    "Owen Hartley",
    "Ainhoa Lasa",
    "Ramiro Quintero",
    "Sofía Maldonado",
    "Blessing Adeyemi",
    "Pau Ribera",
    "Gema Cañas",
    "Iván Olmedo",
]

BEHAVIOURS = {"tells_seller": 58, "passive": 18, "leaves_and_tells": 16, "legal": 12}
IRONIC, PRAISING, SIGNS_NAME = 0.22, 0.25, 0.3  # shares: of complaints, of queries, of all customers
RATERS = ("label_rater_1", "label_rater_2")
PUBLIC = ("twitter", "facebook")

# feature: share among careless agents, share among careful agents, worth for the quality
FEATURES = {
    "greets_by_name": (0.30, 0.92, 0.9),
    "thanks": (0.25, 0.75, 0.6),
    "apologises": (0.30, 0.90, 0.9),
    "answers_specifically": (0.28, 0.96, 2.2),
    "next_step_with_time": (0.15, 0.85, 1.4),
    "signed": (0.35, 0.85, 0.5),
    "asks_personal_data_in_public": (0.36, 0.03, -2.2),
    "promotes": (0.22, 0.03, -1.2),
    "blames_customer": (0.30, 0.01, -2.4),
    "jargon": (0.42, 0.04, -1.0),
    "same_language": (0.80, 1.00, 2.4),
}
MOOD_WORTH = {"problem": 0.0, "query": 0.9, "praise": 2.3}  # makes up for what such a case has no use for
RATER_NOISE, CUTS = 1.0, (4.1, 7.0)  # on the scale of the summed worth; below the first cut is 1, above the second 3


def _pick(rng: np.random.Generator, texts: Sequence[str]) -> str:
    return texts[rng.integers(len(texts))]


def _details(rng: np.random.Generator, case: pd.Series) -> dict[str, dict[str, str]]:
    """Draw what a case is about, worded for each language, so that the question and the reply agree."""
    product, town = rng.integers(9), rng.integers(6)
    euros, cents = rng.integers(18, 140), _pick(rng, ("00", "50", "90", "95"))
    numbers = {"days": str(rng.integers(4, 19)), "n": str(rng.integers(3, 8)), "name": case["name"]}
    return {
        language: {
            "product": phrases.PRODUCTS[product],
            "city": phrases.CITIES[case["country"]][town],
            "amount": f"{euros}{mark}{cents}",
            **numbers,
        }
        for (language, phrases), mark in zip(PHRASES.items(), ",.", strict=True)
    }


def _customer(rng: np.random.Generator, case: pd.Series) -> dict:
    """Write what the customer said when the case was opened, with its labels."""
    phrases, country, mood = PHRASES[case["language"]], case["country"], case["mood"]
    irony = mood == "problem" and rng.random() < IRONIC
    behaviour = choose(rng, BEHAVIOURS, 1)[0] if mood == "problem" else None
    if mood == "praise":
        parts = [phrases.PRAISE[case["fact"] % len(phrases.PRAISE)]]
    else:
        closings = phrases.QUERY_CLOSINGS[country] if mood == "query" else phrases.CLOSINGS[country, behaviour]
        parts = [
            _pick(rng, phrases.IRONIES if irony else phrases.OPENINGS[country]),
            _told(phrases, case)[0],
            _pick(rng, phrases.DETAILS[mood]),
            _pick(rng, closings),
        ]
    if rng.random() < SIGNS_NAME:
        parts.append("{name}")
    return {
        "sender": "customer",
        "language": case["language"],
        "sent_at": case["opened_at"],
        "text": _sentence(parts, case["details"][case["language"]]),
        "polarity": {"praise": "positive", "query": "neutral", "problem": "negative"}[mood],
        "behaviour": behaviour,
        "irony": irony,
    }


def _told(phrases: ModuleType, case: pd.Series) -> tuple[str, str]:
    """Return what the customer of the case tells, and the answer that fits it."""
    told = phrases.CASES[case["topic"]]
    return told[case["fact"] % len(told)]


def _sentence(parts: list[str], slots: dict[str, str]) -> str:
    return " ".join(filter(None, parts)).format(**slots)


def _features(rng: np.random.Generator, case: pd.Series) -> dict[str, bool]:
    """Draw what an agent who takes more or less care does; some features make no sense in some cases."""
    care, mood = rng.beta(1.1, 0.9), case["mood"]
    has = {f: bool(rng.random() < low + care * (high - low)) for f, (low, high, _) in FEATURES.items()}
    for feature in ("apologises", "blames_customer", "jargon"):
        has[feature] &= mood == "problem"
    has["next_step_with_time"] &= mood != "praise"
    has["asks_personal_data_in_public"] &= case["channel"] in PUBLIC and mood != "praise"
    return has


def _agent(rng: np.random.Generator, case: pd.Series) -> dict:
    """Write the first reply of an agent, with the labels that are true of it and the marks of two raters."""
    has, mood = _features(rng, case), case["mood"]
    language = case["language"] if has["same_language"] else {"es": "en", "en": "es"}[case["language"]]
    phrases = PHRASES[language]
    fitting = phrases.PRAISE_ANSWERS if mood == "praise" else (_told(phrases, case)[1],)
    steps = phrases.NEXT_STEPS_WITH_TIME if has["next_step_with_time"] else phrases.NEXT_STEPS_WITHOUT_TIME
    parts = [
        _pick(rng, phrases.GREETINGS_BY_NAME if has["greets_by_name"] else phrases.GREETINGS),
        _pick(rng, phrases.THANKS[mood]) if has["thanks"] else "",
        _pick(rng, phrases.APOLOGIES) if has["apologises"] else "",
        _pick(rng, phrases.BLAMES) if has["blames_customer"] else "",
        _pick(rng, fitting if has["answers_specifically"] else phrases.GENERIC_ANSWERS),
        _pick(rng, phrases.JARGON) if has["jargon"] else "",
        _pick(rng, phrases.ASKS_PERSONAL_DATA) if has["asks_personal_data_in_public"] else "",
        _pick(rng, steps[mood]),
        _pick(rng, phrases.PROMOTIONS) if has["promotes"] else "",
        _pick(rng, phrases.SIGNATURES) if has["signed"] else "",
    ]
    agent = AGENT_NAMES[int(case["agent_id"][1:]) - 1]
    names = {"agent": agent, "initials": "".join(word[0] for word in agent.split())}
    worth = sum(FEATURES[f][2] for f, present in has.items() if present) + MOOD_WORTH[mood]
    marks = 1 + np.searchsorted(CUTS, worth + rng.normal(0, RATER_NOISE, 2))
    return {
        "sender": "agent",
        "language": language,
        "sent_at": case["first_human_reply_at"],
        "text": _sentence(parts, case["details"][language] | names),
        **has,
        **dict(zip(RATERS, marks.tolist(), strict=True)),
    }


def _distinct(rng: np.random.Generator, cases: pd.DataFrame, write, wanted: int) -> list[dict]:
    """Write one text per case, in a random order of cases, and keep the first `wanted` that are unlike the others."""
    seen, kept = set(), []
    for row in rng.permutation(len(cases)):
        case = cases.iloc[row]
        message = write(rng, case)
        if message["text"] not in seen:
            seen.add(message["text"])
            kept.append({"ticket_id": case["ticket_id"], **message})
        if len(kept) == wanted:
            return kept
    raise ValueError(f"only {len(kept)} distinct messages; expected {wanted}: add phrases")


def messages(tables: dict[str, pd.DataFrame], scale: int) -> pd.DataFrame:
    """Build messages: the labelled sample stays of one size at any scale, as hand labels would."""
    rng = stream("messages")
    tickets, people = tables["tickets"], population(scale).set_index("customer_id")
    written = tickets["language"].isin(PHRASES) & tickets["topic"].isin(phrases_es.CASES)
    cases = tickets[written & (tickets["channel"] != "phone")]
    # enough English and enough problems among the texts
    weight = np.where(cases["language"] == "en", 1, 0.35) * np.where(cases["type"] == "query", 0.45, 1)
    cases = cases.iloc[np.argsort(rng.exponential(size=len(cases)) / weight)[:CASES_AT_HAND]].copy()
    cases["country"] = cases["customer_id"].map(people["country"]).fillna("ES")
    cases["name"] = [_pick(rng, PHRASES[language].NAMES) for language in cases["language"]]
    praising = (cases["type"] == "query") & (rng.random(len(cases)) < PRAISING)
    cases["mood"] = np.select([praising, cases["type"] == "query"], ["praise", "query"], "problem")
    cases["fact"] = rng.integers(0, 420, len(cases))
    cases["details"] = [_details(rng, case) for _, case in cases.iterrows()]
    asked = _distinct(rng, cases, _customer, CUSTOMER_MESSAGES)
    of_asked = cases["ticket_id"].isin([message["ticket_id"] for message in asked])
    answered = cases[cases["first_human_reply_at"].notna() & (of_asked | (rng.random(len(cases)) < 0.3))]
    table = pd.DataFrame(asked + _distinct(rng, answered, _agent, AGENT_MESSAGES))
    table = table.sort_values(["sent_at", "ticket_id"], kind="stable", ignore_index=True)
    table.insert(0, "message_id", [f"M{i:04d}" for i in range(1, len(table) + 1)])
    return table[COLUMNS].astype({f: "boolean" for f in (*FEATURES, "irony")} | dict.fromkeys(RATERS, "Int64"))


COLUMNS = [
    "message_id",
    "ticket_id",
    "sender",
    "language",
    "sent_at",
    "text",
    *FEATURES,
    *RATERS,
    "polarity",
    "behaviour",
    "irony",
]
BUILDERS = {"messages": messages}
