"""The figure of certificates to come."""

from web.advisor.insight.figure import Figure
from web.advisor.insight.people import month_words
from web.advisor.insight.reading import Reading
from web.charts.band import band
from workflow.english import count_of, listed
from workflow.forecasting.certificates_ahead import NEEDED, CertificatesAhead, expect


def certificates(reading: Reading) -> Figure:
    stages = [one.name for one in reading.offer.stages if not one.final]
    found = expect(reading.stays, stages, reading.months_ahead, reading.today)
    months = found.months
    return Figure(
        "Certificates to come",
        _says(reading, found),
        ("By the end of", "Low", "Likely", "High"),
        [(f"{one.month:%B %Y}", one.low, one.likely, one.high) for one in months],
        band(month_words([one.month for one in months]), [(one.low, one.likely, one.high) for one in months])
        if months
        else None,
    )


def _says(reading: Reading, found: CertificatesAhead) -> str:
    if found.scarce:
        titles = [f"“{one.title}”" for one in reading.offer.stages if one.name in found.scarce]
        return (
            f"Too few engagements have left {listed(titles)} in the last twelve months to say when certificates "
            f"will come: {NEEDED} must have left each."
        )
    if not found.months:
        return "Nothing is under way."
    last = found.months[-1]
    beyond = (
        f" {count_of(found.outlasted, 'person')} more take part where a stage has lasted longer than it ever has; "
        "nobody can say when."
        if found.outlasted
        else ""
    )
    return (
        f"By the end of {last.month:%B %Y}, {last.likely:,} are likely from engagements under way, and four times "
        f"out of five between {last.low:,} and {last.high:,}.{beyond} Counted from now, going by how long others "
        "took and how many left on the way in the last twelve months. New orders are not in it."
    )
