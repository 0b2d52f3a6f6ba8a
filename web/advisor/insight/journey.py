"""Figures of where engagements stand, and for how long they have."""

from web.advisor.insight.figure import Figure
from web.advisor.insight.reading import Reading
from web.charts.bars import bars
from web.charts.grid import grid
from workflow.english import count_of
from workflow.queries.insight.stages import AGE_TITLES, OLDEST, all_of, under_way

_SHORT_AGES = ("0–2", "2–4", "4–8", "8–16", "over 16")


def funnel(reading: Reading) -> Figure:
    stages = reading.stages
    whole, here, came = all_of(stages), under_way(stages), sum(one.won for one in stages)
    goal = reading.known.titles[reading.known.goal(reading.offer.offer.version)]
    return Figure(
        "How far engagements have come",
        f"Of {count_of(whole, 'engagement')}, {came:,} came to “{goal}”, and {here:,} "
        f"{'is' if here == 1 else 'are'} under way. In the picture, the dark part of a bar and its first number are "
        "those under way at a stage; the whole bar and its second number are all that came so far.",
        ("Stage", "Came so far", "Under way", "On hold", "Completed", "Ended early"),
        [(one.title, one.reached, one.active, one.on_hold, one.completed, one.ended_early) for one in stages],
        bars([one.title for one in stages], [one.active for one in stages], further=[one.reached for one in stages]),
        {one.title: f"/advisor/engagements?stage={one.name}{reading.of_offer}" for one in stages} if whole else {},
    )


def ageing(reading: Reading) -> Figure:
    stages = [one for one in reading.stages if sum(one.ages)]
    old = sum(one.ages[-1] for one in stages)
    return Figure(
        "How long those under way have been at their stage",
        f"{count_of(old, 'engagement')} under way {'has' if old == 1 else 'have'} been at the same stage for "
        f"{OLDEST.lower()}. In the picture, the columns are weeks.",
        ("Stage", *AGE_TITLES),
        [(one.title, *one.ages) for one in stages],
        grid([one.title for one in stages], _SHORT_AGES, [one.ages for one in stages]),
        {one.title: f"/advisor/engagements?stage={one.name}&standing=active{reading.of_offer}" for one in stages},
    )
