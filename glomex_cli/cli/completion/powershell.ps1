# PowerShell completion for glomex. Made by `glomex completion powershell`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

$GlomexCommands = @{
    # COMMANDS
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
