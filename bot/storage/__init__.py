"""Where data rests: the engine, transactions, encryption and migrations."""
