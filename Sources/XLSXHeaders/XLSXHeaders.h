// libxlsxwriter's own declarations, for its structures and the types of its functions; nothing is linked. Each type below
// is that of the function of its name, so what is found at run time (XLSXLibrary.swift) is called as the header says.
#ifndef FORENSICS_XLSX_HEADERS_H
#define FORENSICS_XLSX_HEADERS_H

#include <xlsxwriter.h>

#define FORENSICS_XLSX(name) typedef __typeof__(&name) forensics_##name

FORENSICS_XLSX(lxw_strerror);
FORENSICS_XLSX(lxw_version);
FORENSICS_XLSX(workbook_new_opt);
FORENSICS_XLSX(workbook_close);
FORENSICS_XLSX(workbook_add_worksheet);
FORENSICS_XLSX(workbook_add_format);
FORENSICS_XLSX(workbook_add_chart);
FORENSICS_XLSX(workbook_set_properties);
FORENSICS_XLSX(worksheet_write_string);
FORENSICS_XLSX(worksheet_write_number);
FORENSICS_XLSX(worksheet_write_boolean);
FORENSICS_XLSX(worksheet_write_blank);
FORENSICS_XLSX(worksheet_write_formula_num);
FORENSICS_XLSX(worksheet_set_column);
FORENSICS_XLSX(worksheet_freeze_panes);
FORENSICS_XLSX(worksheet_autofilter);
FORENSICS_XLSX(worksheet_insert_chart_opt);
FORENSICS_XLSX(worksheet_set_landscape);
FORENSICS_XLSX(worksheet_set_paper);
FORENSICS_XLSX(worksheet_fit_to_pages);
FORENSICS_XLSX(worksheet_repeat_rows);
FORENSICS_XLSX(worksheet_set_footer);
FORENSICS_XLSX(worksheet_gridlines);
FORENSICS_XLSX(format_set_bold);
FORENSICS_XLSX(format_set_font_size);
FORENSICS_XLSX(format_set_font_color);
FORENSICS_XLSX(format_set_bg_color);
FORENSICS_XLSX(format_set_num_format);
FORENSICS_XLSX(format_set_align);
FORENSICS_XLSX(format_set_text_wrap);
FORENSICS_XLSX(format_set_top);
FORENSICS_XLSX(format_set_bottom);
FORENSICS_XLSX(chart_add_series);
FORENSICS_XLSX(chart_series_set_categories);
FORENSICS_XLSX(chart_series_set_values);
FORENSICS_XLSX(chart_series_set_name_range);
FORENSICS_XLSX(chart_series_set_line);
FORENSICS_XLSX(chart_series_set_fill);
FORENSICS_XLSX(chart_series_set_marker_type);
FORENSICS_XLSX(chart_title_set_name_range);
FORENSICS_XLSX(chart_title_set_name_font);
FORENSICS_XLSX(chart_legend_set_position);
FORENSICS_XLSX(chart_axis_set_num_format);
FORENSICS_XLSX(chart_axis_set_reverse);
FORENSICS_XLSX(chart_axis_major_gridlines_set_line);

#undef FORENSICS_XLSX

#endif
