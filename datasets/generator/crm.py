"""What three suppliers would charge for a CRM: cost lines over five years, and what their quotes leave out."""

import pandas as pd

PEOPLE = (40, 40, 42, 44, 46, 46)  # users in year 0 (the project) and in years 1-5: 15% more in all

# offer, delivery, first year, last year, category, EUR in the first year, yearly growth, per user?, note
LINES = (
    ("A", "on_premise", 0, 0, "software", 60_000, 0.00, False, "Licence for 50 users, paid once"),
    ("A", "on_premise", 0, 0, "services", 66_000, 0.00, False, "Customising, integration, data migration"),
    ("A", "on_premise", 0, 0, "services", 260, 0.00, True, "Training, one day for each user"),
    ("A", "on_premise", 0, 0, "hardware", 22_000, 0.00, False, "Two servers and a store for backups"),
    ("A", "on_premise", 0, 0, "internal_time", 24_000, 0.00, False, "Own staff in the project, not in the quote"),
    ("A", "on_premise", 1, 5, "support", 12_000, 0.03, False, "Maintenance, a fifth of the licence a year"),
    ("A", "on_premise", 1, 5, "hardware", 4_200, 0.02, False, "Power, room, backups"),
    ("A", "on_premise", 1, 5, "internal_time", 19_000, 0.02, False, "Half an administrator, not in the quote"),
    ("A", "on_premise", 3, 3, "services", 18_000, 0.00, False, "Move to the next version"),
    ("A", "on_premise", 4, 4, "hardware", 15_000, 0.00, False, "Servers are replaced"),
    ("A", "on_premise", 5, 5, "exit", 6_000, 0.00, False, "Export and deletion of the data"),
    ("B", "saas", 0, 0, "services", 30_000, 0.00, False, "Set-up, integration, data migration"),
    ("B", "saas", 0, 0, "services", 180, 0.00, True, "Training on line, for each user"),
    ("B", "saas", 0, 0, "internal_time", 15_000, 0.00, False, "Own staff in the project, not in the quote"),
    ("B", "saas", 1, 5, "software", 780, 0.05, True, "65 EUR a month for each user; price rises 5% a year"),
    ("B", "saas", 1, 5, "support", 3_600, 0.03, False, "Answers within four hours"),
    ("B", "saas", 1, 5, "internal_time", 9_000, 0.02, False, "A quarter of an administrator, not in the quote"),
    ("B", "saas", 5, 5, "exit", 11_000, 0.00, False, "Export of the data and of the case history"),
    ("C", "saas", 0, 0, "services", 52_000, 0.00, False, "Set-up and a bridge to the old shop"),
    ("C", "saas", 0, 0, "services", 120, 0.00, True, "Training videos, for each user"),
    ("C", "saas", 0, 0, "internal_time", 21_000, 0.00, False, "Own staff in the project, not in the quote"),
    ("C", "saas", 1, 5, "software", 468, 0.09, True, "39 EUR a month for each user; price rises 9% a year"),
    ("C", "saas", 1, 5, "software", 7_800, 0.09, False, "Social inbox, sold apart"),
    ("C", "saas", 1, 5, "support", 5_400, 0.05, False, "Answers within one working day"),
    ("C", "saas", 1, 5, "internal_time", 14_000, 0.02, False, "Two fifths of an administrator, not in the quote"),
    ("C", "saas", 2, 2, "services", 12_000, 0.00, False, "The bridge is rebuilt after a change of interface"),
    ("C", "saas", 5, 5, "exit", 19_000, 0.00, False, "Export is charged by the record"),
)


def crm_offers(_tables: dict[str, pd.DataFrame], _scale: int) -> pd.DataFrame:
    """Build crm_offers: one row per offer, cost line and year; a per-user amount is for one user and year."""
    rows = []
    for offer, delivery, first, last, category, amount, growth, per_user, note in LINES:
        for year in range(first, last + 1):
            rows.append(
                {
                    "offer": offer,
                    "delivery": delivery,
                    "year": year,
                    "category": category,
                    "amount_eur": round(amount * (1 + growth) ** (year - first), 2),
                    "per_user": per_user,
                    "users": PEOPLE[year],
                    "note": note,
                }
            )
    table = pd.DataFrame(rows).sort_values(["offer", "year"], kind="stable", ignore_index=True)
    table.insert(0, "line_id", [f"L{i:03d}" for i in range(1, len(table) + 1)])
    return table


BUILDERS = {"crm_offers": crm_offers}
