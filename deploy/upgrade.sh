#!/bin/bash
# Brings every site of this machine to a newer version: backs each up, migrates, restarts one after
# the other. As root:
#   upgrade.sh            to the newest release
#   upgrade.sh v0.2.0     to a release, a branch or a commit
# Code of before serves on the new schema meanwhile, and whoever comes while a site restarts waits
# for some seconds. If a site isn't ready afterward, all go back to the code they ran before.
set -euo pipefail
home=/srv/clinic
repository=$home/repository.git
say() { echo "== $*"; }

git -C "$repository" fetch --quiet --prune --tags origin '+refs/heads/*:refs/heads/*'
newest=$(git -C "$repository" tag --list 'v*' --sort=-version:refname | head -n 1)
wanted=${1:-${newest:-HEAD}}
commit=$(git -C "$repository" rev-parse --verify --quiet "$wanted^{commit}") || {
  echo "There's no version $wanted." >&2
  exit 2
}
release=$home/releases/$(git -C "$repository" describe --tags --always "$commit")
before=$(readlink "$home/current" || true)
shopt -s nullglob
sites=()
for file in /etc/clinic/*.env; do sites+=("$(basename "$file" .env)"); done

if [ ! -e "$release/.complete" ]; then
  say "Fetching $(basename "$release")"
  rm -rf "$release"
  mkdir -p "$release"
  git -C "$repository" archive "$commit" | tar -x -C "$release"
  python3 -m venv "$release/.venv"
  "$release/.venv/bin/pip" install --quiet --disable-pip-version-check --require-hashes -r "$release/requirements.txt"
  "$release/.venv/bin/python" -m compileall -q -x '/\.venv/' "$release"
  touch "$release/.complete"
fi
install -m 644 "$release"/deploy/systemd/* /etc/systemd/system/
install -m 755 "$release/deploy/clinic" /usr/local/bin/clinic
install -m 755 "$release/deploy/upgrade.sh" /usr/local/sbin/upgrade-clinic
running() { [ -d /run/systemd/system ]; }
! running || systemctl daemon-reload

if [ -n "$before" ] && [ "$before" != "$release" ]; then
  say "What has changed since $(basename "$before")"
  diff --unchanged-line-format= --old-line-format= --new-line-format='%L' \
    "$before/CHANGELOG.md" "$release/CHANGELOG.md" || true
fi

for site in "${sites[@]}"; do
  state=/var/lib/clinic/$site
  install -d -o clinic -g clinic -m 710 "$state"
  if [ -e "/etc/systemd/system/multi-user.target.wants/clinic@$site.service" ]; then
    install -d -o clinic -g clinic -m 700 "$state/backups"
    say "$site: backing up"
    /usr/local/bin/clinic "$site" backup --yes "$state/backups/before-$(basename "$release")-$(date -u +%Y%m%dT%H%M%SZ).backup"
  fi
  say "$site: database and style sheets"
  CLINIC_RELEASE=$release /usr/local/bin/clinic "$site" migrate --verbosity 0
  CLINIC_RELEASE=$release CLINIC_UMASK=027 /usr/local/bin/clinic "$site" collectstatic --verbosity 0 --no-input
done

switch_to() {
  ln -sfn "$1" "$home/current.new"
  mv -T "$home/current.new" "$home/current"
  running || return 0
  for site in "${sites[@]}"; do
    systemctl restart "clinic-worker@$site"
    systemctl restart "clinic@$site"
    # Over the socket, so that it holds whatever stands in front. The site answers to its own name alone.
    host=$(sed -nE 's#^BASE_URL=https?://([^/]+).*#\1#p' "/etc/clinic/$site.env")
    curl --silent --show-error --fail --output /dev/null --max-time 60 \
      --retry 20 --retry-delay 3 --retry-max-time 60 --retry-all-errors --unix-socket "/run/clinic/$site.sock" "http://$host/readyz" || return 1
  done
}
say "Restarting"
if ! switch_to "$release"; then
  echo "A site isn't ready. Everything goes back to $before; read: journalctl -u 'clinic@*' --since -5min" >&2
  [ -z "$before" ] || switch_to "$before" || true
  exit 1
fi
for site in "${sites[@]}"; do
  find "/var/lib/clinic/$site/backups" -name 'before-*.backup' -printf '%T@ %p\n' 2>/dev/null | sort -rn | tail -n +4 | cut -d' ' -f2 | xargs --no-run-if-empty rm -f
done
# The last three are kept, to go back by hand: upgrade.sh with the older version's name.
find "$home/releases" -mindepth 2 -maxdepth 2 -name .complete -printf '%T@ %h\n' | sort -rn | tail -n +4 | cut -d' ' -f2 | xargs --no-run-if-empty rm -rf
say "Done: $(basename "$release")"
