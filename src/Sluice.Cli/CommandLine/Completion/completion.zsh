# zsh completion of sluice
_sluice_complete() {
  local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
  local -a suggestions
  suggestions=("${(@f)$(sluice "[suggest:${#line}]" "$line" 2>/dev/null)}")
  suggestions=(${suggestions:#})
  (( $#suggestions )) && compadd -- $suggestions || _files
}
compdef _sluice_complete sluice
