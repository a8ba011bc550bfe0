# Sourced by the scripts that run tests and checks: known settings, whatever the caller's shell holds,
# so that no test depends on var/local.env or reaches a real database.
unset DEBUG PUBLIC_READING TRUSTED_PROXY SCRIPT_NAME CSRF_TRUSTED_ORIGINS PLAN_CODE PLAN_FILE
unset KEPT_PAGES_MB HSTS_SECONDS DISK_FREE_MB BACKUP_MAX_HOURS SIGN_IN_ADDRESS_LIMIT
unset SESSION_IDLE_SECONDS LOG_LEVEL DJANGO_SETTINGS_MODULE
unset ACCESS_LOG SERVE_CONNECTIONS SERVE_PROCESSES SERVE_HEAD_SECONDS SERVE_PACE_SECONDS SERVE_IDLE_SECONDS
KIRISHIMA_ENV_FILE=none
SECRET_KEY=only-for-tests-only-for-tests-only-for-tests-0123456789
HTTPS=off
ALLOWED_HOSTS=testserver,127.0.0.1,localhost
DATABASE_URL=sqlite:///var/test.sqlite3
# The hashed storage needs collectstatic first; check.sh tries that one by itself.
STATICFILES_BACKEND=django.contrib.staticfiles.storage.StaticFilesStorage
export KIRISHIMA_ENV_FILE SECRET_KEY HTTPS ALLOWED_HOSTS DATABASE_URL STATICFILES_BACKEND
# The tests start many processes: each would compile our modules again.
unset PYTHONDONTWRITEBYTECODE
