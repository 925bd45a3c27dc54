"""The script that Streamlit runs.

It lies in a folder of its own: beside a folder called `pages`, Streamlit would serve those
files as pages by themselves to whoever comes first by a deep link. Here alone the
pages are given the sentence embeddings, as the command line gives them to linking: pages know an
encoder, not which.
"""

from dashboard.app import main
from dashboard.reads.meaning import provide_encoder
from kb.embeddings import SentenceEncoder

provide_encoder(SentenceEncoder)
main()
