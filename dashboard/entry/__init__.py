"""What Streamlit is told to run."""
