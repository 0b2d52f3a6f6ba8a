"""One engagement as a place with an address for each thing: overview, people, meetings, evidence, visits, messages,
history. `place` says where each is, `render` shows it, and a file of its own says what stands on it."""
