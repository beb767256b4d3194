# Completion of gridworld in fish. To load it: gridworld completion fish | source
function __gridworld_suggestions
    set -l line (commandline --current-process --cut-at-cursor | string replace --regex '^\s*\S+\s' '')
    gridworld "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete --command gridworld --arguments '(__gridworld_suggestions)'
