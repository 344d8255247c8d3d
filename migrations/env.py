"""Runs migrations on the connection that pzdesk hands over: keyed, foreign keys off, one transaction."""

from alembic import context

from pzdesk.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=True,
    compare_type=True,
)
context.run_migrations()
