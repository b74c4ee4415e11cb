"""How dates and times are written where Django writes them: `FORMAT_MODULE_PATH` names this."""
