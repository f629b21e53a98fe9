"""What Alembic runs: the migrations, in the transaction of the connection that it was handed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from alembic import context
from alembic.runtime.migration import MigrationContext, MigrationInfo

from twosource.store.tables import metadata

given = context.config.attributes


def tell(ctx: MigrationContext, step: MigrationInfo, heads: Collection[Any], run_args: Mapping[str, Any]) -> None:
    """Tells whoever asked for it of each revision that is done."""
    done = given.get("done")
    if done is not None:
        done(step.up_revision_id)


context.configure(connection=given["connection"], target_metadata=metadata, on_version_apply=tell)
with context.begin_transaction():
    context.run_migrations()
