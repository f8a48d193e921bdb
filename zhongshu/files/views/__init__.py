"""Pages of files: the pane beside a sheet, drops, 保密审查, prints and covers."""
