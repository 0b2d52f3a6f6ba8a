"""Tests of the forms on pages, whoever fills them in."""
