"""The instance: frozen tables with their rules, scenarios, horizon, options and money."""
