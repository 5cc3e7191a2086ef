"""The plan checker: it recomputes a plan from the tables, without the model, so that it can contradict it."""
