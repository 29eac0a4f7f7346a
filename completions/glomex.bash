# bash completion for glomex. Made by `glomex completion bash`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

# What a command has, as `glomex_cli/cli/completion/templates.py` writes it.
_glomex_facts() {
  commands='' arguments='' options=''
  case $1 in
    'glomex')
      commands='report sparkline plot export schema query login logout status token demo sandbox doctor completion help'
      arguments=''
      options='
        -V,--version
        -h,--help
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
      '
      ;;
    'glomex report')
      commands=''
      arguments='@saved'
      options='
        --from=today,yesterday
        --to=today,yesterday
        --last=7d,4w,6m,1y
        --period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd
        --as=content-owner,publisher,data
        --sort=@sort
        --limit=
        --total
        --compare=previous,year
        --trend
        -f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md
        -o,--output=@file
        --raw-csv
        --bom
        --strict
        --fail-empty
        --no-pager
        --save=
        --list
        --delete=@saved
        -d,--dimension+=@dimensions
        -m,--metric+=@metrics
        --filter+=@filter
        --ids
        --print-query
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex sparkline')
      commands=''
      arguments='@metric'
      options='
        -d,--dimension=minute,ten_minutes,hour,day,week,month
        --by=@primary
        --top=
        --ids
        --field=@metric
        --skip-bad
        --watch=
        --fail-empty
        --follow
        --from=today,yesterday
        --to=today,yesterday
        --last=7d,4w,6m,1y
        --period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd
        --as=content-owner,publisher,data
        --min=
        --max=
        --zero
        --ascii
        --width=
        --height=
        --shared
        --split
        --agg=mean,sum,min,max,last,median
        --gap-char=
        --emphasize+=
        --labels,--no-labels
        --like=spark
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex plot')
      commands=''
      arguments='@metric'
      options='
        -d,--dimension=minute,ten_minutes,hour,day,week,month
        --by=@primary
        --top=
        --ids
        --field=@metric
        --skip-bad
        --watch=
        --fail-empty
        --from=today,yesterday
        --to=today,yesterday
        --last=7d,4w,6m,1y
        --period=this-week,last-week,this-month,last-month,this-year,last-year,mtd,ytd
        --as=content-owner,publisher,data
        --min=
        --max=
        --zero
        --ascii
        --kind=line,bar
        --compare=previous,year
        --width=
        --height=
        -o,--output=@file
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex export')
      commands=''
      arguments=''
      options='
        -d,--dimension+=@dimensions
        -m,--metric+=@metrics
        --as=content-owner,publisher,data
        --filter+=@filter
        --from=today,yesterday
        --look-back=7d,4w,6m,1y
        --rebuild
        --allow-loss
        --dry-run
        -f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex schema')
      commands=''
      arguments='@primary'
      options='
        --as=content-owner,publisher,data
        --refresh
        -f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex query')
      commands=''
      arguments='@file'
      options='
        --operation=
        --var+=
        --vars=@file
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex login')
      commands=''
      arguments=''
      options='
        --login=
        --tenant=
        --token-id=
        --password-stdin,--secret-stdin
        --mfa-code=
        --as=content-owner,publisher,data
        --store=keyring,file,none
        --remember
        --default
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex logout')
      commands=''
      arguments=''
      options='
        --all
        -y,--yes
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex status')
      commands=''
      arguments=''
      options='
        --use=@profile
        -f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex token')
      commands=''
      arguments=''
      options='
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex demo')
      commands=''
      arguments=''
      options='
        -h,--help
      '
      ;;
    'glomex sandbox')
      commands='serve'
      arguments=''
      options='
        -h,--help
      '
      ;;
    'glomex sandbox serve')
      commands=''
      arguments=''
      options='
        --service=glomex,mux
        --port=
        --token-life=
        --delay=
        --introspection,--no-introspection
        --variant=half-open,half-open-publisher,objects,strings,pages,numbers-as-text,moments,short-ranges,zero-days,plain-sign-in,java,unsteady
        -h,--help
      '
      ;;
    'glomex doctor')
      commands=''
      arguments=''
      options='
        --export=
        -f,--format=auto,table,json,ndjson,csv,tsv,markdown,parquet,jsonl,md
        -p,--profile=@profile
        --endpoint=mux,sandbox,mux-sandbox
        --service=glomex,mux
        --timeout=
        -v,--verbose
        -q,--quiet
        --color=auto,always,never
        --no-color
        --no-input
        -h,--help
      '
      ;;
    'glomex completion')
      commands=''
      arguments='bash,zsh,fish,powershell,man'
      options='
        --install
        -h,--help
      '
      ;;
    'glomex help')
      commands=''
      arguments='report,sparkline,plot,export,schema,query,login,logout,status,token,demo,sandbox,doctor,completion,help,exit-codes,environment,formats'
      options='
        -h,--help
      '
      ;;
  esac
}

