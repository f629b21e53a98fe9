"""Everything that the desk shows, as JSON under /api/v1, with an OpenAPI document made from the same table."""
