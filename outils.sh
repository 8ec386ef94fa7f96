# Sourced by ./demo and ./test: make .venv with a hash-pinned set, again only when that set, Python or the folder changed.

# Read once, kept compiled: without it each of our processes reads forty thousand lines again before it answers.
unset PYTHONDONTWRITEBYTECODE

# preparer_venv SET [ALTERNATIVE]: have the packages of SET, or be content with those of ALTERNATIVE when they are there.
preparer_venv() {
  local python depart=$SECONDS
  python="$(trouver_python)" || return 1
  if venv_pret "$1" "$python" || { [ -n "${2:-}" ] && venv_pret "$2" "$python"; }; then return 0; fi
  echo "Préparation de l'environnement (.venv) : téléchargement et installation des paquets…" >&2
  # An old .venv (moved folder, other Python, half made) is thrown away: it holds nothing of anybody's.
  if ! .venv/bin/python -c '' 2>/dev/null || [ "$(cat .venv/.dossier 2>/dev/null)" != "$PWD" ]; then
    if [ -L .venv ]; then rm .venv; fi # a link: what it leads to is another folder's, and stays
    if ! "$python" -m venv --clear .venv 2>/dev/null; then
      echo "Le module « venv » de Python manque : installez-le (Debian, Ubuntu : apt install python3-venv), puis relancez." >&2
      return 1
    fi
    echo "$PWD" >.venv/.dossier
  fi
  installer_paquets "$1" || {
    echo "L'installation n'a pas abouti : vérifiez la connexion au registre de paquets et la place sur le disque, puis relancez." >&2
    return 1
  }
  empreinte "$1" "$python" >".venv/.pret-$1"
  echo "Paquets prêts en $((SECONDS - depart)) s (non comptés dans le démarrage)." >&2
}

venv_pret() {
  [ -x .venv/bin/premier-accueil ] && [ "$(cat ".venv/.pret-$1" 2>/dev/null)" = "$(empreinte "$1" "$2")" ] &&
    .venv/bin/python -c '' 2>/dev/null
}

empreinte() {
  { cat "$1" requirements.in pyproject.toml hatch_build.py; "$2" -VV; echo "$PWD"; } | cksum
}

installer_paquets() {
  local pip=(.venv/bin/python -m pip install --quiet --disable-pip-version-check)
  if "${pip[@]}" uv 2>/dev/null; then
    # Compiled once here, not at each start: some machines never write bytecode by themselves.
    pip=(.venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python)
  fi
  "${pip[@]}" --require-hashes -r "$1" && "${pip[@]}" --no-deps --no-build-isolation -e .
}

trouver_python() {
  local candidat
  for candidat in python3 python3.13 python3.12 python3.11 python; do
    if "$candidat" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$candidat"
      return 0
    fi
  done
  echo "Premier Accueil demande Python 3.11 ou plus récent : installez-le, puis relancez." >&2
  return 1
}
