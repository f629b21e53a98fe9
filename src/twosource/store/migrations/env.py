"""What Alembic runs: the migrations, in the transaction of the connection that it was handed."""

from __future__ import annotations

from alembic import context

from twosource.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
with context.begin_transaction():
    context.run_migrations()
