"""The page that both sides of a one-on-one fill: agenda, promises, what was agreed, own notes."""
