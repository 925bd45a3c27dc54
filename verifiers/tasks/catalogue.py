"""All tasks: the thirteen that a round asks, and the non-lexical needle."""

from verifiers.tasks import chains, counting, documents, hidden, needles

ROUND = (*needles.TASKS, *chains.TASKS, *counting.TASKS, *documents.TASKS)
NON_LEXICAL_NEEDLE = hidden.TASKS[0]
BY_NAME = {task.name: task for task in (*ROUND, NON_LEXICAL_NEEDLE)}
