"""The playground's page: what it shows, and what a person can do on it."""

from .page import Page

__all__ = ["Page"]
