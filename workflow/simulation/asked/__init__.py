"""What if, asked on a page: the question, its job as pages see it, and the work that a worker does on it."""
