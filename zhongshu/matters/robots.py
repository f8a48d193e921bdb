"""The robots of the office's messengers: one line of text each, signed where asked, and their answers checked."""

import base64
import hashlib
import hmac
import json
import urllib.error
import urllib.request
from http.client import HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.parse import urlencode, urlsplit

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.matters.models import Robot
from zhongshu.matters.outbox import TryLater

TIMEOUT = 10


def say(robot: Robot, text: str) -> None:
    """Send a line; a messenger that says no inside a friendly 200 has still said no."""
    address, body = _letter(robot, text)
    answer = _post(address, body)
    code = next((answer[name] for name in ("errcode", "code", "StatusCode") if name in answer), 0)
    if code != 0:
        raise TryLater(f"通道拒绝了这条提醒（错误码 {code}），请核对地址和加签密钥")


def check_address(address: str) -> None:
    """Refuse what is no web address."""
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Refused.one(
            "NOTICE-01", "地址应以 https:// 或 http:// 开头，请从机器人设置页整段复制", "address"
        )


def _letter(robot: Robot, text: str) -> tuple[str, dict[str, Any]]:
    seconds = int(clock.now().timestamp())
    if robot.kind == "feishu":
        body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            # Feishu signs nothing with "time + secret" as the key; DingTalk signs that with the secret.
            body |= {"timestamp": str(seconds), "sign": _sign(f"{seconds}\n{robot.secret}", "")}
        return robot.address, body
    body = {"msgtype": "text", "text": {"content": text}}
    if robot.kind == "dingtalk" and robot.secret:
        stamp = str(seconds * 1000)
        signed = urlencode({"timestamp": stamp, "sign": _sign(robot.secret, f"{stamp}\n{robot.secret}")})
        return f"{robot.address}{'&' if urlsplit(robot.address).query else '?'}{signed}", body
    return robot.address, body


def _sign(key: str, text: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()).decode()


class _StayHere(urllib.request.HTTPRedirectHandler):
    """Follow nobody to another address."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


def _post(address: str, body: dict[str, Any]) -> dict[str, Any]:
    check_address(address)
    request = urllib.request.Request(
        address,
        data=json.dumps(body, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": "zhongshu"},
    )
    try:
        with urllib.request.build_opener(_StayHere).open(request, timeout=TIMEOUT) as response:
            return _read(response)
    except urllib.error.HTTPError as error:
        error.close()
        raise TryLater(f"通道没有接受这条提醒（HTTP {error.code}）") from None
    except OSError:
        raise TryLater("通道连接不上，请检查网络和地址") from None


def _read(response: HTTPResponse) -> dict[str, Any]:
    try:
        answer = json.loads(response.read(65536))
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
