"""Where records come from: JSON, CSV and XLSX files and the drop folder."""
