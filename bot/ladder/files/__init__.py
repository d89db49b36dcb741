"""The ladder as YAML files: read with every mistake named, checked for loose ends, written."""
