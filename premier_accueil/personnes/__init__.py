"""A person inside one structure: identity if she gives it, how to reach her safely, who may not see her."""
