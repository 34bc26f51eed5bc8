"""The pages of the desk.

The folder is not named ``pages``: Streamlit takes such a folder beside its script for its own.
"""
