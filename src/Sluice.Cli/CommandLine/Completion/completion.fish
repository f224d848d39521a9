# fish completion of sluice
function __sluice_complete
    set -l line (commandline -cp)
    set -l suggestions (sluice "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null)
    if set -q suggestions[1]
        printf '%s\n' $suggestions
    else
        __fish_complete_path (commandline -ct)
    end
end
complete -c sluice -f -a '(__sluice_complete)'
