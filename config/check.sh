# The checks of `make check` that need settings and a database; it runs beside throw-away services.
set -eu
python -m mypy
python manage.py makemigrations --check --dry-run --verbosity=0 || {
    python manage.py makemigrations --dry-run
    exit 1
}
HTTPS=1 SITE_URL=https://holdfast.invalid ALLOWED_HOSTS=holdfast.invalid CLAMD=unix:/run/clamav/clamd.ctl python -W error::DeprecationWarning manage.py check --deploy --fail-level WARNING
