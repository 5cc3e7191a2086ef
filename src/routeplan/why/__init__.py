"""Why a project cannot go ahead: the limits in its way, until when, and what lifting them is worth."""
