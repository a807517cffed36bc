"""Rent or buy a CRM: what users, fee, price rise and years do to the total cost of ownership (S4.4-P4, D13)."""

from socialcare.formulas.crm import cost_per_user_month, first_dearer_year, present_value
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import euros, number

TITLE = "Rent or buy?"
QUESTION = "How many users, at which fee and over how many years, make renting dearer than owning?"

PARAMETERS = (
    Parameter(
        "users", "Users at the start", 40, 10, 120, 1, "users",
        "People with a log-in when you start; the two offers let them grow by 15% until the fourth year.",
        "table crm_offers",
    ),
    Parameter(
        "fee", "Fee for each user", 65, 20, 150, 5, "EUR a month",
        "What the rented system costs for one user and month in the first year.", "table crm_offers, offer B",
    ),
    Parameter(
        "price_rise", "Rise of the fee", 5, 0, 10, 1, "% a year",
        "How much the fee rises each year. Look for a cap in the contract.", "table crm_offers, offer B",
    ),
    Parameter(
        "years", "Years of use", 5, 1, 10, 1, "years",
        "After these years you leave and pay for the export of your data. The source says 3 to 5.", "S4.4-N1",
    ),
)  # fmt: skip

# Offer A (owned) and offer B (rented) of the table crm_offers; beyond year 5 the same rules go on (teaching default)
GROWTH = (1, 1, 1.05, 1.10, 1.15, 1.15)  # users of year 0 to 5, as a multiple of those at the start
LICENCE, LICENCE_USERS, MAINTENANCE = 60000, 50, 0.20  # EUR for each block of users; share of the licence a year
OWNED_PROJECT, OWNED_TRAINING = 66000 + 22000 + 24000, 260  # services, hardware, own time; per user
OWNED_YEAR, OWNED_UPGRADE, OWNED_SERVERS, OWNED_EXIT = 4200 + 19000, 18000, 15000, 6000
RENTED_PROJECT, RENTED_TRAINING = 30000 + 15000, 180
RENTED_SUPPORT, RENTED_TIME, RENTED_EXIT = 3600, 9000, 11000
SUPPORT_RISE, WAGE_RISE = 0.03, 0.02  # per year


def people(users, year):
    """Return the users of a year; after the fifth they stay as they are."""
    return int(users * GROWTH[min(year, 5)] + 0.5)


def _licences(users, year):
    """Return how many blocks of LICENCE_USERS the users of a year need."""
    return -(-people(users, year) // LICENCE_USERS)


def owned_costs(users, years):
    """Return the cost of each year 0 to ``years`` when you buy, EUR: offer A. A licence is bought when it is needed."""
    costs = [LICENCE * _licences(users, 0) + OWNED_PROJECT + OWNED_TRAINING * people(users, 0)]
    for year in range(1, years + 1):
        licence = LICENCE * _licences(users, year)
        cost = licence - LICENCE * _licences(users, year - 1)
        cost += MAINTENANCE * licence * (1 + SUPPORT_RISE) ** (year - 1) + OWNED_YEAR * (1 + WAGE_RISE) ** (year - 1)
        cost += OWNED_UPGRADE if year % 3 == 0 else 0
        cost += OWNED_SERVERS if year % 4 == 0 else 0
        costs.append(cost + (OWNED_EXIT if year == years else 0))
    return costs


def rented_costs(users, fee, price_rise, years):
    """Return the cost of each year 0 to ``years`` when you rent, EUR: offer B. ``price_rise`` is a share per year."""
    costs = [RENTED_PROJECT + RENTED_TRAINING * people(users, 0)]
    for year in range(1, years + 1):
        cost = 12 * fee * (1 + price_rise) ** (year - 1) * people(users, year)
        cost += RENTED_SUPPORT * (1 + SUPPORT_RISE) ** (year - 1) + RENTED_TIME * (1 + WAGE_RISE) ** (year - 1)
        costs.append(cost + (RENTED_EXIT if year == years else 0))
    return costs


def _added_up(costs):
    return [present_value(costs[: year + 1]) for year in range(len(costs))]


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    years = v["years"]
    used = [people(v["users"], year) for year in range(1, years + 1)]
    owned_by_year = owned_costs(v["users"], years)
    rented_by_year = rented_costs(v["users"], v["fee"], v["price_rise"] / 100, years)
    owned, rented = _added_up(owned_by_year), _added_up(rented_by_year)
    gap = owned[-1] - rented[-1]
    dearer = first_dearer_year(rented_by_year, owned_by_year)
    months = [cost_per_user_month(total, used) for total in (owned[-1], rented[-1])]
    if abs(gap) < 0.5:
        verdict = "Both cost the same."
    elif gap > 0:
        verdict = f"Renting is cheaper by {euros(gap, 0)}."
    else:
        verdict = f"Owning is cheaper by {euros(-gap, 0)}."
    if dearer is None:
        crossing = "Renting never becomes the dearer one in that time."
    else:
        crossing = f"Renting has cost more than owning from year {dearer} on."
        if gap > 0:
            crossing = f"Renting is the dearer one in year {dearer}, and not at the end."
    span = f"{number(years)} years" if years > 1 else "1 year"
    at = list(range(years + 1))
    where = "never" if dearer is None else f"year {dearer}"
    rows = [
        [str(year), euros(owned[year], 0), euros(rented[year], 0), euros(rented[year] - owned[year], 0)] for year in at
    ]
    return {
        "data": [
            {
                "type": "scatter", "mode": "lines+markers", "name": "Own", "x": at, "y": owned,
                "line": {"color": OTHER, "width": 3, "dash": "dash"}, "marker": {"size": 9, "symbol": "square"},
                "hovertemplate": "year %{x}: €%{y:,.0f} owned<extra></extra>",
            },
            {
                "type": "scatter", "mode": "lines+markers", "name": "Rent", "x": at, "y": rented,
                "line": {"color": STRONG, "width": 3}, "marker": {"size": 9, "symbol": "circle"},
                "hovertemplate": "year %{x}: €%{y:,.0f} rented<extra></extra>",
            },
            {
                "type": "scatter", "mode": "markers", "name": "Renting becomes dearer",
                "x": [] if dearer is None else [dearer], "y": [] if dearer is None else [rented[dearer]],
                "marker": {"color": QUIET, "size": 16, "symbol": "diamond"},
                "hovertemplate": "from year %{x} renting has cost more<extra></extra>",
            },
        ],
        "layout": {
            "title": {"text": "Cost added up, project included"},
            "xaxis": {"title": {"text": "year of use (0 = project)"}, "dtick": 1},
            "yaxis": {"title": {"text": "EUR since the project began"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"After {span}, owning costs {euros(owned[-1], 0)} and renting {euros(rented[-1], 0)}, or "
            f"{euros(months[0], 0)} and {euros(months[1], 0)} for each user and month. {verdict} {crossing}"
        ),
        "alt": (
            f"Two rising lines over {span}. Owning starts at {euros(owned[0], 0)} and ends at {euros(owned[-1], 0)}; "
            f"renting starts at {euros(rented[0], 0)} and ends at {euros(rented[-1], 0)}. "
            f"Renting becomes the dearer one: {where}."
        ),
        "caption": "Owning costs most at the start; renting costs most if you stay or grow.",
        "table": {"columns": ["year", "own, added up", "rent, added up", "rent less own"], "rows": rows},
        "numbers": {
            "owned": owned[-1], "rented": rented[-1], "gap": gap, "first_dearer_year": dearer,
            "owned_user_month": months[0], "rented_user_month": months[1],
        },
    }  # fmt: skip
