#!/bin/sh
# Reads secrets from files (NAME_FILE names the file of NAME), so that they stand neither in the image nor in
# `docker inspect`, puts the database's address together, and becomes the process that was asked for.
set -eu

for name in DATA_KEY DATA_KEYS_OLD HQ_INITIAL_PASSWORD DATABASE_PASSWORD WECHAT_APP_SECRET WECHAT_API_V3_KEY \
  WECHAT_PUSH_TOKEN WECHAT_PUSH_AES_KEY WECOM_SECRET WECOM_CALLBACK_TOKEN WECOM_CALLBACK_AES_KEY; do
  eval "file=\${${name}_FILE:-}"
  [ -n "$file" ] || continue
  if [ ! -r "$file" ]; then
    echo "The secret file $file of $name cannot be read: user $(id -u) needs the right to." >&2
    exit 1
  fi
  value=$(cat "$file")
  export "$name=$value"
  unset "${name}_FILE"
done

if [ -z "${DATABASE_URL:-}" ] && [ -n "${DATABASE_HOST:-}" ]; then
  # Letters and digits only, because the address is a URL (`openssl rand -hex 24` makes such a password).
  case "${DATABASE_PASSWORD:-}" in
    '' | *[!A-Za-z0-9]*)
      echo "DATABASE_PASSWORD must consist of letters and digits: openssl rand -hex 24 makes one." >&2
      exit 1
      ;;
  esac
  DATABASE_URL="${DATABASE_ENGINE:-mariadb}://${DATABASE_USER:-mall}:${DATABASE_PASSWORD}@${DATABASE_HOST}:${DATABASE_PORT:-3306}/${DATABASE_NAME:-mall}"
  export DATABASE_URL
fi
unset DATABASE_PASSWORD

exec "$@"
