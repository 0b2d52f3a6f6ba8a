"""`recognition simulate`: a scenario from options and what-ifs, and what came of it."""
