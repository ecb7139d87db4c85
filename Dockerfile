# Two images: the server, and the proxy in front of it with its folders made writable for somebody who is not root.
# Versions are exact, so that a build next year is the same one. Raise them when something is mended in them.

FROM python:3.11.14-slim-bookworm AS packages
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv --without-pip /opt/packages \
 && pip --python /opt/packages/bin/python install --no-cache-dir --require-hashes -r requirements.txt
COPY server server
RUN python -m compileall -q server

FROM python:3.11.14-slim-bookworm AS server
# What the record is printed in, whichever language people wrote.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-core fonts-noto-color-emoji \
 && rm -rf /var/lib/apt/lists/*
# Numbers, not names, so that an engine can see that this is not root.
RUN install -d -o 10001 -g 10001 -m 0700 /var/lib/signboard /var/lib/signboard-key
WORKDIR /opt/signboard
COPY --from=packages /opt/packages /opt/packages
COPY --from=packages /build/server server
COPY static static
COPY templates templates
COPY LICENSE ./
ENV PATH=/opt/packages/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SIGNBOARD_DATA=/var/lib/signboard \
    SIGNBOARD_KEY_FILE=/var/lib/signboard-key/server.key
USER 10001:10001
VOLUME ["/var/lib/signboard", "/var/lib/signboard-key"]
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["python", "-m", "server", "serve", "--host", "0.0.0.0", "--port", "8000"]

FROM caddy:2.11.4 AS proxy
RUN mkdir -p /data /config && chown -R 10001:10001 /data /config
USER 10001:10001
