"""WSGI entry point; behind a proxy named in ZHONGSHU_TRUSTED_PROXIES the caller's own address is used."""

import os

from django.core.wsgi import get_wsgi_application
from granian.utils.proxies import wrap_wsgi_with_proxy_headers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
application = get_wsgi_application()
if proxies := os.environ.get("ZHONGSHU_TRUSTED_PROXIES", ""):
    application = wrap_wsgi_with_proxy_headers(application, proxies)
