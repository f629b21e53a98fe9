"""Reads files into reports: text, JSONL and CSV, in whatever encoding, with an Issue for what can't be read."""

from twosource.intake.columns import parse_column_map
from twosource.intake.files import ENDINGS
from twosource.intake.read import count_inputs, read_paths
from twosource.intake.report import report_from_text

__all__ = ["ENDINGS", "count_inputs", "parse_column_map", "read_paths", "report_from_text"]
