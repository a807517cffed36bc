"""The reasons of the slips in units 04, 09, 10 and 12, written a second time in a few words of each."""

import pytest

from socialcare.exercises import Task, load_tasks

REASONS = {
    "04-1": {
        "ties counted as worse": "Only those with fewer are worse",
        "no score left out": "so score 2 stays empty",
        "turned round": "5 is the best",
    },
    "04-2": {
        "the end of the year": "the segment on 1 January 2026",
        "at risk": "asks for *Cannot lose*",
        "a share": "needs a number of people",
    },
    "04-3": {
        "the colleague's value": "both faults are still in it",
        "tested on the training data": "tested on the year that it has learned from",
        "inputs leak": "they contain the purchase that you predict",
    },
    "04-4": {
        "revenue instead of margin": "repaid by the margin",
        "one half": "pays at far lower chances",
        "those who must not get it": "below the threshold",
    },
    "04-5": {
        "cold brew": "The task asks for gift boxes",
        "share of women": "says nothing about women outside",
        "silence as an answer": "nobody may guess for them",
    },
    "09-1": {
        "both fall": "do not enter the active followers",
        "both rise": "A larger base with the same acts lowers a rate",
        "neither moves": "when you divide by all followers",
    },
    "09-2": {
        "all fans in the denominator": "ERFb divides by the active ones",
        "own account counted": "the brand's own likes",
        "shares forgotten": "counts shares too",
        "a share, not percent": "The rate is in percent",
    },
    "09-3": {
        "the colleague's value": "all three faults are still in it",
        "likes counted": "retweets and mentions only",
        "bots counted": "You still count bots",
        "all followers": "divides by the active ones",
    },
    "09-4": {
        "macro average": "every post counts alike",
        "sign turned": "Take Café Brisa first",
        "relative difference": "is in percentage points",
    },
    "09-5": {
        "days forgotten": "Mentions that answer no post come in days",
        "90% interval": "The task asks for 95%",
        "all followers": "ERTw uses active ones",
    },
    "10-1": {
        "the largest drop": "one percent more orders at any step",
        "nearest to the money": "does not mind the order of its factors",
        "a point is a percent": "a ninetieth of the last step's",
    },
    "10-2": {
        "all devices": "Filter the tablets first",
        "all visits below the line": "starts at the step before it",
        "textbook interval": "take Wilson's",
        "percent, not shares": "asks for shares from 0 to 1",
    },
    "10-3": {
        "the colleague's value": "counts visits that stopped at the payment",
        "crude": "Give both the mix of all visits",
        "unweighted": "Weight them by their share",
        "sign turned": "Take phones first",
    },
    "10-4": {
        "five percent": "says five percentage points",
        "both versions": "Give the carts for each",
        "one-sided": "test both sides at 5%",
        "whole funnel": "start from cart to checkout",
    },
    "10-5": {
        "rules counted": "weights each by severity and evidence",
        "button alone": "must be unticked too",
        "shares, not percent": "The score is in percent",
    },
    "12-1": {
        "size counts": "about one customer at a time",
        "loyalty of the silent turned round": "The bar rises",
        "speed turned round": "The bar falls",
    },
    "12-2": {
        "first margin later": "the first margin comes now",
        "growth forgotten": "growth of the margin",
        "no discount": "worth less than one today",
        "ten years only": "The task asks for all years",
    },
    "12-3": {
        "the colleague's value": "both faults are still in it",
        "open cases dropped": "Whoever waits has not been helped",
        "queries counted": "is no problem solved",
        "quick ones only": "A later solution is a solution too",
    },
    "12-4": {
        "today's speed": "the share of quick solutions up to 0.60",
        "teaching default": "Café Brisa's own assumptions",
        "no word of mouth": "`tellings` stays as it is",
        "a share, not percent": "asks for percent",
    },
    "12-5": {
        "everybody can be moved": "give `movable`",
        "cost per person treated": "Divide by the lift",
        "all ways of winning": "The owner thinks of ads",
        "points as a share": "Three points are 0.03",
    },
}


@pytest.mark.parametrize("unit", ["04", "09", "10", "12"])
def test_each_slip_is_told_the_reason_that_fits_it(unit):
    tasks = {task_id: task for task_id, task in load_tasks(unit).items() if isinstance(task, Task)}
    assert tasks.keys() == {task_id for task_id in REASONS if task_id.startswith(unit)}
    for task_id, task in tasks.items():
        assert [mistake.name for mistake in task.mistakes] == list(REASONS[task_id])
        for mistake in task.mistakes:
            assert REASONS[task_id][mistake.name] in mistake.message
