"""Which checkout rules does a shop break, and what should it mend first? An auditor whose rules are data.

The rules stand in ``datasets/checkout_rules.csv``: the eleven of the source (S1.4-R01 to R11) and what law,
accessibility and evidence add (model D5), each with its severity, its evidence, its law and how to inspect it. An audit
has one row per shop and rule (table ``checkout_audits``): ours, your CSV, or what you typed into
``socialcare.audit_form``. All three get the same report. Notes on law are dated and are not legal advice.
"""

import functools
from collections.abc import Mapping

import pandas as pd

from socialcare import datasets
from socialcare.formulas.checkout import EVIDENCE_WEIGHT, audit_score, priority
from socialcare.formulas.wording import percent

__all__ = [
    "EVIDENCE_WEIGHT",
    "audit",
    "audit_score",
    "disagreements",
    "headline",
    "judge",
    "priority",
    "report",
    "rules",
    "scores",
]

_AUDIT = ["shop", "rule_id", "observed", "unit", "passes", "evidence_note"]


@functools.cache
def _rules() -> pd.DataFrame:
    table = datasets.load_checkout_rules().set_index("rule_id")
    weights = [priority(rule.severity, rule.evidence) for rule in table.itertuples()]
    return table.assign(priority=weights)


def rules() -> pd.DataFrame:
    """Return the rules, indexed by ``rule_id``, with ``priority``: severity times the weight of the evidence."""
    return _rules().copy()


def judge(rule_id: str, observed: object) -> bool:
    """Say whether an observation keeps a rule, by the rule's own limit.

    Numbers are compared; texts must be one of those that the rule accepts. A wording of the payment button that the
    table does not know fails here: have a person judge it. Raises ValueError for an unknown rule and for an observation
    that should be a number of 0 or more and is none.
    """
    rule = _rule(rule_id)
    if rule["test"] == "one_of":
        return str(observed).strip().casefold() in [text.casefold() for text in rule["limit"].split("|")]
    try:
        number = float(str(observed))
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise ValueError(f"{rule_id} observed is {str(observed)!r}; expected a number of 0 or more ({rule['unit']})")
    limit = float(rule["limit"])
    return number <= limit if rule["test"] == "at_most" else number >= limit


def _rule(rule_id: str) -> pd.Series:
    if rule_id not in _rules().index:
        raise ValueError(f"rule {rule_id!r} is unknown; expected one of {', '.join(_rules().index)}")
    return _rules().loc[rule_id]


def audit(shop: str, observations: Mapping[str, object]) -> pd.DataFrame:
    """Turn ``{rule_id: observation}`` into the rows of an audit, judged by each rule's limit.

    Leave out what was not inspected. Raises ValueError for no observation at all, and as :func:`judge` does.
    """
    if not observations:
        raise ValueError("observations is empty; expected at least one rule that was inspected")
    rows = [
        (shop, rule_id, str(seen).strip(), _rule(rule_id)["unit"], judge(rule_id, seen), "")
        for rule_id, seen in observations.items()
    ]
    return pd.DataFrame(rows, columns=_AUDIT).sort_values("rule_id", kind="stable", ignore_index=True)


def disagreements(audits: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose ``passes`` is not what the rule's limit says: ask the inspector why."""
    by_rule = [judge(row.rule_id, row.observed) for row in audits.itertuples()]
    return audits[audits["passes"] != pd.Series(by_rule, index=audits.index)]


def _of_shop(audits: pd.DataFrame, shop: str) -> pd.DataFrame:
    found = audits[audits["shop"] == shop]
    if found.empty:
        raise ValueError(f"shop is {shop!r}; expected one of {', '.join(sorted(audits['shop'].unique()))}")
    for rule_id in found["rule_id"]:
        _rule(rule_id)
    return found.set_index("rule_id")


def report(audits: pd.DataFrame, shop: str) -> pd.DataFrame:
    """List what a shop should mend, in order: breaches of law first, then by severity times evidence.

    Indexed by ``rule_id``: ``rule``, ``observed``, ``because`` (the law, the weight, or that the rule is a myth),
    ``priority`` and ``fix``. A myth weighs nothing and so comes last; a legal rule that nobody inspected is
    listed after the breaches of law as a question. Raises ValueError for an unknown shop or rule.
    """
    found = _of_shop(audits, shop)
    table = rules()
    table["observed"] = found["observed"].reindex(table.index)
    broken = table.index.isin(found.index[~found["passes"]])
    unseen = ~table.index.isin(found.index) & table["law"]
    table.loc[unseen, "observed"] = "not inspected"
    table["rank"] = 2
    table.loc[table["law"], "rank"] = 0
    table.loc[unseen, "rank"] = 1
    table["because"] = [_because(rule) for _, rule in table.iterrows()]
    todo = table[broken | unseen].reset_index()
    todo = todo.sort_values(["rank", "priority", "rule_id"], ascending=[True, False, True], kind="stable")
    return todo.set_index("rule_id")[["rule", "observed", "because", "priority", "fix"]]


def _because(rule: pd.Series) -> str:
    if rule["law"]:
        return f"law: {rule['law_reference']}"
    if rule["evidence"] == "D":
        return "myth: evidence speaks against the rule"
    return f"severity {rule['severity']}, evidence {rule['evidence']}"


def scores(audits: pd.DataFrame) -> pd.DataFrame:
    """Compare shops: rules ``inspected`` and ``kept``, ``law_breaches``, and the ``score``.

    The score is the share of the inspected rules' priorities that the shop keeps, in percent; a myth weighs nothing.
    Sorted by breaches of law, then score: a good score does not make up for a breach.
    """
    table, rows = rules(), {}
    for shop in audits["shop"].unique():
        found = _of_shop(audits, shop).join(table[["law", "priority"]])
        points = found["priority"]
        inspected = int(points.sum())
        share = audit_score(int(points[found["passes"]].sum()), inspected) if inspected else float("nan")
        breaches = int((found["law"] & ~found["passes"]).sum())
        rows[shop] = (len(found), int(found["passes"].sum()), breaches, 100 * share)
    columns = ["inspected", "kept", "law_breaches", "score"]
    result = pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("shop")
    return result.sort_values(["law_breaches", "score"], ascending=[True, False], kind="stable")


def headline(audits: pd.DataFrame, shop: str) -> str:
    """Say a shop's report in words: how it stands, and what to mend first and why."""
    todo = report(audits, shop)
    row = scores(audits[audits["shop"] == shop]).loc[shop]
    score = "no score" if pd.isna(row["score"]) else f"score {percent(row['score'], 0)}"
    breaches = int(row["law_breaches"])
    law = "no breach of law" if not breaches else f"{breaches} breach{'es' if breaches > 1 else ''} of law"
    found = f"{shop} keeps {int(row['kept'])} of {int(row['inspected'])} inspected rules: {law}, {score}."
    todo = todo[todo["observed"] != "not inspected"]
    if todo.empty:
        return f"{found} Nothing that was inspected is broken."
    first = todo.iloc[0]
    if first["because"].startswith("myth"):
        return f"{found} Nothing needs mending: {todo.index[0]} is a myth."
    return f"{found} Mend {todo.index[0]} first, {first['rule'][0].lower()}{first['rule'][1:]} ({first['because']})."
