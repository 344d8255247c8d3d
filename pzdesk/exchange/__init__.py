"""What travels: the patient list and the official PZP form. Bytes in, values out.

May import domain, security and content; no store, no clock, no file names.
"""
