"""What does an alarm limit cost in false alarms, and how soon does it see a jump (D9)?"""

from socialcare.formulas.crisis import chance_at_least, count_chances, false_alarms_per_month, seen_within
from socialcare.formulas.palette import OTHER, QUIET, STRONG
from socialcare.formulas.parameters import Parameter, validated
from socialcare.formulas.wording import number, percent

TITLE = "From how many mentions an hour should the alarm ring?"
QUESTION = "How often does your limit wake somebody for nothing, and does it see the jump in its first hour?"

PARAMETERS = (
    Parameter(
        "usual", "Mentions in a usual hour", 6.0, 0.5, 30, 0.5, "mentions",
        "The mean of calm hours at this hour of the week.", "teaching default",
    ),
    Parameter(
        "limit", "The alarm rings from", 18, 2, 100, 1, "mentions",
        "Mentions in one hour from which somebody is called.", "teaching default",
    ),
    Parameter(
        "jump", "Size of the jump", 3.0, 1.5, 5, 0.5, "times the usual",
        "How much more people write in the first hour of the crisis.", "teaching default",
    ),
    Parameter(
        "lumpiness", "Lumpiness of calm hours", 3.0, 1, 6, 0.5, "times pure chance",
        "Variance of the counts by that of pure chance (Poisson). It grows with the mean: Café Brisa has 2 on average, "
        "and 3 where 6 mentions are usual.", "Café Brisa's calm hours",
    ),
)  # fmt: skip


def _size(usual, lumpiness):
    """Size of the negative binomial whose variance is ``lumpiness`` times its mean; none for Poisson."""
    return None if lumpiness <= 1 else usual / (lumpiness - 1)


def _bars(name, chances, colour, shape):
    return {
        "type": "bar", "name": name, "x": list(range(len(chances))), "y": [100 * chance for chance in chances],
        "marker": {"color": colour, "pattern": {"shape": shape, "fillmode": "overlay", "fgcolor": "white", "size": 5}},
        "hovertemplate": f"{name}: %{{x}} mentions in %{{y:.1f}}% of hours<extra></extra>",
    }  # fmt: skip


def _often(alarms):
    return f"{number(alarms, 1)} false alarms a month" if alarms >= 0.05 else "hardly any false alarms a month"


def figure(**values):
    """Return the figure specification for the chosen values (names, units and ranges: ``PARAMETERS``)."""
    v = validated(PARAMETERS, values)
    usual, limit = v["usual"], v["limit"]
    size, raised = _size(usual, v["lumpiness"]), usual * v["jump"]
    calm_chance = chance_at_least(limit, usual, size)
    false_alarms = false_alarms_per_month(calm_chance)
    first_hour = chance_at_least(limit, raised, size)
    three_hours = seen_within(first_hour, 3)
    poisson = false_alarms_per_month(chance_at_least(limit, usual))
    last = int(max(limit + 2, raised + 2.5 * (raised + (raised * raised / size if size else 0)) ** 0.5))
    calm = _bars("a usual hour", count_chances(last, usual, size), STRONG, "")
    jump = _bars("the first hour of the jump", count_chances(last, raised, size), OTHER, "/")
    top = max(calm["y"] + jump["y"])
    line = {
        "type": "scatter", "mode": "lines", "name": "your limit", "x": [limit - 0.5, limit - 0.5], "y": [0, top],
        "line": {"color": QUIET, "dash": "dash", "width": 3}, "hoverinfo": "skip",
    }  # fmt: skip
    return {
        "data": [jump, calm, line],
        "layout": {
            "title": {"text": "Mentions in one hour: usual, and in the jump"},
            "barmode": "overlay",  # usual hours in front: their tail is the false alarms
            "xaxis": {"title": {"text": "mentions in one hour"}},
            "yaxis": {"title": {"text": "share of hours (%)"}, "rangemode": "tozero"},
            "height": 420,
        },
        "headline": (
            f"An alarm from {number(limit)} mentions gives {_often(false_alarms)} and sees the jump in its first "
            f"hour with a chance of {percent(100 * first_hour, 0)}."
        ),
        "alt": (
            f"Two sets of bars over mentions in one hour. Usual hours lie around {number(usual, 1)}, the first hour "
            f"of the jump around {number(raised, 1)}. A dashed line at {number(limit)} cuts off "
            f"{percent(100 * calm_chance, 2)} of the usual hours and {percent(100 * first_hour, 0)} of the others."
        ),
        "caption": "Right of the line the alarm rings: solid bars there are false alarms.",
        "table": {
            "columns": ["measure", "value"],
            "rows": [
                ["false alarms a month", number(false_alarms, 1)],
                ["false alarms a month if you trusted Poisson", number(poisson, 1)],
                ["jump seen in its first hour", percent(100 * first_hour, 0)],
                ["jump seen in three hours of the same size", percent(100 * three_hours, 0)],
            ],
        },
        "numbers": {
            "false_alarms": false_alarms, "first_hour": first_hour, "three_hours": three_hours, "poisson": poisson,
        },
    }  # fmt: skip
