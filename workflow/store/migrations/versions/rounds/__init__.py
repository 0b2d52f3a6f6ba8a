"""Journeys that go round again."""
