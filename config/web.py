"""How gunicorn serves pages and the agencies' API: `gunicorn -c python:config.web config.wsgi`."""

import os

wsgi_app = "config.wsgi:application"
bind = f"{os.environ.get('BIND', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60
graceful_timeout = 20
max_requests = 5000  # a slow leak ends with its worker
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # nosec B108 - gunicorn makes it private
control_socket_disable = True
accesslog = None  # addresses carry what was searched for; our own log has an allow-list
limit_request_line = 4094
