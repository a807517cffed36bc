"""Which small things make service feel careful, and does ours do them? A traveller's list, counted.

The source admires details of service in Japan (S0.3-J1 to J9) and draws lessons for networks (L1 to L9). The course
passes no judgement on countries (B69): it takes the list as a checklist. Each detail is a yes or no about one reply or
one case, so that anybody can count it, with Wilson's interval.
"""

from typing import NamedTuple

import pandas as pd

from socialcare.formulas.funnel import wilson_interval

__all__ = ["DETAILS", "Detail", "kept_language", "score"]


class Detail(NamedTuple):
    """One detail: the ``source`` items, what the author ``seen`` did see, what it means in ``service``, and the count.

    ``table`` is ``messages`` (replies by agents) or ``tickets``; ``column`` is true, or false if ``wanted`` is False,
    where the detail was given.
    """

    source: str
    seen: str
    service: str
    table: str
    column: str
    wanted: bool = True


DETAILS = (
    Detail("J1", "visitors and locals are served alike", "other languages get an answer in a day", "other", "in_time"),
    Detail("J2", "the inspector bows in each carriage", "the reply greets by name", "messages", "greets_by_name"),
    Detail("J3, L1", "white gloves", "no data asked in public", "messages", "asks_personal_data_in_public", False),
    Detail("J4", "the door opens by itself", "one agent from start to end", "tickets", "same_agent_throughout"),
    Detail("J5", "uniformed staff at each gate", "the reply is signed", "messages", "signed"),
    Detail("J6, L2", "clean toilets at every station", "a person answers at all", "tickets", "answered"),
    Detail("J7", "a greeter finds the right desk", "it answers what was asked", "messages", "answers_specifically"),
    Detail("J8, L5", "little English, great courtesy", "the reply thanks the person", "messages", "thanks"),
    Detail("J9, L8", "stations named in English too", "it is in the person's language", "messages", "same_language"),
    Detail("L3", "(a lesson)", "the reply says what happens when", "messages", "next_step_with_time"),
    Detail("L4", "(a lesson)", "a person answers within a day", "tickets", "in_time"),
    Detail("L6", "(a lesson)", "it puts no blame on anybody", "messages", "blames_customer", wanted=False),
)  # fmt: skip
"""J1 to J9 and the lessons that can be counted. L7, care for detail, is the list as a whole; L9 is no detail."""


def score(messages: pd.DataFrame, tickets: pd.DataFrame) -> pd.DataFrame:
    """Count how often each detail was given: ``source``, ``seen``, ``service``, ``n``, ``share``, ``low``, ``high``.

    ``messages`` needs the labels of agents' replies, ``tickets`` the column of ``parity.answered_within``. Best first;
    shares are proportions with Wilson's 95% interval. Cases with an empty label are not counted. Raises ValueError if
    a detail has nothing to count.
    """
    cases = tickets.assign(answered=tickets["first_human_reply_at"].notna(), in_time=tickets["answered_in_time"])
    main = cases["language"].mode()[0]
    tables = {
        "messages": messages[messages["sender"] == "agent"],
        "tickets": cases,
        "other": cases[cases["language"] != main],
    }
    rows = []
    for detail in DETAILS:
        given = tables[detail.table][detail.column].dropna().astype(bool)
        if given.empty:
            raise ValueError(f"{detail.column} has no value to count; expected at least one case")
        kept, n = int((given == detail.wanted).sum()), len(given)
        rows.append((detail.source, detail.seen, detail.service, n, kept / n, *wilson_interval(kept, n)))
    columns = ["source", "seen", "service", "n", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns).sort_values("share", ascending=False, kind="stable", ignore_index=True)


def kept_language(messages: pd.DataFrame) -> pd.DataFrame:
    """Count the replies in the language of the customer's own message, by that language.

    Indexed by ``language`` (the customer's): ``replies``, ``kept``, ``share``, ``low``, ``high`` (Wilson, 95%).
    Replies whose customer's message is not in the table are left out.
    """
    asked = messages[messages["sender"] == "customer"].set_index("ticket_id")["language"]
    replies = messages[messages["sender"] == "agent"]
    pairs = replies.assign(asked=replies["ticket_id"].map(asked[~asked.index.duplicated()])).dropna(subset="asked")
    table = pairs["language"].eq(pairs["asked"]).groupby(pairs["asked"]).agg(replies="size", kept="sum")
    ends = [wilson_interval(int(row.kept), int(row.replies)) for row in table.itertuples()]
    rates = pd.DataFrame(ends, index=table.index, columns=["low", "high"])
    return table.assign(share=table["kept"] / table["replies"]).join(rates).rename_axis("language")
