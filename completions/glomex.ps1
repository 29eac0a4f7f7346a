# PowerShell completion for glomex. Made by `glomex completion powershell`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

$GlomexCommands = @{
    'glomex' = @{
        Commands = [ordered]@{
            'report' = 'Print a report: rows by dimension over a time range.'
            'sparkline' = 'Draw metrics or numbers as a sparkline, a chart of one line.'
            'plot' = 'Draw metrics or numbers as a chart with two axes.'
            'export' = 'Export all history to Parquet files, and keep them up to date.'
            'schema' = 'List the dimensions, metrics and filters of your account.'
            'query' = 'Send a raw query to the service and print the response as JSON.'
            'login' = 'Sign in and save the session.'
            'logout' = 'Sign out and delete the session.'
            'status' = 'Show who is signed in, where, and for how long.'
            'token' = 'Print the access token, for other tools.'
            'demo' = 'Run a guided tour on the embedded sandbox.'
            'sandbox' = 'Run the embedded sandbox as a local HTTP server.'
            'doctor' = 'Check settings, network, sign-in, schema, cache and exports.'
            'completion' = 'Print or install shell completion, or the man page.'
            'help' = 'Show help for a command or a topic.'
        }
        Argument = ''
        Options = [ordered]@{
            '-V,--version' = 'Print the versions.'
            '-h,--help' = 'Show this message and exit.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
        }
    }
    'glomex report' = @{
        Commands = [ordered]@{
        }
        Argument = '@saved'
        Options = [ordered]@{
            '--from=today,yesterday' = 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
            '--to=today,yesterday' = 'Last day, inclusive; or a time, exclusive; or now.'
            '--last=7d,4w,6m,1y' = 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
            '--as=content-owner,publisher,data' = 'Report type: content-owner or publisher; data for Mux.'
            '--sort=@sort' = 'Sort by a column; prefix it with - for descending: --sort -video_views.'
            '--limit=' = 'Print only the first N rows.'
            '--total' = 'Add a row of totals to tables and Markdown.'
            '--compare=previous,year' = 'Compare with: previous, year, or FROM..TO.'
            '--trend' = 'Add a sparkline of each row''s days to tables.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'Output format: table, json, ndjson, csv, tsv, markdown or parquet; auto is a table on a terminal, else JSON.'
            '-o,--output=@file' = 'Write to a file, in the format of its suffix; replaced only when complete. - is stdout.'
            '--raw-csv' = 'Do not escape cells that look like formulas.'
            '--bom' = 'Start CSV or TSV with a byte order mark, for Excel.'
            '--strict' = 'Fail instead of printing partial data.'
            '--fail-empty' = 'Exit with code 3 if there are no rows.'
            '--no-pager' = 'Do not show long tables in a pager ($PAGER).'
            '--save=' = 'Save the options on this line as a report of that name.'
            '--list' = 'List saved reports.'
            '--delete=@saved' = 'Delete a saved report.'
            '-d,--dimension+=@dimensions' = 'Group by: at most one of video, channel and one of day, week, month.'
            '-m,--metric+=@metrics' = 'Metrics to show; repeatable, or separated by commas.'
            '--filter+=@filter' = 'Keep only matching rows; repeatable.'
            '--ids' = 'Show ids without titles.'
            '--print-query' = 'Print the query without sending it, for glomex query.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex sparkline' = @{
        Commands = [ordered]@{
        }
        Argument = '@metric'
        Options = [ordered]@{
            '-d,--dimension=minute,ten_minutes,hour,day,week,month' = 'Time bucket: minute, ten_minutes, hour, day, week or month.'
            '--by=@primary' = 'Draw the first metric once per video or channel.'
            '--top=' = 'With --by: number of lines, largest first.'
            '--ids' = 'Show ids without titles.'
            '--field=@metric' = 'Field to draw from rows on stdin: a name, or an index from 0.'
            '--skip-bad' = 'Draw a gap for input that is not a number.'
            '--watch=' = 'Refresh every few seconds, today included, until Ctrl-C.'
            '--fail-empty' = 'Exit with code 3 if there are no numbers.'
            '--follow' = 'Redraw as new values arrive on stdin.'
            '--from=today,yesterday' = 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
            '--to=today,yesterday' = 'Last day, inclusive; or a time, exclusive; or now.'
            '--last=7d,4w,6m,1y' = 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
            '--as=content-owner,publisher,data' = 'Report type: content-owner or publisher; data for Mux.'
            '--min=' = 'Lowest value of the scale.'
            '--max=' = 'Highest value of the scale.'
            '--zero' = 'Start the scale at zero.'
            '--ascii' = 'Draw with ASCII characters only.'
            '--width=' = 'Maximum width in columns.'
            '--height=' = 'Height in rows.'
            '--shared' = 'Use one scale for all lines.'
            '--split' = 'Draw upward and downward from zero.'
            '--agg=mean,sum,min,max,last,median' = 'Combine values that share a column: mean, sum, min, max, last, median.'
            '--gap-char=' = 'Character for missing values.'
            '--emphasize+=' = 'Color values by a rule, such as red:gt:5 or red:[1:3]; repeatable.'
            '--labels,--no-labels' = 'Show names, figures and times beside the line.'
            '--like=spark' = 'Scale as the tool spark does.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex plot' = @{
        Commands = [ordered]@{
        }
        Argument = '@metric'
        Options = [ordered]@{
            '-d,--dimension=minute,ten_minutes,hour,day,week,month' = 'Time bucket: minute, ten_minutes, hour, day, week or month.'
            '--by=@primary' = 'Draw the first metric once per video or channel.'
            '--top=' = 'With --by: number of lines, largest first.'
            '--ids' = 'Show ids without titles.'
            '--field=@metric' = 'Field to draw from rows on stdin: a name, or an index from 0.'
            '--skip-bad' = 'Draw a gap for input that is not a number.'
            '--watch=' = 'Refresh every few seconds, today included, until Ctrl-C.'
            '--fail-empty' = 'Exit with code 3 if there are no numbers.'
            '--from=today,yesterday' = 'First day (YYYY-MM-DD, today, yesterday), or a time: 2026-11-25T14:00.'
            '--to=today,yesterday' = 'Last day, inclusive; or a time, exclusive; or now.'
            '--last=7d,4w,6m,1y' = 'The last whole days, weeks or months: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'Named range: this-week, last-month, this-year and so on; mtd, ytd.'
            '--as=content-owner,publisher,data' = 'Report type: content-owner or publisher; data for Mux.'
            '--min=' = 'Lowest value of the scale.'
            '--max=' = 'Highest value of the scale.'
            '--zero' = 'Start the scale at zero.'
            '--ascii' = 'Draw with ASCII characters only.'
            '--kind=line,bar' = 'Chart type.'
            '--compare=previous,year' = 'Add a second, fainter line: previous, year, or FROM..TO.'
            '--width=' = 'Width in columns.'
            '--height=' = 'Height in rows.'
            '-o,--output=@file' = 'Write an SVG image of the chart; - is stdout.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex export' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '-d,--dimension+=@dimensions' = 'Group by day, and by video or channel; Mux data by day or hour.'
            '-m,--metric+=@metrics' = 'Metrics to export; repeatable, or separated by commas.'
            '--as=content-owner,publisher,data' = 'Report type: content-owner or publisher; data for Mux.'
            '--filter+=@filter' = 'Keep only matching rows; repeatable.'
            '--from=today,yesterday' = 'First day; required for a new export. The last is yesterday.'
            '--look-back=7d,4w,6m,1y' = 'How long after its end a month is fetched again: 14d, 4w.'
            '--rebuild' = 'Fetch all months again, even with other metrics.'
            '--allow-loss' = 'Replace a month even if days it had are missing.'
            '--dry-run' = 'Only print what would be fetched.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'Output format of the summary, a row per month.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex schema' = @{
        Commands = [ordered]@{
        }
        Argument = '@primary'
        Options = [ordered]@{
            '--as=content-owner,publisher,data' = 'Report type to list.'
            '--refresh' = 'Clear the cache and ask the service again.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'Output format.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex query' = @{
        Commands = [ordered]@{
        }
        Argument = '@file'
        Options = [ordered]@{
            '--operation=' = 'Operation to run, if the document has several.'
            '--var+=' = 'Set a variable: true, false, null and integers keep their type; @FILE is read.'
            '--vars=@file' = 'JSON file with variables.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex login' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--login=' = 'Email address of the exchange login.'
            '--tenant=' = 'Tenant id; your account manager knows it.'
            '--token-id=' = 'Id of a Mux access token.'
            '--password-stdin,--secret-stdin' = 'Read the password (or the Mux token secret) from stdin.'
            '--mfa-code=' = 'One-time code from your authenticator app.'
            '--as=content-owner,publisher,data' = 'Report type of the account: content-owner or publisher.'
            '--store=keyring,file,none' = 'Where to save the session.'
            '--remember' = 'Save password and TOTP secret in the keyring, to renew sessions automatically.'
            '--default' = 'Make this the default profile.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex logout' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--all' = 'Sign out of all profiles, and delete them.'
            '-y,--yes' = 'Do not ask before --all.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex status' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--use=@profile' = 'Set the default profile.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'Output format.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex token' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex demo' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex sandbox' = @{
        Commands = [ordered]@{
            'serve' = 'Serve the sandbox until Ctrl-C.'
        }
        Argument = ''
        Options = [ordered]@{
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex sandbox serve' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--service=glomex,mux' = 'Service to imitate.'
            '--port=' = 'Port on 127.0.0.1; 0 picks a free one.'
            '--token-life=' = 'Lifetime of a token.'
            '--delay=' = 'Delay before every response.'
            '--introspection,--no-introspection' = 'Allow schema introspection.'
            '--variant=half-open,half-open-publisher,objects,strings,pages,numbers-as-text,moments,short-ranges,zero-days,plain-sign-in,java,unsteady' = 'Another documented behavior of the service, see above.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex doctor' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--export=' = 'Also check this export: a folder or a bucket.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'Output format; auto prints a line per check.'
            '-p,--profile=@profile' = 'Profile (a saved sign-in) to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'API address, or one of mux, sandbox, mux-sandbox.'
            '--service=glomex,mux' = 'Service at the endpoint.'
            '--timeout=' = 'Total time limit.'
            '-v,--verbose' = 'Log each request to stderr.'
            '-q,--quiet' = 'Print only warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use color.'
            '--no-color' = 'Same as --color never.'
            '--no-input' = 'Never prompt; fail if an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex completion' = @{
        Commands = [ordered]@{
        }
        Argument = 'bash,zsh,fish,powershell,man'
        Options = [ordered]@{
            '--install' = 'Write the script to the shell''s completion folder.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex help' = @{
        Commands = [ordered]@{
        }
        Argument = 'report,sparkline,plot,export,schema,query,login,logout,status,token,demo,sandbox,doctor,completion,help,exit-codes,environment,formats'
        Options = [ordered]@{
            '-h,--help' = 'Show this message and exit.'
        }
    }
}

# The beginning of a file, line by line; a file that cannot be read has none.
function Read-GlomexLine([string]$Path) {
    try { [IO.File]::ReadLines($Path) | Select-Object -First 2000 } catch { }
}

# The folder of settings or of the cache, as the program itself finds it.
function Get-GlomexFolder([string]$Override, [string]$Unix, [string]$Mac, [string]$Windows) {
    if ($Override -and [IO.Path]::IsPathRooted($Override)) { return Join-Path $Override 'glomex' }
    if ($PSVersionTable.PSVersion.Major -lt 6 -or $IsWindows) { return "$env:LOCALAPPDATA$Windows" }
    if ($IsMacOS) { return "$HOME$Mac" }
    return "$HOME$Unix"
}

# The names in a section of the cached schemas. Their files have a name a line.
function Get-GlomexLearnt([string]$Section) {
    $folder = Get-GlomexFolder $env:XDG_CACHE_HOME '/.cache/glomex' '/Library/Caches/glomex' '\glomex\Cache'
    foreach ($file in Get-ChildItem -Path "$folder/learnt-*.json" -File -ErrorAction Ignore) {
        $inside = $false
        foreach ($line in Read-GlomexLine $file.FullName) {
            if ($line -match '^   "(\w+=?)": [\[{]$') { $inside = $Matches[1] -ceq $Section }
            elseif ($line -match '^   [\]}]') { $inside = $false }
            elseif ($inside -and $line -match '^    "([^"]+)"') { $Matches[1] }
        }
    }
}

# Names in config.toml: of the profiles, or of the reports saved in it.
function Get-GlomexSetting([string]$Section) {
    $folder = $env:GLOMEX_CONFIG_DIR
    if (-not $folder) {
        $folder = Get-GlomexFolder $env:XDG_CONFIG_HOME '/.config/glomex' '/Library/Application Support/glomex' '\glomex'
    }
    $name = '(?:"([^"]*)"|''([^'']*)''|([A-Za-z0-9_-]+))'
    $inside = $false
    foreach ($line in Read-GlomexLine "$folder/config.toml") {
        $found = $false
        if ($line -match '^\s*\[') {
            $inside = $line -match '^\s*\[\s*reports\s*\]'
            $found = $Section -eq 'profiles' -and $line -match "^\s*\[\s*profiles\s*\.\s*$name\s*\]"
        }
        elseif ($inside -and $Section -eq 'reports') { $found = $line -match "^\s*$name\s*=" }
        if ($found) { "$($Matches[1])$($Matches[2])$($Matches[3])" }
    }
}

# What an option or a command takes, as glomex_cli/cli/completion/templates.py writes it.
function Get-GlomexValue([string]$Taken, [string]$Typed) {
    $before = ''
    $after = ''
    $names = switch ($Taken) {
        { $_ -in '@metric', '@metrics', '@sort' } { 'video_views', 'ad_impressions'; Get-GlomexLearnt 'metrics' }
        { $_ -in '@dimensions', '@primary', '@sort' } {
            'video', 'channel', 'day', 'week', 'month'; Get-GlomexLearnt 'dimensions'
        }
        '@filter' {
            if ($Typed -match '^(\w+)[!+-]?=') { Get-GlomexLearnt "$($Matches[1])=" }
            else { Get-GlomexLearnt 'filters' }
        }
        '@profile' { Get-GlomexSetting 'profiles' }
        '@saved' { Get-GlomexSetting 'reports' }
        { $_ -and $_[0] -ne '@' } { $_ -split ',' }
    }
    if ($Taken -eq '@primary') { $names = $names | Where-Object { $_ -notin 'day', 'week', 'month' } }
    if ($Taken -eq '@filter' -and $Typed -match '^\w+[!+-]?=') { $before = $Matches[0] }
    elseif ($Taken -eq '@filter') { $after = '=' }
    if ($Taken -in '@metrics', '@dimensions' -and $Typed -match '^.*,') { $before = $Matches[0] }
    if ($Taken -eq '@sort' -and $Typed -match '^-') { $before = '-' }
    $names | Where-Object { $_ -cmatch '\A[A-Za-z0-9_][A-Za-z0-9._:-]{0,99}\z' } |
        Select-Object -Unique | ForEach-Object { "$before$_$after" }
}

# What an option takes, by its name: nothing for a flag.
function Get-GlomexTaken($Command, [string]$Name) {
    foreach ($word in $Command.Options.Keys) {
        $names, $taken = $word -split '=', 2
        if ($names.TrimEnd('+') -split ',' -ccontains $Name) { return $taken }
    }
}

function New-GlomexOffer([string]$Text, [string]$Tip) {
    [pscustomobject]@{ Text = $Text; Tip = $Tip }
}

Register-ArgumentCompleter -Native -CommandName 'glomex' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $path = 'glomex'
    $taken = $null
    $words = $commandAst.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text }
    foreach ($word in $words) {
        if ($null -ne $taken) { $taken = $null }
        elseif ($word -like '-*') { $taken = Get-GlomexTaken $GlomexCommands[$path] $word }
        elseif ($GlomexCommands.ContainsKey("$path $word")) { $path = "$path $word" }
    }
    $command = $GlomexCommands[$path]

    $offers = if ($null -ne $taken) {
        foreach ($value in Get-GlomexValue $taken $wordToComplete) { New-GlomexOffer $value $value }
    }
    elseif ($wordToComplete -match '^(--[^=]+)=(.*)$') {
        $name, $typed = $Matches[1], $Matches[2]
        foreach ($value in Get-GlomexValue (Get-GlomexTaken $command $name) $typed) {
            New-GlomexOffer "$name=$value" $value
        }
    }
    elseif ($wordToComplete -like '-*') {
        foreach ($option in $command.Options.GetEnumerator()) {
            $names = ($option.Key -split '=', 2)[0].TrimEnd('+')
            foreach ($name in $names -split ',') { New-GlomexOffer $name $option.Value }
        }
    }
    else {
        foreach ($each in $command.Commands.GetEnumerator()) { New-GlomexOffer $each.Key $each.Value }
        foreach ($value in Get-GlomexValue $command.Argument $wordToComplete) {
            New-GlomexOffer $value $value
        }
    }

    $offers | Where-Object { $_.Text.StartsWith($wordToComplete, [StringComparison]::Ordinal) } |
        ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_.Text, $_.Text, 'ParameterValue', $_.Tip)
        }
}
