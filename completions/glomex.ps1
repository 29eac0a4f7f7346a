# PowerShell completion for glomex. Made by `glomex completion powershell`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

$GlomexCommands = @{
    'glomex' = @{
        Commands = [ordered]@{
            'login' = 'Sign in and keep the session.'
            'logout' = 'Forget the session.'
            'status' = 'Show who is signed in, where, and for how long.'
            'token' = 'Print the token for other tools.'
            'report' = 'Print a report: rows by dimension over a range of days.'
            'sparkline' = 'Draw numbers as one line of bars.'
            'plot' = 'Draw numbers as a chart with both axes.'
            'export' = 'Export all history as Parquet files, one a month, and keep them up to date.'
            'schema' = 'List the dimensions, metrics and filters that the account really has.'
            'query' = 'Send any query to the service and print the answer as JSON.'
            'doctor' = 'Check clock, proxy, TLS, store, sign-in, schema, what was learned, and exports.'
            'completion' = 'Print the completion script of a shell, or install it.'
            'demo' = 'See the guided tour on the embedded sandbox.'
            'sandbox' = 'Serve the embedded sandbox over HTTP on this machine.'
        }
        Argument = ''
        Options = [ordered]@{
            '--version' = 'Print the versions.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex login' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--login=' = 'The e-mail address of the exchange login.'
            '--tenant=' = 'The tenant, which the account manager knows.'
            '--token-id=' = 'The id of an access token of Mux.'
            '--password-stdin,--secret-stdin' = 'Read the password, or the token''s secret, from stdin.'
            '--mfa-code=' = 'The code of the authenticator app; it works once.'
            '--as=content-owner,publisher,data' = 'The reports this account asks for.'
            '--store=keyring,file,none' = 'Where the session is kept.'
            '--remember' = 'Keep the password and the TOTP secret in the keyring, to renew the session.'
            '--default' = 'Make this profile the one used without -p.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex logout' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--all' = 'Sign out of every profile, and forget the profiles.'
            '-y,--yes' = 'Do not ask before --all.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex status' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--use=@profile' = 'Make this the default profile.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'What to print.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex token' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex report' = @{
        Commands = [ordered]@{
        }
        Argument = '@saved'
        Options = [ordered]@{
            '--from=today,yesterday' = 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
            '--to=today,yesterday' = 'The last day, itself included; or a time, which is not; or now.'
            '--last=7d,4w,6m,1y' = 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
            '--as=content-owner,publisher,data' = 'On whose behalf to ask.'
            '--sort=@sort' = 'Sort by a column, downwards with a dash before it: --sort -video_views.'
            '--limit=' = 'Print the first N rows.'
            '--total' = 'Add a line of sums to tables and Markdown.'
            '--compare=previous,year' = 'Set beside: previous, year, or FROM..TO.'
            '--trend' = 'Draw each row''s days as a sparkline in tables.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'What to print; auto is a table on a terminal, else JSON.'
            '-o,--output=@file' = 'Write to a file in the format of its suffix; once all rows are there, the file (or a link of its name) is replaced. - is stdout.'
            '--raw-csv' = 'Leave text as it is, though a spreadsheet may run it.'
            '--bom' = 'Begin CSV or TSV with the mark by which Excel knows UTF-8.'
            '--strict' = 'Print nothing when anything is missing.'
            '--fail-empty' = 'End with exit code 3 when there are no rows.'
            '--no-pager' = 'Print a long table at once, not through $PAGER.'
            '--save=' = 'Save the options typed here under a name, without printing a report.'
            '--list' = 'List the saved reports.'
            '--delete=@saved' = 'Delete a saved report.'
            '-d,--dimension+=@dimensions' = 'Divide by video, channel, day, week or month; one of each kind.'
            '-m,--metric+=@metrics' = 'What to count; repeat it or join names with commas.'
            '--filter+=@filter' = 'Count only what fits; repeat it for more.'
            '--ids' = 'Show ids without their titles.'
            '--print-query' = 'Print what would be sent, for glomex query.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex sparkline' = @{
        Commands = [ordered]@{
        }
        Argument = '@metric'
        Options = [ordered]@{
            '-d,--dimension=minute,ten_minutes,hour,day,week,month' = 'The time bucket of a column, or of a point.'
            '--by=@primary' = 'Draw the first metric once for each video or channel.'
            '--top=' = 'With --by, how many lines, largest first.'
            '--ids' = 'Show ids without their titles.'
            '--field=@metric' = 'What to draw of rows on stdin: a name, or an index from 0.'
            '--skip-bad' = 'Leave a gap for what is no number on stdin.'
            '--watch=' = 'Ask the service again and redraw, today included, until Ctrl-C.'
            '--fail-empty' = 'End with exit code 3 when there is no number.'
            '--follow' = 'Draw what comes on stdin as long as it comes.'
            '--from=today,yesterday' = 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
            '--to=today,yesterday' = 'The last day, itself included; or a time, which is not; or now.'
            '--last=7d,4w,6m,1y' = 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
            '--as=content-owner,publisher,data' = 'On whose behalf to ask.'
            '--min=' = 'The lowest value drawn.'
            '--max=' = 'The highest value drawn.'
            '--zero' = 'Begin the scale at zero.'
            '--ascii' = 'Draw with plain ASCII characters.'
            '--width=' = 'The most columns to use.'
            '--height=' = 'How many rows high.'
            '--shared' = 'Draw several lines on one scale.'
            '--split' = 'Draw up and down from zero.'
            '--agg=mean,sum,min,max,last,median' = 'How several values share a column.'
            '--gap-char=' = 'What stands for a gap.'
            '--emphasize+=' = 'Colour by rule, such as red:gt:5 or red:[1:3]; may be repeated.'
            '--labels,--no-labels' = 'Names, figures and times beside the line.'
            '--like=spark' = 'Scale as that tool does.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex plot' = @{
        Commands = [ordered]@{
        }
        Argument = '@metric'
        Options = [ordered]@{
            '-d,--dimension=minute,ten_minutes,hour,day,week,month' = 'The time bucket of a column, or of a point.'
            '--by=@primary' = 'Draw the first metric once for each video or channel.'
            '--top=' = 'With --by, how many lines, largest first.'
            '--ids' = 'Show ids without their titles.'
            '--field=@metric' = 'What to draw of rows on stdin: a name, or an index from 0.'
            '--skip-bad' = 'Leave a gap for what is no number on stdin.'
            '--watch=' = 'Ask the service again and redraw, today included, until Ctrl-C.'
            '--fail-empty' = 'End with exit code 3 when there is no number.'
            '--from=today,yesterday' = 'The first day: YYYY-MM-DD, today or yesterday; or 2026-11-25T14:00.'
            '--to=today,yesterday' = 'The last day, itself included; or a time, which is not; or now.'
            '--last=7d,4w,6m,1y' = 'Whole days, weeks or months up to now: 7d, 4w, 6m, 1y; also 24h, 90min.'
            '--period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd' = 'A range by its name: this- or last-week, -month or -year, mtd, ytd.'
            '--as=content-owner,publisher,data' = 'On whose behalf to ask.'
            '--min=' = 'The lowest value drawn.'
            '--max=' = 'The highest value drawn.'
            '--zero' = 'Begin the scale at zero.'
            '--ascii' = 'Draw with plain ASCII characters.'
            '--kind=line,bar' = 'What to draw.'
            '--compare=previous,year' = 'A second, fainter line: previous, year, or FROM..TO.'
            '--width=' = 'How wide.'
            '--height=' = 'How high.'
            '-o,--output=@file' = 'Write an SVG image of the chart; - is stdout.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex export' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '-d,--dimension+=@dimensions' = 'Divide by day, and by video or channel.'
            '-m,--metric+=@metrics' = 'What to count; repeat it or join names with commas.'
            '--as=content-owner,publisher,data' = 'On whose behalf to ask.'
            '--filter+=@filter' = 'Count only what fits; repeat it for more.'
            '--from=today,yesterday' = 'The first day, needed the first time; the last is yesterday.'
            '--look-back=7d,4w,6m,1y' = 'How long after its end a month is asked for again: 14d or 4w.'
            '--rebuild' = 'Ask for all months again, also with other metrics.'
            '--allow-loss' = 'Take a month even without days that it had.'
            '--dry-run' = 'Only print what would be asked for.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'How to print a row for each month.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex schema' = @{
        Commands = [ordered]@{
        }
        Argument = '@primary'
        Options = [ordered]@{
            '--as=content-owner,publisher,data' = 'Whose reports to list.'
            '--refresh' = 'Forget what was learned, and ask the service anew.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'What to print.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex query' = @{
        Commands = [ordered]@{
        }
        Argument = '@file'
        Options = [ordered]@{
            '--operation=' = 'Which operation to run, where the document holds several.'
            '--var+=' = 'A variable: true, false, null and whole numbers are typed, @FILE is read.'
            '--vars=@file' = 'A JSON object of variables.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex doctor' = @{
        Commands = [ordered]@{
        }
        Argument = ''
        Options = [ordered]@{
            '--export=' = 'Look at this export too: a folder or a bucket.'
            '-f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md' = 'What to print; auto is a line a check.'
            '-p,--profile=@profile' = 'The profile, that is the sign-in, to use.'
            '--endpoint=mux,sandbox,mux-sandbox' = 'The address of the service, or mux, sandbox or mux-sandbox.'
            '--service=glomex,mux' = 'Which service answers at the endpoint.'
            '--timeout=' = 'How long the whole command may wait.'
            '-v,--verbose' = 'Tell of each request on stderr.'
            '-q,--quiet' = 'Say nothing but warnings and errors on stderr.'
            '--color=auto,always,never' = 'When to use colour.'
            '--no-input' = 'Never ask; fail where an answer is missing.'
            '-h,--help' = 'Show this message and exit.'
        }
    }
    'glomex completion' = @{
        Commands = [ordered]@{
        }
        Argument = 'bash,zsh,fish,powershell,man'
        Options = [ordered]@{
            '--install' = 'Write it where the shell looks for it.'
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
            '--service=glomex,mux' = 'Which service to serve.'
            '--port=' = 'The port on 127.0.0.1; 0 lets the system choose.'
            '--token-life=' = 'How long a token is good.'
            '--delay=' = 'How long to wait before every answer.'
            '--introspection,--no-introspection' = 'Whether the schema may be asked for.'
            '--variant=half-open,half-open-publisher,objects,strings,pages,numbers-as-text,moments,short-ranges,zero-days,plain-sign-in,java,unsteady' = 'Which other service to serve, see above.'
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
