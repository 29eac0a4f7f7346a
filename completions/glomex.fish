# fish completion for glomex. Made by `glomex completion fish`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

# Whether the words before the cursor name this command, and no other below it.
function __glomex_at
    set -l path glomex
    for word in (commandline -opc)[2..]
        contains -- "$path" 'glomex' 'glomex sandbox'; or break
        string match -q -- '-*' $word; or set -a path $word
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

complete -c glomex -n '__glomex_at glomex' -a login -d 'Sign in and keep the session.'
complete -c glomex -n '__glomex_at glomex' -a logout -d 'Forget the session.'
complete -c glomex -n '__glomex_at glomex' -a status -d 'Show who is signed in, where, and for how long.'
complete -c glomex -n '__glomex_at glomex' -a token -d 'Print the token for other tools.'
complete -c glomex -n '__glomex_at glomex' -a report -d 'Print a report: rows by dimension over a range of days.'
complete -c glomex -n '__glomex_at glomex' -a sparkline -d 'Draw numbers as one line of bars.'
complete -c glomex -n '__glomex_at glomex' -a plot -d 'Draw numbers as a chart with both axes.'
complete -c glomex -n '__glomex_at glomex' -a export -d 'Export all history as Parquet files, one a month, and keep them up to date.'
complete -c glomex -n '__glomex_at glomex' -a schema -d 'List the dimensions, metrics and filters that the account really has.'
complete -c glomex -n '__glomex_at glomex' -a query -d 'Send any query to the service and print the answer as JSON.'
complete -c glomex -n '__glomex_at glomex' -a doctor -d 'Check clock, proxy, TLS, store, sign-in, schema, what was learned, and exports.'
complete -c glomex -n '__glomex_at glomex' -a completion -d 'Print the completion script of a shell, or install it.'
complete -c glomex -n '__glomex_at glomex' -a demo -d 'See the guided tour on the embedded sandbox.'
complete -c glomex -n '__glomex_at glomex' -a sandbox -d 'Serve the embedded sandbox over HTTP on this machine.'
complete -c glomex -n '__glomex_at glomex' -l version -d 'Print the versions.'
complete -c glomex -n '__glomex_at glomex' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex login' -l login -x -d 'The e-mail address of the exchange login.'
complete -c glomex -n '__glomex_at glomex login' -l tenant -x -d 'The tenant, which the account manager knows.'
complete -c glomex -n '__glomex_at glomex login' -l token-id -x -d 'The id of an access token of Mux.'
complete -c glomex -n '__glomex_at glomex login' -l password-stdin -d 'Read the password, or the token\'s secret, from stdin.'
complete -c glomex -n '__glomex_at glomex login' -l secret-stdin -d 'Read the password, or the token\'s secret, from stdin.'
complete -c glomex -n '__glomex_at glomex login' -l mfa-code -x -d 'The code of the authenticator app; it works once.'
complete -c glomex -n '__glomex_at glomex login' -l as -x -a 'content-owner publisher data' -d 'The reports this account asks for.'
complete -c glomex -n '__glomex_at glomex login' -l store -x -a 'keyring file none' -d 'Where the session is kept.'
complete -c glomex -n '__glomex_at glomex login' -l remember -d 'Keep the password and the TOTP secret in the keyring, to renew the session.'
complete -c glomex -n '__glomex_at glomex login' -l default -d 'Make this profile the one used without -p.'
complete -c glomex -n '__glomex_at glomex login' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex login' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex login' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex login' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex login' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex login' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex login' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex login' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex login' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex logout' -l all -d 'Sign out of every profile, and forget the profiles.'
complete -c glomex -n '__glomex_at glomex logout' -s y -l yes -d 'Do not ask before --all.'
complete -c glomex -n '__glomex_at glomex logout' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex logout' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex logout' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex logout' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex logout' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex logout' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex logout' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex logout' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex logout' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex status' -l use -x -a '(__glomex_profile)' -d 'Make this the default profile.'
complete -c glomex -n '__glomex_at glomex status' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'What to print.'
complete -c glomex -n '__glomex_at glomex status' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex status' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex status' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex status' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex status' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex status' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex status' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex status' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex status' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex token' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex token' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex token' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex token' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex token' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex token' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex token' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex token' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex token' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex report' -a '(__glomex_saved)'
complete -c glomex -n '__glomex_at glomex report' -l from -x -a 'today yesterday' -d 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex report' -l to -x -a 'today yesterday' -d 'The last day, itself included; or a time, which is not; or now.'
complete -c glomex -n '__glomex_at glomex report' -l last -x -a '7d 4w 6m 1y' -d 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex report' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
complete -c glomex -n '__glomex_at glomex report' -l as -x -a 'content-owner publisher data' -d 'On whose behalf to ask.'
complete -c glomex -n '__glomex_at glomex report' -l sort -x -a '(__glomex_sort)' -d 'Sort by a column, downwards with a dash before it: --sort -video_views.'
complete -c glomex -n '__glomex_at glomex report' -l limit -x -d 'Print the first N rows.'
complete -c glomex -n '__glomex_at glomex report' -l total -d 'Add a line of sums to tables and Markdown.'
complete -c glomex -n '__glomex_at glomex report' -l compare -x -a 'previous year' -d 'Set beside: previous, year, or FROM..TO.'
complete -c glomex -n '__glomex_at glomex report' -l trend -d 'Draw each row\'s days as a sparkline in tables.'
complete -c glomex -n '__glomex_at glomex report' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'What to print; auto is a table on a terminal, else JSON.'
complete -c glomex -n '__glomex_at glomex report' -s o -l output -r -F -d 'Write to a file in the format of its suffix; once all rows are there, the file (or a link of its name) is replaced. - is stdout.'
complete -c glomex -n '__glomex_at glomex report' -l raw-csv -d 'Leave text as it is, though a spreadsheet may run it.'
complete -c glomex -n '__glomex_at glomex report' -l bom -d 'Begin CSV or TSV with the mark by which Excel knows UTF-8.'
complete -c glomex -n '__glomex_at glomex report' -l strict -d 'Print nothing when anything is missing.'
complete -c glomex -n '__glomex_at glomex report' -l fail-empty -d 'End with exit code 3 when there are no rows.'
complete -c glomex -n '__glomex_at glomex report' -l no-pager -d 'Print a long table at once, not through $PAGER.'
complete -c glomex -n '__glomex_at glomex report' -l save -x -d 'Save the options typed here under a name, without printing a report.'
complete -c glomex -n '__glomex_at glomex report' -l list -d 'List the saved reports.'
complete -c glomex -n '__glomex_at glomex report' -l delete -x -a '(__glomex_saved)' -d 'Delete a saved report.'
complete -c glomex -n '__glomex_at glomex report' -s d -l dimension -x -a '(__glomex_dimensions)' -d 'Divide by video, channel, day, week or month; one of each kind.'
complete -c glomex -n '__glomex_at glomex report' -s m -l metric -x -a '(__glomex_metrics)' -d 'What to count; repeat it or join names with commas.'
complete -c glomex -n '__glomex_at glomex report' -l filter -x -a '(__glomex_filter)' -d 'Count only what fits; repeat it for more.'
complete -c glomex -n '__glomex_at glomex report' -l ids -d 'Show ids without their titles.'
complete -c glomex -n '__glomex_at glomex report' -l print-query -d 'Print what would be sent, for glomex query.'
complete -c glomex -n '__glomex_at glomex report' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex report' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex report' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex report' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex report' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex report' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex report' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex report' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex report' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sparkline' -a '(__glomex_metric)'
complete -c glomex -n '__glomex_at glomex sparkline' -s d -l dimension -x -a 'minute ten_minutes hour day week month' -d 'The time bucket of a column, or of a point.'
complete -c glomex -n '__glomex_at glomex sparkline' -l by -x -a '(__glomex_primary)' -d 'Draw the first metric once for each video or channel.'
complete -c glomex -n '__glomex_at glomex sparkline' -l top -x -d 'With --by, how many lines, largest first.'
complete -c glomex -n '__glomex_at glomex sparkline' -l ids -d 'Show ids without their titles.'
complete -c glomex -n '__glomex_at glomex sparkline' -l field -x -a '(__glomex_metric)' -d 'What to draw of rows on stdin: a name, or an index from 0.'
complete -c glomex -n '__glomex_at glomex sparkline' -l skip-bad -d 'Leave a gap for what is no number on stdin.'
complete -c glomex -n '__glomex_at glomex sparkline' -l watch -x -d 'Ask the service again and redraw, today included, until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex sparkline' -l fail-empty -d 'End with exit code 3 when there is no number.'
complete -c glomex -n '__glomex_at glomex sparkline' -l follow -d 'Draw what comes on stdin as long as it comes.'
complete -c glomex -n '__glomex_at glomex sparkline' -l from -x -a 'today yesterday' -d 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex sparkline' -l to -x -a 'today yesterday' -d 'The last day, itself included; or a time, which is not; or now.'
complete -c glomex -n '__glomex_at glomex sparkline' -l last -x -a '7d 4w 6m 1y' -d 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex sparkline' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
complete -c glomex -n '__glomex_at glomex sparkline' -l as -x -a 'content-owner publisher data' -d 'On whose behalf to ask.'
complete -c glomex -n '__glomex_at glomex sparkline' -l min -x -d 'The lowest value drawn.'
complete -c glomex -n '__glomex_at glomex sparkline' -l max -x -d 'The highest value drawn.'
complete -c glomex -n '__glomex_at glomex sparkline' -l zero -d 'Begin the scale at zero.'
complete -c glomex -n '__glomex_at glomex sparkline' -l ascii -d 'Draw with plain ASCII characters.'
complete -c glomex -n '__glomex_at glomex sparkline' -l width -x -d 'The most columns to use.'
complete -c glomex -n '__glomex_at glomex sparkline' -l height -x -d 'How many rows high.'
complete -c glomex -n '__glomex_at glomex sparkline' -l shared -d 'Draw several lines on one scale.'
complete -c glomex -n '__glomex_at glomex sparkline' -l split -d 'Draw up and down from zero.'
complete -c glomex -n '__glomex_at glomex sparkline' -l agg -x -a 'mean sum min max last median' -d 'How several values share a column.'
complete -c glomex -n '__glomex_at glomex sparkline' -l gap-char -x -d 'What stands for a gap.'
complete -c glomex -n '__glomex_at glomex sparkline' -l emphasize -x -d 'Colour by rule, such as red:gt:5 or red:[1:3]; may be repeated.'
complete -c glomex -n '__glomex_at glomex sparkline' -l labels -d 'Names, figures and times beside the line.'
complete -c glomex -n '__glomex_at glomex sparkline' -l no-labels -d 'Names, figures and times beside the line.'
complete -c glomex -n '__glomex_at glomex sparkline' -l like -x -a 'spark' -d 'Scale as that tool does.'
complete -c glomex -n '__glomex_at glomex sparkline' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex sparkline' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex sparkline' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex sparkline' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex sparkline' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex sparkline' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex sparkline' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex sparkline' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex sparkline' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex plot' -a '(__glomex_metric)'
complete -c glomex -n '__glomex_at glomex plot' -s d -l dimension -x -a 'minute ten_minutes hour day week month' -d 'The time bucket of a column, or of a point.'
complete -c glomex -n '__glomex_at glomex plot' -l by -x -a '(__glomex_primary)' -d 'Draw the first metric once for each video or channel.'
complete -c glomex -n '__glomex_at glomex plot' -l top -x -d 'With --by, how many lines, largest first.'
complete -c glomex -n '__glomex_at glomex plot' -l ids -d 'Show ids without their titles.'
complete -c glomex -n '__glomex_at glomex plot' -l field -x -a '(__glomex_metric)' -d 'What to draw of rows on stdin: a name, or an index from 0.'
complete -c glomex -n '__glomex_at glomex plot' -l skip-bad -d 'Leave a gap for what is no number on stdin.'
complete -c glomex -n '__glomex_at glomex plot' -l watch -x -d 'Ask the service again and redraw, today included, until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex plot' -l fail-empty -d 'End with exit code 3 when there is no number.'
complete -c glomex -n '__glomex_at glomex plot' -l from -x -a 'today yesterday' -d 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
complete -c glomex -n '__glomex_at glomex plot' -l to -x -a 'today yesterday' -d 'The last day, itself included; or a time, which is not; or now.'
complete -c glomex -n '__glomex_at glomex plot' -l last -x -a '7d 4w 6m 1y' -d 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
complete -c glomex -n '__glomex_at glomex plot' -l period -x -a 'this-week last-week this-month last-month this-year last-year mtd ytd' -d 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
complete -c glomex -n '__glomex_at glomex plot' -l as -x -a 'content-owner publisher data' -d 'On whose behalf to ask.'
complete -c glomex -n '__glomex_at glomex plot' -l min -x -d 'The lowest value drawn.'
complete -c glomex -n '__glomex_at glomex plot' -l max -x -d 'The highest value drawn.'
complete -c glomex -n '__glomex_at glomex plot' -l zero -d 'Begin the scale at zero.'
complete -c glomex -n '__glomex_at glomex plot' -l ascii -d 'Draw with plain ASCII characters.'
complete -c glomex -n '__glomex_at glomex plot' -l kind -x -a 'line bar' -d 'What to draw.'
complete -c glomex -n '__glomex_at glomex plot' -l compare -x -a 'previous year' -d 'A second, fainter line: previous, year, or FROM..TO.'
complete -c glomex -n '__glomex_at glomex plot' -l width -x -d 'How wide.'
complete -c glomex -n '__glomex_at glomex plot' -l height -x -d 'How high.'
complete -c glomex -n '__glomex_at glomex plot' -s o -l output -r -F -d 'Write an SVG image of the chart; - is stdout.'
complete -c glomex -n '__glomex_at glomex plot' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex plot' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex plot' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex plot' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex plot' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex plot' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex plot' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex plot' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex plot' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex export'
complete -c glomex -n '__glomex_at glomex export' -s d -l dimension -x -a '(__glomex_dimensions)' -d 'Divide by day, and by video or channel.'
complete -c glomex -n '__glomex_at glomex export' -s m -l metric -x -a '(__glomex_metrics)' -d 'What to count; repeat it or join names with commas.'
complete -c glomex -n '__glomex_at glomex export' -l as -x -a 'content-owner publisher data' -d 'On whose behalf to ask.'
complete -c glomex -n '__glomex_at glomex export' -l filter -x -a '(__glomex_filter)' -d 'Count only what fits; repeat it for more.'
complete -c glomex -n '__glomex_at glomex export' -l from -x -a 'today yesterday' -d 'The first day, needed the first time; the last is yesterday.'
complete -c glomex -n '__glomex_at glomex export' -l look-back -x -a '7d 4w 6m 1y' -d 'How long after its end a month is asked for again: 14d or 4w.'
complete -c glomex -n '__glomex_at glomex export' -l rebuild -d 'Ask for all months again, also with other metrics.'
complete -c glomex -n '__glomex_at glomex export' -l allow-loss -d 'Take a month even without days that it had.'
complete -c glomex -n '__glomex_at glomex export' -l dry-run -d 'Only print what would be asked for.'
complete -c glomex -n '__glomex_at glomex export' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'How to print a row for each month.'
complete -c glomex -n '__glomex_at glomex export' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex export' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex export' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex export' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex export' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex export' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex export' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex export' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex export' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex schema' -a '(__glomex_primary)'
complete -c glomex -n '__glomex_at glomex schema' -l as -x -a 'content-owner publisher data' -d 'Whose reports to list.'
complete -c glomex -n '__glomex_at glomex schema' -l refresh -d 'Forget what was learned, and ask the service anew.'
complete -c glomex -n '__glomex_at glomex schema' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'What to print.'
complete -c glomex -n '__glomex_at glomex schema' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex schema' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex schema' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex schema' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex schema' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex schema' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex schema' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex schema' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex schema' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex query' -F
complete -c glomex -n '__glomex_at glomex query' -l operation -x -d 'Which operation to run, where the document holds several.'
complete -c glomex -n '__glomex_at glomex query' -l var -x -d 'A variable: true, false, null and whole numbers are typed, @FILE is read.'
complete -c glomex -n '__glomex_at glomex query' -l vars -r -F -d 'A JSON object of variables.'
complete -c glomex -n '__glomex_at glomex query' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex query' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex query' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex query' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex query' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex query' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex query' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex query' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex query' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex doctor' -l export -x -d 'Look at this export too: a folder or a bucket.'
complete -c glomex -n '__glomex_at glomex doctor' -s f -l format -x -a 'auto table json ndjson csv tsv markdown parquet jsonl md' -d 'What to print; auto is a line a check.'
complete -c glomex -n '__glomex_at glomex doctor' -s p -l profile -x -a '(__glomex_profile)' -d 'The profile, that is the sign-in, to use.'
complete -c glomex -n '__glomex_at glomex doctor' -l endpoint -x -a 'mux sandbox mux-sandbox' -d 'The address of the service, or mux, sandbox or mux-sandbox.'
complete -c glomex -n '__glomex_at glomex doctor' -l service -x -a 'glomex mux' -d 'Which service answers at the endpoint.'
complete -c glomex -n '__glomex_at glomex doctor' -l timeout -x -d 'How long the whole command may wait.'
complete -c glomex -n '__glomex_at glomex doctor' -s v -l verbose -d 'Tell of each request on stderr.'
complete -c glomex -n '__glomex_at glomex doctor' -s q -l quiet -d 'Say nothing but warnings and errors on stderr.'
complete -c glomex -n '__glomex_at glomex doctor' -l color -x -a 'auto always never' -d 'When to use colour.'
complete -c glomex -n '__glomex_at glomex doctor' -l no-input -d 'Never ask; fail where an answer is missing.'
complete -c glomex -n '__glomex_at glomex doctor' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex completion' -a 'bash zsh fish powershell man'
complete -c glomex -n '__glomex_at glomex completion' -l install -d 'Write it where the shell looks for it.'
complete -c glomex -n '__glomex_at glomex completion' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex demo' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sandbox' -a serve -d 'Serve the sandbox until Ctrl-C.'
complete -c glomex -n '__glomex_at glomex sandbox' -s h -l help -d 'Show this message and exit.'

complete -c glomex -n '__glomex_at glomex sandbox serve' -l service -x -a 'glomex mux' -d 'Which service to serve.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l port -x -d 'The port on 127.0.0.1; 0 lets the system choose.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l token-life -x -d 'How long a token is good.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l delay -x -d 'How long to wait before every answer.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l introspection -d 'Whether the schema may be asked for.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l no-introspection -d 'Whether the schema may be asked for.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -l variant -x -a 'half-open half-open-publisher objects strings pages numbers-as-text moments short-ranges zero-days plain-sign-in java unsteady' -d 'Which other service to serve, see above.'
complete -c glomex -n '__glomex_at glomex sandbox serve' -s h -l help -d 'Show this message and exit.'
