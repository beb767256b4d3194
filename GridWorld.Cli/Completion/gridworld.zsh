#compdef gridworld
# Completion of gridworld in zsh. To load it, after compinit: source <(gridworld completion zsh)
_gridworld() {
  local line="${LBUFFER#*[[:space:]]}"
  local -a found
  found=("${(@f)$(gridworld "[suggest:${#line}]" "$line" 2>/dev/null)}")
  compadd -- ${found:#} || _files
}
compdef _gridworld gridworld
