import threading

from syndicate.web.preview.proofs import Proofs, Watched, renewing


class Endless:
    """A rehearsal whose template loops until it is let go."""

    def __init__(self):
        self.begun, self.let_go = threading.Event(), threading.Event()

    def proof(self, *, now):
        """Begin, and don't end."""
        self.begun.set()
        self.let_go.wait()
        raise ValueError(now)


def test_a_template_that_never_ends_holds_nobody_up_who_leaves(tmp_path):
    endless = Endless()
    proofs = Proofs(endless, explain=lambda error: [str(error)])
    left = threading.Event()

    def look():
        with renewing(proofs, Watched(roots=[tmp_path], ignored=(), warn=print)):
            while not endless.begun.wait(0.05):
                (tmp_path / "post.md").write_text("Fog", encoding="utf-8")
                (tmp_path / "post.md").unlink()
        left.set()

    threading.Thread(target=look, daemon=True).start()
    gone = left.wait(20)
    endless.let_go.set()

    assert gone
