"""Reads files into reports: texts, tables, pages, mail, documents, archives; an Issue tells what can't be read."""

from twosource.intake.columns import parse_column_map
from twosource.intake.files import ENDINGS
from twosource.intake.language import is_english
from twosource.intake.read import count_inputs, read_paths
from twosource.intake.report import report_from_text

__all__ = ["ENDINGS", "count_inputs", "is_english", "parse_column_map", "read_paths", "report_from_text"]
