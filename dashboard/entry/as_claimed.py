"""The script that Streamlit runs.

It lies in a folder of its own: beside a folder called `pages`, Streamlit would serve those
files as pages by themselves to whoever comes first by a deep link.
"""

from dashboard.app import main

main()
