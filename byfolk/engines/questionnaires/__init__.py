"""Questionnaires: what is asked (instruments), whom it is asked (campaigns), and answers that cannot be traced."""
