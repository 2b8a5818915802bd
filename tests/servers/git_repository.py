"""A Git repository for tests, and short words for what an author does to it."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

#: Nobody's own configuration, and always the same author.
_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ana",
    "GIT_AUTHOR_EMAIL": "ana@harbour.example",
    "GIT_COMMITTER_NAME": "Ana",
    "GIT_COMMITTER_EMAIL": "ana@harbour.example",
    "LC_ALL": "C",
}


@dataclass(frozen=True)
class GitRepository:
    """A working copy."""

    folder: Path

    @classmethod
    def begin(cls, folder: Path) -> "GitRepository":
        """Give a new one, its branch called main."""
        if shutil.which("git") is None:
            absent = pytest.fail if os.environ.get("SYNDICATE_TEST_EVERYTHING") == "1" else pytest.skip
            absent("git is not installed (Debian: apt-get install git)")
        folder.mkdir(parents=True)
        made = cls(folder)
        made.git("init", "--quiet", "--initial-branch=main")
        return made

    def git(self, *words: str | Path) -> str:
        """Run git in it."""
        return subprocess.run(
            ["git", *map(str, words)],
            cwd=self.folder,
            env=os.environ | _ENVIRONMENT,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    def write(self, path: str, text: str) -> Path:
        """Write a file, uncommitted."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def commit(self, **files: str) -> str:
        """Commit everything that lies there, and these files; gives the commit."""
        for path, text in files.items():
            self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "-m", "a change")
        return self.git("rev-parse", "HEAD").strip()


@contextmanager
def served(repository: GitRepository, folder: Path) -> Iterator[str]:
    """Serve a bare clone of it over HTTP; gives its address."""
    repository.git("clone", "--quiet", "--bare", repository.folder, folder / "harbour.git")

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            """Hand the request to git's own CGI program."""
            path, _, query = self.path.partition("?")
            said = {
                "GIT_PROJECT_ROOT": str(folder),
                "GIT_HTTP_EXPORT_ALL": "1",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            ran = subprocess.run(
                ["git", "http-backend"],
                input=body,
                env=os.environ | _ENVIRONMENT | said,
                capture_output=True,
                check=True,
                timeout=60,
            )
            head, _, content = ran.stdout.partition(b"\r\n\r\n")
            self.send_response_only(200)
            for line in head.decode().splitlines():
                name, _, value = line.partition(": ")
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = answer  # noqa: N815 - as the library looks for them

        def log_message(self, *_parts: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/harbour.git"
        finally:
            server.shutdown()
            thread.join()