# Readline cuts words at = and :, so pieces that touch are put together again, up to the cursor.
_glomex_split() {
  local rest=${COMP_LINE:0:COMP_POINT} piece bare
  typed=()
  for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    bare=${rest#"${rest%%[![:space:]]*}"}
    [[ $bare == "$piece"* ]] || piece=$bare
    if [[ ${#typed[@]} -gt 0 && $bare == "$rest" ]]; then
      typed[${#typed[@]}-1]+=$piece
    else
      typed+=("$piece")
    fi
    rest=${bare#"$piece"}
  done
}

_glomex_find() {
  local names
  for found in $options; do
    names=${found%%=*}
    [[ ,${names%+}, == *",$1,"* ]] && return
  done
  found=''
}

# Goes past a word before the cursor: what is left in `wants` is what the next one is to be.
_glomex_pass() {
  if [[ $wants ]]; then
    wants=''
  elif [[ $1 == -- ]]; then
    is_plain=1
  elif [[ $1 == -* && ! $is_plain ]]; then
    _glomex_find "${1%%=*}"
    given+="$found "
    [[ $found == *=* && $1 != *=* ]] && wants="=${found#*=}"
  elif [[ " $commands " == *" $1 "* ]]; then
    path+=" $1" given=' '
    _glomex_facts "$path"
  fi
}

# Adds a name, if it is one, to `names`; readline shows what is there twice once.
_glomex_name() {
  case $1 in
    [!A-Za-z0-9_]* | *[!A-Za-z0-9._:-]* | '') ;;
    *) [[ ${#1} -gt 100 ]] || names+="$1 " ;;
  esac
}

# Adds the names in a section of the cached schemas. Their files have a name a line.
_glomex_learnt() {
  local folder=${HOME-}/.cache/glomex file line inside count
  shopt -q failglob && return
  case ${OSTYPE-} in
    darwin*) folder=${HOME-}/Library/Caches/glomex ;;
    msys* | cygwin*) folder=${LOCALAPPDATA-}/glomex/Cache ;;
  esac
  [[ ${XDG_CACHE_HOME-} == /* ]] && folder=${XDG_CACHE_HOME-}/glomex
  for file in "$folder"/learnt-*.json; do
    [[ -f $file && -r $file ]] || continue
    inside='' count=0
    while IFS= read -r -n 300 line && ((++count < 2000)); do
      case $line in
        '   "'"$1"'": '[[{]) inside=1 ;;
        '   '[]}]*) inside='' ;;
        '    "'*)
          line=${line#'    "'}
          [[ $inside ]] && _glomex_name "${line%%\"*}"
          ;;
      esac
    done <"$file"
  done
}

# Adds names in config.toml: of the profiles, or of the reports saved in it.
_glomex_settings() {
  local folder=${HOME-}/.config/glomex line count=0 inside='' whole=1
  local name='("([^"]*)"|'\''([^'\'']*)'\''|([A-Za-z0-9_-]+))'
  local header="^[[:space:]]*\\[[[:space:]]*profiles[[:space:]]*\\.[[:space:]]*$name[[:space:]]*\\]"
  local key="^[[:space:]]*$name[[:space:]]*="
  local section='^[[:space:]]*\[[[:space:]]*reports[[:space:]]*\]'
  case ${OSTYPE-} in
    darwin*) folder="${HOME-}/Library/Application Support/glomex" ;;
    msys* | cygwin*) folder=${LOCALAPPDATA-}/glomex ;;
  esac
  [[ ${XDG_CONFIG_HOME-} == /* ]] && folder=${XDG_CONFIG_HOME-}/glomex
  folder=${GLOMEX_CONFIG_DIR:-$folder}
  [[ -f $folder/config.toml && -r $folder/config.toml ]] || return
  while { IFS= read -r -n 300 line || [[ $line ]]; } && ((++count < 2000)); do
    if [[ $whole && $line == *\[* && $line =~ ^[[:space:]]*\[ ]]; then
      inside=''
      [[ $line =~ $section ]] && inside=1
      [[ $1 == profiles && $line =~ $header ]] &&
        _glomex_name "${BASH_REMATCH[2]-}${BASH_REMATCH[3]-}${BASH_REMATCH[4]-}"
    elif [[ $whole && $inside && $1 == reports && $line =~ $key ]]; then
      _glomex_name "${BASH_REMATCH[2]-}${BASH_REMATCH[3]-}${BASH_REMATCH[4]-}"
    fi
    whole=1
    [[ ${#line} -lt 300 ]] || whole=''
  done <"$folder/config.toml"
}

# Lets readline itself complete the name of a file, which knows of ~ and of quoting.
_glomex_files() {
  type compopt >/dev/null 2>&1 && compopt -o default 2>/dev/null
}

# Offers $1, where it goes on from what is typed; readline wants only the piece it cut.
_glomex_offer() {
  [[ $1 == "$current"* ]] && COMPREPLY+=("${1#"$uncut"}")
}

# Adds the names of filters; behind NAME= those of the values that were listed of it.
_glomex_filters() {
  local typed=${current#"$1"} name
  name=${typed%%=*} suffix='='
  if [[ $typed == *=* ]]; then
    prefix+=$name= suffix=''
    _glomex_learnt "${name%[-+!]}="
  else
    _glomex_learnt filters
  fi
}

# Offers what an option or a command takes; $2 is what stands before the value in the word.
_glomex_values() {
  local names=' ' prefix=$2 suffix='' name
  case $1 in
    @file) _glomex_files ;;
    @metric | @metrics | @sort) names+='video_views ad_impressions ' && _glomex_learnt metrics ;;
    @filter) _glomex_filters "$prefix" ;;
    @profile) _glomex_settings profiles ;;
    @saved) _glomex_settings reports ;;
    @*) ;;
    *) names=" ${1//,/ } " ;;
  esac
  case $1 in
    @dimensions | @primary | @sort)
      names+='video channel day week month '
      _glomex_learnt dimensions
      ;;
  esac
  [[ $1 == @*s && $current == *,* ]] && prefix=${current%,*},
  [[ $1 == @sort && $current == "$2"-* ]] && prefix+=-
  for name in $names; do
    [[ $1 == @primary && ' day week month ' == *" $name "* ]] || _glomex_offer "$prefix$name$suffix"
  done
  [[ $suffix && ${#COMPREPLY[@]} -gt 0 ]] && type compopt >/dev/null 2>&1 &&
    compopt -o nospace 2>/dev/null
}

# Offers the options that may still be given.
_glomex_options() {
  local option name names
  for option in $options; do
    names=${option%%=*}
    [[ $names != *+ && $given == *" $option "* ]] && continue
    names=${names%+}
    for name in ${names//,/ }; do
      _glomex_offer "$name"
    done
  done
}

_glomex_complete() {
  local commands arguments options typed found word
  local path=glomex wants='' is_plain='' given=' '
  COMPREPLY=()
  _glomex_split
  local LC_ALL=C IFS=$' \t\n' last=$((${#typed[@]} - 1))
  local current=${typed[last]}
  local uncut=${current%"$2"}
  [[ $last -gt 0 && $current == *"$2" ]] || return 0
  _glomex_facts "$path"
  for word in "${typed[@]:1:last-1}"; do
    _glomex_pass "$word"
  done
  if [[ $wants ]]; then
    _glomex_values "${wants#=}" ''
  elif [[ $current == --*=* && ! $is_plain ]]; then
    _glomex_find "${current%%=*}"
    _glomex_values "${found#*=}" "${current%%=*}="
  elif [[ $current == -* && ! $is_plain ]]; then
    _glomex_options
  elif [[ $commands || $arguments ]]; then
    for word in $commands; do
      _glomex_offer "$word"
    done
    _glomex_values "$arguments" ''
  elif [[ ! $is_plain ]]; then
    _glomex_options
  fi
  return 0
}

# In such a list `set -e` does not hold: no test that fails ends the shell of whoever pressed TAB.
_glomex() {
  _glomex_complete "$@" || return 0
}

if type compopt >/dev/null 2>&1; then
  complete -F _glomex glomex
else
  complete -o default -F _glomex glomex
fi
