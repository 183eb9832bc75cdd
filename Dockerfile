# The bot on Telegram. The key is mounted apart from the data: see README, « Docker ».
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /opt/codir \
 && /opt/codir/bin/pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
COPY bot bot
COPY dialogs dialogs
COPY knowledge knowledge
RUN /opt/codir/bin/python -m compileall -q bot

FROM python:3.12-slim
RUN useradd --uid 10001 --no-create-home codir \
 && install -d -o codir -g codir -m 700 /data /keys
COPY --from=build /opt/codir /opt/codir
COPY --from=build /app /app
USER 10001
WORKDIR /app
ENV PATH=/opt/codir/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/codir.db \
    CODIR_KEY_FILE=/keys/key \
    CODIR_LISTEN=0.0.0.0:8080
VOLUME ["/data", "/keys"]
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=3); c.request('GET', '/healthz'); exit(c.getresponse().status != 200)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["telegram"]
