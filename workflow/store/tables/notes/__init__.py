"""What people write beside an engagement for one another: no part of its history, and never counted by a guard."""
