"""The window: Qt, and only here. Pages get values from services and never a record.

Words used here: a *page* is what the rail opens; a *section* is a part of a patient's file; a *place* is
where somebody is (page, patient, section); the *bench* is what a page works with; the *bar* is the quiet
line that says what was done and offers "Ongedaan maken".
"""
