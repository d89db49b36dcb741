"""When somebody may be asked: their own rhythm, days, hours, holidays and time off. Pure."""
