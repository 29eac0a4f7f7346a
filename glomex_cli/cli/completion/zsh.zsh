#compdef glomex
# zsh completion for glomex. Made by `glomex completion zsh`; do not edit.
# TAB starts no program and asks no network. What files of settings and of the cache hold is
# compared and copied, never evaluated, and only plain names are taken from them.

# COMMANDS

# Puts the lines at the beginning of a file into `lines`; a file that cannot be read has none.
_glomex__read() {
  local text
  lines=()
  [[ -f $1 && -r $1 ]] && zmodload zsh/system 2>/dev/null || return 1
  sysread -s 65536 text <$1 2>/dev/null
  lines=("${(@f)text}")
}

# Adds a name, if it is one, to `names`; compadd shows what is there twice once.
_glomex__name() {
  [[ $1 = [A-Za-z0-9_][A-Za-z0-9._:-]# && $#1 -le 100 ]] && names+=("$1")
}

# Adds the names in a section of the cached schemas. Their files have a name a line.
_glomex__learnt() {
  emulate -L zsh -o extendedglob
  local LC_ALL=C folder=$HOME/.cache/glomex file line inside
  local -a lines
  [[ $OSTYPE = darwin* ]] && folder=$HOME/Library/Caches/glomex
  [[ $XDG_CACHE_HOME = /* ]] && folder=$XDG_CACHE_HOME/glomex
  for file in $folder/learnt-*.json(N); do
    _glomex__read $file || continue
    inside=''
    for line in "${lines[@]}"; do
      case $line in
        ('   "'$1'": '[\[\{]) inside=1 ;;
        ('   '[\]\}]*) inside='' ;;
        ('    "'*) [[ -n $inside ]] && _glomex__name "${${line#    \"}%%\"*}" ;;
      esac
    done
  done
}

# Adds names in config.toml: of the profiles, or of the reports saved in it.
_glomex__settings() {
  emulate -L zsh -o extendedglob
  local LC_ALL=C folder=$HOME/.config/glomex line inside
  local -a lines match mbegin mend
  [[ $OSTYPE = darwin* ]] && folder="$HOME/Library/Application Support/glomex"
  [[ $XDG_CONFIG_HOME = /* ]] && folder=$XDG_CONFIG_HOME/glomex
  _glomex__read ${GLOMEX_CONFIG_DIR:-$folder}/config.toml || return
  for line in "${lines[@]}"; do
    if [[ $line = [[:blank:]]#\[* ]]; then
      inside=''
      [[ $line = [[:blank:]]#\[[[:blank:]]#reports[[:blank:]]#\]* ]] && inside=reports
      [[ $line = [[:blank:]]#\[[[:blank:]]#profiles[[:blank:]]#.* ]] && inside=profiles
    fi
    [[ $inside = $1 ]] || continue
    case $inside:$line in
      (profiles:[[:blank:]]#\[[[:blank:]]#profiles[[:blank:]]#.[[:blank:]]#(#b)([\"\'])([^\"\']##)[\"\'][[:blank:]]#\]*)
        _glomex__name $match[2]
        ;;
      (profiles:[[:blank:]]#\[[[:blank:]]#profiles[[:blank:]]#.[[:blank:]]#(#b)([A-Za-z0-9_-]##)[[:blank:]]#\]*)
        _glomex__name $match[1]
        ;;
      (reports:[[:blank:]]#(#b)([\"\'])([^\"\']##)[\"\'][[:blank:]]#=*) _glomex__name $match[2] ;;
      (reports:[[:blank:]]#(#b)([A-Za-z0-9_-]##)[[:blank:]]#=*) _glomex__name $match[1] ;;
    esac
  done
}

# What an option of each kind takes.
_glomex__metric() {
  local -a names=(video_views ad_impressions)
  local expl
  _glomex__learnt metrics
  _wanted metrics expl metric compadd -a names
}

_glomex__metrics() {
  compset -P '*,'
  _glomex__metric
}

_glomex__dimensions() {
  local -a names=(video channel day week month)
  local expl
  compset -P '*,'
  _glomex__learnt dimensions
  _wanted dimensions expl dimension compadd -a names
}

_glomex__primary() {
  local -a names=(video channel)
  local expl
  _glomex__learnt dimensions
  names=(${names:#(day|week|month)})
  _wanted dimensions expl dimension compadd -a names
}

_glomex__sort() {
  local -a names=(video_views ad_impressions video channel day week month)
  local expl
  compset -P -
  _glomex__learnt metrics
  _glomex__learnt dimensions
  _wanted columns expl column compadd -a names
}

_glomex__filter() {
  local -a names
  local expl
  if compset -P 1 '*='; then
    _glomex__learnt ${${${IPREFIX#--filter=}%=}%[-+!]}=
    _wanted values expl value compadd -a names
    return
  fi
  _glomex__learnt filters
  _wanted filters expl filter compadd -S = -a names
}

_glomex__profile() {
  local -a names
  local expl
  _glomex__settings profiles
  _wanted profiles expl profile compadd -a names
}

_glomex__saved() {
  local -a names
  local expl
  _glomex__settings reports
  _wanted reports expl 'saved report' compadd -a names
}

# Found in a folder of fpath, this file is the function; sourced, it names the function.
if [[ $funcstack[1] == _glomex ]]; then
  _glomex "$@"
else
  compdef _glomex glomex
fi
