"""What a user can do: one class per task area, each method one act that leaves one line in the log.

May import every room but Qt and SQLAlchemy. Serves the window and the command line alike.
"""
