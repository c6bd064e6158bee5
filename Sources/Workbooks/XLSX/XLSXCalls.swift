#if XLSX
  import XLSXHeaders

  struct SheetCalls {
    let string: forensics_worksheet_write_string
    let number: forensics_worksheet_write_number
    let boolean: forensics_worksheet_write_boolean
    let blank: forensics_worksheet_write_blank
    let formula: forensics_worksheet_write_formula_num
    let setColumn: forensics_worksheet_set_column
    let freeze: forensics_worksheet_freeze_panes
    let autofilter: forensics_worksheet_autofilter
    let insertChart: forensics_worksheet_insert_chart_opt
    let setLandscape: forensics_worksheet_set_landscape
    let setPaper: forensics_worksheet_set_paper
    let fitToPages: forensics_worksheet_fit_to_pages
    let repeatRows: forensics_worksheet_repeat_rows
    let setFooter: forensics_worksheet_set_footer
    let gridlines: forensics_worksheet_gridlines

    init(_ symbols: XLSXLibrary.Symbols) throws(WorkbookError) {
      string = try symbols("worksheet_write_string")
      number = try symbols("worksheet_write_number")
      boolean = try symbols("worksheet_write_boolean")
      blank = try symbols("worksheet_write_blank")
      formula = try symbols("worksheet_write_formula_num")
      setColumn = try symbols("worksheet_set_column")
      freeze = try symbols("worksheet_freeze_panes")
      autofilter = try symbols("worksheet_autofilter")
      insertChart = try symbols("worksheet_insert_chart_opt")
      setLandscape = try symbols("worksheet_set_landscape")
      setPaper = try symbols("worksheet_set_paper")
      fitToPages = try symbols("worksheet_fit_to_pages")
      repeatRows = try symbols("worksheet_repeat_rows")
      setFooter = try symbols("worksheet_set_footer")
      gridlines = try symbols("worksheet_gridlines")
    }
  }

  struct FormatCalls {
    let setBold: forensics_format_set_bold
    let setSize: forensics_format_set_font_size
    let setColor: forensics_format_set_font_color
    let setBackground: forensics_format_set_bg_color
    let setNumberFormat: forensics_format_set_num_format
    let setAlignment: forensics_format_set_align
    let setWrap: forensics_format_set_text_wrap
    let setTop: forensics_format_set_top
    let setBottom: forensics_format_set_bottom

    init(_ symbols: XLSXLibrary.Symbols) throws(WorkbookError) {
      setBold = try symbols("format_set_bold")
      setSize = try symbols("format_set_font_size")
      setColor = try symbols("format_set_font_color")
      setBackground = try symbols("format_set_bg_color")
      setNumberFormat = try symbols("format_set_num_format")
      setAlignment = try symbols("format_set_align")
      setWrap = try symbols("format_set_text_wrap")
      setTop = try symbols("format_set_top")
      setBottom = try symbols("format_set_bottom")
    }
  }

  struct ChartCalls {
    let addSeries: forensics_chart_add_series
    let setCategories: forensics_chart_series_set_categories
    let setValues: forensics_chart_series_set_values
    let setName: forensics_chart_series_set_name_range
    let setLine: forensics_chart_series_set_line
    let setFill: forensics_chart_series_set_fill
    let setMarker: forensics_chart_series_set_marker_type
    let setTitle: forensics_chart_title_set_name_range
    let setTitleFont: forensics_chart_title_set_name_font
    let setLegend: forensics_chart_legend_set_position
    let setAxisFormat: forensics_chart_axis_set_num_format
    let reverseAxis: forensics_chart_axis_set_reverse
    let setGridlines: forensics_chart_axis_major_gridlines_set_line

    init(_ symbols: XLSXLibrary.Symbols) throws(WorkbookError) {
      addSeries = try symbols("chart_add_series")
      setCategories = try symbols("chart_series_set_categories")
      setValues = try symbols("chart_series_set_values")
      setName = try symbols("chart_series_set_name_range")
      setLine = try symbols("chart_series_set_line")
      setFill = try symbols("chart_series_set_fill")
      setMarker = try symbols("chart_series_set_marker_type")
      setTitle = try symbols("chart_title_set_name_range")
      setTitleFont = try symbols("chart_title_set_name_font")
      setLegend = try symbols("chart_legend_set_position")
      setAxisFormat = try symbols("chart_axis_set_num_format")
      reverseAxis = try symbols("chart_axis_set_reverse")
      setGridlines = try symbols("chart_axis_major_gridlines_set_line")
    }
  }
#endif
