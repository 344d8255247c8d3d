"""pzdesk: the desk of a kernteam MDO in Dutch primary palliative care."""

__version__ = "0.1.0"
