FROM python:3.11.14-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /srv/monitoring

# The lock alone first: the layer stays while only the program changes.
COPY requirements.txt .
RUN pip install --no-cache-dir --root-user-action=ignore --no-deps --require-hashes -r requirements.txt

COPY . .
RUN useradd --system --uid 10001 --no-create-home monitoring && python -m compileall -q .
USER 10001:10001

EXPOSE 8000
# No access log: addresses of reply pages carry their token.
CMD ["uvicorn", "api.app:create_app", "--factory", "--host", "0.0.0.0", "--port", "8000", "--no-access-log", \
     "--loop", "uvloop", "--http", "api.http.heads:BoundedHeads"]
