#!/bin/sh
# Makes the secrets that are missing, a file each, and changes none that is there: sh docker/secrets.sh [folder] [host]
# The folder lets nobody else in; its files can be read by whichever user a container runs as.
# What it cannot know is smtp_url: smtp://, smtps:// or smtp+starttls://user:password@host:port
set -eu

folder=${1:-secrets}
host=${2:-localhost}
umask 077
mkdir -p "$folder"

# keep NAME: what comes in becomes the secret, whole or not at all.
keep() {
  cat >"$folder/.$1.new"
  chmod 0444 "$folder/.$1.new"
  mv "$folder/.$1.new" "$folder/$1"
}

missing() { test ! -e "$folder/$1"; }

for name in postgres_password monitoring_owner_db_password monitoring_db_password temporal_db_password link_secret; do
  if missing "$name"; then openssl rand -hex 32 | keep "$name"; fi
done
if missing signing_key; then openssl rand -base64 32 | keep signing_key; fi
# The first encrypts, all decrypt. A lost key is a lost history: keep it where copies are kept.
if missing payload_keys; then echo "$(date +%Y)a:$(openssl rand -base64 32)" | keep payload_keys; fi
# Those that may be nothing.
for name in former_link_secrets oidc_client_secret; do
  if missing "$name"; then keep "$name" </dev/null; fi
done

# Until yours is there: a certificate that nobody vouches for.
if missing tls_certificate || missing tls_key; then
  case "$host" in
    *[!0-9.]*) subject="DNS:$host" ;;
    *) subject="IP:$host" ;;
  esac
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 365 -subj "/CN=$host" \
    -addext "subjectAltName=$subject" -keyout "$folder/.key" -out "$folder/.certificate" 2>/dev/null
  keep tls_key <"$folder/.key"
  keep tls_certificate <"$folder/.certificate"
  rm "$folder/.key" "$folder/.certificate"
fi

test -s "$folder/smtp_url" || echo "$folder/smtp_url is missing: write the mail server's address into it." >&2
