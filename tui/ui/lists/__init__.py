"""View models of lists, shared by panes and printed reports."""
