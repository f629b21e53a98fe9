"""The questions that users ask, as functions from a project to records: desk, commands and exports all ask here."""
