"""The equation that a reader sees is what the function computes: it is read, evaluated and compared.

Left out are equations with a sum over a list, an inverse or a word that stands for data; their functions are tested
against published values in the tests of their modules.
"""

import ast
import inspect
import math
import random
import re

import pytest
from formula_pages import formulas_of, topics

from socialcare.formula_sheet import equation

READ = {  # what the short names of an equation stand for, in the arguments of its function
    "attention.final_size": {"R": "r"},
    "attention.mentions_saved": {"R": "r"},
    "complaints.encouragement_gain": {
        "stay": "resolution_rate * stay_resolved + (1 - resolution_rate) * stay_unresolved"
    },
    "complaints.break_even_resolution": {  # a solved and a failed complaint, each compared with silence
        "gain": "(stay_resolved - stay_silent) * value - contact_cost - redress_cost",
        "loss": "(stay_silent - stay_unresolved) * value + contact_cost + word_of_mouth",
    },
    "complaints.break_even_silent_loyalty": {
        "stay": "resolution_rate * stay_resolved + (1 - resolution_rate) * stay_unresolved"
    },
    "content.chance_of_a_false_finding": {"m": "comparisons"},
    "crm.most_first_year_share": {"s": "first_year_services"},
    "crm.most_service_share": {"x": "first_year_share", "s": "first_year_services"},
    "crm.required_benefit": {"TCO": "total", "annuity": "sum((1 + discount) ** -year for year in range(1, years + 1))"},
    "experience.nps": {"answers": "promoters + passives + detractors"},
    "experience.nps_variance": {"p": "promoter_share", "d": "detractor_share"},
    "first_steps.hours_available": {"paid": "contract_hours"},
    "first_steps.people_needed": {"hours_there_of_one": "contract_hours * (1 - shrinkage)"},
    "funnel.days_needed": {"visitors": "visitors_per_version"},
    "marketing_eras.brand_advocacy_ratio": {"people_aware": "aware"},
    "marketing_eras.purchase_action_ratio": {"people_aware": "aware"},
    "personalisation.apparent_share": {"p": "share"},
    "personalisation.corrected_share": {"flagged": "apparent"},
    "personalisation.right_flags": {
        "p": "share",
        "apparent_share": "share * sensitivity + (1 - share) * (1 - specificity)",
    },
    "staffing.break_even_loss": {"crises": "crises_per_year", "share": "closed_share", "delay": "delay_hours"},
    "staffing.late_loss": {"crises": "crises_per_year", "delay": "delay_hours"},
    "staffing.staff_hours": {"occupancy": "max_occupancy"},
    "value.clv_horizon": {"step": "retention * (1 + growth) / (1 + discount)"},
}
FUNCTIONS = {
    "sqrt": math.sqrt,
    "ln": math.log,
    "exp": math.exp,
    "max": max,
    "min": min,
    "sum": sum,
    "prod": math.prod,
    "ceil": math.ceil,
    "floor": math.floor,
}
WORDS = {
    "cdot": "*",
    "times": "*",
    "ln": " ln",
    "exp": " exp",
    "max": " max",
    "min": " min",
    "sum": " sum",
    "prod": " prod",
    "left": "",
    "right": "",
}
WORDS |= {"geq": ">=", "leq": "<=", "lceil": " ceil(", "rceil": ")", "lfloor": " floor(", "rfloor": ")"}
TRIED = (0.1, 0.2, 0.3, 0.45, 0.6, 0.85, 0.95, 1, 2, 3, 7, 20, 150, 1000, (0.2, 0.45), (3, 7), (20, 150))
LEAST = 85  # equations that can be read; fewer mean that this test has gone blind


def function_of(name):
    module, _, formula = name.partition(".")
    return getattr(__import__(f"socialcare.formulas.{module}", fromlist=["x"]), formula)


