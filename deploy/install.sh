#!/bin/bash
# A clinic's site on a bare Debian 12 or 13 (or Ubuntu 24.04), behind Caddy, which looks after the
# certificate. As root, from a checkout:
#   deploy/install.sh
# It asks three questions. Run again, it finishes what was interrupted, or asks about another site on
# the same machine.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ "$(id -u)" -eq 0 ] || { echo "Run it as root: sudo deploy/install.sh" >&2; exit 1; }

shopt -s nullglob
name=
for file in /etc/clinic/*.env; do
  known=$(basename "$file" .env)
  [ -e "/etc/systemd/system/multi-user.target.wants/clinic@$known.service" ] || name=$known
done
if [ -n "$name" ]; then
  echo "Going on with the site $name, which isn't finished."
  host=$(sed -n 's#^BASE_URL=https://##p' "/etc/clinic/$name.env")
  mail='' postgres=$(grep --quiet ^DATABASE_URL= "/etc/clinic/$name.env" && echo y || echo n)
else
  name=main
  [ ! -e /etc/clinic/main.env ] || read -rp "A short name for this further site, such as eastside: " name
  [[ $name =~ ^[a-z][a-z0-9-]{0,30}$ ]] || { echo "Small letters, digits and hyphens, please." >&2; exit 2; }
  [ ! -e "/etc/clinic/$name.env" ] || { echo "There's a site $name already." >&2; exit 2; }
  read -rp "1. The site's address, such as www.clinic.example: " host
  [[ $host =~ ^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$ ]] || { echo "A name like www.clinic.example, please." >&2; exit 2; }
  read -rp "2. The mail server, such as submission://user:password@mail.clinic.example:587 (Enter: later): " mail
  read -rp "3. PostgreSQL instead of SQLite? For more than a few people at the desk. [y/N] " postgres
fi

packages=(python3-venv git caddy curl)
[[ ! $postgres =~ ^[Yy] ]] || packages+=(postgresql)
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${packages[@]}" >/dev/null

getent passwd clinic >/dev/null || useradd --system --user-group --home-dir /var/lib/clinic --shell /usr/sbin/nologin clinic
usermod -aG clinic caddy
install -d -m 755 /srv/clinic /srv/clinic/releases /var/lib/clinic
install -d -m 711 /etc/clinic
origin=$(git -C "$here" config --get remote.origin.url || echo "$here")
[ -d /srv/clinic/repository.git ] || git clone --quiet --bare "$here" /srv/clinic/repository.git
git -C /srv/clinic/repository.git remote set-url origin "$origin"
git -C /srv/clinic/repository.git fetch --quiet "$here" HEAD

if [ ! -e "/etc/clinic/$name.env" ]; then
  database=
  if [[ $postgres =~ ^[Yy] ]]; then
    [ -d /run/systemd/system ] || service postgresql start >/dev/null
    user=clinic_${name//-/_}
    password=$(python3 -c 'import secrets; print(secrets.token_urlsafe(30))')
    as_postgres() { setpriv --reuid=postgres --regid=postgres --init-groups psql --quiet --set=ON_ERROR_STOP=1 "$@"; }
    (cd / && as_postgres --command="CREATE ROLE $user LOGIN PASSWORD '$password'" && as_postgres --command="CREATE DATABASE $user OWNER $user")
    database=postgres://$user:$password@127.0.0.1:5432/$user
  fi
  key() { python3 -c 'import secrets; print(secrets.token_urlsafe(50))'; }
  (
    umask 077
    {
      echo "# The site $name. Keep a copy elsewhere: without these keys nobody reads a backup."
      echo "# All that may stand here: /srv/clinic/current/.env.example"
      echo "SECRET_KEY=$(key)"
      echo "ENCRYPTION_KEYS=$(key)"
      echo "BASE_URL=https://$host"
      echo "BEHIND_PROXY=true"
      [ -z "$database" ] || echo "DATABASE_URL=$database"
      [ -z "$mail" ] || echo "EMAIL_URL=$mail"
    } >"/etc/clinic/$name.env"
    # The proxy is in the site's group, and has no business with the keys: its owner alone reads them.
    chown clinic:root "/etc/clinic/$name.env"
  )
fi

install -d -m 755 /etc/caddy/sites
# Whose number it is, this script cannot know: the page for when the site is away goes without.
site=$(sed -E "s/clinic\.example/$host/; s#/clinic/main#/clinic/$name#; s#, or call us: <a.*</a>##" "$here/deploy/Caddyfile")
if [ "$name" = main ]; then
  printf '%s\nimport sites/*\n' "$site" >/etc/caddy/Caddyfile
else
  # Without the options at its head, which hold for all sites.
  printf '%s\n' "$site" | sed -n "/^$host {/,\$p" >"/etc/caddy/sites/$name"
fi

"$here/deploy/upgrade.sh" "$(git -C "$here" rev-parse HEAD)"
if ! grep --quiet ^BACKUP_KEYS= "/etc/clinic/$name.env"; then
  backup_key=$(/usr/local/bin/clinic "$name" backup --new-key)
  {
    echo "BACKUP_KEYS=$backup_key"
    echo "# Each night's backup. Have another machine fetch them from here."
    echo "BACKUP_DIR=/var/lib/clinic/$name/backups"
  } >>"/etc/clinic/$name.env"
fi
systemctl enable "clinic@$name.socket" "clinic@$name" "clinic-worker@$name"
if [ -d /run/systemd/system ]; then
  systemctl restart "clinic@$name" "clinic-worker@$name"
  systemctl restart caddy
fi
echo
/usr/local/bin/clinic "$name" first_account
echo "Put the clinic's phone number into $([ "$name" = main ] && echo /etc/caddy/Caddyfile || echo "/etc/caddy/sites/$name"), for the page that shows while the site is away."
echo "Keys and settings: /etc/clinic/$name.env. Commands: clinic $name help. Upgrades: upgrade-clinic."
