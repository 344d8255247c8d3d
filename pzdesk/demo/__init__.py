"""The demo: a fictional practice with two years of history, told as data and made by the services."""
