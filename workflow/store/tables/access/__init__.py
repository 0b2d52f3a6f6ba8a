"""Who comes in and how: sessions, devices, second factors, guesses, and what became of accounts."""
