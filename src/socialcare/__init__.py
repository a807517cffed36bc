"""Formulas, models, checks, figures and simulators of the course on social customer service."""
