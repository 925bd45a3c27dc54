"""Charts: plain data in, a Plotly figure out. No Streamlit here."""
