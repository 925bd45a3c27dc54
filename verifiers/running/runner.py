"""Run jobs, one release after the other: each probe's results are stored when they are whole."""

import time
from collections import defaultdict

from sqlmodel import Session

from kb.domain.errors import UserError
from kb.settings import Settings
from kb.stages.measure import insert_environment, insert_results
from verifiers.probing.probe import Findings
from verifiers.running.jobs import Job, is_done
from verifiers.running.plan_context import PlanContext
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
        """Run all jobs; one that fails, or for which no time is left, is left out and reported."""
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
            self.report.new_rows += store_findings(self.session, job, self._carry_out(job, engine))
            self.report.measured += 1
            self.listener.stored(job.title)
        except OutOfTimeError:
            self._leave_out(job, "no time left; run again to continue")
        except UserError as error:
            engine.discard()
            self.report.failed += 1
            self._leave_out(job, f"not measured: {error}")

    def _carry_out(self, job: Job, engine: EngineSession) -> Findings:
        if job.probe.needs_engine and self._is_over():
            raise OutOfTimeError
        context = PlanContext(self.session, job, engine, self.listener, self._is_over)
        try:
            return job.probe.run(context)
        finally:
            self.report.questions += context.asked

    def _leave_out(self, job: Job, words: str) -> None:
        self.report.left_out.append(f"{job.title}: {words}")

    def _is_over(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline


def store_findings(session: Session, job: Job, findings: Findings) -> int:
    """Insert what a probe found, with its environment; return how many results are new."""
    environment = insert_environment(session, **findings.environment)
    return insert_results(session, job.plan, job.claim.model_id, environment.id, findings.results)
