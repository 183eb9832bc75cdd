# The bot on Telegram. The key is mounted apart from the data: see README, « Docker ».
FROM python:3.12-slim AS build
WORKDIR /build
COPY requirements.txt ./
RUN python -m venv /opt/codir \
 && /opt/codir/bin/pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY dialogs dialogs
COPY knowledge knowledge
RUN /opt/codir/bin/pip install --no-cache-dir --no-deps .

FROM python:3.12-slim
RUN useradd --create-home --uid 10001 codir && install -d -o codir /data /keys
COPY --from=build /opt/codir /opt/codir
USER 10001
WORKDIR /home/codir
ENV PATH=/opt/codir/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DATABASE_URL=sqlite:////data/codir.db \
    CODIR_KEY_FILE=/keys/key
VOLUME ["/data", "/keys"]
ENTRYPOINT ["codir"]
CMD ["telegram"]
