"""Settings: one TOML file that a person may write, with a documented default for each key."""
