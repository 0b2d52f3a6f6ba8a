"""Commands about those who take part: places, phases, evidence, certificates."""
