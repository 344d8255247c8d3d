"""Who can open a store: key slots, the recovery code, and the rules for a passphrase.

May import cryptography and ``pzdesk.domain.errors`` (and ``pzdesk.paths`` to find its word list);
nothing else of pzdesk.
"""
