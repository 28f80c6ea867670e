"""How long marking a class takes: ours beside nbgrader's and otter's, and what a guest costs."""
