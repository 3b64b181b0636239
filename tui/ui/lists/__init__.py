"""View models of the lists, shared by panes and printed reports."""
