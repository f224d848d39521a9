# fish completion of sluice
function __sluice_complete
    set -l line (commandline -cp)
    sluice "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
end
complete -c sluice -a '(__sluice_complete)'
