"""Show on the terminal how far a run is."""

from rich.progress import Progress

from verifiers.serving.listening import Listener


def make_listener(progress: Progress, title: str) -> Listener:
    """Return a listener that moves a progress bar called `title`."""
    task = progress.add_task(title, total=None)

    def say(words: str) -> None:
        progress.update(task, description=f"{title}: {words}")

    def start(what: str, total: int) -> None:
        progress.reset(task, total=total, description=what)

    return Listener(say, start, lambda steps: progress.advance(task, steps))
