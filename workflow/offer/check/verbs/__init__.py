"""What is checked of the verbs that move a journey: rounds, standings, doubles, and who may judge. Pure."""
