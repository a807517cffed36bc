"""How well does the rubric read? Its verdicts against labels, criterion by criterion and language by language.

A verdict *cannot tell* finds nothing: such a reply counts as missed or as left alone, and how many there are is told
apart. All shares carry Wilson intervals, kappa its large-sample interval; one raw number without n is never returned.
"""

from collections.abc import Iterable

import pandas as pd

from socialcare.formulas import personalisation as formulas
from socialcare.formulas.funnel import wilson_interval
from socialcare.personalisation import rubric

__all__ = ["agreement", "confusion", "holdout_cases", "labelled_cases", "measure", "rater_kappa", "read_all"]

MEASURED = tuple(name for name in rubric.CRITERIA if name != "fits_one_turn")


def labelled_cases(messages: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    """Join the agents' labelled replies with their case: one row per reply, index ``message_id``.

    Columns for the reader (``reply``, ``customer``, ``message``, ``language``, ``public``), ``channel``, labels.
    The customer's name is not in the tables, so it is empty; ``message`` is empty where it was not kept.
    """
    asked = messages[messages["sender"] == "customer"].drop_duplicates("ticket_id").set_index("ticket_id")["text"]
    agents = messages[messages["sender"] == "agent"].merge(
        tickets[["ticket_id", "channel", "language", "type"]], on="ticket_id", suffixes=("_of_reply", "")
    )
    cases = pd.DataFrame(
        {
            "reply": agents["text"],
            "customer": "",
            "message": agents["ticket_id"].map(asked).fillna(""),
            "language": agents["language"],
            "public": agents["channel"].isin(rubric.PUBLIC_CHANNELS),
            "channel": agents["channel"],
        }
    )
    labels = agents[[name for name in MEASURED if name in agents]].astype(bool)
    return cases.join(labels).set_index(agents["message_id"])


def holdout_cases(holdout: pd.DataFrame) -> pd.DataFrame:
    """Shape the table ``reply_holdout`` like :func:`labelled_cases`; index ``reply_id``."""
    cases = holdout.rename(
        columns={"customer_name": "customer", "customer_message": "message", "customer_language": "language"}
    ).set_index("reply_id")
    return cases.assign(public=cases["channel"].isin(rubric.PUBLIC_CHANNELS))


def read_all(cases: pd.DataFrame) -> pd.DataFrame:
    """Read every reply of ``cases``: one row per reply, one column per criterion, verdicts as words."""
    rows = {
        row.Index: {
            name: finding.verdict
            for name, finding in rubric.read_reply(
                row.reply, customer=row.customer, message=row.message, language=row.language, public=row.public
            ).items()
        }
        for row in cases.itertuples()
    }
    return pd.DataFrame.from_dict(rows, orient="index")


def confusion(labels: pd.Series, verdicts: pd.Series) -> dict[str, int]:
    """Count how verdicts and labels meet: right_hits, false_hits, missed and right_left are all replies.

    ``undecided`` are those of the last two whose verdict is *cannot tell*.
    """
    said, true = verdicts == rubric.YES, labels.astype(bool)
    return {
        "right_hits": int((said & true).sum()),
        "false_hits": int((said & ~true).sum()),
        "missed": int((~said & true).sum()),
        "right_left": int((~said & ~true).sum()),
        "undecided": int((verdicts == rubric.CANNOT_TELL).sum()),
    }


def _share(part: int, whole: int) -> tuple[float, float, float]:
    return (part / whole, *wilson_interval(part, whole)) if whole else (float("nan"),) * 3


def agreement(counts: dict[str, int]) -> dict[str, float]:
    """Return precision, recall and kappa of one table of counts, each with its 95% interval; NaN where undefined."""
    hits, false, missed, left = (counts[name] for name in ("right_hits", "false_hits", "missed", "right_left"))
    both_kinds = hits + missed and hits + missed < hits + false + missed + left
    cells = (hits, false, missed, left)
    kappa = (formulas.cohens_kappa(*cells), *formulas.kappa_interval(*cells)) if both_kinds else (float("nan"),) * 3
    values = {"precision": _share(hits, hits + false), "recall": _share(hits, hits + missed), "kappa": kappa}
    return {
        f"{name}{suffix}": value
        for name, triple in values.items()
        for suffix, value in zip(("", "_low", "_high"), triple, strict=True)
    }


def measure(cases: pd.DataFrame, verdicts: pd.DataFrame, by: Iterable[str] = ()) -> pd.DataFrame:
    """Measure the rubric on labelled cases: one row per criterion, and per value of the columns ``by``.

    Columns: ``n`` (all replies), ``with_feature``, the counts of :func:`confusion` and :func:`agreement`.
    """
    groups = [((), cases)] if not list(by) else cases.groupby(list(by))
    rows = []
    for key, group in groups:
        for name in (name for name in MEASURED if name in cases):
            counts = confusion(group[name], verdicts.loc[group.index, name])
            with_feature = counts["right_hits"] + counts["missed"]
            place = dict(zip(by, key, strict=True))
            sizes = {"n": len(group), "with_feature": with_feature}
            rows.append({"criterion": name, **place, **sizes, **counts, **agreement(counts)})
    return pd.DataFrame(rows).set_index(["criterion", *by])


def rater_kappa(messages: pd.DataFrame) -> float:
    """Return the quadratic weighted kappa of the two human raters' marks for the whole reply (1 to 3)."""
    from sklearn.metrics import cohen_kappa_score  # noqa: PLC0415  heavy; simulators start without it

    marks = messages[["label_rater_1", "label_rater_2"]].dropna().astype(int)
    return float(cohen_kappa_score(*(marks[column] for column in marks), weights="quadratic"))
