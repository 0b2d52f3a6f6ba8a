"""What is asked about people besides what they do: who is away. Their verbs stand in the files of their nouns."""
