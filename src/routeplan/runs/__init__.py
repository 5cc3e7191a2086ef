"""Run calls in processes of their own, with limits, records and resumption, on any executor."""
