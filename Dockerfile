FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    KUDOS_HOME=/var/lib/kudos

RUN useradd --system --uid 10001 --create-home kudos \
 && install -d -o kudos -g kudos /var/lib/kudos /var/lib/kudos/uploads /var/lib/kudos/beat

WORKDIR /srv/kudos
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .

USER kudos
# The key signs nothing here: collecting the static files needs none, reading the settings does.
RUN SECRET_KEY=only-while-building python manage.py collectstatic --noinput

EXPOSE 8000
# No access log: addresses carry unsubscribe tokens, and the proxy in front keeps a log anyway.
CMD ["gunicorn", "kudos.wsgi", "--bind", "0.0.0.0:8000", \
     "--worker-class", "gthread", "--workers", "3", "--threads", "4", \
     "--worker-tmp-dir", "/dev/shm", "--no-control-socket", \
     "--max-requests", "5000", "--max-requests-jitter", "500"]
