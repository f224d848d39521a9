# bash completion of sluice
_sluice_complete() {
  local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}"
  local IFS=$'\n'
  COMPREPLY=($(compgen -W "$(sluice "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
}
complete -o default -F _sluice_complete sluice
