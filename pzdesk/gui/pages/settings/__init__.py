"""Beheer: what a practice sets once and seldom changes, in parts."""
