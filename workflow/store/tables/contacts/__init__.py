"""Who speaks for a school, who is proposed for it, and letters that may have gone to an address from before."""
