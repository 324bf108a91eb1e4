"""Analysis of who instructs whom, through networkx: tables of measures, plots as SVG, GraphML with the values."""