def group(text, start):
    """Return what stands in the braces that open at ``start``, and where they end."""
    depth = 0
    for place in range(start, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if depth == 0:
            return text[start + 1 : place], place + 1
    raise ValueError(f"no closing brace in {text[start:]!r}")


def python(tex):
    """Return a LaTeX expression as Python: fractions, roots, powers, products, names in words."""
    out, place = "", 0
    while place < len(tex):
        if name := re.match(r"\\text\{([^}]*)\}", tex[place:]):
            out += " " + re.sub(r"[ -]", "_", name[1].strip()) + " "
            place += name.end()
        elif tex.startswith(r"\frac", place):
            above, place = group(tex, place + 5)
            below, place = group(tex, place)
            out += f"(({python(above)}) / ({python(below)}))"
        elif tex.startswith((r"\sqrt", "^{"), place):
            root = tex.startswith(r"\sqrt", place)
            inside, place = group(tex, place + (5 if root else 1))
            out += f"{'sqrt' if root else '**'}({python(inside)})"
        elif (word := re.match(r"\\([a-z]+)", tex[place:])) and word[1] in WORDS:
            out += WORDS[word[1]]
            place += word.end()
        else:
            out += "**" if tex[place] == "^" else tex[place]
            place += 1
    out = re.sub(r"\b(ln|sum|prod)\s+(\w+)", r"\1(\2)", out)
    return re.sub(r"(\)|\b[A-Za-z])\s*\(", r"\1 * (", out).strip()  # a product without a sign


def readable(name):
    """Return the right side of an equation as Python in the arguments of its function, or None."""
    _, equals, right = equation(function_of(name)).partition(" = ")
    try:
        tree = ast.parse(python(right), mode="eval")
    except SyntaxError:
        return None
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - set(FUNCTIONS)
    known = set(inspect.signature(function_of(name)).parameters) | set(READ.get(name, ()))
    return ast.unparse(tree) if equals and names <= known else None


def compared(name, expression, wanted=6):
    """Return pairs of what the function gives and what its equation gives, for arguments that the function takes."""
    function, chance, pairs = function_of(name), random.Random(name), []
    parameters = inspect.signature(function).parameters.values()
    for _ in range(2000):
        arguments = {
            p.name: chance.choice(TRIED)
            for p in parameters
            if p.default is p.empty or re.search(rf"\b{p.name}\b", expression)
        }
        try:
            given = function(**arguments)
        except (ValueError, TypeError):
            continue
        if given in (0, 1, math.inf) and not isinstance(
            given, bool
        ):  # cut off where the equation has no meaning, such as a share above 1
            continue
        arguments |= {p.name: p.default for p in parameters if p.name not in arguments}
        arguments |= {short: eval(long, FUNCTIONS | arguments) for short, long in READ.get(name, {}).items()}
        pairs.append((given, eval(expression, FUNCTIONS | arguments)))
        if len({pair[0] for pair in pairs}) == wanted:
            break
    return pairs


NAMES = [f"{entry.module}.{entry.name}" for topic in topics() for entry in formulas_of(topic)]
READABLE = {name: expression for name in NAMES if (expression := readable(name))}
OTHER_LEFT_SIDE = {"value.sbg_from_retention"}  # states the sum of the two numbers that it returns


@pytest.mark.parametrize("name", sorted(set(READABLE) - OTHER_LEFT_SIDE))
def test_an_equation_says_what_its_function_computes(name):
    pairs = compared(name, READABLE[name])
    assert len({given for given, _ in pairs}) >= (2 if isinstance(pairs[0][0], bool) else 3)
    assert [stated for _, stated in pairs] == pytest.approx([given for given, _ in pairs], rel=1e-9)


def test_the_two_numbers_of_the_geometric_model_add_up_to_their_equation():
    alpha, beta = function_of("value.sbg_from_retention")(0.6, 0.7)
    stated = eval(READABLE["value.sbg_from_retention"], {"first": 0.6, "second": 0.7})
    assert alpha + beta == pytest.approx(stated)


def test_most_equations_can_be_read_and_none_of_the_short_names_is_left_over():
    assert len(READABLE) >= LEAST
    assert set(READ) <= set(READABLE)


def test_an_equation_is_read_as_it_is_written():
    assert python(r"\frac{\text{a b} + 1}{2} \cdot (1 + r)^{-n}") == "((a_b  + 1) / (2)) * (1 + r)**(-n)"
    assert eval(python(r"\left(\sqrt{x} - \lceil y \rceil\right)"), FUNCTIONS, {"x": 9, "y": 1.2}) == 1
