# Two images from one file: `production` (the last, the default) and `demo`, which carries its own
# PostgreSQL and Valkey and keeps everything in /app/var.
# PYTHON_IMAGE may name the same image by its digest, so that every build begins from the same bytes [docs/operations.md].
ARG PYTHON_IMAGE=python:3.13-slim-bookworm
FROM ${PYTHON_IMAGE} AS base
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /tmp holdfast
WORKDIR /app

FROM base AS runtime-packages
COPY requirements/runtime.txt requirements/
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements/runtime.txt

FROM base AS embedded-packages
COPY requirements/embedded.txt requirements/
RUN python -m venv /opt/venv \
    && pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements/embedded.txt

# Node comes from the same lock; the styles are built as `make run` builds them.
FROM embedded-packages AS static
COPY . .
RUN python -m config.launcher.styles \
    && python -m config.devservices exec -- manage.py collectstatic --noinput --verbosity=0 \
    && rm -rf node_modules

FROM base AS demo
COPY --from=embedded-packages /opt/venv /opt/venv
COPY --from=static /app /app
RUN install --directory --owner=holdfast --group=holdfast --mode=0711 /app/var
USER 10001:10001
ENV BIND=0.0.0.0
EXPOSE 8000
VOLUME /app/var
HEALTHCHECK --interval=15s --timeout=6s --retries=4 --start-period=90s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["python", "-m", "config.launcher"]

FROM base AS production
COPY --from=runtime-packages /opt/venv /opt/venv
COPY --from=static /app /app
# An empty named volume takes its owner from here.
RUN for who in db redis migrate web engine; do \
        install --directory --owner=holdfast --group=holdfast --mode=0755 /secrets/$who; \
    done \
    && install --directory --owner=holdfast --group=holdfast --mode=0700 /files
USER 10001:10001
ENV BIND=0.0.0.0
EXPOSE 8000
# Of the web server; compose gives the worker and beat their own.
HEALTHCHECK --interval=15s --timeout=6s --retries=4 --start-period=90s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["gunicorn", "-c", "python:config.web"]
