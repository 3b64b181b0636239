"""Bash completion that offers both paths and commands; click's own offers only the former."""

from __future__ import annotations

from click.shell_completion import BashComplete

_SOURCE = """\
%(complete_func)s() {
    local IFS=$'\\n' type value has_paths=
    COMPREPLY=()
    while IFS=, read -r type value; do
        if [[ $type == plain ]]; then
            COMPREPLY+=("$value")
        elif [[ $type == file ]]; then
            has_paths=1
        fi
    done < <(env COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD %(complete_var)s=bash_complete "$1")
    if [[ $has_paths && ${#COMPREPLY[@]} -gt 0 ]]; then
        compopt -o filenames
        COMPREPLY+=($(compgen -f -- "${COMP_WORDS[COMP_CWORD]}"))
    elif [[ $has_paths ]]; then
        compopt -o default
    fi
}

complete -o nosort -F %(complete_func)s %(prog_name)s
"""


class Bash(BashComplete):
    """Bash completion in which a word may be a path as well; with click's own script it is then nothing else."""

    source_template = _SOURCE
