"""All tasks: the thirteen that a round asks, and the one without shared words."""

from verifiers.tasks import chains, counting, documents, hidden, needles

ROUND = (*needles.TASKS, *chains.TASKS, *counting.TASKS, *documents.TASKS)
WITHOUT_SHARED_WORDS = hidden.TASKS[0]
BY_NAME = {task.name: task for task in (*ROUND, WITHOUT_SHARED_WORDS)}
