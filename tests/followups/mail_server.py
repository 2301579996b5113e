"""A real SMTP server on loopback, for the proofs of sending: it refuses, stalls, drops or takes as it is told."""

import socketserver
import time
from contextlib import suppress
from typing import Literal


class MailServer(socketserver.ThreadingTCPServer):
    """A real SMTP server on loopback that does as it is told."""

    daemon_threads = True
    mood: Literal["takes", "refuses", "later", "unknown", "stalls", "drops", "takes and drops"] = (
        "takes"
    )

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.taken: list[str] = []


class Session(socketserver.StreamRequestHandler):
    """One connection to it."""

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        mood = self.server.mood
        if mood == "drops":
            return
        if mood == "stalls":
            time.sleep(1.5)
        with suppress(ConnectionError):
            self.say("220 invented.invalid")
            while line := self.rfile.readline().decode().strip().upper():
                if line.startswith("QUIT"):
                    self.say("221 bye")
                    return
                self.answer(line, mood)
                if line.startswith("DATA") and mood == "takes and drops":
                    return

    def answer(self, line: str, mood: str) -> None:
        if line.startswith("RCPT") and mood in {"later", "unknown"}:
            self.say("451 try later" if mood == "later" else "550 no such mailbox")
        elif line.startswith("DATA") and mood == "refuses":
            self.say("554 no")
        elif line.startswith("DATA"):
            self.say("354 go on")
            lines = iter(self.rfile.readline, b".\r\n")
            self.server.taken.append(b"".join(lines).decode())
            if mood != "takes and drops":
                self.say("250 taken")
        else:
            self.say("250 ok")
