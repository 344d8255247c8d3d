"""Patiënten: the list of everybody, a new patient, and a list from the HIS."""
