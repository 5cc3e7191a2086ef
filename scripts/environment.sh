# Sourced by ./scripts/demo and ./scripts/test: makes .venv, an environment of this checkout's own.
# Afterwards $bin is the folder of its programs. PYTHON=... chooses the Python to make it with.

say() { printf '%s\n' "$*" >&2; }

stop() {
    say "$*"
    exit 1
}

suits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" >/dev/null || stop "PYTHON=$PYTHON is no program that can be run."
        suits "$PYTHON" || stop "PYTHON=$PYTHON is not Python 3.11, 3.12 or 3.13 ($("$PYTHON" --version 2>&1))."
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3.13 python3.12 python3.11 python3 python; do
        if suits "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    stop "Python 3.11, 3.12 or 3.13 is needed, and none is on the PATH. Install one, or say where it is:
  PYTHON=/path/to/python3 $0"
}

find_bin() {
    bin=.venv/bin
    if [ -d .venv/Scripts ]; then bin=.venv/Scripts; fi # as Windows lays it out
}

# What an environment depends on: where it is, and the Python below it.
made_with() { printf '%s\n' "$PWD" && "$1" -c 'import sys; print(sys.version, sys.base_prefix)'; }

# What an installation depends on besides. Change any of it, and it is done again.
installed_from() { made_with "$1" && cat pyproject.toml; }

# Whether .venv is there, has not been moved, works, and is of the Python that PYTHON asks for, if it does.
environment_serves() {
    find_bin
    [ -f .venv/made-with ] && suits "$bin/python" && suits "${PYTHON:-$bin/python}" &&
        [ "$(cat .venv/made-with)" = "$(made_with "${PYTHON:-$bin/python}")" ]
}

make_environment() {
    if ! environment_serves; then
        local python
        python=$(find_python)
        say "Making .venv with $("$python" --version 2>&1) ..."
        rm -rf .venv
        "$python" -m venv .venv || {
            rm -rf .venv
            stop "$python cannot make a virtual environment: its modules venv and ensurepip are needed.
On Debian and Ubuntu they are a package of their own: sudo apt install python3-venv"
        }
        made_with "$python" >.venv/made-with
        find_bin
    fi
}

# install EXTRA: installs this checkout, with an extra such as [dev] or none, unless it has been done.
# What is installed is compiled meanwhile, which takes pip as long as the rest: `wait` waits for it.
install() {
    local extra
    for extra in "$1" "[dev]"; do # whoever has the extra has the rest
        if [ -f ".venv/installed$extra" ] && installed_from "$bin/python" | cmp -s - ".venv/installed$extra"; then
            return
        fi
    done
    say "Installing routeplan$1 and what it needs (a few minutes, once) ..."
    # uv takes a third of the time. It does not read the settings of pip, which serves where uv cannot be had or fails.
    "$bin/python" -m pip install --quiet --disable-pip-version-check --no-compile "uv>=0.9,<1" >/dev/null 2>&1 &&
        "$bin/python" -m uv pip install --quiet --python "$bin/python" --editable ".$1" 2>/dev/null ||
        "$bin/python" -m pip install --quiet --disable-pip-version-check --no-compile --editable ".$1"
    # As with pip, what cannot be compiled (templates, other Pythons' files) is left for whoever imports it.
    "$bin/python" -m compileall -q -x '/tests?/' .venv src >/dev/null 2>&1 &
    installed_from "$bin/python" >".venv/installed$1"
}
