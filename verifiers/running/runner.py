"""Run jobs, one release after the other: each probe's results are stored when they are whole."""

import time
from collections import defaultdict

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.domain.results import Result
from kb.settings import Settings
from kb.stages.measure import insert_results
from kb.tables import Environment
from verifiers.probes import accepted_window, config_facts, memory_fit
from verifiers.probes.run_header import read_header
from verifiers.probes.run_ladder import LadderRun
from verifiers.probes.run_memory import MemoryRun
from verifiers.probes.run_window import find_window
from verifiers.running.jobs import Job, is_done
from verifiers.serving.asking import OutOfTimeError
from verifiers.serving.listening import Listener, VerifyReport
from verifiers.serving.session import EngineSession


class Runner:
    """Carries jobs through, one release at a time."""

    def __init__(
        self, session: Session, settings: Settings, listener: Listener, deadline: float | None
    ) -> None:
        self.session = session
        self.settings = settings
        self.listener = listener
        self.deadline = deadline
        self.report = VerifyReport()

    def run(self, jobs: list[Job]) -> VerifyReport:
        """Run all jobs; one that fails, or for which no time is left, is left out and told."""
        by_release: dict[str, list[Job]] = defaultdict(list)
        for job in jobs:
            if is_done(self.session, job):
                self.report.reused += 1
            else:
                by_release[job.release.id].append(job)
        for todo in by_release.values():
            with EngineSession(self.settings, todo[0].local, self.listener.say) as engine:
                for job in todo:
                    self._run_job(job, engine)
        return self.report

    def _run_job(self, job: Job, engine: EngineSession) -> None:
        try:
            self._store(job, *self._carry_out(job, engine))
            self.report.measured += 1
            self.listener.stored(job.title)
        except OutOfTimeError:
            self._leave_out(job, "no time left; run again to go on")
        except UserError as error:
            engine.discard()
            self.report.failed += 1
            self._leave_out(job, f"not measured: {error}")

    def _carry_out(self, job: Job, engine: EngineSession) -> tuple[Environment, list[Result]]:
        if job.plan.probe == config_facts.NAME:
            return read_header(self.session, job)
        if self._is_over():
            raise OutOfTimeError
        if job.plan.probe == memory_fit.NAME:
            engine.discard()  # two engines at once would measure each other
            run = MemoryRun(self.settings, job.local, self.listener)
            return run.run(self.session, job.plan.parameters)
        if job.plan.probe == accepted_window.NAME:
            return find_window(self.session, job, engine, self.listener)
        ladder = LadderRun(self.session, job, engine, self.listener, self._is_over)
        try:
            return ladder.run()
        finally:
            self.report.questions += ladder.asked

    def _store(self, job: Job, environment: Environment, results: list[Result]) -> None:
        self.report.new_rows += insert_results(
            self.session, job.plan, job.claim.model_id, environment.id, results
        )

    def _leave_out(self, job: Job, words: str) -> None:
        self.report.left_out.append(f"{job.title}: {words}")

    def _is_over(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline
