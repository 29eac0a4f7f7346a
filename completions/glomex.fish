# fish completion for glomex. Made by `glomex completion fish`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

# Whether the words before the cursor name this command, and no other below it.
function __glomex_at
    set -l path glomex
    set -l is_value
    for word in (commandline -opc)[2..]
        contains -- "$path" 'glomex' 'glomex sandbox'; or break
        if test -n "$is_value"
            set is_value
        else if string match -q -- '-*' $word
            contains -- $word -p --profile --endpoint --service --timeout --color; and set is_value yes
        else
            set -a path $word
        end
    end
    test "$path" = "$argv"
end

# Prints what is typed of a value.
function __glomex_typed
    string replace -r -- '^--[^=]*=' '' (commandline -ct)
end

# Prints those of its arguments that are plain names.
function __glomex_plain
    string match -r -- '^[A-Za-z0-9_][A-Za-z0-9._:-]{0,99}\z' $argv
end

# Prints the beginning of a file, where there is one.
function __glomex_read
    test -f "$argv[1]" -a -r "$argv[1]"; or return
    read -z -n 32768 -l text <$argv[1] 2>/dev/null
    printf '%s' $text
end

# Prints the names in a section of the cached schemas. Their files have a name a line.
function __glomex_learnt
    set -l folders $HOME/.cache/glomex $HOME/Library/Caches/glomex
    string match -q -- '/*' "$XDG_CACHE_HOME"; and set folders $XDG_CACHE_HOME/glomex
    for file in $folders/learnt-*.json
        set -l text (__glomex_read $file | string collect)
        set -l section "(?s)\n   \"$argv[1]\": [[{]\n(.*?)\n   []}]"
        string match -r -a -g -- '(?m)^    "([^"\n]+)"' (string match -r -a -g -- $section "$text" | string collect)
    end
end

# What an option of each kind takes.
function __glomex_metric
    __glomex_plain video_views ad_impressions (__glomex_learnt metrics)
end

function __glomex_dimension
    __glomex_plain video channel day week month (__glomex_learnt dimensions)
end

function __glomex_metrics
    set -l before (string match -r -- '.*,' (__glomex_typed))
    printf '%s\n' "$before"(__glomex_metric)
end

function __glomex_dimensions
    set -l before (string match -r -- '.*,' (__glomex_typed))
    printf '%s\n' "$before"(__glomex_dimension)
end

function __glomex_primary
    string match -v -r -- '^(day|week|month)$' (__glomex_dimension)
end

function __glomex_sort
    set -l before (string match -r -- '^-' (__glomex_typed))
    printf '%s\n' "$before"(__glomex_metric; __glomex_dimension)
end

function __glomex_filter
    set -l before (string match -r -- '^[A-Za-z0-9_]+[!+-]?=' (__glomex_typed))
    if test -z "$before"
        printf '%s\n' (__glomex_plain (__glomex_learnt filters))=
    else
        set -l name (string replace -r -- '[!+-]?=$' '' $before)
        printf '%s\n' $before(__glomex_plain (__glomex_learnt $name=))
    end
end

# Prints the beginning of each config.toml there may be.
function __glomex_settings
    set -l files $HOME/.config/glomex/config.toml "$HOME/Library/Application Support/glomex/config.toml"
    string match -q -- '/*' "$XDG_CONFIG_HOME"; and set files $XDG_CONFIG_HOME/glomex/config.toml
    test -n "$GLOMEX_CONFIG_DIR"; and set files $GLOMEX_CONFIG_DIR/config.toml
    for file in $files
        __glomex_read $file
        echo
    end
end

function __glomex_profile
    set -l name '("[^"\n]*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)'
    set -l text (__glomex_settings | string collect)
    set -l names (string match -r -a -g -- "(?m)^\s*\[\s*profiles\s*\.\s*$name\s*\]" "$text")
    __glomex_plain (string trim -c '"\'' -- $names)
end

function __glomex_saved
    set -l name '("[^"\n]*"|\'[^\'\n]*\'|[A-Za-z0-9_-]+)'
    set -l text (__glomex_settings | string collect)
    set -l section '(?ms)^\s*\[\s*reports\s*\](.*?)(?:^\s*\[|\z)'
    set -l saved (string match -r -a -g -- $section "$text" | string collect)
    set -l names (string match -r -a -g -- "(?m)^\s*$name\s*=" "$saved")
    __glomex_plain (string trim -c '"\'' -- $names)
end

complete -c glomex -f

complete -c glomex -n '__glomex_at glomex' -a report -d 'Print a report: rows by dimension over a time range.'
complete -c glomex -n '__glomex_at glomex' -a sparkline -d 'Draw metrics or numbers as a sparkline, a chart of one line.'
complete -c glomex -n '__glomex_at glomex' -a plot -d 'Draw metrics or numbers as a chart with two axes.'
complete -c glomex -n '__glomex_at glomex' -a export -d 'Export all history to Parquet files, and keep them up to date.'
complete -c glomex -n '__glomex_at glomex' -a schema -d 'List the dimensions, metrics and filters of your account.'
complete -c glomex -n '__glomex_at glomex' -a query -d 'Send a raw query to the service and print the response as JSON.'
complete -c glomex -n '__glomex_at glomex' -a login -d 'Sign in and save the session.'
complete -c glomex -n '__glomex_at glomex' -a logout -d 'Sign out and delete the session.'
complete -c glomex -n '__glomex_at glomex' -a status -d 'Show who is signed in, where, and for how long.'
complete -c glomex -n '__glomex_at glomex' -a token -d 'Print the access token, for other tools.'
complete -c glomex -n '__glomex_at glomex' -a demo -d 'Run a guided tour on the embedded sandbox.'
complete -c glomex -n '__glomex_at glomex' -a sandbox -d 'Run the embedded sandbox as a local HTTP server.'
complete -c glomex -n '__glomex_at glomex' -a doctor -d 'Check settings, network, sign-in, schema, cache and exports.'
complete -c glomex -n '__glomex_at glomex' -a completion -d 'Print or install shell completion, or the man page.'
complete -c glomex -n '__glomex_at glomex' -a help -d 'Show help for a command or a topic.'
complete -c glomex -n '__glomex_at glomex' -s V -l version -d 'Print the versions.'
complete -c glomex -n '__glomex_at glomex' -s h -l help -d 'Show this message and exit.'
complete -c glomex -n '__glomex_at glomex' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex' -l no-input -d 'Never prompt; fail if an answer is missing.'

complete -c glomex -n '__glomex_at glomex report' -a '(__glomex_saved)'
complete -c glomex -n '__glomex_at glomex report' -l from -x -a 'today yesterday' -d 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex report' -l to -x -a 'today yesterday' -d 'Last day, inclusive; or a time, exclusive; or now.'
complete -c glomex -n '__glomex_at glomex report' -l last -x -a '7d 4w 6m 1y' -d 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex report' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
complete -c glomex -n '__glomex_at glomex report' -l as -x -a 'content-owner publisher data' -d 'Report type: content-owner or publisher; data for Mux.'
complete -c glomex -n '__glomex_at glomex report' -l sort -x -a '(__glomex_sort)' -d 'Sort by a column; prefix it with - for descending: --sort -video_views.'
complete -c glomex -n '__glomex_at glomex report' -l limit -x -d 'Print only the first N rows.'
complete -c glomex -n '__glomex_at glomex report' -l total -d 'Add a row of totals to tables and Markdown.'
complete -c glomex -n '__glomex_at glomex report' -l compare -x -a 'previous year' -d 'Compare with: previous, year, or FROM..TO.'
complete -c glomex -n '__glomex_at glomex report' -l trend -d 'Add a sparkline of each row\'s days to tables.'
complete -c glomex -n '__glomex_at glomex report' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'Output format: table, json, ndjson, csv, tsv, markdown or parquet; auto is a table on a terminal, else JSON.'
complete -c glomex -n '__glomex_at glomex report' -s o -l output -r -F -d 'Write to a file, in the format of its suffix; replaced only when complete. - is stdout.'
complete -c glomex -n '__glomex_at glomex report' -l raw-csv -d 'Do not escape cells that look like formulas.'
complete -c glomex -n '__glomex_at glomex report' -l bom -d 'Start CSV or TSV with a byte order mark, for Excel.'
complete -c glomex -n '__glomex_at glomex report' -l strict -d 'Fail instead of printing partial data.'
complete -c glomex -n '__glomex_at glomex report' -l fail-empty -d 'Exit with code 3 if there are no rows.'
complete -c glomex -n '__glomex_at glomex report' -l no-pager -d 'Do not show long tables in a pager ($PAGER).'
complete -c glomex -n '__glomex_at glomex report' -l save -x -d 'Save the options on this line as a report of that name.'
complete -c glomex -n '__glomex_at glomex report' -l list -d 'List saved reports.'
complete -c glomex -n '__glomex_at glomex report' -l delete -x -a '(__glomex_saved)' -d 'Delete a saved report.'
complete -c glomex -n '__glomex_at glomex report' -s d -l dimension -x -a '(__glomex_dimensions)' -d 'Group by: at most one of video, channel and one of day, week, month.'
complete -c glomex -n '__glomex_at glomex report' -s m -l metric -x -a '(__glomex_metrics)' -d 'Metrics to show; repeatable, or separated by commas.'
complete -c glomex -n '__glomex_at glomex report' -l filter -x -a '(__glomex_filter)' -d 'Keep only matching rows; repeatable.'
complete -c glomex -n '__glomex_at glomex report' -l ids -d 'Show ids without titles.'
complete -c glomex -n '__glomex_at glomex report' -l print-query -d 'Print the query without sending it, for glomex query.'
complete -c glomex -n '__glomex_at glomex report' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex report' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex report' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex report' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex report' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex report' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex report' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex report' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex report' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex report' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sparkline' -a '(__glomex_metric)'
complete -c glomex -n '__glomex_at glomex sparkline' -s d -l dimension -x -a 'minute ten_minutes hour day week month' -d 'Time bucket: minute, ten_minutes, hour, day, week or month.'
complete -c glomex -n '__glomex_at glomex sparkline' -l by -x -a '(__glomex_primary)' -d 'Draw the first metric once per video or channel.'
complete -c glomex -n '__glomex_at glomex sparkline' -l top -x -d 'With --by: number of lines, largest first.'
complete -c glomex -n '__glomex_at glomex sparkline' -l ids -d 'Show ids without titles.'
complete -c glomex -n '__glomex_at glomex sparkline' -l field -x -a '(__glomex_metric)' -d 'Field to draw from rows on stdin: a name, or an index from 0.'
complete -c glomex -n '__glomex_at glomex sparkline' -l skip-bad -d 'Draw a gap for input that is not a number.'
complete -c glomex -n '__glomex_at glomex sparkline' -l watch -x -d 'Refresh every few seconds, today included, until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex sparkline' -l fail-empty -d 'Exit with code 3 if there are no numbers.'
complete -c glomex -n '__glomex_at glomex sparkline' -l follow -d 'Redraw as new values arrive on stdin.'
complete -c glomex -n '__glomex_at glomex sparkline' -l from -x -a 'today yesterday' -d 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex sparkline' -l to -x -a 'today yesterday' -d 'Last day, inclusive; or a time, exclusive; or now.'
complete -c glomex -n '__glomex_at glomex sparkline' -l last -x -a '7d 4w 6m 1y' -d 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex sparkline' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
complete -c glomex -n '__glomex_at glomex sparkline' -l as -x -a 'content-owner publisher data' -d 'Report type: content-owner or publisher; data for Mux.'
complete -c glomex -n '__glomex_at glomex sparkline' -l min -x -d 'Lowest value of the scale.'
complete -c glomex -n '__glomex_at glomex sparkline' -l max -x -d 'Highest value of the scale.'
complete -c glomex -n '__glomex_at glomex sparkline' -l zero -d 'Start the scale at zero.'
complete -c glomex -n '__glomex_at glomex sparkline' -l ascii -d 'Draw with ASCII characters only.'
complete -c glomex -n '__glomex_at glomex sparkline' -l width -x -d 'Maximum width in columns.'
complete -c glomex -n '__glomex_at glomex sparkline' -l height -x -d 'Height in rows.'
complete -c glomex -n '__glomex_at glomex sparkline' -l shared -d 'Use one scale for all lines.'
complete -c glomex -n '__glomex_at glomex sparkline' -l split -d 'Draw upward and downward from zero.'
complete -c glomex -n '__glomex_at glomex sparkline' -l agg -x -a 'mean sum min max last median' -d 'Combine values that share a column: mean, sum, min, max, last, median.'
complete -c glomex -n '__glomex_at glomex sparkline' -l gap-char -x -d 'Character for missing values.'
complete -c glomex -n '__glomex_at glomex sparkline' -l emphasize -x -d 'Color values by a rule, such as red:gt:5 or red:[1:3]; repeatable.'
complete -c glomex -n '__glomex_at glomex sparkline' -l labels -d 'Show names, figures and times beside the line.'
complete -c glomex -n '__glomex_at glomex sparkline' -l no-labels -d 'Show names, figures and times beside the line.'
complete -c glomex -n '__glomex_at glomex sparkline' -l like -x -a 'spark' -d 'Scale as the tool spark does.'
complete -c glomex -n '__glomex_at glomex sparkline' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex sparkline' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex sparkline' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex sparkline' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex sparkline' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex sparkline' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex sparkline' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex sparkline' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex sparkline' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex sparkline' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex plot' -a '(__glomex_metric)'
complete -c glomex -n '__glomex_at glomex plot' -s d -l dimension -x -a 'minute ten_minutes hour day week month' -d 'Time bucket: minute, ten_minutes, hour, day, week or month.'
complete -c glomex -n '__glomex_at glomex plot' -l by -x -a '(__glomex_primary)' -d 'Draw the first metric once per video or channel.'
complete -c glomex -n '__glomex_at glomex plot' -l top -x -d 'With --by: number of lines, largest first.'
complete -c glomex -n '__glomex_at glomex plot' -l ids -d 'Show ids without titles.'
complete -c glomex -n '__glomex_at glomex plot' -l field -x -a '(__glomex_metric)' -d 'Field to draw from rows on stdin: a name, or an index from 0.'
complete -c glomex -n '__glomex_at glomex plot' -l skip-bad -d 'Draw a gap for input that is not a number.'
complete -c glomex -n '__glomex_at glomex plot' -l watch -x -d 'Refresh every few seconds, today included, until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex plot' -l fail-empty -d 'Exit with code 3 if there are no numbers.'
complete -c glomex -n '__glomex_at glomex plot' -l from -x -a 'today yesterday' -d 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex plot' -l to -x -a 'today yesterday' -d 'Last day, inclusive; or a time, exclusive; or now.'
complete -c glomex -n '__glomex_at glomex plot' -l last -x -a '7d 4w 6m 1y' -d 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex plot' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
complete -c glomex -n '__glomex_at glomex plot' -l as -x -a 'content-owner publisher data' -d 'Report type: content-owner or publisher; data for Mux.'
complete -c glomex -n '__glomex_at glomex plot' -l min -x -d 'Lowest value of the scale.'
complete -c glomex -n '__glomex_at glomex plot' -l max -x -d 'Highest value of the scale.'
complete -c glomex -n '__glomex_at glomex plot' -l zero -d 'Start the scale at zero.'
complete -c glomex -n '__glomex_at glomex plot' -l ascii -d 'Draw with ASCII characters only.'
complete -c glomex -n '__glomex_at glomex plot' -l kind -x -a 'line bar' -d 'Chart type.'
complete -c glomex -n '__glomex_at glomex plot' -l compare -x -a 'previous year' -d 'Add a second, fainter line: previous, year, or FROM..TO.'
complete -c glomex -n '__glomex_at glomex plot' -l width -x -d 'Width in columns.'
complete -c glomex -n '__glomex_at glomex plot' -l height -x -d 'Height in rows.'
complete -c glomex -n '__glomex_at glomex plot' -s o -l output -r -F -d 'Write an SVG image of the chart; - is stdout.'
complete -c glomex -n '__glomex_at glomex plot' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex plot' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex plot' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex plot' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex plot' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex plot' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex plot' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex plot' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex plot' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex plot' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex export'
complete -c glomex -n '__glomex_at glomex export' -s d -l dimension -x -a '(__glomex_dimensions)' -d 'Group by day, and by video or channel; Mux data by day or hour.'
complete -c glomex -n '__glomex_at glomex export' -s m -l metric -x -a '(__glomex_metrics)' -d 'Metrics to export; repeatable, or separated by commas.'
complete -c glomex -n '__glomex_at glomex export' -l as -x -a 'content-owner publisher data' -d 'Report type: content-owner or publisher; data for Mux.'
complete -c glomex -n '__glomex_at glomex export' -l filter -x -a '(__glomex_filter)' -d 'Keep only matching rows; repeatable.'
complete -c glomex -n '__glomex_at glomex export' -l from -x -a 'today yesterday' -d 'First day; required for a new export. The last is yesterday.'
complete -c glomex -n '__glomex_at glomex export' -l look-back -x -a '7d 4w 6m 1y' -d 'How long after its end a month is fetched again: 14d, 4w.'
complete -c glomex -n '__glomex_at glomex export' -l rebuild -d 'Fetch all months again, even with other metrics.'
complete -c glomex -n '__glomex_at glomex export' -l allow-loss -d 'Replace a month even if days it had are missing.'
complete -c glomex -n '__glomex_at glomex export' -l dry-run -d 'Only print what would be fetched.'
complete -c glomex -n '__glomex_at glomex export' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'Output format of the summary, a row per month.'
complete -c glomex -n '__glomex_at glomex export' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex export' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex export' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex export' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex export' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex export' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex export' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex export' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex export' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex export' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex schema' -a '(__glomex_primary)'
complete -c glomex -n '__glomex_at glomex schema' -l as -x -a 'content-owner publisher data' -d 'Report type to list.'
complete -c glomex -n '__glomex_at glomex schema' -l refresh -d 'Clear the cache and ask the service again.'
complete -c glomex -n '__glomex_at glomex schema' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'Output format.'
complete -c glomex -n '__glomex_at glomex schema' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex schema' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex schema' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex schema' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex schema' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex schema' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex schema' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex schema' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex schema' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex schema' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex query' -F
complete -c glomex -n '__glomex_at glomex query' -l operation -x -d 'Operation to run, if the document has several.'
complete -c glomex -n '__glomex_at glomex query' -l var -x -d 'Set a variable: true, false, null and integers keep their type; @FILE is read.'
complete -c glomex -n '__glomex_at glomex query' -l vars -r -F -d 'JSON file with variables.'
complete -c glomex -n '__glomex_at glomex query' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex query' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex query' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex query' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex query' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex query' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex query' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex query' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex query' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex query' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex login' -l login -x -d 'Email address of the exchange login.'
complete -c glomex -n '__glomex_at glomex login' -l tenant -x -d 'Tenant id; your account manager knows it.'
complete -c glomex -n '__glomex_at glomex login' -l token-id -x -d 'Id of a Mux access token.'
complete -c glomex -n '__glomex_at glomex login' -l password-stdin -d 'Read the password (or the Mux token secret) from stdin.'
complete -c glomex -n '__glomex_at glomex login' -l secret-stdin -d 'Read the password (or the Mux token secret) from stdin.'
complete -c glomex -n '__glomex_at glomex login' -l mfa-code -x -d 'One-time code from your authenticator app.'
complete -c glomex -n '__glomex_at glomex login' -l as -x -a 'content-owner publisher data' -d 'Report type of the account: content-owner or publisher.'
complete -c glomex -n '__glomex_at glomex login' -l store -x -a 'keyring file none' -d 'Where to save the session.'
complete -c glomex -n '__glomex_at glomex login' -l remember -d 'Save password and TOTP secret in the keyring, to renew sessions automatically.'
complete -c glomex -n '__glomex_at glomex login' -l default -d 'Make this the default profile.'
complete -c glomex -n '__glomex_at glomex login' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex login' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex login' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex login' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex login' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex login' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex login' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex login' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex login' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex login' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex logout' -l all -d 'Sign out of all profiles, and delete them.'
complete -c glomex -n '__glomex_at glomex logout' -s y -l yes -d 'Do not ask before --all.'
complete -c glomex -n '__glomex_at glomex logout' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex logout' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex logout' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex logout' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex logout' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex logout' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex logout' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex logout' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex logout' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex logout' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex status' -l use -x -a '(__glomex_profile)' -d 'Set the default profile.'
complete -c glomex -n '__glomex_at glomex status' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'Output format.'
complete -c glomex -n '__glomex_at glomex status' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex status' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex status' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex status' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex status' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex status' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex status' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex status' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex status' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex status' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex token' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex token' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex token' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex token' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex token' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex token' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex token' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex token' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex token' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex token' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex demo' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sandbox' -a serve -d 'Serve the sandbox until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex sandbox' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sandbox serve' -l service -x -a 'glomex mux' -d 'Service to imitate.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l port -x -d 'Port on 127.0.0.1; 0 picks a free one.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l token-life -x -d 'Lifetime of a token.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l delay -x -d 'Delay before every response.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l introspection -d 'Allow schema introspection.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l no-introspection -d 'Allow schema introspection.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l variant -x -a 'half-open half-open-publisher objects strings pages numbers-as-text moments short-ranges zero-days plain-sign-in java unsteady' -d 'Another documented behavior of the service, see above.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex doctor' -l export -x -d 'Also check this export: a folder or a bucket.'
complete -c glomex -n '__glomex_at glomex doctor' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'Output format; auto prints a line per check.'
complete -c glomex -n '__glomex_at glomex doctor' -s p -l profile -x -a '(__glomex_profile)' -d 'Profile (a saved sign-in) to use.'
complete -c glomex -n '__glomex_at glomex doctor' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'API address, or one of mux, sandbox, mux-sandbox.'
complete -c glomex -n '__glomex_at glomex doctor' -l service -x -a 'glomex mux' -d 'Service at the endpoint.'
complete -c glomex -n '__glomex_at glomex doctor' -l timeout -x -d 'Total time limit.'
complete -c glomex -n '__glomex_at glomex doctor' -s v -l verbose -d 'Log each request to stderr.'
complete -c glomex -n '__glomex_at glomex doctor' -s q -l quiet -d 'Print only warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex doctor' -l color -x -a 'auto always never' -d 'When to use color.'
complete -c glomex -n '__glomex_at glomex doctor' -l no-color -d 'Same as --color never.'
complete -c glomex -n '__glomex_at glomex doctor' -l no-input -d 'Never prompt; fail if an answer is missing.'
complete -c glomex -n '__glomex_at glomex doctor' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex completion' -a 'bash zsh fish powershell man'
complete -c glomex -n '__glomex_at glomex completion' -l install -d 'Write the script to the shell\'s completion folder.'
complete -c glomex -n '__glomex_at glomex completion' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex help' -a 'report sparkline plot export schema query login logout status token demo sandbox doctor completion help exit-codes environment formats'
complete -c glomex -n '__glomex_at glomex help' -s h -l help -d 'Show this message and exit.'
