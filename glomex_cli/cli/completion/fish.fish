# fish completion for glomex. Made by `glomex completion fish`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

# Whether the words before the cursor name this command, and no other below it.
function __glomex_at
    set -l path glomex
    set -l is_value
    for word in (commandline -opc)[2..]
        contains -- "$path" @GROUPS@; or break
        if test -n "$is_value"
            set is_value
        else if string match -q -- '-*' $word
            contains -- $word @TAKING@; and set is_value yes
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
