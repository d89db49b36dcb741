"""The Home tab, the settings and the help: where everything else can be reached from."""
