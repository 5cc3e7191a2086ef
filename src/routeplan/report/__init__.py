"""Pictures of a plan, and a page of them: made from the tables of results and their instances, and nothing else."""
