"""The last step of an engagement, taken back."""
