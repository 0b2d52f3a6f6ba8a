"""Who acts in a rehearsal, on what, and when: the caseload of one advisor, its agenda, and the acts performed."""
