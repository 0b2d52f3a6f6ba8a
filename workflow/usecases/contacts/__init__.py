"""Who speaks for a school: changed by an advisor or proposed by the school, and the letters that follow them."""
