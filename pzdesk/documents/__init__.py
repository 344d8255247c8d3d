"""Paper: a frozen value in, the bytes of a PDF out.

What stands on a paper was chosen, sorted and worded by the services; here it only gets its place. No
clock, no store, no file names: the same value gives the same bytes.
"""
