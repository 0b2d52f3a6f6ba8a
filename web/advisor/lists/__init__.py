"""What somebody makes of the list of engagements: their own columns, lists under names, and the board by stage."""
