"""An offer's page: read from its folder, typed, proved sound, drawn. Pure but for the loader, which reads files.

Knows facts and guards by name, and neither the record nor the engine. Face: `definition.Offer`, `loader.load_offers`,
`check.check`, `triggers.Transition`, `event_titles.title_of`.
"""
