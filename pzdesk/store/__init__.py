"""Keeps and finds: the encrypted file, its tables, one unit of work. SQLAlchemy lives here only.

May import domain, security, SQLAlchemy and Alembic; never Qt or services.
"""
