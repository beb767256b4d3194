# Completion of gridworld in bash. To load it: source <(gridworld completion bash)
_gridworld() {
  local line="${COMP_LINE:0:COMP_POINT}" word="${COMP_WORDS[COMP_CWORD]}" IFS=$'\n'
  line="${line#*[[:space:]]}"
  COMPREPLY=($(compgen -W "$(gridworld "[suggest:${#line}]" "$line" 2>/dev/null)" -- "$word"))
}
# Without a suggestion, bash offers the names of files.
complete -o default -F _gridworld gridworld
